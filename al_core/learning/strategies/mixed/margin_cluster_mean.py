"""Margin cluster mean: the middles of the groups that lie near the boundary."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.distances import space
from al_core.learning.querying.keywords import params
from al_core.learning.querying.pick import pick
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.coverage._clusters import clustered_picks
from al_core.learning.strategies.uncertainty._scores import doubts


@strategy(
    "margin_cluster_mean",
    title="The middles of groups between two answers",
    kind="set",
    deterministic=False,
    max_pool=2_000_000,
    paper="Xu, Yu, Tresp, Xu, Wang 2003, Representative Sampling for Text Classification",
    menu=False,
)
def margin_cluster_mean(query: Query) -> NDArray[np.intp]:
    """Groups the rows near the boundary and picks the row in the middle of each group.

    Formula: k-means with k = n_instances on the rows of smallest margin p1 - p2; of each group the
    row nearest its mean. Keyword: share (0.1), the share of the pool that counts as near, at least
    10 rows an instance; Xu et al. take the rows between the two margins of an SVM. Cost: one
    ``predict_proba`` and k-means on the share.

    Of the rows between two answers, 0 to 2, the middle one is row 1:

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> X = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> model = Known([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [1.0, 0.0]])
    >>> margin_cluster_mean(Query(model, X, params={"share": 0.75, "least": 1}))
    array([1])
    """
    given = params(query, share=0.1, least=10)
    points, _ = space(query)
    n = query.n_instances
    size = max(int(float(given["share"]) * len(points)), int(given["least"]) * n, n)
    near = np.sort(pick(doubts(query.proba), min(len(points), size), query.rng))
    return clustered_picks(points, near, n, query.rng)
