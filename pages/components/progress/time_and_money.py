"""What labelling has cost so far, in hours, and in money where a wage or a price is given."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project, Summary
from pages.components.shell.money import ask_price, rehearsed, spent_so_far, time_and_money
from pages.components.shell.text import plain


def draw_time_and_money(project: Project, now: Summary) -> None:
    """Folded: what was spent is in the title, the one field for a wage or price inside."""
    spent, seconds = now.counts.spent, project.pace().seconds_per_label
    known = time_and_money(spent, seconds)
    title = f"Time and money ({plain(known)})" if known and spent else "Time and money"
    with st.expander(title, key="worth"):
        if project.kind == "oracle":
            st.text(rehearsed(spent, now.counts.n_rows, seconds))
        else:
            st.text(spent_so_far(spent, seconds))
        ask_price("progress_price")
