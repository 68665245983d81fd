"""The pool: one status a row, check rows never fitted."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from al_core.errors import PoolError
from al_core.learning import Pool, Status


@pytest.fixture
def pool() -> Pool:
    return Pool(np.zeros((6, 2))).with_status([4, 5], Status.CHECK)


def test_rows_with_a_code_start_as_labelled() -> None:
    pool = Pool(np.zeros((3, 1)), [1, -1, 0])
    assert pool.rows(Status.LABELLED).tolist() == [0, 2]
    assert pool.rows(Status.UNLABELLED).tolist() == [1]


def test_a_new_label_leaves_the_old_pool_as_it_was(pool: Pool) -> None:
    later = pool.with_labels([1], [0])
    assert later.codes.tolist() == [-1, 0, -1, -1, -1, -1]
    assert pool.rows(Status.LABELLED).size == 0
    assert later.X is pool.X


def test_a_check_row_refuses_to_be_fitted(pool: Pool) -> None:
    with pytest.raises(PoolError, match="Row 5 is a check row"):
        pool.with_labels([0, 5], [1, 1])


def test_statuses_cannot_be_written_to(pool: Pool) -> None:
    with pytest.raises(ValueError, match="read-only"):
        pool.status[0] = Status.CHECK


def test_skipping_a_labelled_row_forgets_its_label(pool: Pool) -> None:
    skipped = pool.with_labels([2], [1]).with_status([2], Status.SKIPPED)
    assert skipped.codes[2] == -1
    assert skipped.rows(Status.SKIPPED).tolist() == [2]


def test_a_sparse_pool_counts_its_rows() -> None:
    assert len(Pool(sparse.coo_array(np.eye(4)))) == 4


@pytest.mark.parametrize(
    ("rows", "codes", "told"),
    [
        ([6], [0], "numbered 0 to 5"),
        ([-1], [0], "numbered 0 to 5"),
        ([1, 1], [0, 1], "row twice"),
        ([1], [0, 1], "2 codes for 1 rows"),
        ([1], [-1], "whole number from 0"),
        ([1], ["spam"], "whole number from 0"),
    ],
)
def test_impossible_labels_are_refused(
    pool: Pool, rows: list[int], codes: list[object], told: str
) -> None:
    with pytest.raises(PoolError, match=told):
        pool.with_labels(rows, codes)  # type: ignore[arg-type]


def test_labels_of_another_length_are_refused() -> None:
    with pytest.raises(PoolError, match=r"shape \(2,\).*for 3 rows"):
        Pool(np.zeros((3, 1)), [0, 1])


def test_the_status_labelled_needs_its_label(pool: Pool) -> None:
    with pytest.raises(PoolError, match="with_labels"):
        pool.with_status([0], Status.LABELLED)
