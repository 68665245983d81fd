"""Shapes with two or three lines of names: groups, crosstabs, measures."""

from __future__ import annotations

from random import Random

from benchmarks.header_corpus import cells as c
from benchmarks.header_corpus.fields import Field
from benchmarks.header_corpus.sheet import TITLES, Sheet, body, length
from benchmarks.header_corpus.titles import padded

Group = tuple[str, list[str]]

LEADS: list[Field] = [
    ("Organisation name", c.one_of(c.FIRMS)),
    ("Organisation type", c.pick("Ministerial department", "Agency", "Tribunal")),
    ("Region", c.one_of(c.PLACES)),
    ("Date", c.day("%d/%m/%Y")),
    ("Purpose", c.pick("Official meeting", "Conference", "Site visit")),
    ("Code", c.code("E0####")),
    ("Country", c.one_of(c.COUNTRIES)),
]
VALUES = [
    c.count(900),
    c.count(900),
    c.grouped(90_000),
    c.money("£"),
    c.now_and_then(c.money("£"), 0.4),
    c.decimal(20, 6, 1),
    c.percent,
    c.words("yes no"),
]
PAIRS = [
    ["Number", "%"],
    ["Headcount", "FTE"],
    ["Male", "Female"],
    ["Male", "Female", "All"],
    ["Mean", "SD"],
    ["Estimate", "Margin of error"],
    ["2018", "2019", "2020"],
    ["Air", "Rail", "Taxi/Car", "Meals"],
]
TOPS = [
    ["Travel", "Accommodation"],
    ["AO/AA", "EO", "SEO", "Grade 7"],
    ["Children", "Adults", "Pensioners"],
    ["Control", "Treated"],
    ["Total population", "Employed", "Unemployed"],
    ["Q1 2019", "Q2 2019"],
    ["Boys", "Girls"],
    ["2017", "2018"],
]


def drawn_groups(rng: Random) -> list[Group]:
    """Groups, each with its names below; the names may differ from group to group."""
    tops, below = rng.choice(TOPS), rng.choice(PAIRS)
    return [(top, below) for top in tops[: rng.randint(1, len(tops))]]


def top_line(groups: list[Group], repeated: bool) -> list[str]:
    """The groups' names over their first columns, or over each of theirs."""
    return [top if i == 0 or repeated else "" for top, names in groups for i in range(len(names))]


def joined(groups: list[Group]) -> list[str]:
    """What a person calls the columns: group and name."""
    return [f"{top}: {name}" for top, names in groups for name in names]


def below(names: list[str], rng: Random) -> list[Field]:
    """The same kind of value in all of these columns."""
    make = rng.choice(VALUES)
    return [(name, make) for name in names]


def two_lines(rng: Random) -> Sheet:
    """Groups over names; the leading columns are named in the upper line or in the lower one."""
    groups, leads = drawn_groups(rng), rng.sample(LEADS, rng.randint(1, 3))
    lead_names = [name for name, _ in leads]
    last = ["Total cost"] if rng.random() < 0.4 else []
    blank = [""] * len(leads)
    up = rng.random() < 0.5
    upper = [*(lead_names if up else blank), *top_line(groups, rng.random() < 0.3), *last]
    lower = [
        *(blank if up else lead_names),
        *(n for _, ns in groups for n in ns),
        *[""] * len(last),
    ]
    names = [*lead_names, *joined(groups), *last]
    fields = [*leads, *below(names[len(leads) :], rng)]
    return Sheet([upper, lower, *body(fields, rng, max(5, length(rng)))], [0, 1], names)


def two_lines_below_a_title(rng: Random) -> Sheet:
    """The same below a padded title, and now and then a blank line."""
    sheet = two_lines(rng)
    blank = [padded(sheet, "")] if rng.random() < 0.5 else []
    return sheet.above(padded(sheet, rng.choice(TITLES)), *blank)


def three_lines(rng: Random) -> Sheet:
    """Groups of groups over names."""
    inner, leads = drawn_groups(rng), rng.sample(LEADS, rng.randint(1, 2))
    lead_names = [name for name, _ in leads]
    outer = rng.sample(
        ["Payroll staff", "Non-payroll staff", "England", "Wales"], rng.randint(1, 2)
    )
    width = sum(len(names) for _, names in inner)
    last = ["Grand total"] if rng.random() < 0.4 else []
    blank, end = [""] * len(leads), [""] * len(last)
    first = [*lead_names, *(n for top in outer for n in (top, *[""] * (width - 1))), *last]
    second = [*blank, *top_line(inner, False) * len(outer), *end]
    third = [*blank, *[n for _, ns in inner for n in ns] * len(outer), *end]
    names = [*lead_names, *(f"{top}: {name}" for top in outer for name in joined(inner)), *last]
    fields = [*leads, *below(names[len(leads) :], rng)]
    rows = body(fields, rng, max(5, length(rng)))
    return Sheet([first, second, third, *rows], [0, 1, 2], names)


def crosstab(rng: Random) -> Sheet:
    """What is counted stands over its values: Year over 2018, 2019."""
    over, values = rng.choice(
        [
            ("Year", ["2018", "2019", "2020", "2021"]),
            ("Sex", ["Male", "Female"]),
            ("Age group", ["0-15", "16-64", "65+"]),
            ("Party", ["Con", "Lab", "LD", "Other"]),
        ]
    )
    lead = rng.choice(LEADS[2:3] + LEADS[6:])
    upper = ["", over, *[""] * (len(values) - 1)]
    names = [lead[0], *(f"{over}: {value}" for value in values)]
    fields = [lead, *below(names[1:], rng)]
    rows = body(fields, rng, max(5, length(rng)))
    return Sheet([upper, [lead[0], *values], *rows], [0, 1], names)


def measures(rng: Random) -> Sheet:
    """A grouped frame as pandas writes it: column, measure, then the name of the rows alone."""
    lead = rng.choice(LEADS[2:3] + LEADS[6:])
    columns, found = rng.sample(["price", "age", "score"], 2), ["mean", "std", "count"]
    upper = ["", *(column for column in columns for _ in found)]
    lower = ["", *found * 2]
    third = [lead[0], *[""] * (len(upper) - 1)]
    names = [lead[0], *(f"{column}: {one}" for column in columns for one in found)]
    fields = [lead, *[(name, c.decimal(10, 3)) for name in names[1:]]]
    return Sheet([upper, lower, third, *body(fields, rng, max(5, length(rng)))], [0, 1, 2], names)


SHAPES = {
    two_lines: 110,
    two_lines_below_a_title: 50,
    three_lines: 50,
    crosstab: 40,
    measures: 20,
}
