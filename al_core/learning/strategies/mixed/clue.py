"""CLUE: the middles of groups weighted by uncertainty."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.distances import space
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.coverage._clusters import clustered_picks
from al_core.learning.strategies.uncertainty._scores import entropies


@strategy(
    "clue",
    title="The middles of groups, drawn towards doubt",
    kind="set",
    deterministic=False,
    max_pool=1_000_000,
    paper="Prabhu, Chandrasekaran, Saenko, Hoffman 2021, Active Domain Adaptation via Clustering "
    "Uncertainty-weighted Embeddings",
    menu=False,
)
def clue(query: Query) -> NDArray[np.intp]:
    """Groups the pool with each row weighing as much as its entropy and picks each group's middle.

    Formula: k-means with k = n_instances on the rows weighted by H(p(. | x)); for each centre the
    nearest row. With one instance it is the row nearest the doubt-weighted mean. Cost: one
    ``predict_proba`` and k-means on the pool.

    All doubt is on row 2, so the weighted mean lies there:

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> sure, unsure = [1.0, 0.0], [0.5, 0.5]
    >>> X = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> clue(Query(Known([sure, sure, unsure, sure]), X))
    array([2])
    """
    params(query)
    points, _ = space(query)
    doubt = entropies(query.proba)
    weights = doubt if doubt.sum() > 0 else np.ones(len(doubt))
    # k-means cannot place centres among rows that all weigh nothing.
    weights = weights + 1e-9 * weights.max()
    return clustered_picks(points, np.arange(len(points)), query.n_instances, query.rng, weights)
