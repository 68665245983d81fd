"""What a comparison has found so far: words, curves that fill in, a target, a table."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from al_core.figures import comparison_chart
from al_core.learning import METRICS, STRATEGIES, Comparison, get_model
from pages.components import lab_run
from pages.components.chart import show_chart
from pages.components.text import count, minutes, plain, show_error

_EVERY = "1.5s"


def draw_results() -> None:
    """The results, redrawn while runs come in."""
    busy = lab_run.running() is not None
    st.fragment(_results, run_every=_EVERY if busy else None)(busy)


def _results(was_busy: bool) -> None:
    lab = lab_run.current_lab()
    if lab is None:
        return
    if said := lab_run.problem():
        show_error(said)
    _progress(lab)
    if lab.runs:
        _findings(lab)
    if was_busy and lab_run.running() is None:
        st.rerun()


def _progress(lab: lab_run.Lab) -> None:
    done = f"{len(lab.runs)} of {lab.total} runs"
    if lab_run.running() is None:
        if lab.runs and len(lab.runs) < lab.total:
            st.caption(f"Stopped after {done}. What is done is kept: Run goes on with the rest.")
        return
    left = lab.seconds_left()
    time = f" · about {minutes(left)} left" if left is not None else ""
    bar, button = st.columns([5, 1], vertical_alignment="center")
    bar.progress(min(1.0, len(lab.runs) / lab.total), text=f"{done}{time} · what is done is kept")
    if button.button("Stop", key="stop_comparison", width="stretch"):
        lab_run.stop()


def _findings(lab: lab_run.Lab) -> None:
    target = st.session_state.get("lab_target")
    comparison = lab.comparison(target / 100 if target else None)
    first, *more = [line for line in comparison.sentences() if line]
    st.subheader(plain(first, 600), anchor=False)
    for line in more:
        st.text(line)
    bands = {strategy: band for (_, strategy), band in comparison.bands().items()}
    if bands:
        show_chart(_chart(lab, comparison, bands), "comparison_chart", file_name="comparison")
        _target(comparison)
    _errors(comparison)
    draw_table(comparison)
    repeats = count(lab.n_seeds, "repeat")
    model = get_model(lab.plan.model).title
    st.caption(plain(f"{lab.name}, {model}, {repeats}. Band: 95 in 100, over repeats."))


def _chart(lab: lab_run.Lab, comparison: Comparison, bands):  # type: ignore[no-untyped-def]
    metric = METRICS[lab.plan.metric]
    title = "Right in 100" if metric.name == "accuracy" else f"{metric.title}, in 100"
    return comparison_chart(bands, titles=way_titles(), target=_goal(comparison), score_title=title)


def _goal(comparison: Comparison) -> float | None:
    goals = [v.target for v in comparison.verdicts() if not math.isnan(v.target)]
    return goals[0] if goals else None


def way_titles() -> dict[str, str]:
    """Each way of choosing as a person reads it."""
    return {name: way.title.removesuffix(" (recommended)") for name, way in STRATEGIES.items()}


def _target(comparison: Comparison) -> None:
    goal = _goal(comparison)
    st.slider(
        "Target, in 100",
        1.0,
        100.0,
        round(100 * goal, 1) if goal else 90.0,
        0.5,
        key="lab_target",
        help="How good it should become. At first: as good as random is in the end.",
    )


def _errors(comparison: Comparison) -> None:
    for (_, strategy), messages in comparison.errors.items():
        name = way_titles().get(strategy, strategy)
        show_error(f"{name}: {count(len(messages), 'repeat')} failed. {messages[0]}")


_COLUMNS = {
    "strategy": "How rows are chosen",
    "aubc_mean": "Average over the whole run",
    "aubc_std": "± (standard deviation)",
    "gain": "Better than random by",
    "gain_low": "from",
    "gain_high": "to",
    "wins": "Repeats in which better",
    "seeds": "Repeats",
    "p_holm": "p (Holm)",
    "labels_to_target": "Rows to the target",
    "labels_to_target_low": "rows from",
    "labels_to_target_high": "rows to",
    "saved_percent": "Saved, in 100",
    "saved_percent_low": "saved from",
    "saved_percent_high": "saved to",
    "seconds": "Seconds a run",
}
_IN_100 = ("aubc_mean", "aubc_std", "gain", "gain_low", "gain_high")


def draw_table(comparison: Comparison) -> None:
    """One line a way of choosing, sortable, and everything as CSV."""
    summary = comparison.summary()
    shown = summary[list(_COLUMNS)].copy()
    shown[list(_IN_100)] *= 100
    shown["strategy"] = shown["strategy"].map(way_titles())
    shown = shown.rename(columns=_COLUMNS)
    formats = {
        name: st.column_config.NumberColumn(format="%.3f" if name == "p (Holm)" else "%.1f")
        for name in shown.columns
        if shown[name].dtype.kind == "f"
    }
    st.dataframe(shown, hide_index=True, column_config=formats, key="comparison_table")
    with st.container(horizontal=True):
        _csv("Download this table", summary, "comparison.csv", "download_comparison")
        _csv("Download all scores", comparison.rounds, "comparison_scores.csv", "download_rounds")


def _csv(label: str, table: pd.DataFrame, file_name: str, key: str) -> None:
    st.download_button(
        label,
        table.to_csv(index=False).encode("utf-8"),
        file_name=file_name,
        mime="text/csv",
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )
