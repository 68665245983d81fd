"""While all labels say the same: unusual rows, the same ones in simulations and in projects."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from al_core.learning import (
    Asking,
    Oracle,
    RowSets,
    RunSettings,
    UnusualRows,
    looks_for_second,
    play,
)
from al_core.learning.querying.second_answer import TYPICAL_FIRST


def far_group(n: int = 300, n_rare: int = 6, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A crowd, and a few rows far from it with another answer."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 4))
    X[-n_rare:] += 12
    return X, np.array(["common"] * (n - n_rare) + ["rare"] * n_rare)


@pytest.mark.parametrize("as_csr", [False, True])
def test_each_row_is_the_farthest_from_all_that_were_seen(as_csr: bool) -> None:
    X, _ = far_group(80)
    rows = sparse.csr_matrix(X) if as_csr else X
    seen = {0, 1, 2}
    unusual = UnusualRows(rows, np.arange(80), seed=4)
    for _ in range(20):
        row = unusual.next(seen)
        near = np.linalg.norm(X[:, None] - X[sorted(seen)], axis=2).min(axis=1)
        near[sorted(seen)] = -1
        assert row is not None
        assert near[row] == pytest.approx(near.max())
        seen.add(row)


def test_the_next_row_depends_on_the_set_of_rows_seen_alone() -> None:
    X, _ = far_group(200)
    went_on = UnusualRows(X, np.arange(200), seed=1)
    for seen in ({5}, {5, 9}, {5, 9, 70}, {5, 9}):  # the last one: an answer was taken back
        assert went_on.next(seen) == UnusualRows(X, np.arange(200), seed=1).next(seen)


def test_rows_that_nobody_can_read_come_when_no_other_is_left() -> None:
    X = np.array([[0.0], [1.0], [2.0], [50.0]])
    unusual = UnusualRows(X, [1, 2, 3], 0, lambda rows: rows != 3)
    assert [unusual.next(seen) for seen in ({0}, {0, 2}, {0, 1, 2})] == [2, 1, 3]


def test_rows_that_are_alike_are_asked_in_an_order_drawn_by_lot() -> None:
    X = np.zeros((50, 2))
    first = {UnusualRows(X, np.arange(1, 50), seed).next({0}) for seed in range(8)}
    assert len(first) > 3


@pytest.mark.parametrize("seed", range(5))
def test_a_simulation_finds_a_rare_answer_that_lies_apart_at_once(seed: int) -> None:
    X, y = far_group(seed=seed)
    first = np.arange(TYPICAL_FIRST)
    settings = RunSettings(LogisticRegression(), Asking("margin", seed), budget=10)
    played = list(play(X, Oracle(y), RowSets(first, np.arange(3, 100)), settings))
    assert y[played[1].rows[0]] == "rare"


def test_random_rows_stay_random_while_there_is_one_answer() -> None:
    X, y = far_group(n_rare=2)
    settings = RunSettings(LogisticRegression(), Asking("random", 0), budget=12)
    played = list(play(X, Oracle(y), RowSets(np.arange(3), np.arange(3, 100)), settings))
    assert not any((y[round_.rows] == "rare").any() for round_ in played[1:4])


def test_a_run_that_is_stopped_while_it_looks_goes_on_with_the_same_rows() -> None:
    X, _ = far_group(200)
    y = np.array(["common"] * 199 + ["rare"])
    X[-1] = 0  # hidden in the middle of the crowd: it is looked for all the time
    settings = RunSettings(LogisticRegression(), Asking("margin", 3), budget=12)
    test = np.arange(3, 60)
    whole = [r.rows[-1] for r in play(X, Oracle(y), RowSets(np.arange(3), test), settings)]
    first = np.concatenate([np.arange(3), whole[1:5]])
    resumed = [r.rows[-1] for r in play(X, Oracle(y), RowSets(first, test), settings)]
    assert resumed[1:] == whole[5:]


def test_among_letters_of_texts_random_rows_are_asked() -> None:
    X, y = far_group(n_rare=2)
    letters = sparse.csr_matrix(np.abs(X))
    settings = RunSettings(LogisticRegression(), Asking("margin", 0), budget=12)
    played = list(play(letters, Oracle(y), RowSets(np.arange(3), np.arange(3, 100)), settings))
    assert not any((y[round_.rows] == "rare").any() for round_ in played[1:4])


def test_words_have_no_distance_and_random_rows_are_asked() -> None:
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.pipeline import make_pipeline

    texts = np.array([f"word{i} more" for i in range(60)], dtype=object)
    y = np.array(["a"] * 50 + ["b"] * 10)
    model = make_pipeline(CountVectorizer(), LogisticRegression())
    settings = RunSettings(model, Asking("margin", 0), budget=20)
    played = list(play(texts, Oracle(y), RowSets(np.arange(4), np.arange(4, 20)), settings))
    assert played[-1].n_labels == 20


def test_a_few_typical_rows_come_first() -> None:
    assert [looks_for_second(n) for n in (0, TYPICAL_FIRST - 1, TYPICAL_FIRST)] == [
        False,
        False,
        True,
    ]


def test_rows_may_be_given_by_what_makes_them() -> None:
    X = np.random.default_rng(4).normal(size=(60, 5)).astype(np.float32)
    made, array = UnusualRows(lambda rows: X[rows], np.arange(60)), UnusualRows(X, np.arange(60))
    seen = {0}
    for _ in range(12):
        row = array.next(seen)
        assert made.next(seen) == row
        assert row is not None
        seen.add(row)
