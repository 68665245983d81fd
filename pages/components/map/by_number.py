"""Rows of the map chosen without a mouse: one by its number, with those that lie nearest to it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from al_core.projects import Project
from pages.components.map.points import Places

# Rows chosen at once; a choice.
MOST = 500


def rows_by_number(project: Project, places: Places) -> list[int]:
    """The rows that the two fields ask for, ascending; none while they are blank."""
    with st.expander("Choose by row number", type="compact", key="map_by_number"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            row = st.number_input(
                "Row",
                min_value=0,
                max_value=project.table.n_rows - 1,
                value=None,
                step=1,
                key="map_row",
                width=160,
            )
            n = st.number_input(
                "with so many rows nearest to it",
                min_value=0,
                max_value=MOST,
                value=0,
                step=1,
                key="map_near",
                width=260,
            )
        if row is not None and int(row) not in places.rows:
            st.caption(f"Row {row} is not among the rows that are drawn; it stands here by itself.")
    return [] if row is None else nearest(places, int(row), int(n))


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
