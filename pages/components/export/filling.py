"""Fill in the rest: a line of confidence, its final check, filling in, and taking it back."""

from __future__ import annotations

import streamlit as st

from al_core import UserError
from al_core.projects import FillCheck, Filled, FillPlan, Project
from al_core.wording import in_100
from pages.components.choosing import choose
from pages.components.export.agreement import draw_agreement, only_where_they_agree
from pages.components.export.fill_check import (
    draw_fill_check,
    draw_open_check,
    follow_press,
    limit_wanted,
)
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.once import drawing, once
from pages.components.shell.text import apart, count, plain, show_error

_LINE, _ANOTHER, _PROBLEM = "line", "fill_another_line", "fill_problem"
_TOUCHED, _PROPOSED = "fill_touched", "fill_line_proposed"


def draw_filling(project: Project) -> None:
    """The folded section; open from the start where something is under way."""
    follow_press(project)
    check = project.fill_check()  # once all its rows were gone through, its result is known here
    under_way = check is not None or project.filled() is not None
    under_way = under_way or state.get(_TOUCHED) == project.id
    with st.expander(
        "Fill in the rest", key="filling", expanded=under_way, on_change="rerun"
    ) as part:
        if not part.open:
            return
        if problem := state.drop(_PROBLEM):
            show_error(problem)
        with st.spinner("Looking at the rows left"):
            _draw(project, check)


def _draw(project: Project, check: FillCheck | None) -> None:
    filled = project.filled()
    if filled is not None:
        _draw_filled(project, filled)
        draw_agreement(project)
        return
    if check is not None and check.passed is None:
        draw_open_check(project)
        return
    if check is not None:
        _draw_result(project, check)
        if check.passed and state.get(_ANOTHER) != check.check.id:
            return
    _draw_line(project)


# -- before it ---------------------------------------------------------------------------------


def _draw_line(project: Project) -> None:
    """The line, what lies over it, and the two ways on: checked, or not."""
    agreeing = only_where_they_agree(project, draw_agreement(project))
    proposal = project.plan_fill(limit=limit_wanted(), agreeing_with=agreeing)
    if not proposal.possible:
        st.text(proposal.sentence)
        return
    line = _slider(project, proposal)
    plan = project.plan_fill(line, agreeing_with=agreeing)
    st.markdown(f"**The surest {count(plan.count, 'row')}**; {plan.stay:,} stay for you.")
    if not plan.possible:
        st.text(plan.sentence)
        return
    st.caption(_per_answer(plan.per_answer))
    st.caption(proposal.rule)
    draw_fill_check(project, line, proposal.allowed, agreeing)
    st.button(
        f"Fill in {count(plan.count, 'row')} without a check",
        key="fill",
        on_click=_fill,
        args=(project, line, agreeing, drawing()),
    )


def _slider(project: Project, proposal: FillPlan) -> float:
    """The line, in whole hundredths; no slider where only one makes sense.

    One that was moved is kept apart: Streamlit forgets a slider that another page does not draw.
    """
    lowest, highest = round(100 * proposal.lowest), round(100 * proposal.highest)
    if lowest >= highest:
        return proposal.line
    of_project = f"{_PROPOSED}_{project.id}"
    proposed, left_at = state.get(of_project, (None, None))
    kept, own = state.get(_LINE, left_at), min(highest, max(lowest, round(100 * proposal.line)))
    moved = kept is not None and kept != proposed
    if not moved or not lowest <= kept <= highest:  # nobody moved it: it follows what is proposed
        kept = own
    state.put(_LINE, kept)
    line = st.slider(
        "How sure the app has to be of each, in 100",
        min_value=lowest,
        max_value=highest,
        key=_LINE,
    )
    state.put(of_project, (own, line))
    return int(line) / 100


def _per_answer(counted: tuple[tuple[str, int], ...]) -> str:
    """How many rows would get which answer: 5 in 100 in all can hide every rare one."""
    words = choose.marked_up([name for name, _ in counted])
    return "Per answer: " + " · ".join(f"{apart(words[name])} {n:,}" for name, n in counted)


def _draw_result(project: Project, check: FillCheck) -> None:
    """What the check has shown, and what to do now."""
    with st.container(key="fill_result", border=True, gap="xsmall"):
        icon = ":material/verified:" if check.passed else ":material/error:"
        st.markdown(f"{icon} **{plain(check.sentence, 600)}**")
        names = f"It was checked with the line at {in_100(check.line)}, after "
        names += count(check.check.n_labels, "label")
        if check.agreeing_with:
            names += f", on rows of which {check.agreeing_with} says the same"
        st.caption(plain(f"{names}."))
        if check.per_answer:
            st.caption(_per_answer(check.per_answer))
        with st.container(horizontal=True, vertical_alignment="center"):
            rows = count(check.count - check.check.n, "row")
            if check.passed:
                _fill_button(project, f"Fill in {rows}", "fill")
                st.button(
                    "Choose another line",
                    key="another_line",
                    on_click=state.put,
                    args=(_ANOTHER, check.check.id),
                )
            else:
                st.text("Raise the line below, or label more.")
                if st.button("Label more", key="label_more"):
                    state.switch("label")
                _fill_button(project, f"Fill in {rows} all the same", "fill_all_the_same")


def _fill_button(project: Project, words: str, key: str) -> None:
    st.button(words, key=key, on_click=_fill, args=(project, None, "", drawing()))


@once
def _fill(project: Project, line: float | None, agreeing: str) -> None:
    try:
        state.open_again(project).fill(line, agreeing_with=agreeing)
    except UserError as problem:
        state.put(_PROBLEM, str(problem))


# -- after it ----------------------------------------------------------------------------------


def _draw_filled(project: Project, filled: Filled) -> None:
    """What is filled in, what would be otherwise by now, and the press that takes it back."""
    if filled.problem:
        show_error(filled.problem)
    else:
        icon = ":material/verified:" if filled.checked else ":material/edit_note:"
        st.markdown(f"{icon} {plain(filled.sentence, 800)}")
        st.caption(_per_answer(filled.per_answer))
        _draw_changes(project, filled)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Take the filling in back", key="unfill", on_click=_unfill, args=(project, drawing())
        )
        if not filled.problem:
            _review(project)


def _draw_changes(project: Project, filled: Filled) -> None:
    """After more labels the app may think otherwise of some of them."""
    changes = project.fill_changes()
    if not changes:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{changes:,} of {filled.count:,} would change: there are newer labels.")
        st.button(
            "Refresh",
            key="refill",
            on_click=_fill,
            args=(project, filled.line, filled.agreeing_with, drawing()),
            help="Filled in anew by the app of now. That has not been checked.",
        )


def _review(project: Project) -> None:
    """The rows that stay to the person, the app's guess ready for Enter."""
    left = project.rows_left()
    if not len(left):
        return
    if st.button(f"Review the {count(len(left), 'row')} left on the desk", key="review_left"):
        guesses = dict(zip(left["row"].tolist(), left["label"].tolist(), strict=True))
        queue.send(project, list(guesses), "Rows left by the line", guesses)
        state.switch("label")


@once
def _unfill(project: Project) -> None:
    state.put(_TOUCHED, project.id)
    try:
        state.open_again(project).unfill()
    except UserError as problem:
        state.put(_PROBLEM, str(problem))
