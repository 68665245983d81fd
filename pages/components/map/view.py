"""The map's chart with its few controls; what is drawn round opens beside it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from al_core.figures import on_dark, pool_map
from al_core.learning import MAP_LIMIT, map_methods
from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.map.by_number import rows_by_number
from pages.components.map.points import Places, places_job, points_of, rows_of_event
from pages.components.map.selection import draw_said, draw_selection
from pages.components.shell import state
from pages.components.shell.guard import guarded
from pages.components.shell.text import count, show_error

_ANSWERED = " (answered)"
_COLOURS = {"guess": "answers and the app's guesses", "answer": "answers only"}


def draw_map(project: Project) -> None:
    """Controls, chart, and what was drawn round."""
    draw_said(project)
    by, fade, method = _controls(project)
    work = places_job(project, method)
    if not work.done:
        _waiting(project, method)
        return
    if work.error is not None:
        show_error(work.error)
        return
    _chart(project, work.result, by, fade)


def _controls(project: Project) -> tuple[str, bool, str]:
    methods = map_methods(min(project.table.n_rows, MAP_LIMIT))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = choose.select(
            "Colours show",
            list(_COLOURS),
            words=_COLOURS.__getitem__,
            key="map_by",
            width=280,
        )
        method: str | None = "pca"
        if len(methods) > 1:
            method = choose.select(
                "Laid out by", list(methods), words=methods.__getitem__, key="map_method",
                width=320,
            )  # fmt: skip
        fade = st.toggle("Faint where the app is sure", value=True, key="map_fade")
    return by or "guess", fade, method or "pca"


@st.fragment(run_every="1s")
@guarded("The wait for the map")
def _waiting(project: Project, method: str) -> None:
    work = places_job(project, method)
    if work.done:
        st.rerun()
    st.progress(work.fraction, text=work.text or "Laying out the rows")


def _chart(project: Project, places: Places, by: str, fade: bool) -> None:
    now = _state_now(project)
    points = points_of(project, places, now, by)
    if project.table.n_rows > len(places.rows):
        st.caption(
            f"A random {count(len(places.rows), 'row')} of {project.table.n_rows:,}, with all "
            "those that had an answer."
        )
    chart, beside = st.columns([3, 2], gap="medium")  # both in sight at once on a wide screen
    with chart:
        event = st.plotly_chart(
            _calm(pool_map(points, project.classes, fade_sure=fade)),
            key="pool_map",
            on_select=partial(state.put, "map_touched", True),
            selection_mode=("points", "box", "lasso"),
            config={"scrollZoom": False, "displaylogo": False},  # the wheel scrolls the page
            theme="streamlit",
        )
        drawn_round = rows_of_event(event)
        if not drawn_round:
            st.caption("Ringed: answered. Star: asked next. Rest on a point to read its row.")
    with beside, st.container(key="chosen"):
        rows = drawn_round or _by_number(project, places)
        if rows:
            draw_selection(project, rows, now)


def _by_number(project: Project, places: Places) -> list[int]:
    st.text("Draw round some points, or click one: its rows open here, to read and to label.")
    return rows_by_number(project, places)


def _calm(figure: go.Figure) -> go.Figure:
    """One entry an answer in the legend, below the points where no tool covers it; bright rings on
    a dark page."""
    listed = {trace.name for trace in figure.data}
    for trace in figure.data:
        name = trace.name.removesuffix(_ANSWERED)
        if trace.name.endswith(_ANSWERED):
            trace.update(legendgroup=name, showlegend=name not in listed)
        elif name + _ANSWERED in listed:
            trace.update(legendgroup=name)
    figure.update_layout(legend={"y": -0.02, "yanchor": "top"}, margin={"t": 30})
    if st.context.theme.type != "dark":
        return figure
    for trace in figure.data:
        if trace.name.endswith(_ANSWERED):
            trace.update(marker_line_color="#ffffff")
    return on_dark(figure)


def _state_now(project: Project) -> pd.DataFrame:
    """Answers and guesses by row; read again only when something was answered or learned."""
    stamp = (project.id, project.saved_at, project.freshness().swaps)
    kept: tuple[object, pd.DataFrame] | None = state.get("map_state")
    if kept is None or kept[0] != stamp:
        kept = (stamp, project.row_state())
        state.put("map_state", kept)
    return kept[1]
