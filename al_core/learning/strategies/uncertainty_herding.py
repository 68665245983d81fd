"""Uncertainty herding: rows that stand for many uncertain ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies._herding import herd
from al_core.learning.strategies._params import params
from al_core.learning.strategies._scores import doubts
from al_core.learning.strategies._space import (
    Points,
    median_distance,
    nearest_squared,
    sample_rows,
    space,
)
from al_core.learning.strategies.base import Query, strategy


@strategy(
    "uncertainty_herding",
    title="Rows that stand for many unsure ones",
    kind="set",
    deterministic=False,
    max_pool=500_000,
    paper="Bae, Oliveira, Sutherland 2025, Uncertainty Herding: One Active Learning Method for All "
    "Label Budgets",
    menu=False,
)
def uncertainty_herding(query: Query) -> NDArray[np.intp]:
    """Picks rows so that every uncertain row has a labelled or picked row that resembles it.

    Formula: greedily maximise ``mean_u U(u) max_s exp(-|u - s|^2 / 2 w^2)`` with U = 1 - (p1 - p2).
    Keywords: width w (None: half the smaller of the pool's median distance and the median distance
    to the nearest labelled row: with few labels it covers widely, with many it turns into margin
    sampling; the paper shrinks its radius with the labels too), sample (20,000 rows u). Cost: one
    ``predict_proba`` and as ``max_herding``.

    Both ends are alike but for the model's doubt:

    >>> from al_core.learning.strategies._scores import Known
    >>> X = np.array([[0.0], [1.0], [2.0]])
    >>> model = Known([[0.5, 0.5], [0.9, 0.1], [1.0, 0.0]])
    >>> uncertainty_herding(Query(model, X, params={"width": 0.5}))
    array([0])
    """
    given = params(query, width=None, sample=20_000)
    points, labelled = space(query)
    doubt = doubts(query.proba)
    rows = sample_rows(len(points), given["sample"], query.rng)
    width = float(given["width"] or _width(points, labelled, query.rng))
    return herd(query, points, labelled, points[rows], doubt[rows] / len(rows), width)


def _width(points: Points, labelled: Points, rng: np.random.Generator) -> float:
    """Kernel width that shrinks as labelled rows fill the space."""
    wide = median_distance(points, rng)
    if not len(labelled):
        return wide / 2
    some = points[sample_rows(len(points), 500, rng)]
    near = float(np.sqrt(np.median(nearest_squared(some, labelled))))
    return max(min(wide, near) / 2, 1e-3 * wide)
