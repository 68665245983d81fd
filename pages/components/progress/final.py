"""Checks on Progress: what a final one can show, the way into any, and what they have shown."""

from __future__ import annotations

import streamlit as st

from al_core import UserError
from al_core.projects import FinalCheck, FinalCheckPlan, Project, Summary
from pages.components.shell import final_check, state
from pages.components.shell.text import count, minutes, plain

# Seconds a label; a faster pace is a program's and says nothing to a person.
_HUMAN = 0.1


def plan(project: Project) -> FinalCheckPlan | None:
    """What a check can show now; None where none can be started, or one is open."""
    if project.kind == "oracle" or final_check.progress(project) is not None:
        return None
    found = project.plan_final_check()
    return found if found.possible else None


def speaks_of_now(project: Project, now: Summary) -> bool:
    """Whether nothing but the last check itself was labelled since that began."""
    last = last_result(project)
    return last is not None and now.counts.labelled <= last.n_labels + last.n


def what_it_shows(found: FinalCheckPlan) -> str:
    """What a check is and what it can show, said before it is started."""
    return (
        "A final check asks rows that nobody has read, once, with the app's guess hidden. "
        f"{found.sentence}"
    )


def last_result(project: Project) -> FinalCheck | None:
    """The last check of all rows left whose result is known."""
    return next(reversed(_results(project)), None)


def _results(project: Project) -> list[FinalCheck]:
    """Those of all rows left: one of the surest rows says nothing of the others (Finish has it)."""
    return [one for one in project.final_checks() if one.state == "done" and not one.scope]


def follow_press(project: Project) -> None:
    """Begin the check where none is open, and go to the desk; again, where a redraw came between.

    Beginning twice is beginning once: the one that is open is taken.
    """
    if not final_check.is_taken_up(project):
        return
    try:
        if final_check.progress(project) is None:
            _begin(project)
    except UserError:
        final_check.just_taken_up(project)  # it cannot be; asked once, told once
        raise
    state.switch("label")


def _begin(project: Project) -> None:
    if sought := final_check.sought():
        project.start_recall_check(*sought)
        return
    with st.spinner("The app's guesses are being fixed"):
        project.start_final_check()


def draw_start(project: Project, found: FinalCheckPlan, *, blue: bool) -> None:
    """The button that draws the rows, freezes the model and goes to the desk."""
    st.button(
        _start_words(found, project.pace().seconds_per_label),
        key="final_check",
        type="primary" if blue else "secondary",
        on_click=final_check.take_up,
        args=(project,),
    )


def _start_words(found: FinalCheckPlan, seconds: float | None) -> str:
    """What is asked of the person."""
    words = f"Final check: {count(found.n, 'row')}"
    timed = seconds is not None and seconds >= _HUMAN
    return f"{words}, about {minutes(found.n * seconds)}" if timed and seconds else words


def draw_open(project: Project, progress: tuple[int, int]) -> None:
    """The way back into the check that is open, and the way out of it."""
    words = f"Go on with the final check: {progress[0]} of {progress[1]}"
    kept = "Its rows stay check rows."
    if final_check.is_search(project):  # how far it is stands above with what was found
        words = "Go on with the search"
        kept = "What was read stays labelled. A later search has to show more."
    st.button(
        words,
        key="final_check",
        type="primary",
        on_click=final_check.take_up,
        args=(project,),
    )
    if st.button("Give it up", key="drop_final_check", help=kept):
        final_check.give_up(project)
        st.rerun()


def draw_result(project: Project) -> None:
    """What the checks have shown, the last one first."""
    known = _results(project)
    if not known:
        return
    with st.container(key="final_result", border=True, gap="xsmall"):
        last = known[-1]
        st.markdown(f":material/verified: **{plain(last.sentence, 600)}**")
        more = f"Shown of the app as it was after {count(last.n_labels, 'label')}."
        for one in known[-2::-1]:
            more += f" Before, after {count(one.n_labels, 'label')}: {one.right} of {one.n} right."
        st.caption(plain(more, 600))
