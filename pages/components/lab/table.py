"""The table of a comparison: one line a way of choosing, and everything as CSV."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from al_core.learning import STRATEGIES, Comparison

_COLUMNS = {
    "strategy": "How rows are chosen",
    "aubc_mean": "Average over the whole run",
    "aubc_std": "Usual spread between repeats",
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
_AVERAGE = "Area under the curve (trapezoid rule), divided by the range of labels: AUBC, in 100."
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
    shown = shown.rename(columns=_COLUMNS)
    formats = {
        name: st.column_config.NumberColumn(format="%.3f" if name == "p (Holm)" else "%.1f")
        for name in shown.columns
        if shown[name].dtype.kind == "f"
    }
    st.dataframe(
        shown, hide_index=True, column_config=formats, placeholder="", key="comparison_table"
    )
    with st.container(horizontal=True):
        _csv(
            "Download this table",
            _with_points(comparison, summary),
            "comparison.csv",
            "download_comparison",
        )
        _csv("Download all scores", comparison.rounds, "comparison_scores.csv", "download_rounds")


def _with_points(comparison: Comparison, summary: pd.DataFrame) -> pd.DataFrame:
    """The table with the area as Lu, Li and Lin (2023) reckon it beside, to compare with theirs."""
    points = comparison.summary(norm="points")
    return summary.assign(aubc_points_mean=points["aubc_mean"], aubc_points_std=points["aubc_std"])


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
