"""Which line holds the column names, if any does, and what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from al_core.errors import TableError
from al_core.tables.cells.likeness import numberlike
from al_core.tables.decoding.decoded import name_lines
from al_core.tables.delimited.layout.evidence import holds_units, refuse_single_quotes, units_below
from al_core.tables.delimited.layout.first_record import is_a_row, numbers_are_names, stands_below
from al_core.tables.delimited.layout.names_on_lines import answers_below, import_ids, joined
from al_core.tables.delimited.layout.titles import below_titles, periods_below
from al_core.tables.delimited.records import Record


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table lies: names (None: there are none), its first record, and its width.

    ``first`` is the index of the first data record in the head. ``drop_last`` says that each line
    ends in a delimiter that means nothing.
    """

    names: list[str] | None
    header_line: int | None
    first: int
    n_fields: int
    drop_last: bool
    notices: list[str]


def looks_like_names(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool | None:
    """Whether a record holds column names: True and False on evidence, None where there is none."""
    numbers = [numberlike(cell) for cell in first]
    if any(numbers) and not numbers_are_names(first, rows):
        return False
    rows = [row for row in rows if len(row) == len(first)][:100]
    others = [row for row in rows if row != first]  # names may come again where files were joined
    for place in range(len(first)):
        cells = [row[place] for row in others if row[place].strip()]
        if cells and first[place].strip() and sum(map(numberlike, cells)) >= 0.9 * len(cells):
            return True
    return False if is_a_row(first, rows) else None


def find_layout(head: Sequence[Record], n_fields: int, header: str | int | None) -> Layout:
    """Find names, preamble and width in the head of a file, or take the header line given."""
    if isinstance(header, int):
        return _given_line(head, header)
    at = below_titles(head, _after_comments(head, n_fields), n_fields, looks_like_names)
    refuse_single_quotes(head)
    if header is None or header == "none":
        return _without_names(head, at, n_fields, [])
    rows = [r.fields for r in head[at + 1 :]]
    odd = _short_header(head, at, n_fields) or _long_header(head, at, n_fields)
    if odd is not None:
        return odd
    verdict = looks_like_names(head[at].fields, rows)
    if at > 0 and verdict is not True and not _gap_before(head, at):
        _refuse_narrow_header(head, at, n_fields)
    if verdict is False:
        notice = "No line of names was found: the columns are called column 1, column 2 and so on."
        return _without_names(head, at, n_fields, [notice])
    below = import_ids(rows)
    if below:
        return _without_wording(head, at, n_fields, below)
    layout = _names_and_units(head, at, n_fields)
    again = stands_below(head[at].fields, rows) if verdict is None else ""
    if again:
        layout.notices.append(
            f'Line {head[at].line} was taken for the names, though "{again}" stands below too: '
            "if it is a row, say that there are no names."
        )
    return layout


def _names_and_units(head: Sequence[Record], at: int, n_fields: int) -> Layout:
    """Names on one line or put together from several, and lines of units below them left out."""
    names, below, notices = head[at].fields, at + 1, list[str]()
    rows = [r.fields for r in head[below:]]
    groups = answers_below(names, rows) or periods_below(names, rows)
    if groups or (holds_units(names, rows) and not all(map(str.strip, names))):
        made = joined(names, rows[0])
        if made == rows[0]:
            return _with_names(head, below, n_fields)
        notices = [f"Names are put together from lines {head[at].line} and {head[below].line}."]
        names, below, rows = made, below + 1, rows[1:]
    lines = units_below(names, rows)
    if lines:
        what = name_lines([record.line for record in head[below : below + lines]])
        holds = "holds" if lines == 1 else "hold"
        end = "it was" if lines == 1 else "they were"
        notices.append(f"{what.capitalize()} {holds} units or names, no values; {end} left out.")
    layout = _with_names(head, at, n_fields)
    names = names[: len(layout.names or names)]
    return replace(layout, names=names, first=below + lines, notices=[*layout.notices, *notices])


def _without_wording(head: Sequence[Record], at: int, n_fields: int, below: int) -> Layout:
    """Names with the wording of the questions and their ids below, as Qualtrics writes them."""
    layout = _with_names(head, at, n_fields)
    lines = name_lines([record.line for record in head[at + 1 : at + 1 + below]])
    notice = f"{lines.capitalize()}: the wording of the questions and their ids; left out."
    return replace(layout, first=at + 1 + below, notices=[*layout.notices, notice])


def _first_full(head: Sequence[Record], n_fields: int) -> int:
    return next((i for i, r in enumerate(head) if len(r.fields) == n_fields), 0)


def _after_comments(head: Sequence[Record], n_fields: int) -> int:
    """The first full record; one after lines of comment (``# made by ...``) if it holds names."""
    at = _first_full(head, n_fields)
    after = next((i for i, r in enumerate(head) if not r.fields[0].startswith("#")), 0)
    if after <= at or len(head[after].fields) != n_fields:
        return at
    rows = [r.fields for r in head[after + 1 :]]
    return after if looks_like_names(head[after].fields, rows) else at


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


def _with_names(head: Sequence[Record], at: int, n_fields: int) -> Layout:
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


def _without_names(head: Sequence[Record], at: int, n_fields: int, notices: list[str]) -> Layout:
    rows = [r.fields for r in head[at:] if len(r.fields) == n_fields]
    drop = n_fields > 2 and len(rows) > 1 and all(not row[-1].strip() for row in rows)
    if drop:
        notices = [*notices, "Every line ends in a delimiter that means nothing; it was left out."]
    return Layout(None, None, at, n_fields, drop, notices)


def _given_line(head: Sequence[Record], line: int) -> Layout:
    at = next((i for i, r in enumerate(head) if r.line == line), None)
    if at is None:
        raise TableError(
            f"There is no line {line} that could hold names. Choose a line that is not blank, "
            f"from 1 to {head[-1].line if head else 1}."
        )
    return _with_names(head, at, len(head[at].fields))
