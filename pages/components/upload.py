"""The second door: drop a file. What is wrong with a file is said where it was dropped."""

from __future__ import annotations

import streamlit as st

from pages.components import jobs, state
from pages.components.upload_draft import (
    DroppedFile,
    ReadAs,
    draft_of_file,
    drop_draft,
    keep_draft,
)
from pages.components.upload_problem import show_problem
from pages.components.upload_wait import finished, patience

JOB = "read_file"
_FILE = "_dropped_file"
_SEEN = "_dropped_id"


def drop_file() -> None:
    """The drop zone, and beneath it what became of the file."""
    uploaded = st.file_uploader("Drop a file here: CSV, Excel, Parquet", key="upload")
    st.caption("One row per thing to label. Answers may be there, partly, or not at all.")
    if uploaded is None:
        _forget()
        return
    if uploaded.file_id != state.get(_SEEN):
        state.put(_SEEN, uploaded.file_id)
        state.put(_FILE, DroppedFile(uploaded.name, uploaded))
        read_again(ReadAs())
    _follow()


def read_again(read_as: ReadAs) -> None:
    """Read the dropped file, for the first time or in another way."""
    file: DroppedFile = state.get(_FILE)
    state.put("_read_as", read_as)
    jobs.start_job(JOB, lambda progress, cancelled: draft_of_file(file, read_as, progress))


def use_another_file() -> None:
    """Back to the doors."""
    drop_draft()
    _forget()


def reading_problem() -> Exception | None:
    """What was wrong with the last reading, once it is done; the draft, if any, stays."""
    reading = finished(JOB, "Reading the file", patience(dropped_file().size))
    if reading is None or reading.result is None:
        return None if reading is None else reading.error
    jobs.drop_job(JOB)
    keep_draft(reading.result)
    st.rerun()


def dropped_file() -> DroppedFile:
    """The file dropped last."""
    file: DroppedFile = state.get(_FILE)
    return file


def _follow() -> None:
    problem = reading_problem()
    reading = jobs.job(JOB)
    if problem is not None:
        show_problem(problem, dropped_file(), state.get("_read_as"), read_again)
    elif reading is None or reading.cancelled:
        _stopped()


def _stopped() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text("Reading was stopped. Nothing was kept.")
        if st.button("Read it again", icon=":material/refresh:"):
            read_again(ReadAs())
            st.rerun()


def _forget() -> None:
    jobs.drop_job(JOB)
    state.drop(_FILE)
    state.drop(_SEEN)
