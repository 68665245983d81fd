"""Shapes with one line of names, the first of the file."""

from __future__ import annotations

from random import Random

from benchmarks.header_corpus import cells as c
from benchmarks.header_corpus.fields import ABROAD, DOMAINS, QUESTIONS, WITH_UNITS, Field
from benchmarks.header_corpus.sheet import (
    NOTES,
    Sheet,
    drawn,
    length,
    named,
    sample,
    snake,
    textual,
)

NUMBERS: list[c.Maker] = [c.count(900), c.decimal(10, 4), c.unit(), c.decimal(0, 1, 4)]
PLACE: Field = ("Region", c.one_of(c.PLACES))


def mixed(rng: Random) -> Sheet:
    """Names over columns of any kind."""
    return named(drawn(rng), rng, length(rng))


def few_rows(rng: Random) -> Sheet:
    """The same over three or four rows."""
    return named(drawn(rng, 3), rng, rng.randint(3, 4))


def all_text(rng: Random) -> Sheet:
    """Names over words alone."""
    domain = [field for field in rng.choice(DOMAINS + ABROAD) if textual(field[1])]
    return named(sample(domain, rng, 2, 6), rng, length(rng))


def all_numbers(rng: Random) -> Sheet:
    """Names over numbers alone."""
    names = rng.choice(
        [
            ["x", "y", "z", "radius", "weight"],
            ["sepal_length", "sepal_width", "petal_length", "petal_width", "class"],
            ["V1", "V2", "V3", "V4", "V5", "V6"],
            ["alcohol", "pH", "sulphates", "density", "quality"],
            ["T1", "T2", "T3", "mean"],
            ["Q1", "Q2", "Q3", "Q4"],
        ]
    )
    return named([(name, rng.choice(NUMBERS)) for name in names], rng, length(rng))


def units_in_names(rng: Random) -> Sheet:
    """Names that carry their unit."""
    form = rng.choice(["{} ({})", "{} [{}]", "{} in {}", "{}, {}"])
    chosen = rng.sample(WITH_UNITS, rng.randint(2, 8))
    return named([(form.format(name, unit), make) for name, unit, make in chosen], rng, length(rng))


def units_below(rng: Random) -> Sheet:
    """A line of units between the names and the rows."""
    chosen = rng.sample(WITH_UNITS, rng.randint(2, 8))
    plain: list[Field] = [("station", c.one_of(c.PLACES)), ("flag", c.words("ok bad"))]
    more = rng.sample(plain, rng.randint(0, 2))
    sheet = named([(name, make) for name, _, make in chosen] + more, rng, length(rng))
    brackets = rng.choice(["{}", "{}", "({})", "[{}]"])
    units = [brackets.format(unit) for _, unit, _ in chosen] + [""] * len(more)
    sheet.records.insert(1, units)
    return sheet


def quoted(rng: Random) -> Sheet:
    """Every cell in quotes, as databases write it."""
    sheet = mixed(rng)
    sheet.quote_all = True
    return sheet


def line_end_in_a_name(rng: Random) -> Sheet:
    """A name that goes on in the next line, inside its quotes."""
    chosen = drawn(rng, 3)
    i = rng.randrange(len(chosen))
    chosen[i] = (chosen[i][0] + "\n(see note)", chosen[i][1])
    return named(chosen, rng, length(rng))


def abroad(rng: Random) -> Sheet:
    """Names in another language."""
    return named(sample(rng.choice(ABROAD), rng, 2, 7), rng, length(rng))


def survey(rng: Random) -> Sheet:
    """Questions as names."""
    return named(sample(QUESTIONS, rng, 2, 9), rng, length(rng))


def coded_names(rng: Random) -> Sheet:
    """Q1_1, v0012, ITEM_03 over answers 1 to 5."""
    form = rng.choice(["Q1_{}", "v{:04d}", "ITEM_{:02d}", "feature_{}", "pixel{}", "x.{}"])
    fields: list[Field] = [(form.format(i + 1), c.words("1 2 3 4 5")) for i in range(9)]
    return named([("respondent", c.sequence(1001)), *fields], rng, length(rng))


