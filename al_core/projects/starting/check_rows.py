"""Check rows: which are reserved, and when the next one is asked."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning import Rows

# Groups tried for the last free places; a choice, so that a million rows cost no minute.
_LATE_GROUPS = 10_000
_SPREAD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xBF58476D1CE4E5B9], dtype=np.uint64)


def row_keys(X: Any) -> NDArray[np.uint64]:
    """One number a row, the same for rows with the same features; X: (n, d) array or CSR.

    >>> keys = row_keys(np.array([[1, 2], [2, 1], [1, 2]], dtype=np.float32))
    >>> bool(keys[0] == keys[2]), bool(keys[0] == keys[1])
    (True, False)
    """
    keys = np.zeros(X.shape[0], dtype=np.uint64)
    if isinstance(X, np.ndarray):
        for column in range(X.shape[1]):
            keys += _mixed(X[:, column], np.array([column], dtype=np.uint64))
        return keys
    kept = X.tocsr()
    cells = _mixed(kept.data, kept.indices.astype(np.uint64))
    # Summed per row, so the order in which a row's cells are stored does not matter.
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(cells, dtype=np.uint64)])
    return np.asarray(sums[kept.indptr[1:]] - sums[kept.indptr[:-1]])


def _mixed(values: NDArray[Any], columns: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread values and their columns over 64 bits; zero stays zero, as in a sparse row."""
    bits = np.ascontiguousarray(values + 0.0, dtype=np.float32).view(np.uint32).astype(np.uint64)
    mixed = bits * _SPREAD[0] ^ (columns + np.uint64(1)) * _SPREAD[1]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _SPREAD[2]
    mixed ^= mixed >> np.uint64(32)
    return np.where(bits == 0, np.uint64(0), mixed)


def reserve(
    X: Any, candidates: Rows, *, share: float, cap: int, seed: int, stream: int = 1
) -> Rows:
    """A random ``share`` of the candidate rows, at most ``cap``, in a fixed random order.

    Rows with the same features go together, all or none: a copy of a check row among the fitted
    rows would give its answer away. One of each group stands before all further ones, so that a
    range counts groups: the same row ten times over says no more than once. So many copies that
    they do not fit are left out. stream: of random numbers, one for each thing that is drawn.
    """
    rng = np.random.default_rng([seed, stream])
    wanted = min(round(len(candidates) * share), cap)
    if wanted == 0:
        return np.empty(0, dtype=np.intp)
    shuffled = rng.permutation(candidates)
    _, first, group, sizes = np.unique(
        row_keys(X)[shuffled], return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(first)  # groups by where the shuffle met them first
    taken = order[_that_fit(sizes[order], wanted)]
    drawn = rng.permutation(np.flatnonzero(np.isin(group, taken)))
    _, firsts = np.unique(group[drawn], return_index=True)
    again = np.ones(len(drawn), dtype=bool)
    again[firsts] = False
    rows: Rows = shuffled[np.concatenate([drawn[~again], drawn[again]])]
    return rows


def _that_fit(sizes: NDArray[np.intp], wanted: int) -> NDArray[np.bool_]:
    """Take groups in order while they fit; then look a while for smaller ones that still do."""
    fits = np.cumsum(sizes) <= wanted
    left = wanted - int(sizes[fits].sum())
    for place in np.flatnonzero(~fits)[:_LATE_GROUPS]:
        if left == 0:
            break
        if sizes[place] <= left:
            fits[place] = True
            left -= int(sizes[place])
    return np.asarray(fits)


def is_check_turn(answered: int, learned_since: int, first: int, every: int) -> bool:
    """Whether a check row is next: every second question until ``first``, then one in ``every``.

    answered: check rows answered in order; learned_since: questions since the last check row.

    >>> [is_check_turn(3, 0, 12, 5), is_check_turn(3, 1, 12, 5), is_check_turn(12, 3, 12, 5)]
    [False, True, False]
    """
    return learned_since >= (1 if answered < first else every - 1)
