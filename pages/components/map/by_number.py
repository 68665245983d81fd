"""Rows of the map chosen without a mouse: one by its number, with those that lie nearest to it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from al_core.projects import Project
from pages.components.desk.panels.finder import number_field, row_at
from pages.components.map.points import Places
from pages.components.shell.text import begun, plain

# Rows chosen at once; a choice.
MOST = 500


def rows_by_number(project: Project, places: Places) -> list[int]:
    """The rows that the two fields ask for, ascending; none while they are blank."""
    with st.expander(
        f"Choose by {project.row_names.word} number", type="compact", key="map_by_number"
    ):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            number = number_field(project, project.row_names.word.capitalize(), "map_row")
            n = st.number_input(
                "with so many rows nearest to it",
                min_value=0,
                max_value=MOST,
                value=0,
                step=1,
                key="map_near",
                width=260,
            )
        rows = row_at(project, number)
        if rows and rows[0] not in places.rows:
            name = begun(plain(project.row_names.name(rows[0])))
            st.caption(f"{name} is not among the rows that are drawn; it stands here by itself.")
    return nearest(places, rows[0], int(n)) if rows else []


def nearest(places: Places, row: int, n: int) -> list[int]:
    """A row and the ``n`` rows whose places lie nearest to its own, ascending.

    >>> places = Places(np.array([3, 5, 8]), np.array([[0.0, 0.0], [9.0, 0.0], [1.0, 0.0]]))
    >>> nearest(places, 3, 1), nearest(places, 4, 1)
    ([3, 8], [4])
    """
    here = np.flatnonzero(places.rows == row)
    if not len(here):
        return [row]
    away = np.square(places.xy - places.xy[here[0]]).sum(axis=1)
    away[here[0]] = -1.0  # first, whatever lies on the same spot
    return sorted(places.rows[np.argsort(away, kind="stable")[: n + 1]].tolist())
