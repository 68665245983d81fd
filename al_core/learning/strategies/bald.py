"""BALD: rows whose answer would tell the members of a committee apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies._members import each_row
from al_core.learning.strategies._scores import entropies
from al_core.learning.strategies.base import Query, strategy


@strategy(
    "bald",
    title="Its answer would settle a committee's dispute",
    deterministic=False,
    paper="Houlsby, Huszár, Ghahramani, Lengyel 2011, Bayesian Active Learning",
    menu=False,
)
def bald(query: Query) -> NDArray[np.float64]:
    """Asks the rows where each member is sure by itself and they contradict one another.

    Formula: ``utility = H(mean_m p_m) - mean_m H(p_m)``, the mutual information between answer and
    member. Keyword: n_members (10), as for ``vote_entropy``. Cost: m predictions and O(n m k).

    Members contradict each other about row 0; all are equally unsure about row 1:

    >>> from al_core.learning.strategies._members import KnownCommittee
    >>> members = KnownCommittee([[[1.0, 0.0], [0.5, 0.5]], [[0.0, 1.0], [0.5, 0.5]]])
    >>> bald(Query(members, X_pool=np.array([[0], [1]]))).round(4)
    array([0.6931, 0.    ])
    """
    return each_row(query, mutual_information)


def mutual_information(P: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mutual information (rows,) between answer and member from (members, rows, classes)."""
    inside = np.mean([entropies(member) for member in P], axis=0)
    return np.asarray(np.maximum(entropies(P.mean(axis=0)) - inside, 0.0))
