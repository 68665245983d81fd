"""QUIRE: rows that inform about the pool and that the labelled rows do not foresee."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.distances import space
from al_core.learning.querying.keywords import needs_labels, params
from al_core.learning.querying.strategy import Query, strategy

Array = NDArray[np.float64]


@strategy(
    "quire",
    title="Informs about the pool and is not foreseen",
    max_pool=200_000,
    paper="Huang, Jin, Zhou 2010, Active Learning by Querying Informative and Representative "
    "Examples",
    menu=False,
)
def quire(query: Query) -> Array:
    """Asks the row whose worst answer still fits best with all other rows at their best.

    Formula: ``utility = - max_c min_u y' (K + lambda I)^-1 y`` over the open answers u of the other
    rows, one class against the rest, K = exp(-gamma |x - z|^2). The published form inverts an n by
    n matrix; minimising over u leaves only the labelled rows and x:
    ``max_c (1 - m_c)^2 / v + y_c' A y_c`` with A = (K_LL + lambda I)^-1, m_c = K_xL A y_c and
    v = K_xx + lambda - K_xL A K_Lx. The same numbers, so no small pool is needed; labelled rows are
    limited to a few thousand by their own matrix. Keywords: gamma (1 / number of features), lambda_
    (1). Cost: O(L^3 + n L (L + d)) for L labelled rows, in blocks.

    One labelled row at 0, far from row 1 (K = 0): v = 2, m = 0, utility -(1/2 + 1/2). Row 0 is
    the labelled one again (K = 1): m = 1/2, v = 3/2, the worse answer gives -(3/2 + 1/2).

    >>> X, y = np.array([[0.0], [100.0]]), np.array(["a"])
    >>> quire(Query(None, X, X[:1], y, classes=np.array(["a", "b"]))).round(4)
    array([-2., -1.])
    """
    given = params(query, gamma=None, lambda_=1.0)
    needs_labels(query)
    points, labelled = space(query)
    gamma = float(given["gamma"] or 1.0 / points.X.shape[1])
    y = np.asarray(query.y_labelled)
    classes = np.unique(y) if query.classes is None else np.asarray(query.classes)
    signs = np.where(y[:, None] == classes[None, :], 1.0, -1.0)
    K = np.exp(-gamma * labelled.squared_to(labelled).astype(np.float64))
    A: Array = np.linalg.inv(K + float(given["lambda_"]) * np.eye(len(K))).astype(np.float64)
    fixed = np.einsum("lc,lm,mc->c", signs, A, signs)
    utilities = np.empty(len(points))
    for rows in points.blocks(len(labelled)):
        k = np.asarray(np.exp(-gamma * points[rows].squared_to(labelled)), dtype=np.float64)
        utilities[rows] = -_worst(k, A, signs, fixed, float(given["lambda_"]))
    return utilities


def _worst(k: Array, A: Array, signs: Array, fixed: Array, lambda_: float) -> Array:
    """The largest objective over the classes, (rows,), for similarities k (rows, L)."""
    kA = k @ A
    variance = 1.0 + lambda_ - np.einsum("nl,nl->n", kA, k)
    means = kA @ signs
    return np.asarray(((1.0 - means) ** 2 / variance[:, None] + fixed[None, :]).max(axis=1))
