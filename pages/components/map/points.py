"""What the map shows: places computed once in a job, colours read fresh from the project."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from al_core.figures import MapPoints
from al_core.learning import Rows, embed, sample_rows
from al_core.projects import Project
from pages.components.desk.row.fields import rows_in_words
from pages.components.shell.jobs import Cancelled, Job, Progress, job, start_job

# Rows asked next that wear a ring; a choice.
NEXT = 12
_HOVER = 60  # letters of a row that stand at its point; a choice: twenty thousand travel at once


@dataclass(frozen=True)
class Places:
    """Rows of the map, where they lie, and what a person calls them."""

    rows: Rows
    xy: np.ndarray
    names: np.ndarray | None = None


def places_job(project: Project, method: str) -> Job:
    """The job that computes the places; started once for a project and a method, and anew when
    what the texts mean is known."""
    letters = project.X.shape[1]
    key = f"map_{project.id}_{method}_{letters}"
    return job(key) or start_job(key, _compute(project, method))


def _compute(project: Project, method: str):  # type: ignore[no-untyped-def]
    labelled = project.labels()["row"].to_numpy()

    def work(progress: Progress, cancelled: Cancelled) -> Places:
        progress(0.1, "Laying out the rows")
        rows = sample_rows(project.table.n_rows, labelled, seed=project.seed)
        names = np.array(_on_hover(project, rows.tolist()), dtype=object)
        return Places(rows, embed(project.X[rows], method, project.seed), names)

    return work


def _on_hover(project: Project, rows: list[int]) -> list[str]:
    """What a person calls each row, and the beginning of what it says."""
    words = rows_in_words(project, rows, _HOVER)
    names = map(project.row_names.name, rows)
    return [f"{name}: {said}" for name, said in zip(names, words, strict=True)]


def points_of(project: Project, places: Places, state: pd.DataFrame, by: str) -> MapPoints:
    """Colours of the places: by the answer given, else by the app's guess if asked for."""
    part = state.iloc[places.rows]
    labels = part["label"].astype(str).to_numpy(dtype=object)
    guesses = part["prediction"].fillna("").astype(str).to_numpy(dtype=object)
    labelled = labels != ""
    return MapPoints(
        rows=places.rows,
        xy=places.xy,
        group=np.where(labelled, labels, guesses if by == "guess" else ""),
        sure=part["confidence"].to_numpy(dtype=float),
        labelled=labelled,
        names=places.names,
        asked_next=np.isin(places.rows, project.next_rows(NEXT)),
    )


def rows_of_event(event: object) -> list[int]:
    """Row numbers of the points in a chart selection: they travel in ``customdata``.

    >>> rows_of_event({"selection": {"points": [{"customdata": 7}, {"customdata": [3]}]}})
    [3, 7]
    """
    found: set[int] = set()
    selection = event.get("selection", {}) if hasattr(event, "get") else {}
    for point in selection.get("points", []):
        data = point.get("customdata")
        number = data[0] if isinstance(data, list | tuple) else data
        if number is not None:
            found.add(int(number))
    return sorted(found)
