"""Rows about which a committee disagrees: four measures of its votes and opinions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import rel_entr

from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.disagreement._members import each_row, vote_shares
from al_core.learning.strategies.uncertainty._scores import entropies


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

    >>> from al_core.learning.strategies.disagreement._members import KnownCommittee
    >>> yes, no = [0.9, 0.1], [0.2, 0.8]
    >>> members = KnownCommittee([[yes, yes], [yes, yes], [yes, yes], [no, yes]])
    >>> vote_entropy(Query(members, X_pool=np.array([[0], [1]]))).round(4)
    array([0.5623, 0.    ])
    """
    return each_row(query, lambda P: entropies(vote_shares(P)))


# -- Consensus entropy: rows about which the committee's mean opinion is unsure.


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

    >>> from al_core.learning.strategies.disagreement._members import KnownCommittee
    >>> members = KnownCommittee([[[0.9, 0.1], [1.0, 0.0]], [[0.1, 0.9], [1.0, 0.0]]])
    >>> consensus_entropy(Query(members, X_pool=np.array([[0], [1]]))).round(4)
    array([0.6931, 0.    ])
    """
    return each_row(query, lambda P: entropies(P.mean(axis=0)))


# -- Maximum disagreement: rows where one member departs most from the others' mean.


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

    >>> from al_core.learning.strategies.disagreement._members import KnownCommittee
    >>> members = KnownCommittee([[[1.0, 0.0], [0.7, 0.3]], [[0.0, 1.0], [0.7, 0.3]]])
    >>> max_disagreement(Query(members, X_pool=np.array([[0], [1]]))).round(4)
    array([0.6931, 0.    ])
    """
    return each_row(query, _largest_divergence)


def _largest_divergence(P: NDArray[np.float64]) -> NDArray[np.float64]:
    mean = P.mean(axis=0, keepdims=True)
    return np.asarray(rel_entr(P, mean).sum(axis=2).max(axis=0), dtype=np.float64)


# -- Variation ratios: rows where many members vote against the majority.


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

    >>> from al_core.learning.strategies.disagreement._members import KnownCommittee
    >>> yes, no = [0.9, 0.1], [0.2, 0.8]
    >>> members = KnownCommittee([[yes, yes], [yes, yes], [yes, yes], [no, yes]])
    >>> variation_ratios(Query(members, X_pool=np.array([[0], [1]])))
    array([0.25, 0.  ])
    """
    return each_row(query, lambda P: 1.0 - vote_shares(P).max(axis=1))
