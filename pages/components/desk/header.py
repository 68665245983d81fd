"""The line over the row: the question, how many are labelled, how long it will take."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Counts, Pace, Project, Summary, score_beside_rival
from pages.components.shell.text import minutes, plain

_START = (
    "These first rows are typical or unusual ones. The app starts choosing once it has seen two "
    "different answers."
)
_HUMAN = 0.1  # seconds a label; a faster pace is a program's and says nothing to a person


def draw_header(project: Project, below: str = "") -> None:
    """Question on the left, with the score or ``below``; labels spent, goal and pace right."""
    now, pace = project.summary(), project.pace()
    with st.container(key="desk_header", horizontal=True, vertical_alignment="bottom"):
        with st.container(key="question", width="stretch", gap="xxsmall"):
            st.title(plain(question_of(project)), anchor=False)
            score = plain(score_beside_rival(now.score), 400) if _has_two(now.counts) else _START
            st.caption(below or score)
        with st.container(key="progress", horizontal=True, width="content", gap="small"):
            with st.container(key="labels_spent", width="content"):
                title = "Labelled here" if now.counts.file_labels else "Labelled"
                st.metric(title, f"{now.counts.spent}")
            st.caption(_beside(now, pace))


def question_of(project: Project) -> str:
    """What is asked of each row."""
    return project.settings.question or f"{project.settings.label_name}?"


def _has_two(counts: Counts) -> bool:
    return sum(1 for n in counts.per_class.values() if n) >= 2


def _beside(now: Summary, pace: Pace) -> str:
    """Goal, the file's own answers, pace, time left and when the last press was saved."""
    counts = now.counts
    file = f", {counts.file_labels:,} more from the file" if counts.file_labels else ""
    parts = [f"of {counts.budget:,} (goal){file}"]
    if pace.seconds_per_label is not None and pace.seconds_per_label >= _HUMAN:
        parts.append(f"{pace.seconds_per_label:.1f} s each")
    if pace.seconds_left and pace.seconds_left >= 1:
        parts.append(f"about {minutes(pace.seconds_left)} left")
    if now.saved_at is not None:
        parts.append(f"saved {now.saved_at.astimezone():%H:%M:%S}")
    return "  \n".join([parts[0], " · ".join(parts[1:])])
