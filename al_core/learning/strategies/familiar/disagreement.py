"""How far the members of a committee disagree on each row, and the queries that ask there."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies.familiar._asked import Seed, measured, picked

Array = NDArray[np.float64]


def vote_entropy(committee: Any, X: Any) -> Array:
    """Entropy of the members' votes in nats, (n,).

    >>> from al_core.learning.strategies.disagreement._members import KnownCommittee
    >>> members = KnownCommittee([[[0.9, 0.1], [0.9, 0.1]], [[0.2, 0.8], [0.8, 0.2]]])
    >>> vote_entropy(members, [[0], [1]]).round(4)
    array([0.6931, 0.    ])
    """
    return measured("vote_entropy", committee, X)


def consensus_entropy(committee: Any, X: Any) -> Array:
    """Entropy of the members' mean probabilities in nats, (n,)."""
    return measured("consensus_entropy", committee, X)


def KL_max_disagreement(committee: Any, X: Any) -> Array:
    """Largest divergence of a member's probabilities from the mean ones in nats, (n,)."""
    return measured("max_disagreement", committee, X)


def vote_entropy_sampling(
    committee: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows on which the votes are split most."""
    return picked("vote_entropy", committee, X_pool, n_instances, random_state)


def consensus_entropy_sampling(
    committee: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows about which the committee is unsure as a whole."""
    return picked("consensus_entropy", committee, X_pool, n_instances, random_state)


def max_disagreement_sampling(
    committee: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows where one member is farthest from the mean."""
    return picked("max_disagreement", committee, X_pool, n_instances, random_state)


def max_std_sampling(
    regressor: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows with the highest standard deviation by the regressor:
    that of a Gaussian process, or of the members of a ``CommitteeRegressor``."""
    return picked("predictive_std", regressor, X_pool, n_instances, random_state)
