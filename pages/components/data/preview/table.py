"""What was read: how, what was guessed or repaired, the first rows, each column at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.components.data.columns.glance import show_glance
from pages.components.data.draft import Draft
from pages.components.data.preview.bad_rows import bad_rows_panel
from pages.components.data.preview.names_line import Read, names_line
from pages.components.shell.text import count, plain

if TYPE_CHECKING:
    from al_core.tables import Dialect, Table

# Columns and notices in sight; a choice: more slow the browser down, or are not read.
_SHOWN_COLUMNS = 60
_NOTICES = 3
_SPLIT = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "blanks"}
_LETTERS = {"utf-8": "Unicode letters", "utf-8-sig": "Unicode letters", "ascii": "plain letters"}
_KINDS = {"xlsx": "Excel", "parquet": "Parquet", "jsonl": "JSON lines", "json": "JSON"}
_SAID_ABOVE = ("Fields are split by", "Names are put together", "No line of names was found")
_HEIGHT = 215  # the names and five rows


def show_preview(draft: Draft, read: Read) -> None:
    """Read as, notices, rows and columns, most important first; ``read`` reads in another way."""
    table = draft.table
    with st.container(gap="xsmall"):
        if not table.header.certain:
            names_line(draft, read)
        st.markdown(f"**Read as:** {plain(read_as_line(draft), 400)}")
        if table.header.certain:
            names_line(draft, read)
        _notices(table)
        bad_rows_panel(table.bad_rows, table.name)
    rows, columns = st.tabs(["First rows", "Each column"], on_change="rerun", key="preview_tabs")
    with rows:
        _rows(table, draft.token)
    if columns.open:
        with columns:
            show_glance(draft)


def read_as_line(draft: Draft) -> str:
    """How the file was read, in one line."""
    table = draft.table
    size = f"{count(table.n_rows, 'row')}, {count(len(table.columns), 'column')}"
    if draft.demo is not None:
        return f"demo set · {size}"
    return " · ".join([*dialect_words(table.dialect), size])


def dialect_words(dialect: Dialect) -> list[str]:
    """The parts of the line that come from the file's form.

    >>> from al_core.tables import Dialect
    >>> dialect_words(Dialect(encoding="cp1252", delimiter=";", decimal=","))
    ['split by semicolons', 'Windows letters (cp1252)', 'decimal comma']
    """
    if dialect.kind != "csv":
        sheet = f", sheet {dialect.sheet}" if dialect.sheet else ""
        return [_KINDS.get(dialect.kind, dialect.kind) + sheet]
    words = []
    if dialect.delimiter is not None:
        words.append(f"split by {_SPLIT.get(dialect.delimiter, dialect.delimiter)}")
    words.append(_letters(dialect.encoding))
    if dialect.decimal == ",":
        words.append("decimal comma")
    return words


def _letters(encoding: str) -> str:
    code = encoding.lower().replace("_", "-")
    if code in _LETTERS:
        return _LETTERS[code]
    family = "Unicode" if code.startswith("utf") else "Windows" if code.startswith("cp125") else ""
    return f"{family} letters ({encoding})".lstrip()


def _notices(table: Table) -> None:
    """What was guessed or repaired; the first few at once, the rest on request."""
    notices = [text for text in table.notices if not text.startswith(_SAID_ABOVE)]
    for notice in notices[:_NOTICES]:
        st.caption(f":material/info: {plain(notice, 400)}")
    rest = notices[_NOTICES:]
    if rest:
        with st.popover(f"{len(rest)} more", type="tertiary"):
            for notice in rest:
                st.caption(plain(notice, 400))


def _rows(table: Table, token: str) -> None:
    """The cells as they stand in the file; only the rows in view travel to the browser."""
    shown = table.text.iloc[:, :_SHOWN_COLUMNS].rename_axis("Row")
    st.dataframe(
        shown,
        height=_HEIGHT,
        lazy=True,
        key=f"first_rows_{token}",
        alt="The rows of the file, as they stand in it",
    )
    if len(table.columns) > _SHOWN_COLUMNS:
        st.caption(f"The first {_SHOWN_COLUMNS} of {len(table.columns):,} columns are shown.")
