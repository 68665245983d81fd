"""The final check of the rows over a line: its plan, the way into it, and the way back to it."""

from __future__ import annotations

import streamlit as st

from al_core import UserError
from al_core.projects import FillCheckPlan, Project
from pages.components.choosing import choose
from pages.components.shell import final_check, state
from pages.components.shell.text import minutes, plain, show_error

_WANTED = "fill_check_wanted"
# What may be planned: the share that may be wrong, and rows of the check that may be.
_LIMITS, _ALLOWED = (0.05, 0.10), (0, 1, 2)
_LIMIT_NOW = "fill_limit_now"
# Seconds a label; a faster pace is a program's and says nothing to a person.
_HUMAN = 0.1


def limit_wanted() -> float:
    """The share that may be wrong, as it was chosen last."""
    return float(state.get(_LIMIT_NOW, _LIMITS[0]))


def draw_fill_check(project: Project, line: float, proposed: int, agreeing: str) -> None:
    """What the check takes and can show, fixed before its first row; and its button.

    proposed: wrong rows with which the check that goes with the app's line passes. agreeing: the
    column of guesses that has to say the same, "" for none.
    """
    with st.expander("What the check has to show"):
        limit = choose.select(
            "At most so many may be wrong",
            _LIMITS,
            words=lambda share: f"{100 * share:g} in 100",
            index=_LIMITS.index(limit_wanted()),
            key="fill_limit",
            width=260,
        )
        allowed = choose.select(
            "Wrong rows in the check that still pass it",
            _ALLOWED,
            words=lambda n: str(n) if n else "none",
            index=_ALLOWED.index(proposed),
            key=f"fill_allowed_{limit}_{proposed}",
            width=260,
        )
    if limit != limit_wanted():
        state.put(_LIMIT_NOW, limit)
        st.rerun()  # another limit proposes another line
    allowed = proposed if allowed is None else allowed
    plan = project.plan_fill_check(line, limit_wanted(), allowed, agreeing_with=agreeing)
    st.text("Nobody has checked these.")
    st.caption(plain(plan.sentence, 800))
    st.button(
        _button_words(plan, project.pace().seconds_per_label),
        key="fill_check",
        disabled=not plan.possible,
        on_click=_want,
        args=(project, line, plan, agreeing),
    )


def _button_words(plan: FillCheckPlan, seconds: float | None) -> str:
    """What is asked of the person."""
    words = f"Final check: {plan.n} of them"
    timed = seconds is not None and seconds >= _HUMAN
    return f"{words}, about {minutes(plan.n * seconds)}" if timed and seconds else words


def _want(project: Project, line: float, plan: FillCheckPlan, agreeing: str) -> None:
    state.put(_WANTED, (project.id, line, plan.limit, plan.allowed, agreeing))
    final_check.take_up(project)


def follow_press(project: Project) -> None:
    """Begin the check that was asked for and go to the desk; again, where a redraw came between."""
    if not final_check.is_taken_up(project):
        return
    wanted = state.get(_WANTED)
    try:
        if wanted is not None and wanted[0] == project.id and project.final_progress() is None:
            with st.spinner("The app's guesses are being fixed"):
                project.start_fill_check(*wanted[1:4], agreeing_with=wanted[4])
    except UserError as problem:
        final_check.just_taken_up(project)  # it cannot be; asked once, told once
        state.drop(_WANTED)
        show_error(problem)
        return
    state.drop(_WANTED)
    if project.final_progress() is not None:
        state.switch("label")


def draw_open_check(project: Project) -> None:
    """The way back into the check that is open, and the way out of it."""
    done, n = project.final_progress() or (0, 0)
    st.text(f"The final check of the rows over the line is open: {done} of {n} rows answered.")
    with st.container(horizontal=True):
        st.button(
            f"Go on with the final check: {done} of {n}",
            key="fill_check",
            on_click=final_check.take_up,
            args=(project,),
        )
        if st.button("Give it up", key="drop_fill_check", help="Its rows stay check rows."):
            project.drop_final_check()
            st.rerun()
