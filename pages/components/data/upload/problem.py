"""What a person can do about a file that was not read: one sentence, then the ways on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from al_core import UserError, tables
from pages.components.data.draft import DroppedFile, ReadAs
from pages.components.data.preview.bad_rows import bad_rows_download, bad_rows_table
from pages.components.data.preview.reads_wrong import reading_panel, sheet_picker
from pages.components.shell.text import count, show_error

Read = Callable[[DroppedFile, ReadAs], None]


def show_problem(problem: UserError, file: DroppedFile, read_as: ReadAs, read: Read) -> None:
    """The sentence, and what can be done about it, at the place where the file was dropped."""
    show_error(problem)
    if isinstance(problem, tables.BadRowsError):
        _bad_rows(problem, file, read_as, read)
    elif isinstance(problem, tables.TooLargeError) and problem.sample:
        _sample(problem.sample, file, read_as, read)
    sheet_picker(file, read_as, None, read)
    reading_panel(file, read_as, None, read)


def _bad_rows(problem: tables.BadRowsError, file: DroppedFile, read_as: ReadAs, read: Read) -> None:
    bad_rows_table(problem.bad_rows)
    lines = "this line" if problem.n_bad == 1 else f"these {problem.n_bad:,} lines"
    with st.container(horizontal=True):
        st.button(
            f"Leave out {lines} and go on with {count(problem.n_rows, 'row')}",
            key="leave_out_bad_rows",
            type="primary",
            wrap=True,
            on_click=read,
            args=(file, replace(read_as, skip_bad_rows=True)),
        )
        bad_rows_download(problem.bad_rows, file.name)


def _sample(rows: int, file: DroppedFile, read_as: ReadAs, read: Read) -> None:
    st.button(
        f"Go on with {rows:,} rows picked at random",
        key="take_sample",
        type="primary",
        on_click=read,
        args=(file, replace(read_as, sample=rows)),
    )
