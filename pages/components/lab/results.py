"""What a comparison has found so far: the big line, curves that fill in, words, a table."""

from __future__ import annotations

import math

import plotly.graph_objects as go
import streamlit as st

from al_core.figures import comparison_chart
from al_core.learning import METRICS, Band, Comparison
from pages.components.lab import runs
from pages.components.lab.headline import draw_headline
from pages.components.lab.lab import plain_line, settings_line
from pages.components.lab.table import draw_table, way_titles
from pages.components.present.slide import picture_for_a_slide
from pages.components.progress.chart import show_chart
from pages.components.shell.following import follow
from pages.components.shell.guard import guarded
from pages.components.shell.text import count, minutes, show_error

# A choice: something moves twice before a person begins to wonder; where it takes minutes now and
# then is enough, and whoever labels beside it is not held up (benchmarks/twenty.py).
_EVERY, _EVERY_OF_LONG = "0.9s", "4s"
_LONG = 60.0  # seconds of work from which a comparison takes minutes


def draw_results() -> None:
    """The results, redrawn while runs come in."""
    lab = runs.current_lab()
    is_long = lab is not None and lab.expected >= _LONG
    every = _EVERY_OF_LONG if is_long else _EVERY
    follow(_results, lambda: runs.running() is not None, every)


@guarded("The results")
def _results() -> None:
    lab = runs.current_lab()
    if lab is None:
        return
    comparison = lab.comparison()
    # one container, whatever it holds: the chart keeps its place, and so is not drawn anew
    with st.container(key="presented"):
        with st.container():
            if said := runs.problem():
                show_error(said)
            draw_headline(lab, comparison)
            _progress(lab)
        if lab.runs:
            _curves(lab, comparison)
    if lab.runs:
        _errors(comparison)
    if comparison.headline() is not None:  # nothing is told of a single repeat
        _behind_it(comparison)


def _progress(lab: runs.Lab) -> None:
    done = f"{len(lab.runs)} of {lab.total} runs"
    if runs.running() is None:
        if lab.runs and len(lab.runs) < lab.total:
            _offer_to_go_on(lab, done)
        return
    left = lab.seconds_left()
    time = f" · about {minutes(left)} left" if left is not None else ""
    time += " · slower while others answer rows" if lab.rests else ""
    with st.container(key="not_presented_run"):
        bar, button = st.columns([5, 1], vertical_alignment="center")
        bar.progress(lab.fraction(), text=f"{done}{time} · what is done is kept")
        if button.button("Stop", key="stop_comparison", width="stretch"):
            runs.stop()


def _offer_to_go_on(lab: runs.Lab, done: str) -> None:
    """What was stopped can be gone on with, in sight although the settings are folded."""
    with st.container(horizontal=True, vertical_alignment="center", key="not_presented_rest"):
        st.text(f"{done} are done and kept.", width="content")
        if st.button("Go on with the rest", key="go_on_comparison", type="primary"):
            runs.start(lab.data, lab.plan, lab.n_seeds, lab.target)
            st.rerun()


def _curves(lab: runs.Lab, comparison: Comparison) -> None:
    bands = {strategy: band for (_, strategy), band in comparison.bands().items()}
    if not bands:
        return
    figure = _chart(lab, comparison, bands)
    show_chart(figure, "comparison_chart", file_name="comparison")
    head = comparison.headline()
    title = f"{head.goal}: {head.line}" if head is not None else f"Chosen rows, {lab.data.name}"
    picture_for_a_slide(lambda: figure, title, plain_line(lab), key="comparison")
    done = comparison.n_repeats
    so_far = "" if done == lab.n_seeds else f" {done} of them so far."
    st.caption(f"{settings_line(lab)}.{so_far} Band: 95 in 100, over repeats.")


def _chart(lab: runs.Lab, comparison: Comparison, bands: dict[str, Band]) -> go.Figure:
    metric = METRICS[lab.plan.more.metric]
    title = "Right in 100" if metric.name == "accuracy" else f"{metric.title}, in 100"
    return comparison_chart(bands, titles=way_titles(), target=_goal(comparison), score_title=title)


def _goal(comparison: Comparison) -> float | None:
    goals = [v.target for v in comparison.verdicts() if not math.isnan(v.target)]
    return goals[0] if goals else None


def _behind_it(comparison: Comparison) -> None:
    """What else was found, in words and figures; the first sentence stands above already."""
    with st.expander("The figures behind it", key="figures"):
        for sentence in comparison.sentences()[1:]:
            st.text(sentence)
        draw_table(comparison)


def _errors(comparison: Comparison) -> None:
    for (_, strategy), messages in comparison.errors.items():
        name = way_titles().get(strategy, strategy)
        show_error(f"{name}: {count(len(messages), 'repeat')} failed. {messages[0]}")
