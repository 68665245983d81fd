"""New cells put into a delimited file as it came: every byte beside them stays.

Only into a plain one: its records are those of the table, cell by cell, and its letters can be
read and written without a change. For any other file :class:`NotPlain` says why.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import TableError
from al_core.progress import Step
from al_core.tables.decoding.decoded import title_of
from al_core.tables.delimited.rewriting.quoting import between_quotes
from al_core.tables.delimited.rewriting.quoting import quoted as quoted_where_needed
from al_core.tables.formats.writing.spans import Spans, spans_of
from al_core.tables.table import Table
from al_core.wording import short

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITH_STATE = ("utf-7", "utf_7", "hz", "iso2022")
"""Encodings in which a letter's bytes depend on what stands before it."""
# Cells that are compared with the table; a choice: a second's work. Rows of larger tables are
# looked at here and there, since a row out of its place moves all that follow.
MOST_COMPARED = 1_000_000
NOT_KEPT = "The file as it came was not kept"
# Shares of the work done once cells are compared, and once the new ones are made; for the bar.
_COMPARING, _PUTTING = 0.5, 0.9


class NotPlain(TableError):
    """The file cannot be written as it came; the message says why."""


@dataclass(frozen=True)
class NewCells:
    """What is put in. ``column``: one of the table's, with its new cells by row; ``behind``: new
    columns, a name and (n_rows,) cells each."""

    column: str | None = None
    cells: Mapping[int, str] = field(default_factory=dict)
    behind: Sequence[tuple[str, Sequence[str]]] = ()


@dataclass(frozen=True)
class _Plain:
    """A file known to be plain: its text as UTF-8, where it lies, and how it is written back."""

    data: bytes
    mark: bytes
    codec: str
    delimiter: str
    spans: Spans
    rows: NDArray[np.intp]
    names: tuple[int, ...]
    spare: bool
    """Whether every record ends in a delimiter with nothing after it."""


def spliced(original: bytes, table: Table, new: NewCells, step: Step = float) -> bytes:
    """The bytes of ``original`` with the new cells in them; raises NotPlain.

    ``step(share)`` hears how far it is.
    """
    plain = _as_plain(original, table, lambda share: step(_COMPARING * share))
    puts = _in_column(plain, table, new) + _behind(plain, new)
    step(_PUTTING)
    puts.sort(key=lambda put: put[0])
    parts, place = list[bytes](), 0
    for begin, end, cell in puts:
        parts += [plain.data[place:begin], cell]
        place = end
    whole = b"".join([*parts, plain.data[place:]])
    if plain.codec == "utf-8":
        return plain.mark + whole
    return plain.mark + _encoded(whole.decode(), plain.codec, table)


def _encoded(text: str, codec: str, table: Table) -> bytes:
    try:
        return text.encode(codec)
    except UnicodeEncodeError as error:
        sign = error.object[error.start]
        raise NotPlain(
            f"\u201c{sign}\u201d cannot be written as {title_of(table.dialect.encoding)}."
        ) from None


def _as_plain(original: bytes, table: Table, step: Step = float) -> _Plain:
    delimiter = table.dialect.delimiter
    if delimiter is None:
        raise NotPlain("The file has one column, without a delimiter.")
    data, mark, codec = _as_utf8(original, table.dialect.encoding)
    spans = spans_of(data, delimiter)
    rows, names = _records_of_rows(table, spans), _records_of_names(table)
    n_fields = spans.n_fields
    wanted = len(table.columns)
    spare = bool((n_fields[[*rows, *names]] == wanted + 1).all())
    if not spare and not (n_fields[[*rows, *names]] == wanted).all():
        raise NotPlain("Not every line of the file has as many fields as it has names.")
    plain = _Plain(data, mark, codec, delimiter, spans, rows, names, spare)
    if spare and any(_cells(plain, np.asarray([*rows, *names]), wanted)):
        raise NotPlain("Some lines of the file have more fields than it has names.")
    _compare(plain, table, step)
    return plain


def _as_utf8(original: bytes, encoding: str) -> tuple[bytes, bytes, str]:
    """(the text as UTF-8, the mark before it, the codec that gives the same bytes again)."""
    mark, codec = next(((m, c) for m, c in _BOMS if original.startswith(m)), (b"", encoding))
    if codec.startswith(_WITH_STATE):
        raise NotPlain(f"The file is written as {title_of(encoding)}.")
    body = original[len(mark) :]
    try:
        text = body.decode(codec)
        same = codec in ("utf-8", "utf_8") or text.encode(codec) == body
    except (UnicodeError, LookupError):
        same = False
    if not same:
        raise NotPlain("Some letters of the file were mended when it was read.")
    return (body, mark, "utf-8") if codec == "utf-8" else (text.encode(), mark, codec)


def _records_of_rows(table: Table, spans: Spans) -> NDArray[np.intp]:
    """Which record each row of the table is; by its line, where lines are known."""
    n = table.n_rows
    if table.lines.runs:
        firsts, lines = np.asarray(table.lines.runs, dtype=np.int64).T
        at = np.searchsorted(firsts, np.arange(n), side="right") - 1
        rows = lines[at] + np.arange(n) - firsts[at] - 1
    else:
        rows = np.flatnonzero(spans.ends > spans.starts)[-n:]
    if len(rows) != n or (n and rows[-1] >= len(spans.starts)):
        raise NotPlain("The rows of the table are not the lines of the file.")
    return np.asarray(rows, dtype=np.intp)


