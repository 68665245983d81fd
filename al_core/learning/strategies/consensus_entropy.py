"""Consensus entropy: rows about which the committee's mean opinion is unsure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies._members import each_row
from al_core.learning.strategies._scores import entropies
from al_core.learning.strategies.base import Query, strategy


@strategy(
    "consensus_entropy",
    title="A committee is unsure as a whole",
    deterministic=False,
    paper="Settles 2010, Active Learning Literature Survey, section 3.2 (soft vote entropy)",
    menu=False,
)
def consensus_entropy(query: Query) -> NDArray[np.float64]:
    """Asks the rows where the mean of the members' probabilities has the highest entropy.

    Formula: ``utility = H(mean_m p_m(. | x))``. Keyword: n_members (10), as for ``vote_entropy``.
    Cost: m predictions and O(n m k).

    Members say 0.9 and 0.1, mean 0.5, about row 0; both say 1 about row 1:

    >>> from al_core.learning.strategies._members import KnownCommittee
    >>> members = KnownCommittee([[[0.9, 0.1], [1.0, 0.0]], [[0.1, 0.9], [1.0, 0.0]]])
    >>> consensus_entropy(Query(members, X_pool=np.array([[0], [1]]))).round(4)
    array([0.6931, 0.    ])
    """
    return each_row(query, lambda P: entropies(P.mean(axis=0)))
