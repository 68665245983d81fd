"""Combinations that are offered by name; ``al_core.learning.querying.combine`` makes any other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.combine import product, schedule, two_step
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy


@strategy(
    "margin_then_diverse",
    title="Between two answers, and different from each other",
    kind="set",
    max_pool=2_000_000,
    paper="two steps: margin (Scheffer et al. 2001), then core-set (Sener, Savarese 2018)",
    menu=False,
)
def margin_then_diverse(query: Query) -> NDArray[np.intp]:
    """Takes the ten times n rows of smallest margin and of those the most different ones.

    Keyword: factor (10). With one instance the row farthest from the labelled ones among ten. Cost:
    margin, then core-set on the shortlist.

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> X = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> model = Known([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [1.0, 0.0]])
    >>> query = Query(model, X, np.array([[0.0]]), np.array(["a"]), params={"factor": 3})
    >>> margin_then_diverse(query)
    array([2])
    """
    factor = int(params(query, factor=10)["factor"])
    return two_step("margin", "core_set", factor=factor)(query)


@strategy(
    "typical_then_margin",
    title="Typical rows first, then between two answers",
    kind="set",
    deterministic=False,
    max_pool=500_000,
    paper="a schedule after Hacohen, Dekel, Weinshall 2022: TypiClust at first, margin later",
    menu=False,
)
def typical_then_margin(query: Query) -> NDArray[np.intp]:
    """Asks typical rows of new groups until there are some labels a class, then by margin.

    Keyword: labels_per_class (10): margin takes over at so many labels times the number of classes.
    Cost: TypiClust, then margin.

    >>> X = np.array([[0.0], [1.0], [1.1], [1.2], [3.0]])
    >>> typical_then_margin(Query(None, X)).shape
    (1,)
    """
    each = int(params(query, labels_per_class=10)["labels_per_class"])
    k = 2 if query.classes is None else max(2, len(query.classes))
    return schedule(("typiclust", each * k), ("margin", None))(query)


@strategy(
    "margin_density",
    title="Between two answers, where many rows are alike",
    deterministic=False,
    max_pool=1_000_000,
    paper="product: margin (Scheffer et al. 2001) and density (Settles, Craven 2008)",
    menu=False,
)
def margin_density(query: Query) -> NDArray[np.float64]:
    """Asks rows between two answers that have many others close by.

    Formula: ``(1 - (p1 - p2)) mean_u exp(-|x - u|^2 / 2 s^2)``. Cost: margin and ``densest``.

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> X = np.array([[0.0], [1.0], [2.0]])
    >>> model = Known([[0.5, 0.5]] * 3)
    >>> int(margin_density(Query(model, X)).argmax())
    1
    """
    params(query)
    return product("margin", "densest")(query)
