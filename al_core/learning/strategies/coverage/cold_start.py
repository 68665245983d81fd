"""Cold start: strategies that need no label and no model. (Random sampling is another.)"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.distances import Points, sample_rows, space
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.coverage._clusters import clustered_picks
from al_core.learning.strategies.coverage.core_set import farthest_first as _farthest_first
from al_core.learning.strategies.coverage.density import similarity_means


@strategy(
    "centres",
    title="The middles of groups of rows",
    kind="set",
    deterministic=False,
    paper="Kang, Ryu, Kwon 2004, Using Cluster-Based Sampling to Select Initial Training Set",
    menu=False,
    needs_model=False,
    answers=("classes", "numbers", "tags"),
)
def centres(query: Query) -> NDArray[np.intp]:
    """Groups the pool and picks the row in the middle of each group, largest group first.

    Formula: k-means with k = n_instances; for each centre the nearest row. Keyword: sample (20,000
    rows that are grouped; None: all). Looks at no label and no model. Cost: k-means.

    >>> X = np.array([[0.0], [0.1], [0.2], [9.0], [9.1]])
    >>> centres(Query(None, X, n_instances=2))[0]
    np.int64(1)
    """
    given = params(query, sample=20_000)
    points, _ = space(query)
    size = None if given["sample"] is None else max(int(given["sample"]), query.n_instances)
    rows = sample_rows(len(points), size, query.rng)
    return clustered_picks(points, rows, query.n_instances, query.rng)


@strategy(
    "farthest_first",
    title="Rows as unlike each other as can be",
    kind="set",
    max_pool=2_000_000,
    paper="Gonzalez 1985, Clustering to Minimize the Maximum Intercluster Distance; Kennard, Stone "
    "1969, Computer Aided Design of Experiments",
    menu=False,
    needs_model=False,
    answers=("classes", "numbers", "tags"),
)
def farthest_first(query: Query) -> NDArray[np.intp]:
    """Starts in the middle and picks, one after the other, the row farthest from those before.

    Formula: ``argmax_x min_s |x - s|`` over the picks s; the first is the row nearest the mean. It
    is core-set without labelled rows. Looks at no label and no model. Cost: O(n d) a pick.

    >>> X = np.array([[0.0], [4.0], [5.0], [9.0]])
    >>> farthest_first(Query(None, X, n_instances=2))  # 5 is nearest the mean, 4.5 apart by lot
    array([2, 0])
    """
    params(query)
    points, _ = space(query)
    nobody = Points(points.X[:0], points.squares[:0])
    return _farthest_first(points, nobody, query.n_instances, query.rng)


@strategy(
    "densest",
    title="Rows in crowded places",
    deterministic=False,
    max_pool=1_000_000,
    paper="Settles, Craven 2008 (the density term alone)",
    menu=False,
    needs_model=False,
    answers=("classes", "numbers", "tags"),
)
def densest(query: Query) -> NDArray[np.float64]:
    """Asks rows that have many others close by; pick a batch of them diversely.

    Formula: ``utility = mean_u exp(-|x - u|^2 / 2 s^2)``, s the median distance. Keyword: sample
    (20,000 rows u; None: all). Looks at no label and no model. Cost: O(n s d) in blocks.

    >>> X = np.array([[0.0], [1.0], [2.0]])
    >>> int(densest(Query(None, X)).argmax())
    1
    """
    given = params(query, sample=20_000)
    return similarity_means(query, "gaussian", given["sample"])
