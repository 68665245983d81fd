"""Lines of a file that do not fit the table: seen, downloaded, left out by choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from al_core import tables
from pages.components.shell.text import plain

if TYPE_CHECKING:
    from al_core.tables import BadRow


def bad_rows_table(bad_rows: list[BadRow]) -> None:
    """The lines with their numbers and what is wrong with each."""
    st.dataframe(
        {
            "Line": [bad.line for bad in bad_rows],
            "What is wrong": [bad.problem for bad in bad_rows],
            "As it stands in the file": [bad.text for bad in bad_rows],
        },
        height=min(38 + 35 * len(bad_rows), 220),
        hide_index=True,
        column_config={
            "Line": st.column_config.NumberColumn(width=70, format="%d"),
            "What is wrong": st.column_config.TextColumn(width=260),
            "As it stands in the file": st.column_config.TextColumn(width=600),
        },
        key="bad_rows",
        alt="Lines that could not be read",
    )


def bad_rows_download(bad_rows: list[BadRow], file_name: str) -> None:
    """A file of the lines."""
    st.download_button(
        "Download these lines",
        lambda: tables.bad_rows_csv(bad_rows),
        file_name=f"{file_name} - lines left out.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key="download_bad_rows",
    )


def bad_rows_panel(bad_rows: list[BadRow], file_name: str) -> None:
    """One quiet line about lines that were left out, opening to the lines themselves."""
    if not bad_rows:
        return
    lines = "1 line was left out" if len(bad_rows) == 1 else f"{len(bad_rows):,} lines left out"
    with st.popover(plain(lines), icon=":material/warning:", type="tertiary"):
        bad_rows_table(bad_rows)
        bad_rows_download(bad_rows, file_name)
