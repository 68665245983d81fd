"""Rows by how sure the model is of their tags, or how many it is sure they have."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from al_core.learning.models.tags import tag_probabilities
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy

Array = NDArray[np.float64]
_PAPER = "Esuli, Sebastiani 2009, Active Learning Strategies for Multi-Label Text Classification"
_of_tags = partial(strategy, menu=False, answers=("tags",))


@_of_tags(
    "min_confidence",
    title="Least sure of one of its tags",
    paper=f"{_PAPER} (minimum confidence)",
)
def min_confidence(query: Query) -> Array:
    """Asks the rows with the tag that is decided most narrowly.

    Formula: ``utility = 1 - min_c |2 p_c - 1|``. Cost: one ``predict_proba``.

    The second tag of row 0 is open (0.5); both tags of row 1 are decided by 0.8 and more:

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model = KnownTags([[1.0, 0.5], [0.9, 0.0]])
    >>> min_confidence(Query(model, np.array([[0], [1]]))).round(2)
    array([1. , 0.2])
    """
    params(query)
    return np.asarray(1.0 - np.abs(_signed(query)).min(axis=1))


@_of_tags(
    "avg_confidence",
    title="Least sure of its tags on average",
    paper=f"{_PAPER} (average confidence)",
)
def avg_confidence(query: Query) -> Array:
    """Asks the rows whose tags are decided most narrowly on average.

    Formula: ``utility = 1 - mean_c |2 p_c - 1|``. Cost: one ``predict_proba``.

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model = KnownTags([[1.0, 0.5], [0.9, 0.0]])
    >>> avg_confidence(Query(model, np.array([[0], [1]]))).round(2)
    array([0.5, 0.1])
    """
    params(query)
    return np.asarray(1.0 - np.abs(_signed(query)).mean(axis=1))


@_of_tags(
    "max_score",
    title="Surest to have a tag",
    paper=f"{_PAPER} (maximum score)",
)
def max_score(query: Query) -> Array:
    """Asks the rows with the tag that the model is surest they have: for rare tags.

    Formula: ``utility = max_c (2 p_c - 1)``. Cost: one ``predict_proba``.

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model = KnownTags([[1.0, 0.5], [0.9, 0.0]])
    >>> max_score(Query(model, np.array([[0], [1]]))).round(2)
    array([1. , 0.8])
    """
    params(query)
    return np.asarray(_signed(query).max(axis=1))


@_of_tags(
    "avg_score",
    title="Surest to have many tags",
    paper=f"{_PAPER} (average score)",
)
def avg_score(query: Query) -> Array:
    """Asks the rows that the model is surest have many tags.

    Formula: ``utility = mean_c (2 p_c - 1)``. Cost: one ``predict_proba``.

    >>> from al_core.learning.strategies.tags._known import KnownTags
    >>> model = KnownTags([[1.0, 0.5], [0.9, 0.0]])
    >>> avg_score(Query(model, np.array([[0], [1]]))).round(2)
    array([ 0.5, -0.1])
    """
    params(query)
    return np.asarray(_signed(query).mean(axis=1))


def _signed(query: Query) -> Array:
    """2 p - 1 of each tag: 1 surely there, -1 surely not."""
    return 2.0 * tag_probabilities(query.model, query.X_pool) - 1.0
