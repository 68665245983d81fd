"""Whether to go on: one line with its reason."""

from __future__ import annotations

import streamlit as st

from al_core.learning import Advice
from al_core.projects import Project
from pages.components.progress.work import rounds_so_far
from pages.components.shell.text import plain

_NOTHING_YET = "Here it will say when more answers no longer pay."


def draw_advice(project: Project, advice: Advice) -> None:
    """The advice and its reason."""
    mark = ":material/flag:" if advice.stop else ":material/trending_up:"
    nothing_yet = project.kind == "oracle" and not rounds_so_far(project)
    reason = _NOTHING_YET if nothing_yet else reason_and_where(advice)
    with st.container(key="advice"):
        st.markdown(f"{mark} **{plain(advice.title)}.** {plain(reason, 400)}")
        if rest := other_evidence(advice):
            st.caption(plain(rest, 400))


def other_evidence(advice: Advice) -> str:
    """What else it rests on; labels, check rows and the plainest rival stand in the headline.

    >>> from al_core.learning import Evidence
    >>> enough, settled = Evidence(True, "60 labels and 20 check rows."), Evidence(True, "Settled.")
    >>> other_evidence(Advice(True, "", "Settled.", (), (enough, Evidence(True, "84"), settled)))
    ''
    >>> other_evidence(Advice(False, "", "No better.", (), (enough, Evidence(False, ""), settled)))
    'Settled.'
    """
    if not advice.evidence or not advice.evidence[0].met:
        return ""
    settled = advice.evidence[-1]
    return "" if settled.words in advice.reason else settled.words


def reason_and_where(advice: Advice) -> str:
    """The reason, and where to press for rows of answers that were never given.

    >>> reason_and_where(Advice(True, "", "Praise was never given.", ("Praise",)))
    'Praise was never given. Find rows with it on Label under More, or stop without.'
    """
    if not advice.never_given:
        return advice.reason
    them = "it" if len(advice.never_given) == 1 else "them"
    return f"{advice.reason} Find rows with {them} on Label under More, or stop without."
