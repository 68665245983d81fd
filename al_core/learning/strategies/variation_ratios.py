"""Variation ratios: rows where many members vote against the majority."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies._members import each_row, vote_shares
from al_core.learning.strategies.base import Query, strategy


@strategy(
    "variation_ratios",
    title="Many of a committee disagree",
    deterministic=False,
    paper="Freeman 1965, Elementary Applied Statistics; Beluch et al. 2018, The Power of Ensembles",
    menu=False,
)
def variation_ratios(query: Query) -> NDArray[np.float64]:
    """Asks the rows where the largest share of members votes against the majority.

    Formula: ``utility = 1 - max_c v_c`` with v_c the share of votes for class c. Keyword: n_members
    (10), as for ``vote_entropy``. Cost: m predictions and O(n m k).

    One of four members is against the majority about row 0, none about row 1:

    >>> from al_core.learning.strategies._members import KnownCommittee
    >>> yes, no = [0.9, 0.1], [0.2, 0.8]
    >>> members = KnownCommittee([[yes, yes], [yes, yes], [yes, yes], [no, yes]])
    >>> variation_ratios(Query(members, X_pool=np.array([[0], [1]])))
    array([0.25, 0.  ])
    """
    return each_row(query, lambda P: 1.0 - vote_shares(P).max(axis=1))