def same_names(rng: Random) -> Sheet:
    """Names of which some are the same."""
    chosen = drawn(rng, 3)
    return named([*chosen, chosen[-1], chosen[0]], rng, length(rng))


def is_number(cell: str) -> bool:
    """Whether a cell is a plain number."""
    return cell.lstrip("-").replace(".", "", 1).isdigit()


def decimal_commas(rng: Random) -> Sheet:
    """Semicolons between cells, commas in numbers."""
    sheet = mixed(rng)
    sheet.delimiter = ";"
    swap = str.maketrans(".,", ",.")
    for i, record in enumerate(sheet.records[1:], 1):
        sheet.records[i] = [cell.translate(swap) if is_number(cell) else cell for cell in record]
    return sheet


def gaps(rng: Random) -> Sheet:
    """Many cells are blank."""
    share = rng.uniform(0.3, 0.7)
    fields = [(name, c.now_and_then(make, 1 - share)) for name, make in drawn(rng, 4)[1:]]
    return named([("Name", c.one_of(c.PEOPLE)), *fields], rng, max(8, length(rng)))


def flags(rng: Random) -> Sheet:
    """Names over TRUE and FALSE, yes and no, 0 and 1."""
    pair = rng.choice(["TRUE FALSE", "True False", "yes no", "0 1", "Y N"])
    names = rng.sample(
        ["smoker", "diabetic", "insured", "married", "member", "active", "is_spam", "toxic"], 5
    )
    lead: list[Field] = rng.choice([[("id", c.sequence(1))], [("name", c.one_of(c.PEOPLE))], []])
    return named(lead + [(name, c.words(pair)) for name in names], rng, length(rng))


def wide(rng: Random) -> Sheet:
    """Fifty to a hundred and fifty columns."""
    n = rng.randint(50, 150)
    fields = [(f"{rng.choice(['mean', 'sd', 'max'])}_{i}", rng.choice(NUMBERS)) for i in range(n)]
    return named([("patient", c.code("P####")), *fields], rng, rng.choice([3, 10, 30]))


def marked(rng: Random) -> Sheet:
    """The line of names begins with a #."""
    names = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL"]
    makers = [c.words("1 2 X"), c.count(10**6), c.code("rs#####"), *[c.words("A C G T")] * 2]
    fields = list(zip(names, [*makers, c.decimal(50, 9, 1)], strict=True))
    sheet = named(fields, rng, max(8, length(rng)))
    sheet.delimiter = "\t"
    return sheet


def row_names(rng: Random) -> Sheet:
    """One name less than cells: R leaves out the name of its row names."""
    chosen = sample([(snake(n), m) for n, m in rng.choice(DOMAINS)], rng, 3, 7)
    sheet = named([("", c.sequence(1)), *chosen], rng, max(5, length(rng)))
    sheet.records[0] = sheet.names[1:]
    sheet.quote_all, sheet.delimiter = rng.random() < 0.5, ","
    return sheet


def trailing_delimiter(rng: Random) -> Sheet:
    """Every line ends in a delimiter."""
    sheet = mixed(rng)
    sheet.records = [[*record, ""] for record in sheet.records]
    return sheet