def _records_of_names(table: Table) -> tuple[int, ...]:
    lines = table.header.lines or (
        (table.dialect.header_line,) if table.dialect.header_line else ()
    )
    return tuple(line - 1 for line in lines)


def _cells(plain: _Plain, chosen: NDArray[np.intp], place: int) -> list[str]:
    """The cells of one field of some records, without their quotes."""
    begins, ends = plain.spans.fields(chosen, place, len(plain.delimiter.encode()))
    cells = (plain.data[a:b].decode() for a, b in zip(begins.tolist(), ends.tolist(), strict=True))
    return [_bare(cell) for cell in cells]


def _bare(cell: str) -> str:
    trimmed = cell.strip(" ")
    if len(trimmed) > 1 and trimmed[0] == trimmed[-1] == '"':
        return trimmed[1:-1].replace('""', '"')
    return cell


def _compare(plain: _Plain, table: Table, step: Step = float) -> None:
    """NotPlain unless the file's cells are those of the table, blanks around them aside."""
    n, width = table.n_rows, len(table.columns)
    stride = max(1, n * width // MOST_COMPARED)
    looked = np.arange(0, n, stride, dtype=np.intp)
    for place, name in enumerate(table.columns):
        here = _cells(plain, plain.rows[looked], place)
        known = table.text[name].iloc[looked].fillna("").tolist()
        if any(_core(a) != _core(b) for a, b in zip(here, known, strict=True) if a != b):
            raise NotPlain("Cells of the file were mended when it was read.")
        step((place + 1) / width)


def _core(cell: str) -> str:
    return cell.strip().removeprefix("'")


def _in_column(plain: _Plain, table: Table, new: NewCells) -> list[tuple[int, int, bytes]]:
    if new.column is None or not new.cells:
        return []
    rows = np.asarray(sorted(new.cells), dtype=np.intp)
    place, width = table.columns.index(new.column), len(plain.delimiter.encode())
    begins, ends = plain.spans.fields(plain.rows[rows], place, width)
    all_quoted = _all_quoted(plain)
    return [
        (begin, end, _written(new.cells[row], plain.delimiter, all_quoted))
        for row, begin, end in zip(rows.tolist(), begins.tolist(), ends.tolist(), strict=True)
    ]


def _behind(plain: _Plain, new: NewCells) -> list[tuple[int, int, bytes]]:
    if not new.behind:
        return []
    quoted = _all_quoted(plain)
    before = b"" if plain.spare else plain.delimiter.encode()
    sign = plain.delimiter.encode()
    columns = [
        [_written(cell, plain.delimiter, quoted) for cell in cells] for _, cells in new.behind
    ]
    rows = [before + sign.join(cells) for cells in zip(*columns, strict=True)]
    ends = plain.spans.ends[plain.rows].tolist()
    puts = [(end, end, cells) for end, cells in zip(ends, rows, strict=True)]
    names = [_written(name, plain.delimiter, quoted) for name, _ in new.behind]
    blank = before + sign * (len(names) - 1)
    for record in _beside_rows(plain):
        # Names on several lines: the lowest tells columns apart.
        cells = before + sign.join(names) if plain.names[-1:] == (record,) else blank
        end = int(plain.spans.ends[record])
        puts.append((end, end, cells))
    return puts


def _beside_rows(plain: _Plain) -> list[int]:
    """The lines of names, and others as wide as a row: titles with delimiters behind, totals."""
    is_row = np.zeros(len(plain.spans.starts), dtype=bool)
    is_row[plain.rows] = True
    width = plain.spans.n_fields
    as_wide = (width == width[plain.rows[0]]) & ~is_row & (width > 1)
    return sorted({*np.flatnonzero(as_wide).tolist(), *plain.names})


def _all_quoted(plain: _Plain) -> bool:
    """Whether the first row has every field in quotes."""
    if not len(plain.rows):
        return False
    row, width = plain.rows[:1], len(plain.delimiter.encode())
    n = int(plain.spans.n_fields[row[0]]) - plain.spare
    spans = [plain.spans.fields(row, place, width) for place in range(n)]
    return all(plain.data[a[0] : b[0]].startswith(b'"') for a, b in spans)


def _written(cell: str, delimiter: str, quoted: bool) -> bytes:
    """One cell, in quotes where all are or where it must be.

    >>> _written('a;"b', ";", False), _written("a", ";", True), _written("", ";", False)
    (b'"a;""b"', b'"a"', b'')
    """
    if quoted or cell != cell.strip():
        return between_quotes(cell).encode()
    return quoted_where_needed(cell, f"{delimiter}\n\r").encode()


def why_not_plain(error: NotPlain) -> str:
    """The reason as the start of a sentence."""
    return short(str(error).removesuffix("."), 200)


def spliced_or_none(
    original: bytes | None, table: Table, new: NewCells, step: Step = float
) -> tuple[Any, str]:
    """(the bytes, "") or (None, why not)."""
    if original is None:
        return None, NOT_KEPT
    try:
        return spliced(original, table, new, step), ""
    except NotPlain as error:
        return None, why_not_plain(error)


def why_not_as_it_came(original: bytes | None, table: Table, letters: str) -> str:
    """Why cells made of these letters cannot be put into the file; "" where they can."""
    if original is None:
        return NOT_KEPT
    try:
        _encoded(letters, _as_plain(original, table).codec, table)
    except NotPlain as error:
        return why_not_plain(error)
    return ""
