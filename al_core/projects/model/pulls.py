"""What pulls a model to one answer or another, for one row, cheap enough for a press."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics.pairwise import euclidean_distances

from al_core.learning import Matrix, class_probabilities
from al_core.learning.models.threads import one_thread
from al_core.projects.records import Term
from al_core.projects.starting.data import ProjectData

# Choices, so that why a row was asked is worked out within a press: terms shown, features tried,
# labelled rows searched, rows for a typical value.
MOST_TERMS = 8
MOST_FEATURES = 300
MOST_NEIGHBOURS_SEEN = 5_000
_TYPICAL = 2_000


def neighbours(
    X: Matrix, row: int, rows: NDArray[np.intp], labels: NDArray[Any], n: int = 3
) -> list[tuple[int, str, float]]:
    """The ``n`` labelled rows nearest in the encoded features: (row, label, distance)."""
    keep = rows != row
    rows, labels = rows[keep][-MOST_NEIGHBOURS_SEEN:], labels[keep][-MOST_NEIGHBOURS_SEEN:]
    if len(rows) == 0:
        return []
    with one_thread():
        distances = euclidean_distances(X[[row]], X[rows])[0]
    nearest = np.argsort(distances, kind="stable")[:n]
    return [(int(rows[i]), str(labels[i]), float(distances[i])) for i in nearest]


def terms(model: Any, data: ProjectData, X: Matrix, row: int, torn: tuple[str, str]) -> list[Term]:
    """The features that pull most to the first or the second of two answers, strongest first.

    Linear models: weight times value, exactly what the model adds up. Others: how much the
    probability moves when the feature is set to its typical value and all else is left. ``torn``
    must be answers that the model knows.
    """
    names = data.encoded(X is not data.X).feature_names
    known = [str(name) for name in model.classes_]
    first, second = known.index(torn[0]), known.index(torn[1])
    with one_thread():
        if hasattr(model, "coef_") and not callable(getattr(model, "coef_", None)):
            columns, pulls = _linear(model, X, row, first, second)
        else:
            columns, pulls = _one_at_a_time(model, X, row, first, second)
    order = np.argsort(-np.abs(pulls), kind="stable")[:MOST_TERMS]
    return [
        Term(names[columns[i]], torn[0] if pulls[i] > 0 else torn[1], abs(float(pulls[i])))
        for i in order
        if pulls[i] != 0
    ]


def _values(X: Matrix, row: int) -> NDArray[np.float64]:
    line: Any = X[[row]]
    dense = line if isinstance(line, np.ndarray) else line.toarray()
    values: NDArray[np.float64] = np.asarray(dense, dtype=np.float64)[0]
    return values


def _linear(
    model: Any, X: Matrix, row: int, first: int, second: int
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    weights = np.asarray(model.coef_, dtype=np.float64)
    if len(weights) == 1:  # two answers share one line of weights, for the second of them
        weights = np.vstack([-weights[0], weights[0]]) / 2
    values = _values(X, row)
    columns = np.flatnonzero(values)
    pulls = (weights[first] - weights[second])[columns] * values[columns]
    return columns, np.asarray(pulls)


def _one_at_a_time(
    model: Any, X: Matrix, row: int, first: int, second: int
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    values = _values(X, row)
    typical = np.zeros_like(values)
    if isinstance(X, np.ndarray):
        typical = np.median(X[:: max(1, len(X) // _TYPICAL)], axis=0).astype(np.float64)
    columns = np.flatnonzero(values != typical)[:MOST_FEATURES]
    if len(columns) == 0:
        return columns, np.empty(0)
    trial = np.tile(values, (len(columns) + 1, 1)).astype(np.float32)
    trial[np.arange(1, len(columns) + 1), columns] = typical[columns]
    chances = class_probabilities(model, trial)
    lead = chances[:, first] - chances[:, second]
    return columns, np.asarray(lead[0] - lead[1:], dtype=np.float64)
