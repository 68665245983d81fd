"""Margin sampling: rows that lie between two answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies._params import params
from al_core.learning.strategies._scores import pool_doubts
from al_core.learning.strategies.base import Query, strategy


@strategy(
    "margin",
    title="Between two answers (recommended)",
    paper="Scheffer, Decomain, Wrobel 2001, Active Hidden Markov Models",
)
def margin(query: Query) -> NDArray[np.float64]:
    """Asks the rows whose two likeliest answers are closest to each other.

    Formula: ``utility = 1 - (p1 - p2)`` with p1 and p2 the two largest probabilities of the row; 1
    is a tie, 0 a certainty. Cost: one ``predict_proba`` and O(n k); for a logistic
    regression of two classes one ``decision_function``, which takes half the time, and O(n).

    >>> from al_core.learning.strategies._scores import Known
    >>> model = Known([[0.5, 0.4, 0.1], [0.8, 0.1, 0.1]])
    >>> margin(Query(model, X_pool=[[0], [1]])).round(2)
    array([0.9, 0.3])
    """
    params(query)
    return pool_doubts(query)
