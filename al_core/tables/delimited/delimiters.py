"""Which sign parts the fields: the one that gives the same number of fields in every record."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from al_core.tables.cells.likeness import half_hold_digits
from al_core.tables.delimited.layout.header import looks_like_names
from al_core.tables.delimited.records import ANY_END, Record, line_end_of, mixes_line_ends, records
from al_core.tables.sources.limits import HEAD_RECORDS

USUAL = (",", ";", "\t", "|")
LONG = (
    *("|~|", "~|~", "^|^", "|^|", "#|#", "<|>", "|#|", "|@|", "^~^", "$|$", "[|]", "|;|"),
    *("||", "::", "##", "@@", "^^", "~~", ";;"),
)
UNUSUAL = (
    *(
        "\x1f",
        "\x01",
        "\x02",
        "\x14",
        "\x1c",
        "\x1d",
        "\x1e",
        "\x07",
        "^",
        "~",
        "¦",
        "§",
        "¬",
        "¶",
        "†",
    ),
    *("，", "；", "؛", "、", "·", "*", ":", " "),
)
SELDOM = set("¬¶†，；؛、·*")
TITLES = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "vertical bar",
    " ": "space",
    ":": "colon",
    "\x1f": "unit separator",
    "\x01": "control-A",
}
SEP_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Split:
    """What a delimiter makes of the head of a file; ``agree`` is the share of records as usual.

    Rows of ``least`` fields or more but less than ``n_fields`` have lost blank cells at their end;
    0 means that none may.
    """

    delimiter: str | None
    n_fields: int
    agree: float
    head: list[Record]
    line_end: str = "\n"
    escapes: bool = False
    least: int = 0


def title_of(delimiter: str | None) -> str:
    """A delimiter in words."""
    if delimiter is None:
        return "nothing (one column)"
    if delimiter < " " and delimiter not in TITLES:
        return f"the control sign {ord(delimiter[0])}"
    return TITLES.get(delimiter, delimiter)


def find_delimiter(text: str) -> Split:
    """The best split of a file's head; one column (delimiter None) where none is consistent."""
    for sign in LONG:
        if sign not in text:
            continue
        split = split_with(text, sign)
        if _parts_long(split, sign) and not _is_one_sign_twice(text, split, sign):
            return split
    tried = [split_with(text, sign) for sign in USUAL if sign in text]
    # A choice: for a usual sign half of the records suffice, the others are told as bad rows.
    good = [split for split in tried if _consistent(split, 0.5) and not _is_prose(split)]
    if not good:
        rare = [split_with(text, sign) for sign in UNUSUAL if sign in text]
        good = [split for split in rare if _regular(split) and not _part_of_values(split)]
    if not good:
        return split_with(text, None)
    return max(good, key=_worth)


def _is_prose(split: Split) -> bool:
    """Whether commas part sentences: in some records only, and a blank follows nearly each."""
    # Choices: a table agrees in more records, and has cells that begin with no blank.
    if split.delimiter != "," or split.agree >= 0.95:
        return False
    parted = [r.fields for r in split.head if len(r.fields) > 1]
    sentences = sum(all(cell[:1] == " " and cell.strip() for cell in row[1:]) for row in parted)
    return sentences >= 0.9 * len(parted) and any(len(row[0].split()) > 2 for row in parted)


def split_with(text: str, delimiter: str | None) -> Split:
    """The head of a file split with one delimiter, by the line ends and quotes that fit best."""
    end = line_end_of(text)
    best = _split(text, delimiter, end, escapes=False)
    if mixes_line_ends(text):
        other = _split(text, delimiter, ANY_END, escapes=False)
        best = other if other.agree > best.agree else best
    if '\\"' in text or (delimiter and "\\" + delimiter in text):
        other = _split(text, delimiter, best.line_end, escapes=True)
        best = max(best, other, key=lambda split: (split.agree, -_raw_quotes(split)))
    return best


def _raw_quotes(split: Split) -> int:
    """How many cells still begin with a quote: these were not understood."""
    return sum(cell.startswith('"') for record in split.head for cell in record.fields)


def _split(text: str, delimiter: str | None, end: str, *, escapes: bool) -> Split:
    head: list[Record] = []
    for record in records(text, delimiter, end=end, escapes=escapes):
        head.append(record)
        if len(head) >= HEAD_RECORDS:
            break
    counts = Counter(len(r.fields) for r in head if not r.problem)
    if not counts:
        return Split(delimiter, 1, 0.0, head, end, escapes)
    n_fields = max(counts, key=lambda n: (counts[n], n))
    return Split(delimiter, n_fields, counts[n_fields] / len(head), head, end, escapes)


