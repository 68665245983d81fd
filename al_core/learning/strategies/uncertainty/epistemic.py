"""Epistemic uncertainty: doubt for want of evidence, not because the answer is a coin toss."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.distances import Points, space
from al_core.learning.querying.keywords import needs_labels, params
from al_core.learning.querying.strategy import Query, strategy

Array = NDArray[np.float64]


@strategy(
    "epistemic",
    title="Too little evidence near it",
    max_pool=1_000_000,
    paper="Nguyen, Destercke, Hüllermeier 2019, Epistemic Uncertainty Sampling",
    menu=False,
)
def epistemic(query: Query) -> Array:
    """Asks rows about which either answer is still plausible, given the labels near them.

    Formula: counts of labelled rows near x, weighted by K = exp(-gamma |x - z|^2), give the
    likelihood of a chance t, ``L(t) = (t/p)^a ((1-t)/(1-p))^b`` with a for the leading class, b for
    the rest, p = a / (a + b). Support for the leading class is ``max_t min(L(t), 2t - 1)``, for the
    rest ``max_t min(L(t), 1 - 2t)``; the utility is the smaller one (1: no evidence at all). With
    more than two classes it is the leading class against the rest. Keyword: gamma (1 / number of
    features). Looks at no model. Cost: O(n L d + 60 n) in blocks for L labelled rows.

    A row far from all labels has utility 1; beside one label (a = 1, b = 0) the rest has the
    support max_t min(t, 1 - 2t) = 1/3:

    >>> X = np.array([[0.0], [100.0]])
    >>> epistemic(Query(None, X, X[:1], np.array(["a"]))).round(4)
    array([0.3333, 1.    ])
    """
    given = params(query, gamma=None)
    needs_labels(query)
    points, labelled = space(query)
    gamma = float(given["gamma"] or 1.0 / points.X.shape[1])
    counts = evidence(points, labelled, np.asarray(query.y_labelled), gamma)
    lead = counts.max(axis=1)
    return support_for_either(lead, counts.sum(axis=1) - lead)


def evidence(points: Points, labelled: Points, y: NDArray[Any], gamma: float) -> Array:
    """Kernel-weighted count of each class around each row, (n, k)."""
    classes, codes = np.unique(y, return_inverse=True)
    one_hot = np.eye(len(classes))[codes]
    counts = np.empty((len(points), len(classes)))
    for rows in points.blocks(len(labelled)):
        counts[rows] = np.exp(-gamma * points[rows].squared_to(labelled)) @ one_hot
    return counts


def support_for_either(a: Array, b: Array) -> Array:
    """The smaller of both classes' supports, for counts a and b, (n,).

    >>> support_for_either(np.array([2.0, 0.0]), np.array([2.0, 0.0])).round(4)
    array([0.5249, 1.    ])
    """
    return np.minimum(_support(a, b), _support(b, a))


def _support(a: Array, b: Array) -> Array:
    """``max_t min(L(t), 2t - 1)`` by bisection for the class of count a."""
    p = np.where(a + b > 0, a / np.maximum(a + b, 1e-300), 0.5)
    # Right of p the likelihood falls while 2t - 1 rises: they meet once. Left of p both rise, so
    # the best is at p or right of it; for p below a half the meeting lies right of a half.
    low, high = np.maximum(p, 0.5), np.ones_like(p)
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = _likelihood(middle, a, b, p) > 2.0 * middle - 1.0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.asarray(2.0 * (0.5 * (low + high)) - 1.0)


def _likelihood(t: Array, a: Array, b: Array, p: Array) -> Array:
    from scipy.special import xlog1py, xlogy

    top = xlogy(a, t) + xlog1py(b, -t)
    return np.asarray(np.exp(top - xlogy(a, p) - xlog1py(b, -p)))
