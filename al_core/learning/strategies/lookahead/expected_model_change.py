"""Expected model change: rows whose answer would move a linear model the most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.dense_or_csr import row_squares
from al_core.learning.querying.distances import model_space
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy


@strategy(
    "expected_model_change",
    title="Would change the model most",
    paper="Settles, Craven, Ray 2008, Multiple-Instance Active Learning (expected gradient length)",
    menu=False,
)
def expected_model_change(query: Query) -> NDArray[np.float64]:
    """Asks the rows whose answer is expected to give the longest gradient step.

    Formula: ``utility = sum_y p(y | x) |p - e_y| sqrt(|x|^2 + 1)``, the expected length of the
    gradient of the log loss of a linear model with intercept (e_y: 1 at class y, else 0). For
    other models it is the gradient of a linear last layer on the features. Cost: one
    ``predict_proba`` and O(n (k^2 + d)).

    At p = (0.5, 0.5) both answers are sqrt(0.5) away, and a row of zeros has length 1:

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> X = np.array([[0.0, 0.0]])
    >>> expected_model_change(Query(Known([[0.5, 0.5]]), X)).round(4)
    array([0.7071])
    """
    params(query)
    X = model_space(query, query.X_pool)
    length = np.sqrt(row_squares(X).astype(np.float64) + 1.0)
    proba = np.asarray(query.proba, dtype=np.float64)
    # |p - e_y|^2 = |p|^2 - 2 p_y + 1
    away = np.sqrt(np.maximum((proba**2).sum(axis=1)[:, None] - 2.0 * proba + 1.0, 0.0))
    return np.asarray((proba * away).sum(axis=1) * length)
