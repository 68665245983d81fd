"""Shapes with one line of names below titles, notes and blank lines."""

from __future__ import annotations

from random import Random

from benchmarks.header_corpus.sheet import NOTES, TITLES, Sheet, drawn, length, named


def title_alone(rng: Random) -> Sheet:
    """A title above, written as it is, now and then with commas."""
    return named(drawn(rng, 3), rng, length(rng)).above(rng.choice(TITLES))


def padded(sheet: Sheet, *cells: str) -> list[str]:
    """These cells, and blank ones up to the width of the names."""
    return [*cells, *[""] * (len(sheet.names) - len(cells))]


def title_padded(rng: Random) -> Sheet:
    """A title filled up with delimiters, as a spreadsheet saves it."""
    sheet = named(drawn(rng, 3), rng, length(rng))
    blank = [padded(sheet, "")] if rng.random() < 0.6 else []
    return sheet.above(padded(sheet, rng.choice(TITLES)), *blank)


def title_and_gaps_in_names(rng: Random) -> Sheet:
    """A padded title above names that do not fill their line."""
    chosen = drawn(rng, 4)
    i = rng.randrange(1, len(chosen))
    chosen[i] = ("", chosen[i][1])
    sheet = named(chosen, rng, max(5, length(rng)))
    return sheet.above(padded(sheet, rng.choice(TITLES)))


def notes_above(rng: Random) -> Sheet:
    """A title, notes and a blank line, each alone in its line."""
    sheet = named(drawn(rng, 3), rng, length(rng))
    blank = [""] if rng.random() < 0.7 else []
    notes = rng.sample(NOTES, rng.randint(1, 5))
    return sheet.above(rng.choice(TITLES), *notes, *blank)


def notes_padded(rng: Random) -> Sheet:
    """The same filled up with delimiters."""
    sheet = named(drawn(rng, 3), rng, length(rng))
    notes = [padded(sheet, note) for note in rng.sample(NOTES, rng.randint(1, 5))]
    return sheet.above(padded(sheet, rng.choice(TITLES)), *notes, padded(sheet, ""))


def notes_in_pairs(rng: Random) -> Sheet:
    """Lines of a word and its value above, as instruments and reports write them."""
    sheet = named(drawn(rng, 4), rng, max(5, length(rng)))
    pairs = [
        ("Report:", "Sales by store"),
        ("Operator", "J. Brown"),
        ("Date", "2021-04-09"),
        ("Serial number", "44-0193"),
        ("From:", "01/02/2019"),
        ("Rows", "40"),
        ("Instrument", "Tecan M200"),
    ]
    chosen = [padded(sheet, *pair) for pair in rng.sample(pairs, rng.randint(2, 5))]
    return sheet.above(*chosen, *([padded(sheet, "")] if rng.random() < 0.7 else []))


def notes_spread(rng: Random) -> Sheet:
    """Notes spread over the cells of a line above."""
    sheet = named(drawn(rng, 5), rng, max(5, length(rng)))
    spread = [padded(sheet, rng.choice(TITLES)), padded(sheet, "From", "2019-01-01", "To", "June")]
    last = padded(sheet, "Page 1 of 3", "", rng.choice(["Confidential", "Draft"]))
    return sheet.above(*rng.sample(spread, rng.randint(1, 2)), last)


def blank_above(rng: Random) -> Sheet:
    """Blank lines, or lines of delimiters alone, above the names."""
    sheet = named(drawn(rng, 3), rng, length(rng))
    lines: list[list[str] | str] = [""] if rng.random() < 0.5 else [padded(sheet, "")]
    return sheet.above(*lines * rng.randint(1, 3))


def comments_above(rng: Random) -> Sheet:
    """Lines that begin with a # above the names."""
    sheet = named(drawn(rng, 3), rng, length(rng))
    return sheet.above(*(f"# {note}" for note in rng.sample(NOTES, rng.randint(1, 4))))


SHAPES = {
    title_alone: 70,
    title_padded: 60,
    title_and_gaps_in_names: 30,
    notes_above: 60,
    notes_padded: 50,
    notes_in_pairs: 40,
    notes_spread: 40,
    blank_above: 40,
    comments_above: 30,
}
