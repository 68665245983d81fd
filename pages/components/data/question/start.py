"""Section 3: start, or why it cannot start yet. Starting makes the project and opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from al_core import UserError, projects
from al_core.projects import move_to_bin, new_project_folder
from pages.components.data.draft import Draft, drop_draft
from pages.components.data.question.plan import Plan
from pages.components.login import person
from pages.components.shell import jobs, state
from pages.components.shell.jobs import Cancelled, Progress
from pages.components.shell.text import count, plain, show_error
from pages.components.shell.waiting import finished

if TYPE_CHECKING:
    from al_core.tables import Role

_JOB, _PRESSED = "make_project", "start_pressed"
_READ_FIRST = "Your answers are taken as shown above. If that is right, press Start again."
# By a rule of style: a button of another type is another button, and a press on it that is under
# way when a field is left would be lost. Its words can be read as well as before.
_LOOKS_OFF = ".st-key-start button { filter: saturate(0.15); }"
_MODEL_INPUT = ("number", "category", "text", "date", "pixels")


def start_section(draft: Draft, plan: Plan, roles: dict[str, Role]) -> None:
    """The button, a sentence beside it, and what happens after a press."""
    unread = _nothing_to_read(roles)
    problem = plan.problem or unread
    with st.container(horizontal=True, vertical_alignment="center"):
        # The press that leaves a field sends what was typed: a button that is off would miss it.
        st.button(
            "Start rehearsal" if plan.kind == "oracle" else "Start labelling",
            key="start",
            type="primary",
            icon=":material/play_arrow:",
            disabled=bool(unread or (problem and not plan.is_typed)),
            on_click=state.put,
            args=(_PRESSED, True),
        )
        pressed = state.drop(_PRESSED) and not problem
        unseen = pressed and not plan.is_read
        st.markdown(plain(problem) or (_READ_FIRST if unseen else _ready(draft, plan)))
    if pressed and not unseen:
        begin(draft, plan, roles)
    follow(draft, plan)
    st.html(f"<style>{_LOOKS_OFF if problem else '/* */'}</style>")


def _nothing_to_read(roles: dict[str, Role]) -> str:
    if any(role.kind in _MODEL_INPUT for role in roles.values()):
        return ""
    return (
        "No column is left to learn from: each is different in every row, as an id is, or always "
        "the same. Open Change columns and use at least one that says something about its row."
    )


def _ready(draft: Draft, plan: Plan) -> str:
    n_rows = draft.table.n_rows
    if plan.kind == "oracle":
        return f"{count(n_rows, 'row')} with known answers. Nobody has to label."
    return (
        f"{plan.n_answered:,} of {n_rows:,} labelled. "
        "You can stop whenever you like; each answer is saved."
    )


def begin(draft: Draft, plan: Plan, roles: dict[str, Role]) -> None:
    """Start making the project; ``follow`` tells what becomes of it."""
    who = person.name()  # a job has no login of its own
    jobs.start_job(
        _JOB, lambda progress, cancelled: make_project(draft, plan, roles, progress, cancelled, who)
    )


def make_project(
    draft: Draft,
    plan: Plan,
    roles: dict[str, Role],
    progress: Progress,
    cancelled: Cancelled,
    who: str = "",
) -> str:
    """Make the project of this person and return its id; one that was cancelled goes to the bin."""
    progress(0.1, "writing rows and answers")
    folder = new_project_folder(draft.table.name, person=who)
    project = projects.Project.create(
        folder,
        draft.table,
        roles,
        plan.settings,
        background=False,
        name=draft.table.name,
        person=who,
        apart=True,  # pairs that look alike were asked about
    )
    made = project.id
    project.close()
    if cancelled():
        move_to_bin(folder, person=who)
    progress(1.0, "opening")
    return made


def follow(draft: Draft, plan: Plan) -> None:
    """Wait for the project, if one is being made; then open it and go to its page."""
    making = finished(_JOB, "Making the project")
    if making is None:
        return
    stopped = making.cancelled or making.result is None
    jobs.drop_job(_JOB)
    if making.error is not None:
        show_error(making.error)
        return
    if stopped:
        st.text("Stopped. Nothing was started; your file is still here.")
        return
    try:
        state.open_project(making.result)
    except UserError as problem:
        show_error(problem)
        return
    drop_draft()
    state.switch("curves" if plan.kind == "oracle" else "label")
