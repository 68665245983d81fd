"""Delimited text: dialect, header, one strict pass over the rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from al_core.errors import TableError
from al_core.progress import Step
from al_core.tables.decoding.encodings import Decoded
from al_core.tables.delimited.bulk import (
    Form,
    blank_line_between,
    line_ends_are_regular,
    read_bulk,
)
from al_core.tables.delimited.careful import CarefulPass, refuse_bad_rows
from al_core.tables.delimited.delimiters import (
    SEP_LINE,
    Split,
    find_delimiter,
    split_with,
    title_of,
)
from al_core.tables.delimited.layout.choice import header_choice
from al_core.tables.delimited.layout.header import Layout, find_layout
from al_core.tables.delimited.layout.leftovers import (
    drop_blank_end,
    drop_blank_names,
    drop_notes,
    names_come_again,
    settle_total,
)
from al_core.tables.delimited.missing_ends import with_missing_ends
from al_core.tables.delimited.records import ends_within
from al_core.tables.delimited.rewriting.odd_signs import with_usual_signs
from al_core.tables.delimited.rewriting.plain_csv import after_splitting, before_splitting
from al_core.tables.raw import RawTable, columns_of
from al_core.tables.sources.limits import BULK_FROM_BYTES, refuse_shape
from al_core.tables.table import Dialect, Header, Lines
from al_core.wording import count, short

TRAILING = "Every line ends in a delimiter that means nothing; it was left out."


@dataclass(frozen=True, slots=True)
class CsvWishes:
    """What a person overruled; None means: find out."""

    delimiter: str | None = None
    header: Header = "auto"
    skip_bad_rows: bool = False


@dataclass(frozen=True, slots=True)
class _PlainCsv:
    """A text that needs no rewriting. ``skipped``: bytes of a line ``sep=;`` that stood first."""

    decoded: Decoded
    split: Split
    wishes: CsvWishes
    skipped: int


def read_csv(decoded: Decoded, wishes: CsvWishes, step: Step) -> RawTable:
    """The columns of a delimited text, as text."""
    plain = _as_plain_csv(decoded, wishes)
    split, wishes, skipped = plain.split, plain.wishes, plain.skipped
    layout = find_layout(split.head, split.n_fields, _shift(wishes.header, skipped))
    raw = _read_rows(plain.decoded, split, layout, wishes, step, int(skipped > 0))
    raw.notices[:0] = [*plain.decoded.notices, *_delimiter_notice(split, wishes)]
    return raw


def _as_plain_csv(decoded: Decoded, wishes: CsvWishes) -> _PlainCsv:
    """What is drawn, ruled or oddly quoted, written anew until it is plain CSV."""
    while True:
        decoded = with_usual_signs(decoded)
        head, skipped = decoded.beginning(), 0
        sep = SEP_LINE.match(head)
        if sep and wishes.delimiter is None:
            wishes = replace(wishes, delimiter=sep[1])
            head, skipped = head[sep.end() :], len(sep.group().encode())
        if not head.strip():
            raise TableError("The file holds only blank space. Choose a file with rows in it.")
        begun = replace_start(decoded, skipped)
        found = before_splitting(
            begun, head, wishes.delimiter, keep=_first_wished(wishes.header, skipped)
        )
        if found is None:
            cut = decoded.start + skipped + len(head.encode()) < len(decoded.data)
            split = _split(head, wishes.delimiter, cut)
            found = after_splitting(begun, head, split) if wishes.delimiter is None else None
            if found is None:
                return _PlainCsv(begun, with_missing_ends(split), wishes, skipped)
        decoded, wishes = found[0], replace(wishes, delimiter=found[1])


def _shift(header: Header, skipped: int) -> Header:
    """The lines wished for, counted below a line ``sep=;`` where there is one."""
    if not skipped or header is None or isinstance(header, str):
        return header
    return header - 1 if isinstance(header, int) else (header[0] - 1, header[1] - 1)


def _first_wished(header: Header, skipped: int) -> int:
    """The line of names that a person wishes for, or the first of them; 0 without a wish."""
    header = _shift(header, skipped)
    if header is None or isinstance(header, str):
        return 0
    return header if isinstance(header, int) else header[0]


def replace_start(decoded: Decoded, skipped: int) -> Decoded:
    """The same text without its first ``skipped`` bytes."""
    return replace(decoded, start=decoded.start + skipped)


def _split(text: str, delimiter: str | None, cut: bool) -> Split:
    if delimiter is not None and len(delimiter) > 3:
        raise TableError(
            f'"{delimiter}" is too long for a delimiter. Give one sign, such as ; or |.'
        )
    if delimiter in {"", '"', "\n", "\r"}:
        raise TableError("A delimiter is one sign that parts the fields, such as , or ; or a tab.")
    split = split_with(text, delimiter) if delimiter else find_delimiter(text)
    if cut and len(split.head) > 1 and split.head[-1].end >= len(text):
        split.head.pop()
    return split


def _delimiter_notice(split: Split, wishes: CsvWishes) -> list[str]:
    if split.delimiter == "," or wishes.delimiter is not None:
        return []
    if split.delimiter is None:
        return ["No delimiter was found: the file is read as one column."]
    return [f"Fields are split by {title_of(split.delimiter)}."]


def _read_rows(
    decoded: Decoded, split: Split, layout: Layout, wishes: CsvWishes, step: Step, offset: int
) -> RawTable:
    refuse_shape(0, layout.n_fields)
    names = layout.names or [""] * (layout.n_fields - layout.drop_last)
    dialect = Dialect(
        encoding=decoded.encoding,
        delimiter=split.delimiter,
        header_line=None if layout.header_line is None else layout.header_line + offset,
        skipped_lines=offset,
    )
    raw = RawTable(names, [], dialect, list(layout.notices))
    if layout.first < len(split.head):
        raw.first_line = split.head[layout.first].line + offset
    wish = _shift(wishes.header, offset)
    raw.header = header_choice(split.head, split.n_fields, wish, layout, offset)
    tidy = wishes.header == "auto"  # whoever says where the names are has looked at the rows
    columns = _bulk(decoded, split, layout, step)
    if columns is not None:
        raw.lines = _lines_in_bulk(decoded, split, layout, offset)
    if columns is not None and tidy and names_come_again(columns, layout.names):
        columns = None
    if columns is None:
        careful = CarefulPass(decoded.text(), split, layout, offset, step, tidy=tidy)
        columns = careful.without_tail(columns_of(careful.rows(), layout.n_fields))
        raw.lines = Lines.of_each(careful.lines)
        refuse_bad_rows(careful, raw, skip_bad_rows=wishes.skip_bad_rows)
    raw.columns = _without_last(columns, layout, raw)
    if tidy:
        drop_blank_names(raw)
        drop_notes(raw)
        drop_blank_end(raw)
        settle_total(raw)
    return raw


def _bulk(decoded: Decoded, split: Split, layout: Layout, step: Step) -> list[object] | None:
    size = len(decoded.data) - decoded.start
    if (
        size < BULK_FROM_BYTES
        or split.delimiter is None
        or split.escapes
        or layout.first >= len(split.head)
    ):
        return None
    head = decoded.beginning()[: split.head[layout.first].start]
    start = decoded.start + len(head.encode())
    if not line_ends_are_regular(decoded.data, start, split.line_end):
        return None
    form = Form(layout.n_fields, split.delimiter, split.line_end)
    return read_bulk(decoded.data, start, form, step)


def _lines_in_bulk(decoded: Decoded, split: Split, layout: Layout, offset: int) -> Lines:
    """The lines of rows that were read fast; unknown where blank lines stand between them."""
    first = split.head[layout.first]
    text = decoded.beginning()
    start = decoded.start + len(text[: first.start].encode())
    if blank_line_between(decoded.data, start, split.line_end):
        return Lines()
    above = ends_within(text, split.head[: layout.first], split.line_end)
    return Lines(((0, first.line + offset - above),))


def _without_last(columns: list[object], layout: Layout, raw: RawTable) -> list[object]:
    """The columns without the last, which has no name; with it where some row fills it."""
    if not layout.drop_last:
        return columns
    filled = [i for i, cell in enumerate(columns[-1].to_pylist()) if cell.strip()]  # type: ignore[attr-defined]
    if not filled:
        return columns[:-1]
    raw.names = [*raw.names, ""]
    raw.notices = [notice for notice in raw.notices if notice != TRAILING]
    rows = count(len(filled), "row has", "rows have")
    first = columns[-1][filled[0]].as_py().strip()  # type: ignore[index]
    raw.notices.append(
        f'{rows} a value below no name at the end of the line (the first is "{short(first)}"): '
        "it was kept in a column of its own."
    )
    return columns
