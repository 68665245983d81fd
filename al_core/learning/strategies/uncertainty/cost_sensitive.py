"""Cost-sensitive: rows whose guess risks the most, or promises most for its labelling cost."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.uncertainty._costs import (
    class_costs,
    needs_costs,
    row_costs,
)
from al_core.learning.strategies.uncertainty._scores import pool_doubts


@strategy(
    "cost_sensitive",
    title="Its guess risks the most",
    paper="Margineantu 2005, Active Cost-Sensitive Learning; Chen, Lin 2013, Active Learning for "
    "Multiclass Cost-Sensitive Classification",
    menu=False,
    takes_costs=True,
)
def cost_sensitive(query: Query) -> NDArray[np.float64]:
    """Asks the rows whose best guess has the highest expected cost.

    Formula: ``utility = min_b sum_a p(a | x) C[a, b]`` with C[a, b] the cost of guessing b where a
    is true (``costs``, without which it is refused; 1 for each error is least confidence). Cost:
    one ``predict_proba`` and O(n k^2).

    Missing class 1 costs 10, a false alarm 1: at p = (0.9, 0.1) guessing 0 risks 1.0, guessing 1
    risks 0.9; at (1, 0) guessing 0 risks nothing.

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> model, costs = Known([[0.9, 0.1], [1.0, 0.0]]), np.array([[0.0, 1.0], [10.0, 0.0]])
    >>> cost_sensitive(Query(model, X_pool=np.array([[0], [1]]), costs=costs)).round(2)
    array([0.9, 0. ])
    """
    params(query)
    needs_costs(query, "one number for each pair of classes (row: true, column: guessed)")
    C = class_costs(query, _classes(query))
    return np.asarray((query.proba @ C).min(axis=1), dtype=np.float64)


@strategy(
    "cost_per_row",
    title="Between two answers, for its labelling cost",
    paper="Settles, Craven, Friedland 2008, Active Learning with Real Annotation Costs",
    menu=False,
    takes_costs=True,
)
def cost_per_row(query: Query) -> NDArray[np.float64]:
    """Asks the rows that are most uncertain for what labelling them costs.

    Formula: ``utility = (1 - (p1 - p2)) / cost`` with one cost a pool row (``costs``, without which
    it is refused). Cost: as margin.

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> model = Known([[0.5, 0.5], [0.6, 0.4]])
    >>> cost_per_row(Query(model, np.array([[0], [1]]), costs=np.array([4.0, 1.0]))).round(2)
    array([0.25, 0.8 ])
    """
    params(query)
    needs_costs(query, "one labelling cost a pool row")
    return pool_doubts(query) / row_costs(query)


def _classes(query: Query) -> NDArray[np.generic]:
    return np.asarray(query.model.classes_)
