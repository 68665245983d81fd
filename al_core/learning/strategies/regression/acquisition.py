"""Acquisition functions of Bayesian optimisation: rows where the largest number may be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from al_core.learning.querying.keywords import needs_labels, params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.regression._moments import mean_and_std

Array = NDArray[np.float64]


@strategy(
    "expected_improvement",
    title="Expected to beat the best so far by most",
    deterministic=False,
    paper="Mockus 1975, On Bayesian Methods for Seeking the Extremum; Jones, Schonlau, Welch 1998, "
    "Efficient Global Optimization of Expensive Black-Box Functions",
    menu=False,
    answers=("numbers",),
)
def expected_improvement(query: Query) -> Array:
    """Asks the rows whose number is expected to exceed the largest so far by the most.

    Formula: ``utility = g Phi(z) + s phi(z)`` with ``g = m(x) - y_max - tradeoff``, ``z = g / s``;
    max(g, 0) where s is 0. m and s come from ``predict(X, return_std=True)``, or are mean and
    standard deviation over members. Keywords: tradeoff (0), n_members (10). Cost: one prediction.

    At m = y_max and s = 1 it is phi(0):

    >>> from al_core.learning.strategies.regression._moments import KnownMoments
    >>> model, X = KnownMoments([1.0, 3.0], [1.0, 0.0]), np.array([[0.0], [1.0]])
    >>> expected_improvement(Query(model, X, X[:1], np.array([1.0]))).round(4)
    array([0.3989, 2.    ])
    """
    gain, std = _gain(query)
    z = np.divide(gain, std, out=np.zeros_like(gain), where=std > 0)
    unsure = gain * norm.cdf(z) + std * norm.pdf(z)
    return np.asarray(np.where(std > 0, unsure, np.maximum(gain, 0.0)))


@strategy(
    "probability_of_improvement",
    title="Likeliest to beat the best so far",
    deterministic=False,
    paper="Kushner 1964, A New Method of Locating the Maximum Point of an Arbitrary Multipeak "
    "Curve",
    menu=False,
    answers=("numbers",),
)
def probability_of_improvement(query: Query) -> Array:
    """Asks the rows whose number is likeliest to exceed the largest so far.

    Formula: ``utility = Phi((m(x) - y_max - tradeoff) / s(x))``; 1 or 0 where s is 0. Keywords:
    tradeoff (0), n_members (10), as for ``expected_improvement``. Cost: one prediction.

    >>> from al_core.learning.strategies.regression._moments import KnownMoments
    >>> model, X = KnownMoments([1.0, 3.0], [1.0, 0.0]), np.array([[0.0], [1.0]])
    >>> probability_of_improvement(Query(model, X, X[:1], np.array([1.0])))
    array([0.5, 1. ])
    """
    gain, std = _gain(query)
    z = np.divide(gain, std, out=np.zeros_like(gain), where=std > 0)
    return np.asarray(np.where(std > 0, norm.cdf(z), gain > 0), dtype=np.float64)


@strategy(
    "upper_confidence_bound",
    title="Its range reaches highest",
    deterministic=False,
    paper="Srinivas, Krause, Kakade, Seeger 2010, Gaussian Process Optimization in the Bandit "
    "Setting",
    menu=False,
    answers=("numbers",),
)
def upper_confidence_bound(query: Query) -> Array:
    """Asks the rows whose number may be largest within the model's range.

    Formula: ``utility = m(x) + beta s(x)``. Keywords: beta (1), n_members (10), as for
    ``expected_improvement``. Cost: one prediction.

    >>> from al_core.learning.strategies.regression._moments import KnownMoments
    >>> model, X = KnownMoments([1.0, 3.0], [1.0, 0.5]), np.array([[0.0], [1.0]])
    >>> upper_confidence_bound(Query(model, X, params={"beta": 2.0}))
    array([3., 4.])
    """
    given = params(query, beta=1.0, n_members=10)
    mean, std = mean_and_std(query, int(given["n_members"]))
    return np.asarray(mean + float(given["beta"]) * std)


def _gain(query: Query) -> tuple[Array, Array]:
    """How far the mean lies above the largest number so far, and the standard deviation."""
    given = params(query, tradeoff=0.0, n_members=10)
    needs_labels(query)
    mean, std = mean_and_std(query, int(given["n_members"]))
    largest = float(np.max(np.asarray(query.y_labelled)))
    return mean - largest - float(given["tradeoff"]), std
