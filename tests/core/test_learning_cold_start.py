"""First rows before there is a model."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from al_core.errors import PoolError
from al_core.learning import initial_rows, representative_order

# Three groups of 20, 10 and 5 rows, far from each other.
X = np.concatenate(
    [np.random.default_rng(0).normal(c, 0.1, (n, 2)) for c, n in ((0, 20), (5, 10), (9, 5))]
)
GROUP = np.repeat([0, 1, 2], [20, 10, 5])


def test_centres_come_from_the_largest_group_first() -> None:
    assert GROUP[initial_rows(X, 3, "centres", seed=1)].tolist() == [0, 1, 2]


@pytest.mark.parametrize("method", ["centres", "farthest"])
@pytest.mark.parametrize("seed", range(3))
def test_three_rows_cover_three_groups(method: str, seed: int) -> None:
    assert set(GROUP[initial_rows(X, 3, method, seed)]) == {0, 1, 2}  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["centres", "random", "farthest", "density"])
def test_rows_are_different_and_the_same_each_time(method: str) -> None:
    for rows in (X, sparse.csr_matrix(X), np.zeros((35, 2))):
        chosen = initial_rows(rows, 12, method, 3)  # type: ignore[arg-type]
        assert len(np.unique(chosen)) == 12
        assert chosen.tolist() == initial_rows(rows, 12, method, 3).tolist()  # type: ignore[arg-type]


def test_random_rows_hold_each_class_where_there_is_room() -> None:
    y = ["a"] * 33 + ["b", "c"]
    for seed in range(10):
        assert {33, 34} < set(initial_rows(X, 3, "random", seed, y))
    assert len(initial_rows(X, 2, "random", 0, y)) == 2


def test_the_representative_order_holds_all_rows_and_starts_with_centres() -> None:
    order = representative_order(X, 3, seed=2)
    assert sorted(order) == list(range(35))
    assert order[:3].tolist() == initial_rows(X, 3, "centres", 2).tolist()
    assert representative_order(X, 500, seed=2).shape == (35,)
    assert representative_order(X[:0], 3).shape == (0,)


def test_more_rows_than_there_are_is_refused() -> None:
    with pytest.raises(PoolError, match="36 first rows of a pool of 35"):
        initial_rows(X, 36)
