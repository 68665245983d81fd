"""Which line holds the column names, if any does, and what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from al_core.errors import TableError
from al_core.tables.cells.likeness import numberlike
from al_core.tables.decoding.decoded import name_lines
from al_core.tables.delimited.layout.evidence import refuse_single_quotes, stands_below
from al_core.tables.delimited.layout.names_on_lines import import_ids, joined, only_plain
from al_core.tables.delimited.layout.weighing import (
    EVIDENT,
    Reading,
    fitted,
    names_against_row,
    readings,
)
from al_core.tables.delimited.records import Record
from al_core.tables.table import Header


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table lies: names (None: there are none), its first record, and its width.

    ``first`` is the index of the first data record in the head. ``drop_last`` says that each line
    ends in a delimiter that means nothing. ``lines`` are all lines of names, ``readings`` all ways
    to read the head, the likeliest first.
    """

    names: list[str] | None
    header_line: int | None
    first: int
    n_fields: int
    drop_last: bool
    notices: list[str]
    lines: tuple[int, ...] = ()
    readings: tuple[Reading, ...] = ()


def looks_like_names(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool | None:
    """Whether a record holds column names: True and False on evidence, None where there is none."""
    weight = names_against_row(first, [row for row in rows if len(row) == len(first)])
    return None if abs(weight) < EVIDENT else weight > 0


def find_layout(head: Sequence[Record], n_fields: int, header: Header) -> Layout:
    """Find names, preamble and width in the head of a file, or take the header line given."""
    found = readings(head, n_fields)
    if header == "auto":
        layout = likeliest(head, n_fields, found)
    else:
        layout = given(head, n_fields, header, found)
    lines = layout.lines or (() if layout.header_line is None else (layout.header_line,))
    return replace(layout, lines=lines, readings=tuple(found))


def likeliest(head: Sequence[Record], n_fields: int, found: Sequence[Reading]) -> Layout:
    """The layout of the likeliest reading, or of names that have no field for each column."""
    refuse_single_quotes(head)
    if not found:
        return _alone(head, n_fields)
    full = _first_full(head, n_fields)
    below = import_ids([r.fields for r in head[full + 1 :]])
    if below:
        return _without_wording(head, full, n_fields, below)
    if full + 2 < len(head) and only_plain(head[full].fields, head[full + 1].fields):
        return _without_wording(head, full, n_fields, 1)
    best = found[0]
    odd = _short_header(head, full, n_fields) or _long_header(head, full, n_fields)
    if odd is not None and best.top <= full:
        return odd
    if best.top > 0 and not _gap_before(head, best.top) and not _evident(head, best):
        _refuse_narrow_header(head, best.top, n_fields)
    if not best.lines:
        notice = "No line of names was found: the columns are called column 1, column 2 and so on."
        return without_names(head, best.start, n_fields, [notice])
    return _with_reading(head, n_fields, best)


def _alone(head: Sequence[Record], n_fields: int) -> Layout:
    """A single record: names, unless it holds a number."""
    at = _first_full(head, n_fields)
    if any(map(numberlike, head[at].fields)):
        return without_names(head, at, n_fields, [])
    return with_names(head, at, n_fields)


def _evident(head: Sequence[Record], best: Reading) -> bool:
    """Whether the line of names is unlike a row, whatever stands above it."""
    if len(best.lines) != 1:
        return bool(best.lines)
    at = best.lines[0]
    return looks_like_names(head[at].fields, [r.fields for r in head[at + 1 :]]) is True


def _with_reading(head: Sequence[Record], n_fields: int, best: Reading) -> Layout:
    """Names on one line or put together from several, and lines of units below them left out."""
    at, last = best.lines[0], best.lines[-1]
    layout = with_names(head, at, n_fields)
    notices = list(layout.notices)
    if last > at:
        told = _with_and([head[line].line for line in best.lines])
        notices.append(f"Names are put together from lines {told}.")
    units = [record.line for record in head[last + 1 : best.start]]
    if units:
        holds = "holds" if len(units) == 1 else "hold"
        end = "it was" if len(units) == 1 else "they were"
        what = name_lines(units).capitalize()
        notices.append(f"{what} {holds} units or names, no values; {end} left out.")
    again = stands_below(head[at].fields, [r.fields for r in head[at + 1 :]]) if last == at else ""
    if again:
        notices.append(
            f'Line {head[at].line} was taken for the names, though "{again}" stands below too: '
            "if it is a row, say that there are no names."
        )
    names = layout.names
    if last > at:
        parts = [fitted(head[line].fields, n_fields) for line in best.lines]
        names = joined(parts)[: n_fields - layout.drop_last]
    return replace(
        layout,
        names=names,
        first=best.start,
        notices=notices,
        lines=tuple(head[line].line for line in best.lines),
    )


def _with_and(lines: Sequence[int]) -> str:
    return ", ".join(map(str, lines[:-1])) + f" and {lines[-1]}"


def _without_wording(head: Sequence[Record], at: int, n_fields: int, below: int) -> Layout:
    """Names with the wording of the questions below, as Qualtrics and SurveyMonkey write them."""
    layout = with_names(head, at, n_fields)
    lines = name_lines([record.line for record in head[at + 1 : at + 1 + below]])
    what = "the wording of the questions and their ids"
    if below == 1 and only_plain(head[at].fields, head[at + 1].fields):
        what = "the kind of each question"
    notice = f"{lines.capitalize()}: {what}; left out."
    return replace(layout, first=at + 1 + below, notices=[*layout.notices, notice])


def _first_full(head: Sequence[Record], n_fields: int) -> int:
    return next((i for i, r in enumerate(head) if len(r.fields) == n_fields), 0)


def _long_header(head: Sequence[Record], at: int, n_fields: int) -> Layout | None:
    """Names that end in a delimiter, above rows that do not."""
    names = head[at - 1].fields if at > 0 else []
    if len(names) != n_fields + 1 or names[-1].strip() or not all(n.strip() for n in names[:-1]):
        return None
    notice = "The line of names ends in a delimiter that means nothing; it was left out."
    line = head[at - 1].line
    notices = [notice, *_preamble(at - 1, head[at - 1])]
    return Layout(names[:-1], line, at, n_fields, False, notices)


def _gap_before(head: Sequence[Record], at: int) -> bool:
    return head[at].line > head[at - 1].line + 1


def _refuse_narrow_header(head: Sequence[Record], at: int, n_fields: int) -> None:
    first = head[0]
    if len(first.fields) > n_fields and not first.problem:
        raise TableError(
            f"Line {first.line} names {len(first.fields)} columns, but the lines below have "
            f"{n_fields} fields (line {head[at].line} is the first). Leave out a name or fill in "
            "the missing fields, or say which line holds the names."
        )
    if 1 < len(first.fields) < n_fields and not first.problem:
        raise TableError(
            f"Line {first.line} has {len(first.fields)} fields, but the lines below have "
            f"{n_fields} (line {head[at].line} is the first). Give every column a name, or say "
            "which line holds the names."
        )


def _short_header(head: Sequence[Record], at: int, n_fields: int) -> Layout | None:
    """Names one fewer than fields: a trailing delimiter below, or row names as R writes them."""
    before = [r for r in head[:at] if len(r.fields) == n_fields - 1 and n_fields >= 3]
    if not before or at == 0 or head[at - 1] is not before[-1] or _gap_before(head, at):
        return None
    names, rows = before[-1], [r.fields for r in head[at:] if len(r.fields) == n_fields]
    if looks_like_names(rows[0], rows[1:]) is True:
        return None
    if all(not row[-1].strip() for row in rows):
        notice = "Every line ends in a delimiter that means nothing; it was left out."
        return Layout(
            names.fields, names.line, at, n_fields, True, [notice, *_preamble(at - 1, names)]
        )
    first_column = [row[0] for row in rows]
    if len(set(first_column)) == len(first_column) and len(rows) > 1:
        notice = f'Line {names.line} names one column too few: the first is called "row name".'
        return Layout(["row name", *names.fields], names.line, at, n_fields, False, [notice])
    return None


def with_names(head: Sequence[Record], at: int, n_fields: int) -> Layout:
    record = head[at]
    rows = [r.fields for r in head[at + 1 :] if len(r.fields) == n_fields]
    trailing = n_fields > 1 and not record.fields[-1].strip()
    drop = trailing and all(not row[-1].strip() for row in rows)
    notices = (
        ["Every line ends in a delimiter that means nothing; it was left out."] if drop else []
    )
    names = record.fields[:-1] if drop else list(record.fields)
    notices = [*notices, *_preamble(at, record), *_another_table(head[:at])]
    return Layout(names, record.line, at + 1, n_fields, drop, notices)


def _another_table(before: Sequence[Record]) -> list[str]:
    """A word about lines left out that are as regular as a table."""
    widths = {len(record.fields) for record in before}
    whole = all(cell.strip() for record in before for cell in record.fields)
    if len(before) < 3 or len(widths) > 1 or widths == {1} or not whole:
        return []
    return ["The lines left out look like another table: keep each table in a file of its own."]


def _preamble(at: int, record: Record) -> list[str]:
    if at <= 0:
        return []
    before = record.line - 1
    what = "line" if before == 1 else f"{before} lines"
    return [f"The names stand on line {record.line}; the {what} before it left out."]


def without_names(head: Sequence[Record], at: int, n_fields: int, notices: list[str]) -> Layout:
    rows = [r.fields for r in head[at:] if len(r.fields) == n_fields]
    drop = n_fields > 2 and len(rows) > 1 and all(not row[-1].strip() for row in rows)
    if drop:
        notices = [*notices, "Every line ends in a delimiter that means nothing; it was left out."]
    return Layout(None, None, at, n_fields, drop, notices)


def given(
    head: Sequence[Record], n_fields: int, header: Header, found: Sequence[Reading]
) -> Layout:
    """The layout where a person says which line or lines hold the names, or that none does."""
    if header is None or header == "none":
        refuse_single_quotes(head)
        top = found[0].top if found else _first_full(head, n_fields)
        return without_names(head, top, n_fields, [])
    first, last = _first_and_last(header)
    lines = [place for place, r in enumerate(head) if first <= r.line <= last]
    if not lines or head[lines[0]].line != first or head[lines[-1]].line != last:
        missing = first if not lines or head[lines[0]].line != first else last
        raise TableError(
            f"There is no line {missing} that could hold names. Choose a line that is not blank, "
            f"from 1 to {head[-1].line if head else 1}."
        )
    at = lines[-1]
    layout = with_names(head, at, max(len(head[line].fields) for line in lines))
    if len(lines) == 1:
        return layout
    parts = [fitted(head[line].fields, layout.n_fields) for line in lines]
    names = joined(parts, always=True)[: layout.n_fields - layout.drop_last]
    return replace(
        layout,
        names=names,
        header_line=first,
        lines=tuple(head[line].line for line in lines),
        notices=[f"Names are put together from lines {_with_and([head[x].line for x in lines])}."],
    )


def _first_and_last(header: Header) -> tuple[int, int]:
    if isinstance(header, int):
        return header, header
    numbers = [n for n in header if isinstance(n, int)] if isinstance(header, tuple | list) else []
    if len(numbers) == 2 and len(numbers) == len(header or ()) and numbers[0] <= numbers[1]:
        return numbers[0], numbers[1]
    raise TableError(
        f'The lines of the names were given as {header!r}. Give "auto", None (no names), the '
        "number of a line, or the first and the last of several lines such as (2, 3)."
    )
