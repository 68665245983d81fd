"""The top of the page Compare: what to compare, how long it takes, start, and a link to it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from al_core import UserError
from al_core.learning import rows_to_test
from al_core.projects import Project
from pages.components.lab import runs
from pages.components.lab import settings as ask
from pages.components.lab.data import LabData, choose_data, data_title
from pages.components.shell import state
from pages.components.shell.text import minutes, show_error

# Seconds of work for which the longer comparison is proposed; a choice: what a person waits for.
_SOLID_WITHIN = 120.0


def choose_plan(project: Project | None) -> tuple[LabData | None, ask.Plan | None, int]:
    """All settings of the page; no plan while there is no data."""
    first, second = st.columns(2)
    with first:
        data = _data(project)
    with second:
        strategies = ask.choose_strategies()
    model_at, upto_at, repeats_at = st.columns([1.4, 1, 2])
    more = ask.choose_more()
    if data is None:
        return None, None, 0
    with model_at:
        model = ask.choose_model(data)
    with upto_at:
        budget = ask.choose_budget(len(data.rows) - rows_to_test(len(data.rows), more.test))
    plan = ask.Plan(strategies, model, budget, more)
    with repeats_at:
        repeats = ask.choose_repeats(_default_repeats(data, plan))
    return data, plan, repeats


def _data(project: Project | None) -> LabData | None:
    try:
        return choose_data(project)
    except UserError as problem:
        show_error(problem)
        return None


def _default_repeats(data: LabData, plan: ask.Plan) -> str:
    seconds = runs.estimate(data, plan, ask.REPEATS[ask.SURE])
    return ask.SURE if seconds is not None and seconds < _SOLID_WITHIN else "Quick"


def draw_start(data: LabData | None, plan: ask.Plan | None, repeats: int) -> None:
    """The button, or why it is off; beside it how long it will take."""
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
        runs.start(data, plan, repeats)
        st.rerun()
    runs.recall(data, plan, repeats)
    if runs.running() is None:
        seconds = runs.estimate(data, plan, repeats)
        time = f"About {minutes(max(2, seconds))}. " if seconds is not None else ""
        st.caption(f"{time}You can go on labelling meanwhile.")


def _why_not(data: LabData | None, plan: ask.Plan | None) -> str:
    if data is None or plan is None:
        return "Pick data with all answers filled in."
    if not plan.strategies:
        return "Pick at least one way of choosing rows."
    return ""


def draw_link(repeats: int) -> None:
    """The address of this page with its settings, to pass on.

    What the app proposes differs between machines (data, repeats), so these always stand in it.
    """
    with st.popover("Copy link", icon=":material/link:"):
        st.text("Whoever opens this address sees the same settings.")
        settings = {key: st.query_params.get_all(key) for key in st.query_params}
        settings.pop("project", None)
        settings |= {"lab_repeats": [ask.repeats_title(repeats)]} if repeats else {}
        settings.setdefault("lab_data", [data_title(str(state.get("lab_data")))])
        address = (st.context.url or "").split("?")[0]
        st.code(f"{address}?{urlencode(settings, doseq=True)}", language=None, wrap_lines=True)