def _consistent(split: Split, least: float) -> bool:
    return split.n_fields >= 2 and split.agree >= least and _header_agrees(split)


def _regular(split: Split) -> bool:
    """Whether all records agree; R leaves one name out where its rows have names."""
    one_less = split.head and len(split.head[0].fields) == split.n_fields - 1
    if split.delimiter == " " and one_less and split.n_fields > 2:
        return sum(len(r.fields) == split.n_fields for r in split.head) == len(split.head) - 1
    # A choice: an unusual sign convinces only where it parts every record.
    return _consistent(split, 0.999)


def _parts_long(split: Split, sign: str) -> bool:
    """Whether a sign of several letters parts the fields; not where a single one stands between."""
    alone = any(sign[0] in name for name in split.head[0].fields) if split.head else True
    # A choice: several letters seldom stand in a text by chance.
    return not alone and _consistent(split, 0.9)


def _is_one_sign_twice(text: str, split: Split, sign: str) -> bool:
    """Whether a single sign parts every record, and stands twice where a cell is blank."""
    single = sign[0]
    if sign.strip(single) or not any(single in c for r in split.head for c in r.fields):
        return False
    return _regular(split_with(text, single))


def _header_agrees(split: Split) -> bool:
    """Lines before the first full record are a preamble only if that record looks like names.

    Otherwise the sign stands inside values, as the comma in ``0,875`` or in ``Braund, Owen``.
    """
    least = split.n_fields - 1 if split.n_fields > 2 else 2
    at = next(i for i, r in enumerate(split.head) if len(r.fields) >= least)
    if at == 0:
        return len(split.head[0].fields) >= 2
    full = next((i for i, r in enumerate(split.head) if len(r.fields) == split.n_fields), at)
    return _title_over_rows(split, full) or any(
        _names_at(split.head, place) for place in {at, full}
    )


def _title_over_rows(split: Split, full: int) -> bool:
    """Whether one line without the sign stands over rows that all agree, without names."""
    rows = [r.fields for r in split.head[full:]]
    # A choice: two rows may agree by chance, and so may two parts of a number or of a name.
    if full != 1 or len(split.head[0].fields) > 1 or len(rows) < 3 or split.n_fields < 3:
        return False
    thousands = all(re.fullmatch(r"\d{3}", cell) for row in rows for cell in row[1:])
    return (
        all(len(row) == split.n_fields for row in rows) and not thousands and _mostly_digits(split)
    )


def _names_at(head: list[Record], at: int) -> bool:
    rows = [r.fields for r in head[at + 1 :]]
    apart = at > 0 and head[at].line > head[at - 1].line + 1
    usual = max(map(len, rows[:5]), default=0)  # rows may end before the last names
    return apart or looks_like_names(head[at].fields[:usual], rows) is True


def _worth(split: Split) -> tuple[float, int, int]:
    """Agreement first (in steps, so that one odd row does not decide), then the usual order."""
    order = USUAL.index(split.delimiter) if split.delimiter in USUAL else len(USUAL)
    # Steps of a tenth are a choice; half a step more where the first two records have all fields.
    return (round(split.agree * 10) + _header_bonus(split), split.n_fields, -order)


def _header_bonus(split: Split) -> float:
    # Two: a title such as "Spending over £25,000, May 2016" may have as many parts by chance.
    first = split.head[:2]
    return 0.5 if first and all(len(r.fields) == split.n_fields for r in first) else 0.0


def lines_stand_in_quotes(split: Split, text: str) -> bool:
    """Whether each line of a one-column file is a quoted record of several columns by itself."""
    if split.delimiter is not None or len(split.head) < 2:
        return False
    if not all(text.startswith('"', r.start) and "\n" not in r.fields[0] for r in split.head):
        return False
    inner = find_delimiter("\n".join(record.fields[0] for record in split.head))
    return inner.delimiter in USUAL and inner.agree == 1.0 and len(inner.head) == len(split.head)


def _part_of_values(split: Split) -> bool:
    """Whether a rare sign stands inside values: times, or words of running text."""
    if split.delimiter in SELDOM and split.n_fields < 3:
        return True
    if split.delimiter == ":":
        return split.n_fields < 3 or all(_timelike(r.fields) for r in split.head[-20:])
    if split.delimiter != " ":
        return False
    return split.n_fields < 3 or len(split.head) < 3 or not _mostly_digits(split)


def _mostly_digits(split: Split) -> bool:
    """Whether spaces part numbers, and no running text."""
    rows = [r.fields for r in split.head[1:] if len(r.fields) == split.n_fields]
    return half_hold_digits(rows)


def _timelike(fields: list[str]) -> bool:
    return all(re.search(r"\d", field) for field in fields)
