"""Rows nearly the same as the one on the desk, together and unticked: each is a choice."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.opening.menu import REDRAWN, panel_row
from pages.components.desk.panels.finder import rows_frame
from pages.components.shell.once import drawing, once
from pages.components.shell.text import count, plain

_ANSWER = "near_answer"
_MOST = 200  # a choice, as for rows that were found
_LINE, _TALLEST = 38, 320  # pixels of a line of the table, and of the whole of it: as in the finder


def near_title(project: Project) -> str:
    """Names the row: the panel stays as it is when the desk goes on to the next one."""
    row = panel_row()
    of = "" if row is None else f" as {project.row_names.short(row)}"
    return f"Nearly the same{of}"


def draw_near(project: Project) -> None:
    """The rows that still want an answer, to tick, and the answer that the ticked ones get."""
    row = panel_row()
    rows = [] if row is None else project.rows_nearly_same(row)[:_MOST]
    if not rows:
        st.text("No other row without an answer is nearly the same.")
        return
    st.caption(
        "They differ in capitals, numbers or punctuation alone. Tick those that get the same "
        "answer: a number may be what decides."
    )
    event = st.dataframe(
        rows_frame(project, rows),
        key=f"near_{hash(tuple(rows))}",
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        height=min(_TALLEST, _LINE * (len(rows) + 1)),
    )
    ticked = [rows[place] for place in event["selection"]["rows"]]
    answer = choose.select("Answer", project.classes, key=_ANSWER, width=240)
    st.button(
        f"{count(len(ticked), 'ticked row is', 'ticked rows are')} {plain(answer or '', 40)}",
        key="near_label",
        disabled=not ticked or answer is None,
        on_click=_label,
        args=(project, tuple(ticked), answer, drawing()),
    )


@presses.known_press
@once
def _label(project: Project, rows: tuple[int, ...], answer: str) -> None:
    receipt = project.label_many(rows, answer)
    presses.say(receipt.sentence, "saved")
    st.rerun(REDRAWN)
