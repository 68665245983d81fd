"""MaxHerding: rows that make the labelled ones resemble the whole pool."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies._herding import herd
from al_core.learning.strategies._params import params
from al_core.learning.strategies._space import median_distance, sample_rows, space
from al_core.learning.strategies.base import Query, strategy


@strategy(
    "max_herding",
    title="Rows that make the labelled ones cover the pool",
    kind="set",
    deterministic=False,
    max_pool=500_000,
    paper="Bae, Noh, Sutherland 2024, Generalized Coverage for More Robust Low-Budget Active "
    "Learning",
    menu=False,
    needs_model=False,
)
def max_herding(query: Query) -> NDArray[np.intp]:
    """Picks rows so that every pool row has a labelled or picked row that resembles it.

    Formula: greedily maximise ``mean_u max_s exp(-|u - s|^2 / 2 w^2)`` over labelled and picked
    rows s. Keywords: width w (None: the median distance of the pool), sample (20,000 rows u; None:
    all). Looks at no model. Cost: O(n s d) in blocks for s sampled rows once; later picks look at a
    few rows only.

    On a line of five the middle covers most:

    >>> X = np.array([[0.0], [1.0], [2.0], [3.0], [4.0]])
    >>> max_herding(Query(None, X, params={"width": 1.0}))
    array([2])
    """
    given = params(query, width=None, sample=20_000)
    points, labelled = space(query)
    targets = points[sample_rows(len(points), given["sample"], query.rng)]
    width = float(given["width"] or median_distance(points, query.rng))
    weights = np.full(len(targets), 1.0 / len(targets))
    return herd(query, points, labelled, targets, weights, width)
