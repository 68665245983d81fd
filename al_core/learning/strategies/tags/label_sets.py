"""Rows whose guessed set of tags is unlike the sets that labelled rows have."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import entr
from scipy.stats import rankdata

from al_core.learning.models.tags import tag_distances, tag_probabilities
from al_core.learning.querying.distances import row_slices
from al_core.learning.querying.keywords import needs_labels, one_of, params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.tags._trial import tried_weight

Array = NDArray[np.float64]
# A gap between tags there and tags not there below this counts as this: its inverse stays finite.
_SMALLEST_GAP = 1e-9


@strategy(
    "cardinality_inconsistency",
    title="An unusual number of tags",
    paper="Li, Guo 2013, Active Learning with Multi-Label SVM Classification (label cardinality "
    "inconsistency)",
    menu=False,
    answers=("tags",),
)
def cardinality_inconsistency(query: Query) -> Array:
    """Asks the rows guessed to have many more or fewer tags than labelled rows have on average.

    Formula: ``utility = |sum_c [f_c(x) > 0] - mean number of tags of labelled rows|``. Cost: one
    ``decision_function``.

    Labelled rows have 1 tag on average; row 0 is guessed to have none, row 1 has two of two:

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model = KnownTags([[0.4, 0.4], [0.9, 0.6], [0.9, 0.1]])
    >>> labels = np.array([[1, 0], [0, 1]])
    >>> cardinality_inconsistency(Query(model, np.array([[0], [1], [2]]), labels, labels))
    array([1., 1., 0.])
    """
    params(query)
    needs_labels(query)
    return _cardinality(query, tag_distances(query.model, query.X_pool))


@strategy(
    "margin_and_cardinality",
    title="Tags hard to part, in an unusual number",
    paper="Li, Guo 2013, Active Learning with Multi-Label SVM Classification (both measures, "
    "weighted)",
    menu=False,
    answers=("tags",),
)
def margin_and_cardinality(query: Query) -> Array:
    """Asks rows whose tags there and not there lie close together, in an unusual number.

    Formula: ``utility = (1 / gap)^beta c^(1 - beta)`` with gap = smallest f_c > 0 minus largest
    other f_c (0 in place of one that no tag has) and c as in ``cardinality_inconsistency``.
    Keyword: beta (0.5; 1: the gap alone), or "trial", as in the paper: that of 0, 0.1 to 1 whose
    first row, taught with the tags guessed for it, leaves the pool the smallest margin loss. Cost:
    one ``decision_function``; by trial up to 11 fits.

    With beta 1: the gap at f = (2, -0.5) is 2.5, at (1, 3) 1 above the boundary:

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model = KnownTags(np.zeros((2, 2)), [[2.0, -0.5], [1.0, 3.0]])
    >>> X, labels = np.array([[0], [1]]), np.array([[1, 0], [0, 1]])
    >>> margin_and_cardinality(Query(model, X, X, labels, params={"beta": 1.0}))
    array([0.4, 1. ])
    """
    beta = params(query, beta=0.5)["beta"]
    needs_labels(query)
    f = tag_distances(query.model, query.X_pool)
    inverse, unusual = _inverse_gap(f), _cardinality(query, f)

    def weighed(weight: float) -> Array:
        return np.asarray(inverse**weight * unusual ** (1.0 - weight))

    if isinstance(beta, str):
        one_of("beta", beta, ("trial",))
        beta = tried_weight(query, weighed, inverse)
    return weighed(float(beta))


def _inverse_gap(f: Array) -> Array:
    there = np.where(f > 0, f, np.inf).min(axis=1)
    others = np.where(f > 0, -np.inf, f).max(axis=1)
    gap = np.where(np.isfinite(there), there, 0.0) - np.where(np.isfinite(others), others, 0.0)
    return np.asarray(1.0 / np.maximum(gap, _SMALLEST_GAP))


def _cardinality(query: Query, f: Array) -> Array:
    usual = float(np.asarray(query.y_labelled).sum(axis=1).mean())
    return np.asarray(np.abs((f > 0).sum(axis=1) - usual))


@strategy(
    "category_vector_inconsistency",
    title="Narrow tags, in a set unlike the labelled ones",
    paper="Reyes, Morell, Ventura 2018, Effective Active Learning Strategy for Multi-Label "
    "Learning (CVIRS)",
    max_pool=1_000_000,
    menu=False,
    answers=("tags",),
)
def category_vector_inconsistency(query: Query) -> Array:
    """Asks rows whose tags are decided narrowly and make a set unlike those of labelled rows.

    Formula: ``utility = s v``. s is the Borda score of the margins |2 p_c - 1|: ``sum_c (n - r_c) /
    (k (n - 1))`` with r_c the row's place by the margin of tag c, narrowest first, ties in the
    middle. v is the mean over labelled rows j of ``(2 H(Y, Y_j) - H(Y) - H(Y_j)) / H(Y, Y_j)``, the
    entropies of the two tag vectors as k draws of a pair; 1 where they differ in every tag, 0 where
    the pair never varies. Cost: O(n k log n + n L k) in blocks for L labelled rows.

    Row 1 is decided more narrowly in both tags (s = 1) and differs from the label in both (v = 1):

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model, X = KnownTags([[0.9, 0.1], [0.4, 0.6]]), np.array([[0], [1]])
    >>> category_vector_inconsistency(Query(model, X, X[:1], np.array([[1, 0]])))
    array([0., 1.])
    """
    params(query)
    needs_labels(query)
    proba = tag_probabilities(query.model, query.X_pool)
    return narrowness(proba) * inconsistency(proba > 0.5, np.asarray(query.y_labelled) > 0)


def narrowness(proba: Array) -> Array:
    """Borda score (n,) of how narrowly the tags are decided; 1: the narrowest row in every tag."""
    n, k = proba.shape
    if n == 1:
        return np.ones(1)
    places = rankdata(np.abs(2.0 * proba - 1.0), axis=0)
    return np.asarray((n - places).sum(axis=1) / (k * (n - 1)))


def inconsistency(guessed: NDArray[np.bool_], labelled: NDArray[np.bool_]) -> Array:
    """Mean entropy distance (n,) of each guessed set of tags to those of labelled rows."""
    result = np.empty(len(guessed))
    for rows in row_slices(len(guessed), 4 * len(labelled)):
        result[rows] = _distances(guessed[rows], labelled).mean(axis=1)
    return result


def _distances(A: NDArray[np.bool_], B: NDArray[np.bool_]) -> Array:
    """Normalised entropy distance of each row of A to each of B, (a, b)."""
    k = A.shape[1]
    a, b = A.astype(np.float64), B.astype(np.float64)
    both = a @ b.T / k
    first, second = a.sum(axis=1)[:, None] / k, b.sum(axis=1)[None, :] / k
    only_first, only_second = first - both, second - both
    neither = np.maximum(1.0 - both - only_first - only_second, 0.0)
    parts = [both, np.maximum(only_first, 0.0), np.maximum(only_second, 0.0), neither]
    joint = np.sum([entr(part) for part in parts], axis=0)
    single = entr(first) + entr(1.0 - first) + entr(second) + entr(1.0 - second)
    varies = joint > 0
    distance = np.divide(2.0 * joint - single, joint, out=np.zeros_like(joint), where=varies)
    opposite = only_first + only_second > 1.0 - 0.5 / k
    return np.where(opposite, 1.0, distance)
