"""Shapes whose names look like values: years, days, numbers, answers, nothing."""

from __future__ import annotations

from random import Random

from benchmarks.header_corpus import cells as c
from benchmarks.header_corpus.fields import Field
from benchmarks.header_corpus.one_line import PLACE
from benchmarks.header_corpus.sheet import Sheet, drawn, length, named


def years(rng: Random) -> Sheet:
    """A place, then a column a year."""
    first = rng.randint(1950, 2018)
    make = rng.choice(
        [c.count(90_000), c.decimal(12, 4, 1), c.words("R+1 D+2 R+7 D+11"), c.percent, c.unit()]
    )
    lead = [(rng.choice(["state", "Country", "Region", "Local authority"]), PLACE[1])]
    if rng.random() < 0.3:
        lead.append(("Code", c.code("E0####")))
    over = [(str(first + i), make) for i in range(rng.randint(1, 12))]
    return named(lead + over, rng, length(rng))


def days_as_names(rng: Random) -> Sheet:
    """A place, then a column a day, a month or a quarter."""
    forms = [
        [f"1/{22 + i}/20" for i in range(9)],
        [f"2020-03-{i + 1:02d}" for i in range(12)],
        [f"{m}-20" for m in ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]],
        [f"Q{i % 4 + 1} {2018 + i // 4}" for i in range(8)],
        [f"{2010 + i}/{11 + i}" for i in range(6)],
    ]
    over = [(name, c.count(3_000)) for name in rng.choice(forms)]
    return named([("Province/State", PLACE[1]), *over], rng, length(rng))


def numbered(rng: Random) -> Sheet:
    """Columns called 0, 1, 2 ... over decimals, as a frame without names is saved."""
    make = rng.choice([c.decimal(0, 1, 6), c.unit(8)])
    n, first = rng.randint(3, 20), rng.choice([0, 0, 1])
    fields: list[Field] = [(str(first + i), make) for i in range(n)]
    if rng.random() < 0.4:
        fields.append((rng.choice(["label", "target", "class"]), c.words("cat dog bird")))
    return named(fields, rng, length(rng))


def numbered_texts(rng: Random) -> Sheet:
    """A column or two called 0 and 1 over words."""
    fields: list[Field] = [("0", c.prose), ("1", c.words("pos neg neu"))]
    return named(fields, rng, max(8, length(rng)))


def genes(rng: Random) -> Sheet:
    """A sample, then a column a gene, a probe or a mass."""
    forms = [
        c.GENES,
        [f"{n}_at" for n in (1007, 1053, 117, 121, 1255, 1294, 1316)],
        [str(n) for n in (7157, 672, 1956, 4609, 5728, 3845, 2597)],
        [f"{400 + 5 * i}" for i in range(20)],
        [f"m/z {100.1 + i:.1f}" for i in range(8)],
    ]
    names = rng.choice(forms)
    over = [(name, c.decimal(7, 2, 4)) for name in names]
    lead = (rng.choice(["sample", "Sample_ID", "barcode", "tissue"]), c.code("GSM######"))
    return named([lead, *over], rng, length(rng))


def zero_first(rng: Random) -> Sheet:
    """The first name is 0, over a count from 1."""
    return named([("0", c.sequence(1)), *drawn(rng, 3)], rng, length(rng))


def index(rng: Random) -> Sheet:
    """A first column without a name that counts from 0, as pandas writes it."""
    first = rng.choice([0, 0, 1])
    sheet = named([("", c.sequence(first)), *drawn(rng)], rng, length(rng))
    if rng.random() < 0.2:
        sheet.quote_all = True
    return sheet


def answers_counted(rng: Random) -> Sheet:
    """How often each answer was given: the answers are the names."""
    answers = rng.choice([["no", "yes"], ["False", "True"], ["0", "1", "2"], ["A", "B", "C", "D"]])
    lead = rng.choice(["region", "store", "week", "arm"])
    over = [(answer, c.count(400)) for answer in answers]
    return named([(lead, c.one_of(c.PLACES)), *over], rng, max(5, length(rng)))


SHAPES = {
    years: 90,
    days_as_names: 40,
    numbered: 50,
    numbered_texts: 15,
    genes: 50,
    zero_first: 40,
    index: 60,
    answers_counted: 30,
}
