"""Rows near the boundaries of their tags, by signed distances as support vector machines have."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from al_core.learning.models.tags import tag_distances, tag_probabilities
from al_core.learning.querying.keywords import needs_labels, params
from al_core.learning.querying.strategy import Query, strategy

Array = NDArray[np.float64]


@strategy(
    "binary_minimum",
    title="Nearest the boundary of a tag",
    paper="Brinker 2006, On Active Learning in Multi-label Classification (SVM binary minimum)",
    menu=False,
    answers=("tags",),
)
def binary_minimum(query: Query) -> Array:
    """Asks the rows nearest to the boundary of any of the tags.

    Formula: ``utility = - min_c |f_c(x)|`` with f_c the signed distance to the boundary of tag c
    (log odds of a model without distances). Cost: one ``decision_function``.

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model = KnownTags(np.zeros((2, 2)), [[2.0, -0.5], [1.0, 3.0]])
    >>> binary_minimum(Query(model, np.array([[0], [1]])))
    array([-0.5, -1. ])
    """
    params(query)
    return np.asarray(-np.abs(tag_distances(query.model, query.X_pool)).min(axis=1))


@strategy(
    "max_loss",
    title="Its surest tag alone would cost most",
    paper="Li, Wang, Sung 2004, Multilabel SVM Active Learning for Image Classification (max loss)",
    menu=False,
    answers=("tags",),
)
def max_loss(query: Query) -> Array:
    """Asks the rows whose distances fit worst to having their likeliest tag and no other.

    Formula: ``utility = L_j(x)`` for the tag j of largest f_j, with ``L_j(x) = sum_c max(0, 1 - m_c
    f_c(x))``, m_j = 1 and m_c = -1 for all other tags. Cost: one ``decision_function``.

    At f = (2, -0.5) tag 0 alone costs 0 + 0.5; at (1, 3) tag 1 alone costs 2 + 0:

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model = KnownTags(np.zeros((2, 2)), [[2.0, -0.5], [1.0, 3.0]])
    >>> max_loss(Query(model, np.array([[0], [1]])))
    array([0.5, 2. ])
    """
    params(query)
    f = tag_distances(query.model, query.X_pool)
    return np.asarray(_losses(f)[np.arange(len(f)), f.argmax(axis=1)])


@strategy(
    "mean_max_loss",
    title="Any tag alone would cost much",
    paper="Li, Wang, Sung 2004, Multilabel SVM Active Learning for Image Classification (mean max "
    "loss)",
    menu=False,
    answers=("tags",),
)
def mean_max_loss(query: Query) -> Array:
    """Asks the rows whose distances fit worst, on average over tags, to having that tag alone.

    Formula: ``utility = mean_j L_j(x)``, L_j as in ``max_loss``. Cost: one ``decision_function``.

    At f = (2, -0.5) tag 0 alone costs 0.5, tag 1 alone 3 + 1.5; at (1, 3) 4 and 2:

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model = KnownTags(np.zeros((2, 2)), [[2.0, -0.5], [1.0, 3.0]])
    >>> mean_max_loss(Query(model, np.array([[0], [1]])))
    array([2.5, 3. ])
    """
    params(query)
    return np.asarray(_losses(tag_distances(query.model, query.X_pool)).mean(axis=1))


def _losses(f: Array) -> Array:
    """L_j of each row and tag j, (n, k): the hinge losses if j were the only tag."""
    absent, present = np.maximum(0.0, 1.0 + f), np.maximum(0.0, 1.0 - f)
    return np.asarray(absent.sum(axis=1, keepdims=True) - absent + present)


@strategy(
    "max_loss_reduction",
    title="Its likeliest set of tags would teach most",
    paper="Yang, Sun, Wang, Chen 2009, Effective Multi-Label Active Learning for Text "
    "Classification",
    menu=False,
    answers=("tags",),
)
def max_loss_reduction(query: Query) -> Array:
    """Asks the rows whose likeliest set of tags the model fits worst.

    Formula: ``utility = sum_c (1 - y_c f_c(x)) / 2`` with y_c = 1 for the q(x) tags of largest
    probability and -1 for the others. q(x), how many tags a row has, is guessed by a logistic
    regression on the row's sorted probabilities, taught with the labelled rows. Cost: one
    ``decision_function``, one small fit.

    All labelled rows have one tag, so rows are taken to have one: at f = (2, -0.5) (1 - 2) / 2 +
    (1 - 0.5) / 2 = -0.25; at (1, 3) (1 + 1) / 2 + (1 - 3) / 2 = 0:

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model = KnownTags([[0.9, 0.4], [0.7, 0.9]], [[2.0, -0.5], [1.0, 3.0]])
    >>> X = np.array([[0], [1]])
    >>> max_loss_reduction(Query(model, X, X, np.array([[1, 0], [0, 1]])))
    array([-0.25,  0.  ])
    """
    params(query)
    needs_labels(query)
    f = tag_distances(query.model, query.X_pool)
    proba = tag_probabilities(query.model, query.X_pool)
    rank = np.argsort(np.argsort(-proba, axis=1, kind="stable"), axis=1)
    y = np.where(rank < _how_many(query, proba)[:, None], 1.0, -1.0)
    return np.asarray((1.0 - y * f).sum(axis=1) / 2.0)


def _how_many(query: Query, proba: Array) -> NDArray[np.intp]:
    """How many tags each row is taken to have."""
    counts = np.asarray(query.y_labelled).sum(axis=1).astype(np.intp)
    if (counts == counts[0]).all():
        return np.full(len(proba), counts[0])
    known = np.sort(tag_probabilities(query.model, query.X_labelled), axis=1)
    counter = LogisticRegression(max_iter=1_000).fit(known, counts)
    return np.asarray(counter.predict(np.sort(proba, axis=1)), dtype=np.intp)
