"""Vote entropy: rows about which the members of a committee vote differently."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies._members import each_row, vote_shares
from al_core.learning.strategies._scores import entropies
from al_core.learning.strategies.base import Query, strategy


@strategy(
    "vote_entropy",
    title="A committee's votes are split",
    deterministic=False,
    paper="Dagan, Engelson 1995, Committee-Based Sampling for Training Probabilistic Classifiers",
    menu=False,
)
def vote_entropy(query: Query) -> NDArray[np.float64]:
    """Asks the rows on whose answer the votes of a committee are spread most evenly.

    Formula: ``utility = - sum_c v_c ln v_c`` with v_c the share of members that vote for class c.
    Keyword: n_members (10), where members have to be fitted on bootstrap samples; a ``Committee``
    or a forest needs no fit. Cost: m predictions and O(n m k).

    Three of four members vote for the first class of row 0, all four for that of row 1:

    >>> from al_core.learning.strategies._members import KnownCommittee
    >>> yes, no = [0.9, 0.1], [0.2, 0.8]
    >>> members = KnownCommittee([[yes, yes], [yes, yes], [yes, yes], [no, yes]])
    >>> vote_entropy(Query(members, X_pool=np.array([[0], [1]]))).round(4)
    array([0.5623, 0.    ])
    """
    return each_row(query, lambda P: entropies(vote_shares(P)))
