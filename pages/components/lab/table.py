"""The table of a comparison: one line a way of choosing, and everything as CSV."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from al_core.learning import STRATEGIES, Comparison

# Short heads with the whole story in their help: on a phone a table shows three columns at once.
_COLUMNS = {
    "strategy": ("How rows are chosen", "The ways that were compared, random first."),
    "gain": ("Gain", "Better than random by so many points in 100, over the whole run."),
    "gain_low": ("from", "The gain is this much at least, in 95 of 100 such comparisons."),
    "gain_high": ("to", "The gain is this much at most, in 95 of 100 such comparisons."),
    "labels_to_target": ("Rows to target", "Rows labelled until the target was reached."),
    "labels_to_target_low": ("rows from", "Rows to the target: this many at least."),
    "labels_to_target_high": ("rows to", "Rows to the target: this many at most."),
    "saved_percent": ("Saved, in 100", "Rows saved against random, in 100."),
    "saved_percent_low": ("saved from", "Saved: this much at least."),
    "saved_percent_high": ("saved to", "Saved: this much at most."),
    "wins": ("Better in", "Repeats in which it was better than random."),
    "seeds": ("Repeats", "Each repeat splits the rows anew."),
    "p_holm": ("p (Holm)", "How often luck alone does this well; all ways counted (Holm)."),
    "aubc_mean": ("Average", "Area under the curve (trapezoid rule) by the range of rows, in 100."),
    "aubc_std": ("Spread", "How far one repeat's average usually lies from the next one's."),
    "seconds": ("Seconds", "Seconds that one run took."),
}
_IN_100 = ("aubc_mean", "aubc_std", "gain", "gain_low", "gain_high")


def way_titles() -> dict[str, str]:
    """Each way of choosing as a person reads it."""
    return {name: way.title.removesuffix(" (recommended)") for name, way in STRATEGIES.items()}


def draw_table(comparison: Comparison) -> None:
    """One line a way of choosing, sortable, and everything as CSV."""
    summary = comparison.summary()
    shown = summary[list(_COLUMNS)].copy()
    shown[list(_IN_100)] *= 100
    shown["strategy"] = shown["strategy"].map(way_titles())
    columns = {_COLUMNS[name][0]: _column(name, shown[name]) for name in shown.columns}
    st.dataframe(
        shown.set_axis(list(columns), axis=1),
        hide_index=True,
        column_config=columns,
        placeholder="",
        key="comparison_table",
    )
    with st.container(horizontal=True):
        _csv(
            "Download this table",
            lambda: _with_points(comparison, summary),
            "comparison.csv",
            "download_comparison",
        )
        _csv(
            "Download all scores",
            lambda: comparison.rounds,
            "comparison_scores.csv",
            "download_rounds",
        )


def _column(name: str, values: pd.Series) -> Any:
    """Head, help and digits of one column; the way stays in sight when the table is moved."""
    head, help_ = _COLUMNS[name]
    if values.dtype.kind not in "if":
        return st.column_config.TextColumn(head, help=help_, pinned=True)
    return st.column_config.NumberColumn(head, help=help_, format=_digits(name))


def _digits(name: str) -> str:
    if name == "p_holm":
        return "%.3f"
    return "%.0f" if name.startswith(("labels", "wins", "seeds")) else "%.1f"


def _with_points(comparison: Comparison, summary: pd.DataFrame) -> pd.DataFrame:
    """The table with the area as Lu, Li and Lin (2023) reckon it beside, to compare with theirs."""
    points = comparison.summary(norm="points")
    return summary.assign(aubc_points_mean=points["aubc_mean"], aubc_points_std=points["aubc_std"])


def _csv(label: str, table: Callable[[], pd.DataFrame], file_name: str, key: str) -> None:
    """Written when it is pressed: while runs come in the page is drawn again and again."""
    st.download_button(
        label,
        lambda: table().to_csv(index=False).encode("utf-8"),
        file_name=file_name,
        mime="text/csv",
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )
