"""What a comparison has found so far: words, curves that fill in, a target, a table."""

from __future__ import annotations

import math

import plotly.graph_objects as go
import streamlit as st

from al_core.figures import comparison_chart
from al_core.learning import METRICS, TOO_FEW, Band, Comparison, get_model
from pages.components.lab import runs
from pages.components.lab.settings import SURE, label_costs
from pages.components.lab.table import draw_table, way_titles
from pages.components.progress.chart import show_chart
from pages.components.shell import state
from pages.components.shell.following import follow
from pages.components.shell.guard import guarded
from pages.components.shell.text import count, minutes, plain, show_error

_EVERY = "1.5s"
_GOAL = "_lab_goal"
# Ends of the slider of the target, in 100; a choice: a model below one half is no goal.
_LOWEST, _HIGHEST = 50.0, 100.0
_RUN_MORE = f"{TOO_FEW.removesuffix('.')}: run {SURE} to be sure."


def draw_results() -> None:
    """The results, redrawn while runs come in."""
    follow(_results, lambda: runs.running() is not None, _EVERY)


@guarded("The results")
def _results() -> None:
    lab = runs.current_lab()
    if lab is None:
        return
    # one container, whatever it holds: the chart keeps its place, and so is not drawn anew
    with st.container():
        if said := runs.problem():
            show_error(said)
        _progress(lab)
    if lab.runs:
        _findings(lab)


def _progress(lab: runs.Lab) -> None:
    done = f"{len(lab.runs)} of {lab.total} runs"
    if runs.running() is None:
        if lab.runs and len(lab.runs) < lab.total:
            st.caption(f"{done} are done and kept. Run comparison goes on with the rest.")
        return
    left = lab.seconds_left()
    time = f" · about {minutes(left)} left" if left is not None else ""
    bar, button = st.columns([5, 1], vertical_alignment="center")
    bar.progress(min(1.0, len(lab.runs) / lab.total), text=f"{done}{time} · what is done is kept")
    if button.button("Stop", key="stop_comparison", width="stretch"):
        runs.stop()


def _findings(lab: runs.Lab) -> None:
    comparison = lab.comparison(state.get(_GOAL), label_costs())
    first, more = _headline([line for line in comparison.sentences() if line])
    st.header(plain(first, 600), anchor=False)
    st.text(" ".join(more))
    bands = {strategy: band for (_, strategy), band in comparison.bands().items()}
    if bands:
        show_chart(_chart(lab, comparison, bands), "comparison_chart", file_name="comparison")
        if runs.running() is None:
            _target(lab, comparison)
    _errors(comparison)
    draw_table(comparison)
    done, repeats = comparison.n_repeats, count(lab.n_seeds, "repeat")
    repeats = repeats if done == lab.n_seeds else f"{done} of {repeats}"
    model = get_model(lab.plan.model).title
    st.caption(plain(f"{lab.name}, {model}, {repeats}. Band: 95 in 100, over repeats."))


def _headline(lines: list[str]) -> tuple[str, list[str]]:
    """What stands above the rest; where repeats are too few, what to press and the next sentence.

    >>> _headline([TOO_FEW, "To be right: 20 rows.", "All this is about this table."])[0]
    'Too few repeats to tell: run Solid to be sure. To be right: 20 rows.'
    """
    first, *more = lines
    if first != TOO_FEW:
        return first, more
    return " ".join([_RUN_MORE, *more[:1]]), more[1:]


def _chart(lab: runs.Lab, comparison: Comparison, bands: dict[str, Band]) -> go.Figure:
    metric = METRICS[lab.plan.more.metric]
    title = "Right in 100" if metric.name == "accuracy" else f"{metric.title}, in 100"
    return comparison_chart(bands, titles=way_titles(), target=_goal(comparison), score_title=title)


def _goal(comparison: Comparison) -> float | None:
    goals = [v.target for v in comparison.verdicts() if not math.isnan(v.target)]
    return goals[0] if goals else None


def _target(lab: runs.Lab, comparison: Comparison) -> None:
    """The target to drag or to type; until then it is what random reaches in the end."""
    now = min(_HIGHEST, max(_LOWEST, round(100 * (_goal(comparison) or 0.9), 1)))
    keys = [f"lab_target_{kind}_{lab.begun}" for kind in ("drag", "type")]
    for key in keys:
        if state.get(key) != now:
            state.put(key, now)
    drag, typed = st.columns([4, 1], vertical_alignment="bottom")
    drag.slider(
        "Target, in 100",
        _LOWEST,
        _HIGHEST,
        step=0.1,
        format="%.1f",
        key=keys[0],
        on_change=_take_target,
        args=(keys[0],),
        help="How good it should become. At first: as good as random is in the end.",
    )
    typed.number_input(
        "or type it",
        _LOWEST,
        _HIGHEST,
        step=0.5,
        format="%.1f",
        key=keys[1],
        on_change=_take_target,
        args=(keys[1],),
    )


def _take_target(key: str) -> None:
    state.put(_GOAL, state.get(key) / 100)


def _errors(comparison: Comparison) -> None:
    for (_, strategy), messages in comparison.errors.items():
        name = way_titles().get(strategy, strategy)
        show_error(f"{name}: {count(len(messages), 'repeat')} failed. {messages[0]}")
