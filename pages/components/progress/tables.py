"""The curve's numbers as a table, how many of each answer there are, and which get mixed up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from al_core.figures import class_counts, mixups
from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.progress.chart import show_chart
from pages.components.progress.work import rounds_so_far
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.text import count, short


def curve_table(project: Project) -> pd.DataFrame:
    """One line a point of the curve, scores in 100, with random rows where they were measured."""
    rows = [r for r in rounds_so_far(project) if not r.error]
    table = pd.DataFrame(
        {
            "Rows learned from": [r.n_labels for r in rows],
            "Score in 100": [100 * r.score for r in rows],
            "From": [100 * r.low for r in rows],
            "To": [100 * r.high for r in rows],
            "Check rows": [r.n_test for r in rows],
        }
    )
    baseline = project.measured().baseline
    if baseline is None or baseline.random is None:
        return table
    random = pd.DataFrame(
        {
            "Rows learned from": baseline.random.n_labels,
            "Random in 100": 100 * baseline.random.middle,
            "Random from": 100 * baseline.random.low,
            "Random to": 100 * baseline.random.high,
        }
    )
    return table.merge(random, how="outer", on="Rows learned from").sort_values("Rows learned from")


def draw_curve_table(project: Project) -> None:
    """The same numbers as the chart, sortable, to take away as CSV."""
    table = curve_table(project)
    if table.empty:
        st.text("No point of the curve has been measured yet.")
        return
    numbers = st.column_config.NumberColumn(format="%.1f")
    decimals = {name: numbers for name in table.columns if table[name].dtype.kind == "f"}
    st.dataframe(table, hide_index=True, column_config=decimals, placeholder="", key="curve_table")
    st.download_button(
        "Download this table",
        table.to_csv(index=False).encode("utf-8"),
        file_name="learning_curve.csv",
        mime="text/csv",
        key="download_curve",
        icon=":material/download:",
        on_click="ignore",
    )


def draw_class_counts(project: Project) -> None:
    """How often each answer was given."""
    show_chart(class_counts(project.counts().per_class), "class_counts", file_name="answers")


def draw_mixups(project: Project) -> None:
    """Check rows by true answer and guess; the model learned from none of them."""
    found = project.mixups()
    if found is None:
        st.text("Shown once check rows are answered and the app has seen two different answers.")
        return
    matrix, classes = found
    tested = count(int(matrix.sum()), "check row")
    st.caption(f"{tested}. Down: the true answer. Across: the app's guess.")
    show_chart(mixups(matrix, classes), "mixups", file_name="mixed up answers")
    _look_at_cell(project, matrix, classes)


def _look_at_cell(project: Project, matrix: Any, classes: list[str]) -> None:
    """The rows of one kind of mistake, to be looked at on the desk."""
    cells = {
        (true, guess): int(matrix[i, j])
        for i, true in enumerate(classes)
        for j, guess in enumerate(classes)
        if i != j and matrix[i, j]
    }
    if not cells:
        return
    most_first = sorted(cells, key=lambda cell: -cells[cell])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cell = choose.select(
            "Rows that got mixed up",
            most_first,
            words=lambda cell: f"{cell[0]}, taken for {cell[1]} ({cells[cell]})",
            key="mixup_cell",
            width=360,
        )
        if cell and st.button("Look at them on the desk", key="mixup_look"):
            title = f"{short(cell[0], 30)}, taken for {short(cell[1], 30)}"
            queue.send(project, project.mixup_rows(*cell), title)
            state.switch("label")
    st.caption(
        "These are check rows. Whoever changes only answers that the app disputes makes its score "
        "look better than it is."
    )
