"""Waiting for a job: short ones at once, long ones with a bar and a way to stop."""

from __future__ import annotations

import time

import streamlit as st

from pages.components import jobs
from pages.components.text import plain

_SMALL = 10_000_000  # bytes; below this a file is read before a bar could be seen
_PATIENCE = 15.0
_GLANCE = 0.7
_LOOK = 0.03


def patience(size: int) -> float:
    """Seconds a page waits for a job on ``size`` bytes before it shows a bar."""
    return _PATIENCE if size < _SMALL else _GLANCE


def finished(key: str, doing: str, seconds: float) -> jobs.Job | None:
    """The job under ``key`` once it is done; None while it runs, with its bar drawn here."""
    running = jobs.job(key)
    if running is None:
        return None
    end = time.monotonic() + seconds
    if not running.done:
        with st.spinner(doing):
            while not running.done and time.monotonic() < end:
                time.sleep(_LOOK)
    if running.done:
        return running
    _bar(key, doing)
    return None


@st.fragment(run_every="0.4s")
def _bar(key: str, doing: str) -> None:
    """Redrawn by itself until the job is done, then the whole page runs."""
    running = jobs.job(key)
    if running is None or running.done:
        st.rerun()
    words = f"{plain(doing)} {round(100 * running.fraction)} %"
    if running.text:
        words += f" · {plain(running.text)}"
    st.progress(running.fraction, text=words)
    if st.button("Stop", icon=":material/close:", key=f"stop_{key}"):
        running.cancel()
        st.rerun(scope="fragment")
