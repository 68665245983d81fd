"""What was read: how, what was guessed or repaired, the first rows, each column at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from al_core import tables
from pages.components.data.columns.glance import show_glance
from pages.components.data.draft import Draft
from pages.components.data.preview.bad_rows import bad_rows_panel
from pages.components.data.preview.names_line import ABOVE_LEFT_OUT, Read, names_line
from pages.components.shell.text import count, plain

if TYPE_CHECKING:
    from al_core.tables import Dialect, Table

# Columns in sight; a choice: more slow the browser down.
_SHOWN_COLUMNS = 60
# With "Read as" and the line of the names three stand above the rows. At 1,400 pixels a line is
# 920 wide and a letter of a note 6.2 (both measured): it holds some 145, fewer of capitals.
_LINES, _ON_A_LINE = 1, 125
_SPLIT = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "blanks"}
_LETTERS = {"utf-8": "Unicode letters", "utf-8-sig": "Unicode letters", "ascii": "plain letters"}
_KINDS = {
    "xlsx": "Excel",
    "parquet": "Parquet",
    "jsonl": "JSON lines",
    "json": "JSON",
    "fasttext": "fastText",
}
_SAID_ABOVE = (
    "Fields are split by",
    "Names are put together",
    "No line of names was found",
    ABOVE_LEFT_OUT,
)
_SAID_OF_NONE = "Columns without a name are called"
_HEIGHT = 215  # the names and five rows


def show_preview(draft: Draft, read: Read) -> None:
    """Read as, what was decided, rows and columns, most important first.

    read: reads the file in another way.
    """
    table = draft.table
    with st.container(gap="xsmall"):
        if not table.header.certain:
            names_line(draft, read)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**Read as:** {plain(read_as_line(draft), 400)}", width="content")
            bad_rows_panel(table.bad_rows, table.name)
        if table.header.certain:
            names_line(draft, read)
        for notice in told(table)[0]:
            st.caption(f":material/info: {plain(notice, _LINES * _ON_A_LINE)}")
    rows, columns = st.tabs(["First rows", "Each column"], on_change="rerun", key="preview_tabs")
    with rows:
        _rows(draft)
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


def told(table: Table) -> tuple[list[str], list[str]]:
    """What was guessed or repaired, decisions first: for above the rows, and for Reads wrong?

    What is too long for its place above stands whole in the rest.
    """
    said = _SAID_ABOVE if table.header.lines else (*_SAID_ABOVE, _SAID_OF_NONE)
    notices = [text for text in table.notices if not text.startswith(said)]
    above: list[str] = []
    rest: list[str] = []
    for notice in tables.decisions_first(notices):
        lines = -(-len(notice) // _ON_A_LINE)
        left = _LINES - sum(-(-len(text) // _ON_A_LINE) for text in above)
        fits = lines <= left and not rest
        if fits or not above:
            above.append(notice)
        if not fits:
            rest.append(notice)
    return above, rest


def _rows(draft: Draft) -> None:
    """The cells as they stand in the file; only the rows in view travel to the browser."""
    table, token = draft.table, draft.token
    seen = [name for name in tables.shown_columns(table) if not draft.holds_guesses(name)]
    names = tables.RowNames(table, {})
    shown = table.text[seen[:_SHOWN_COLUMNS]]
    shown = shown.set_axis(names.all_numbers()).rename_axis(names.word.capitalize())
    st.dataframe(
        shown,
        height=_HEIGHT,
        lazy=True,
        key=f"first_rows_{token}",
        alt="The rows of the file, as they stand in it",
    )
    if len(seen) > _SHOWN_COLUMNS:
        st.caption(f"The first {_SHOWN_COLUMNS} of {len(seen):,} columns are shown.")
    if len(seen) < len(table.columns):
        n = len(table.columns) - len(seen)
        hidden = f"{count(n, 'column')} of guesses and records {'is' if n == 1 else 'are'}"
        st.caption(f"{hidden} not shown before you answer.")
