"""Least confidence: rows whose best guess is the weakest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies._params import params
from al_core.learning.strategies.base import Query, strategy


@strategy(
    "least_confidence",
    title="Least sure of its guess",
    paper="Lewis, Gale 1994, A Sequential Algorithm for Training Text Classifiers",
)
def least_confidence(query: Query) -> NDArray[np.float64]:
    """Asks the rows whose likeliest answer has the lowest probability.

    Formula: ``utility = 1 - max_c p(c | x)``. Cost: one ``predict_proba`` and O(n k).

    >>> from al_core.learning.strategies._scores import Known
    >>> model = Known([[0.5, 0.4, 0.1], [0.8, 0.1, 0.1]])
    >>> least_confidence(Query(model, X_pool=[[0], [1]])).round(2)
    array([0.5, 0.2])
    """
    params(query)
    return np.asarray(1.0 - query.proba.max(axis=1), dtype=np.float64)
