"""Entropy: rows whose probabilities are spread over all answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies._params import params
from al_core.learning.strategies._scores import entropies
from al_core.learning.strategies.base import Query, strategy


@strategy(
    "entropy",
    title="Unsure across all answers",
    paper="Shannon 1948; Dagan, Engelson 1995, Committee-Based Sampling",
)
def entropy(query: Query) -> NDArray[np.float64]:
    """Asks the rows whose probabilities are spread most evenly over all answers.

    Formula: ``utility = - sum_c p(c | x) ln p(c | x)``, in nats. Cost: one ``predict_proba`` and
    O(n k).

    >>> from al_core.learning.strategies._scores import Known
    >>> model = Known([[0.5, 0.5], [1.0, 0.0]])
    >>> entropy(Query(model, X_pool=[[0], [1]])).round(4)
    array([0.6931, 0.    ])
    """
    params(query)
    return entropies(query.proba)
