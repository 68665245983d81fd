"""Waiting for a job: short ones without a word, long ones with a bar and a way to stop."""

from __future__ import annotations

import time

import streamlit as st

from pages.components.shell import jobs
from pages.components.shell.text import in_100, plain

# Seconds, choices: work done so soon needs no bar; looks at it; redrawings of the bar.
_AT_ONCE = 0.6
_LOOK = 0.02
_REDRAW = 0.3


def finished(key: str, doing: str) -> jobs.Job | None:
    """The job under ``key`` once it is done, with a bar drawn here meanwhile; None without a job.

    A job that a person stopped is not waited for; what it may still bring is not wanted.
    Any press on the page, Stop included, ends the wait: Streamlit runs the page anew, and the
    wait goes on from where the job is.
    """
    running = jobs.job(key)
    if running is None or running.cancelled or _done_within(running, _AT_ONCE):
        return running
    place = st.empty()
    with place.container(key=f"waiting_{key}"):
        bar = st.progress(0.0, text=_words(running, doing))
        st.button("Stop", icon=":material/close:", key=f"stop_{key}", on_click=running.cancel)
    while not _done_within(running, _REDRAW):
        bar.progress(running.fraction, text=_words(running, doing))
    place.empty()
    return running


def _done_within(running: jobs.Job, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not running.done and time.monotonic() < end:
        time.sleep(_LOOK)
    return running.done


def _words(running: jobs.Job, doing: str) -> str:
    words = f"{plain(doing)}, {in_100(running.fraction)} done"
    return f"{words}: {plain(running.text)}" if running.text else words
