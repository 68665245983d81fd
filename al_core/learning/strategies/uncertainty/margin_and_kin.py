"""Rows of which the model is unsure: by margin, least confidence, or entropy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.uncertainty._scores import entropies, pool_doubts


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

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> model = Known([[0.5, 0.4, 0.1], [0.8, 0.1, 0.1]])
    >>> margin(Query(model, X_pool=[[0], [1]])).round(2)
    array([0.9, 0.3])
    """
    params(query)
    return pool_doubts(query)


# -- Least confidence: rows whose best guess is the weakest.


@strategy(
    "least_confidence",
    title="Least sure of its guess",
    paper="Lewis, Gale 1994, A Sequential Algorithm for Training Text Classifiers",
)
def least_confidence(query: Query) -> NDArray[np.float64]:
    """Asks the rows whose likeliest answer has the lowest probability.

    Formula: ``utility = 1 - max_c p(c | x)``. Cost: one ``predict_proba`` and O(n k).

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> model = Known([[0.5, 0.4, 0.1], [0.8, 0.1, 0.1]])
    >>> least_confidence(Query(model, X_pool=[[0], [1]])).round(2)
    array([0.5, 0.2])
    """
    params(query)
    return np.asarray(1.0 - query.proba.max(axis=1), dtype=np.float64)


# -- Entropy: rows whose probabilities are spread over all answers.


@strategy(
    "entropy",
    title="Unsure across all answers",
    paper="Shannon 1948; Dagan, Engelson 1995, Committee-Based Sampling",
)
def entropy(query: Query) -> NDArray[np.float64]:
    """Asks the rows whose probabilities are spread most evenly over all answers.

    Formula: ``utility = - sum_c p(c | x) ln p(c | x)``, in nats. Cost: one ``predict_proba`` and
    O(n k).

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> model = Known([[0.5, 0.5], [1.0, 0.0]])
    >>> entropy(Query(model, X_pool=[[0], [1]])).round(4)
    array([0.6931, 0.    ])
    """
    params(query)
    return entropies(query.proba)
