"""BALD and BatchBALD: rows whose answers would tell the members of a committee apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.distances import best, row_slices
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.disagreement._members import each_row, member_probabilities
from al_core.learning.strategies.uncertainty._scores import entropies

Array = NDArray[np.float64]


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

    >>> from al_core.learning.strategies.disagreement._members import KnownCommittee
    >>> members = KnownCommittee([[[1.0, 0.0], [0.5, 0.5]], [[0.0, 1.0], [0.5, 0.5]]])
    >>> bald(Query(members, X_pool=np.array([[0], [1]]))).round(4)
    array([0.6931, 0.    ])
    """
    return each_row(query, mutual_information)


def mutual_information(P: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mutual information (rows,) between answer and member from (members, rows, classes)."""
    inside = np.mean([entropies(member) for member in P], axis=0)
    return np.asarray(np.maximum(entropies(P.mean(axis=0)) - inside, 0.0))


# -- BatchBALD: a batch whose answers together would tell the members of a committee apart.


@strategy(
    "batch_bald",
    title="A batch that would settle a committee's disputes",
    kind="set",
    deterministic=False,
    max_pool=100_000,
    paper="Kirsch, van Amersfoort, Gal 2019, BatchBALD",
    menu=False,
)
def batch_bald(query: Query) -> NDArray[np.intp]:
    """Picks the batch whose answers, taken together, tell most about which member is right.

    Formula: greedily maximise ``I(y_1..y_b; member) = H(y_1..y_b) - mean_m sum_i H(y_i | m)``.
    The joint entropy is exact up to ``n_configurations`` (4,096) combinations of answers and is
    estimated from as many drawn ones beyond. Keywords: n_members (10), n_configurations. Cost:
    O(n m k min(k^b, n_configurations)) a pick.

    Rows 0 and 1 ask the same dispute twice; row 2 asks another one:

    >>> from al_core.learning.strategies.disagreement._members import KnownCommittee
    >>> y, n = [1.0, 0.0], [0.0, 1.0]
    >>> members = KnownCommittee([[y, y, y], [y, y, n], [n, n, y], [n, n, n]])
    >>> picks = batch_bald(Query(members, X_pool=np.arange(3)[:, None], n_instances=2))
    >>> bool(2 in picks)
    True
    """
    given = params(query, n_members=10, n_configurations=4096)
    P = np.concatenate(list(member_probabilities(query, int(given["n_members"]))), axis=1)
    conditional = np.mean([entropies(member) for member in P], axis=0)
    taken = np.zeros(P.shape[1], dtype=bool)
    joint = np.ones((1, len(P)))
    picks: list[int] = []
    gains = mutual_information(P)
    for _ in range(query.n_instances):
        if picks:
            joint = _extend(joint, P[:, picks[-1]], int(given["n_configurations"]), query.rng)
            gains = _joint_entropy(joint, P) - conditional
        picks.append(best(gains, taken, query.rng))
        taken[picks[-1]] = True
    return np.asarray(picks, dtype=np.intp)


def _extend(joint: Array, proba: Array, limit: int, rng: np.random.Generator) -> Array:
    """Probability of each combination of answers under each member, (combinations, members).

    Sampled combinations are drawn from the mean over members and carry weights such that their
    mean is one, so that sums over combinations stay unbiased.
    """
    wide = (joint[:, :, None] * proba[None, :, :]).transpose(0, 2, 1).reshape(-1, joint.shape[1])
    if len(wide) <= limit:
        return wide
    weight = wide.mean(axis=1)
    share = weight / weight.sum()
    drawn = rng.choice(len(wide), limit, p=share)
    scaled: Array = wide[drawn] / (limit * share[drawn])[:, None]
    return scaled


def _joint_entropy(joint: Array, P: Array) -> Array:
    """H(batch answers, y) for each row's answer y, over (members, rows, classes) P."""
    m, n, k = P.shape
    # p(combination, y) = mean over members of p(combination | m) p(y | m); a drawn combination
    # stands for many, so its entropy is taken at its own probability and weighted.
    base = joint.mean(axis=1)
    scaled = joint / np.maximum(base, 1e-300)[:, None]
    result = np.empty(n)
    for rows in row_slices(n, k * len(joint)):
        conditional = np.tensordot(scaled, P[:, rows], axes=(1, 0)) / m
        result[rows] = np.einsum("crk->r", -base[:, None, None] * _plog(conditional))
    return result


def _plog(p: Array) -> Array:
    return np.asarray(p * np.log(np.maximum(p, 1e-300)))
