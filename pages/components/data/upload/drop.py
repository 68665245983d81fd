"""The second door: drop a file. What is wrong with a file is said where it was dropped."""

from __future__ import annotations

import streamlit as st

from al_core import UserError
from pages.components.choosing.drop_zone import drop_zone
from pages.components.data.draft import (
    Draft,
    DroppedFile,
    ReadAs,
    draft_of_file,
    drop_draft,
    keep_draft,
)
from pages.components.data.preview.reads_wrong import reading_panel, sheet_picker
from pages.components.data.preview.table import told
from pages.components.data.upload.problem import show_problem
from pages.components.data.upload.project_file import go_on_with, is_project_file, take_in
from pages.components.login import person
from pages.components.shell import jobs, state
from pages.components.shell.text import show_error
from pages.components.shell.waiting import finished
from pages.components.shell.warm import warmed

_JOB = "read_file"
_FILE = "_dropped_file"
_SEEN = "_dropped_id"
_READ_AS = "_read_as"


def drop_file() -> None:
    """The drop zone, and beneath it what became of the file."""
    uploaded = drop_zone("Drop a file here: CSV, Excel, Parquet", key="upload")
    st.caption(
        "One row per thing to label. Answers may be there, partly, or not at all. A project file "
        "of this app goes on where it was left."
    )
    if uploaded is None:
        _forget()
        return
    if uploaded.file_id != state.get(_SEEN):
        _forget()
        state.put(_SEEN, uploaded.file_id)
        state.put(_FILE, DroppedFile(uploaded.name, uploaded))
        read(state.get(_FILE), ReadAs())
    _follow(state.get(_FILE))


def read(file: DroppedFile, read_as: ReadAs) -> None:
    """Read a dropped file, for the first time or in another way; ``follow_reading`` tells more."""
    state.put(_READ_AS, read_as)
    who = person.name()  # a job has no login of its own
    jobs.start_job(_JOB, lambda progress, cancelled: _take(file, read_as, progress, who))


def _take(file: DroppedFile, read_as: ReadAs, progress: jobs.Progress, who: str) -> Draft | str:
    """The draft of a table, or the id of a project that was dropped as a file."""
    warmed()
    if is_project_file(file.path):
        return take_in(file.path, progress, who)
    return draft_of_file(file, read_as, progress, who)


def follow_reading(file: DroppedFile) -> UserError | None:
    """Wait for a reading, if one is under way. Done: it becomes the draft, and the page runs again.

    Returns what was wrong with it, if anything was; a draft that was there before stays.
    """
    reading = finished(_JOB, "Reading the file")
    if reading is None or reading.cancelled or reading.result is None:
        return None if reading is None or reading.cancelled else reading.error
    jobs.drop_job(_JOB)
    if isinstance(reading.result, str):
        go_on_with(reading.result, file.delete)
    keep_draft(reading.result)
    return st.rerun()


def read_otherwise(draft: Draft) -> None:
    """The panel to read a draft's file in another way; what fails leaves the draft as it was."""
    if draft.file is None:
        return
    sheet_picker(draft.file, draft.read_as, draft.table.dialect, read)
    rest = told(draft.table)[1]
    reading_panel(draft.file, draft.read_as, draft.table.dialect, read, rest)
    problem = follow_reading(draft.file)
    if problem is not None:
        show_error(problem)
        st.caption("The table above is still as it was read before.")


def use_another_file() -> None:
    """Back to the doors."""
    drop_draft()
    state.drop("upload")  # pressed while the page was still drawing, it would be read again
    _forget()


def _follow(file: DroppedFile) -> None:
    problem = follow_reading(file)
    reading = jobs.job(_JOB)
    if problem is not None:
        show_problem(problem, file, state.get(_READ_AS), read)
    elif reading is None or reading.cancelled:
        _stopped(file)


def _stopped(file: DroppedFile) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text("Reading was stopped. Nothing was kept.")
        st.button(
            "Read it again",
            icon=":material/refresh:",
            key="read_again",
            on_click=read,
            args=(file, ReadAs()),
        )


def _forget() -> None:
    jobs.drop_job(_JOB)
    state.drop(_SEEN)
    file: DroppedFile | None = state.drop(_FILE)
    if file is not None:
        file.delete()
