"""Maximum disagreement: rows where one member departs most from the others' mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import rel_entr

from al_core.learning.strategies._members import each_row
from al_core.learning.strategies.base import Query, strategy


@strategy(
    "max_disagreement",
    title="One of a committee disagrees",
    deterministic=False,
    paper="McCallum, Nigam 1998, Employing EM and Pool-Based Active Learning",
    menu=False,
)
def max_disagreement(query: Query) -> NDArray[np.float64]:
    """Asks the rows where some member is farthest from the mean opinion of the committee.

    Formula: ``utility = max_m KL(p_m || mean p)`` in nats. The mean over members of the same
    divergence is BALD. Keyword: n_members (10), as for ``vote_entropy``. Cost: m predictions and
    O(n m k).

    Two certain members that contradict each other are each ln 2 from their mean:

    >>> from al_core.learning.strategies._members import KnownCommittee
    >>> members = KnownCommittee([[[1.0, 0.0], [0.7, 0.3]], [[0.0, 1.0], [0.7, 0.3]]])
    >>> max_disagreement(Query(members, X_pool=np.array([[0], [1]]))).round(4)
    array([0.6931, 0.    ])
    """
    return each_row(query, _largest_divergence)


def _largest_divergence(P: NDArray[np.float64]) -> NDArray[np.float64]:
    mean = P.mean(axis=0, keepdims=True)
    return np.asarray(rel_entr(P, mean).sum(axis=2).max(axis=0), dtype=np.float64)
