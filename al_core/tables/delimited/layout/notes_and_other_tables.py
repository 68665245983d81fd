"""What stands below the rows and is none: a note on the source, a count, another table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from al_core.tables.cells.likeness import NEARLY_ALL, numberlike
from al_core.tables.cells.numbers import is_missing
from al_core.tables.table import BadRow

# A choice: what is longer than this is no note but rows.
MOST_LINES = 40
NOTE = re.compile(
    r"\W{0,3}\s*("
    r"sources?|quellen?|fuentes?|fonte|bron|notes?|nb|n\.b\.|notas?|hinweise?|anmerkung(en)?"
    r"|remarks?|remarques?|copyright|\(c\)|generated|created|exported|extracted|downloaded|printed"
    r"|retrieved|erstellt|exportiert|last (updated?|modified)|end of|fin de|confidential|disclaimer"
    r"|footnotes?|data (from|source)|page \d|seite \d|sql>|mysql>|number of|no\. of|as of"
    r"|applied filters?|query ok"
    r")\b.*"
    r"|\W{0,3}\s*(report|stand|ende?|legend|licen[cs]e|records?|(row )?count|anzahl|filters?|see"
    r"|eof|totals?)(\s*[:=].*|\s*\d.*|\W*)"
    r"|\W{0,3}\s*\d[\d., ]*\s+(rows?|records?|datens[aä]tze|zeilen|lignes|filas"
    r"|entries|results?)\b.*"
    r"|\s*([-=_*#~.]\s*){3,}|\s*[*†‡¹²³]\)?\s*\w.*|\s*\(?\d\)\s+\w.*|.*©.*",
    re.IGNORECASE | re.DOTALL,
)
TOTAL = re.compile(
    r"(grand |sub)?(totals?|sums?|summen?|gesamt|insgesamt|gesamtsumme|somme|totaux|suma|totale)"
    r"( \(.*\)| \w+)?:?|((closing|ending|final) )?balance|(end|schluss)?saldo|average|mean"
    r"|mittelwert|moyenne|promedio|media",
    re.IGNORECASE,
)
# Rows a table must have before another can begin below it; a choice.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Tail:
    """One record below the last row that fits; ``apart`` where a blank line stands above it."""

    bad: BadRow
    fields: list[str]
    apart: bool


def notes_below(tail: Sequence[Tail]) -> bool:
    """Whether all records of a tail are evidently notes, not rows that were cut or shifted."""
    if not tail or len(tail) > MOST_LINES or begins_table(tail) is not None:
        return False
    first = tail[0]
    if not (first.apart or NOTE.fullmatch(first.fields[0])):
        return False
    return all(_is_note(record) for record in tail)


def _is_note(record: Tail) -> bool:
    if NOTE.fullmatch(record.fields[0]):
        return True
    words = len(record.fields) == 1 or not any(map(numberlike, record.fields[:1]))
    filled = [cell for cell in record.fields if cell.strip()]
    return words and len(filled) <= 2 and not numberlike(record.fields[0])


def sums_up(row: Sequence[str]) -> bool:
    """Whether a row says that it is a total, and of what.

    >>> sums_up(["Total", "12"]), sums_up(["Total", ""]), sums_up(["Toll road", "1"])
    (True, False, False)
    """
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(filled) > 1 and TOTAL.fullmatch(filled[0]) is not None


def begins_table(tail: Sequence[Tail]) -> int | None:
    """The place in a tail where another table begins: three records of one width, names first."""
    for place, record in enumerate(tail):
        below = tail[place + 1 : place + 3]
        width = len(record.fields)
        if width < 2 or not record.apart or len(below) < 2:
            continue
        same = all(len(other.fields) == width for other in below)
        if same and all(c.strip() and not numberlike(c) for c in record.fields):
            return place
    return None


def other_names(
    fields: Sequence[str], above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]
) -> bool:
    """Whether a record below a blank line holds the names of another table of the same width.

    All of its cells are words, and one stands where numbers are above it or alone below it.
    """
    if len(fields) < 2 or len(above) < 2 or not below:
        return False
    words = all(c.strip() and not numberlike(c) and not is_missing(c) for c in fields)
    if not words or len(set(fields)) < len(fields):
        return False
    return any(_all_numbers([row[place] for row in above]) for place in range(len(fields)))


def _all_numbers(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) >= 2 and sum(map(numberlike, filled)) >= NEARLY_ALL * len(filled)


# -- Rows of a sheet that hold another table below the first one.


def other_table(rows: Sequence[Sequence[str]], first: int) -> int | None:
    """The place of the names of another table; ``rows[first]`` is the first row of this one.

    It stands below a blank row, a title alone or a total, and is a line of words where numbers are
    above, or of another width than all rows above and as wide as those below.
    """
    for place in range(first + FEWEST, len(rows) - 1):
        before = rows[place - 1]
        if len(rows[place]) < 2 or not (_alone(before) or sums_up(before)):
            continue
        above = [row for row in rows[first:place] if not _alone(row)]
        below = [row for row in rows[place + 1 :] if row][:50]
        if len(above) >= 2 and _begins(rows[place], above, below):
            return place
    return None


def _alone(row: Sequence[str]) -> bool:
    """Whether a row is blank, or holds nothing but a title in its first cell."""
    return not any(row[1:])


def _begins(
    names: Sequence[str], above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]
) -> bool:
    width = max(map(len, [*above[-50:], names]))
    padded = [[*row, *[""] * (width - len(row))] for row in above[-50:]]
    if len(names) == width and other_names(names, padded, below):
        return True
    words = all(c.strip() and not numberlike(c) for c in names) and len(set(names)) == len(names)
    alike = len(below) >= 2 and all(len(row) == len(names) for row in below)
    unlike = all(len(row) != len(names) for row in above)
    return words and alike and unlike and any(map(numberlike, below[0]))