def named_again(rng: Random) -> Sheet:
    """Files put one after another: the line of names comes again among the rows."""
    sheet = named(drawn(rng, 3), rng, max(8, length(rng)))
    n = len(sheet.records)
    for at in {n // 2, n - 2}:
        sheet.records.insert(at, list(sheet.names))
    return sheet


def totals(rng: Random) -> Sheet:
    """A total in the last line."""
    fields: list[Field] = [PLACE, *[(n, c.count(900)) for n in ("Men", "Women", "Children")]]
    sheet = named(fields, rng, length(rng))
    sums = [sum(int(row[i]) for row in sheet.records[1:]) for i in (1, 2, 3)]
    return sheet.below([rng.choice(["Total", "TOTAL", "All", "England"]), *map(str, sums)])


def notes_below(rng: Random) -> Sheet:
    """Notes under the rows."""
    sheet = named(drawn(rng, 3), rng, max(5, length(rng)))
    return sheet.below("", *rng.sample([note for note in NOTES if "," not in note], 2))


def sections(rng: Random) -> Sheet:
    """The first row under the names is the title of a section."""
    fields = [("Area", c.one_of(c.PLACES)), *[(n, c.count(900)) for n in ("2018", "2019")]]
    if rng.random() < 0.5:
        fields = [("Area", c.one_of(c.PLACES)), ("Births", c.count(90)), ("Deaths", c.count(80))]
    sheet = named(fields, rng, max(8, length(rng)))
    for at in (1, len(sheet.records) // 2 + 1):
        sheet.records.insert(at, [rng.choice(["ENGLAND", "North", "Inner London"]), "", ""])
    return sheet


def column_numbers(rng: Random) -> Sheet:
    """A line (1), (2), (3) under the names."""
    sheet = named(drawn(rng, 3, 8), rng, max(8, length(rng)))
    form = rng.choice(["({})", "({})", "{}"])
    sheet.records.insert(1, [form.format(i + 1) for i in range(len(sheet.names))])
    return sheet


def prose_with_name(rng: Random) -> Sheet:
    """One column of prose below its name."""
    name = rng.choice(["text", "comment", "Review", "sentence", "TEXT", "Feedback", "Kommentar"])
    sheet = named([(name, c.prose)], rng, max(5, length(rng)))
    sheet.quote_all = rng.random() < 0.7
    sheet.delimiter = ","
    return sheet


def numbers_with_name(rng: Random) -> Sheet:
    """One column of numbers below its name."""
    name = rng.choice(["value", "score", "Temperature", "x", "price"])
    return named([(name, rng.choice(NUMBERS))], rng, max(5, length(rng)))


def first_row_blank(rng: Random) -> Sheet:
    """Most cells of the first row under the names are blank."""
    sheet = named(drawn(rng, 4), rng, max(5, length(rng)))
    first = list(sheet.records[1])
    sheet.records[1] = [
        first[0] or "x",
        *("" if rng.random() < 0.8 else cell for cell in first[1:]),
    ]
    return sheet


def names_missing(rng: Random) -> Sheet:
    """Some columns have no name, as a spreadsheet with remarks beside it is saved."""
    chosen = [(name if rng.random() < 0.7 else "", make) for name, make in drawn(rng, 5)]
    chosen[-1] = ("total", c.count(900))
    return named(chosen, rng, max(5, length(rng)))


def blank_column(rng: Random) -> Sheet:
    """A column with a name and no value, and one with neither."""
    blank = c.now_and_then(c.prose, 0)
    chosen = drawn(rng, 3)
    return named([*chosen, ("Remarks", blank), ("", blank)], rng, max(5, length(rng)))


SHAPES = {
    mixed: 160,
    few_rows: 60,
    all_text: 100,
    all_numbers: 70,
    units_in_names: 50,
    units_below: 50,
    quoted: 60,
    line_end_in_a_name: 20,
    abroad: 80,
    survey: 50,
    coded_names: 40,
    same_names: 25,
    decimal_commas: 40,
    gaps: 50,
    flags: 50,
    wide: 15,
    marked: 15,
    row_names: 25,
    trailing_delimiter: 25,
    named_again: 30,
    totals: 40,
    notes_below: 40,
    sections: 25,
    column_numbers: 20,
    first_row_blank: 30,
    names_missing: 30,
    blank_column: 20,
    prose_with_name: 50,
    numbers_with_name: 20,
}
