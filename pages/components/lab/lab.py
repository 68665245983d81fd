"""The form of the page Compare: what to compare, how long it takes, start, and a link to it.

Before a run it stands open; once there is a result it is folded to the one line that names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from al_core import UserError
from al_core.learning import get_model, rows_to_test
from al_core.projects import Project
from pages.components.lab import runs
from pages.components.lab import settings as ask
from pages.components.lab.data import LabData, choose_data, data_title
from pages.components.shell import state
from pages.components.shell.text import count, minutes, plain, show_error

_LETTERS = (
    "Texts are compared by their letters alone. A project that reads what they mean may need fewer "
    "labels than is said here."
)
_MEANING = "Texts are compared by their letters and by what they mean, as this project reads them."
# Seconds of work for which the longer comparison is proposed; a choice: what a person waits for.
_SOLID_WITHIN = 120.0


@dataclass(frozen=True)
class Wish:
    """What the form says; no ``plan`` while there is no data."""

    data: LabData | None = None
    plan: ask.Plan | None = None
    repeats: int = 0
    target: int | None = None


def draw_form(project: Project | None) -> None:
    """The settings, the button and the link; folded to one line once there is a result."""
    lab = runs.current_lab()
    if lab is None:
        place = st.container(key="lab_form")
    else:
        place = st.expander(settings_line(lab), key=f"lab_form_{lab.begun}")
    with place:
        wish = _choose_wish(project)
        with st.container(horizontal=True, vertical_alignment="center"):
            _draw_start(wish)
            _draw_link(wish)


def settings_line(lab: runs.Lab) -> str:
    """What a result is of, in one line."""
    return plain(plain_line(lab))


def plain_line(lab: runs.Lab) -> str:
    """The same for a picture, which reads no markdown."""
    model = get_model(lab.plan.model).title
    upto = f"up to {count(lab.plan.budget, 'row')}"
    parts = lab.data.name, model, lab.data.read_by, upto, count(lab.n_seeds, "repeat")
    return ", ".join(filter(None, parts))


def _choose_wish(project: Project | None) -> Wish:
    first, second = st.columns(2)
    with first:
        data = _data(project)
    with second:
        strategies = ask.choose_strategies()
    model_at, upto_at, target_at, repeats_at = st.columns([1.4, 1, 1, 2])
    more = ask.choose_more()
    if data is None:
        return Wish()
    with model_at:
        model = ask.choose_model(data)
    with upto_at:
        budget = ask.choose_budget(len(data.rows) - rows_to_test(len(data.rows), more.test))
    plan = ask.Plan(strategies, model, budget, more)
    with target_at:
        target = ask.choose_target(runs.proposal(data, plan))
    with repeats_at:
        repeats = ask.choose_repeats(_default_repeats(data, plan))
    return Wish(data, plan, repeats, target)


def _data(project: Project | None) -> LabData | None:
    try:
        data = choose_data(project)
    except UserError as problem:
        show_error(problem)
        return None
    if data is not None and data.read_by:
        st.caption(_LETTERS if not data.features else _MEANING)
    return data


def _default_repeats(data: LabData, plan: ask.Plan) -> str:
    seconds = runs.estimate(data, plan, ask.REPEATS[ask.SURE])
    return ask.SURE if seconds is not None and seconds < _SOLID_WITHIN else "Quick"


def _draw_start(wish: Wish) -> None:
    """The button, or why it is off; beside it how long it will take."""
    data, plan = wish.data, wish.plan
    reason = _why_not(data, plan)
    pressed = st.button(
        "Run comparison",
        key="run_comparison",
        type="primary",
        disabled=bool(reason) or runs.running() is not None,
    )
    if reason or data is None or plan is None:
        st.caption(reason)
        return
    if pressed:
        runs.start(data, plan, wish.repeats, wish.target)
        st.rerun()
    if runs.recall(data, plan, wish.repeats, wish.target):
        st.rerun()
    if runs.running() is None:
        st.caption(_how_long(data, plan, wish))


def _how_long(data: LabData, plan: ask.Plan, wish: Wish) -> str:
    """How long a run would take, and what the result on the page is of where that is another."""
    seconds = runs.estimate(data, plan, wish.repeats)
    time = f"About {minutes(max(2, seconds))}. " if seconds is not None else ""
    lab = runs.current_lab()
    now = data.name, data.features, plan, wish.repeats, wish.target
    same = lab is None or now == (
        lab.data.name,
        lab.data.features,
        lab.plan,
        lab.n_seeds,
        lab.target,
    )
    other = "" if same else " The result on this page is of the settings before."
    return f"{time}You can go on labelling meanwhile.{other}"


def _why_not(data: LabData | None, plan: ask.Plan | None) -> str:
    if data is None or plan is None:
        return "Pick data with all answers filled in."
    if not plan.strategies:
        return "Pick at least one way of choosing rows."
    return ""


def _draw_link(wish: Wish) -> None:
    """The address of this page with its settings, to pass on.

    What the app proposes differs between machines (data, target, repeats), so these always stand
    in it.
    """
    with st.popover("Copy link", icon=":material/link:"):
        st.text("Whoever opens this address sees the same settings.")
        settings = {key: st.query_params.get_all(key) for key in st.query_params}
        settings.pop("project", None)
        settings |= {"lab_repeats": [ask.repeats_title(wish.repeats)]} if wish.repeats else {}
        settings |= {"lab_target": [str(wish.target)]} if wish.target else {}
        settings.setdefault("lab_data", [data_title(str(state.get("lab_data")))])
        address = (st.context.url or "").split("?")[0]
        st.code(f"{address}?{urlencode(settings, doseq=True)}", language=None, wrap_lines=True)
