"""Seeking rows of a rare answer: the order in which a model's candidates are asked."""

from __future__ import annotations

from typing import Any

import numpy as np

from al_core.learning.querying.seeking import hinted_order, likely_alone, seeking_turns


def chances(n: int = 60, k: int = 3, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.ones(k), size=n)


def seeking_order(*given: Any) -> np.ndarray:
    return seeking_turns(*given)[0]


def test_each_row_says_of_which_kind_it_is() -> None:
    p, hits = chances(), np.arange(60) % 4 == 0
    rows, kinds = seeking_turns(p, 0, 0, np.random.default_rng(1), hits, 6)
    assert kinds == ["likely", "hinted", "torn"] * 2
    assert hits[rows[1]]
    assert seeking_turns(p, 0, 1, np.random.default_rng(1), None, 3)[1] == [
        "torn",
        "likely",
        "torn",
    ]


def test_likely_rows_come_alone_once_enough_of_both_are_known() -> None:
    p, hits = chances(), np.arange(60) % 4 == 0
    rows, kinds = seeking_turns(p, 0, 3, np.random.default_rng(1), hits, 8, True)
    assert kinds == ["likely"] * 8
    assert rows.tolist() == np.argsort(-p[:, 0])[:8].tolist()
    assert [likely_alone(*n) for n in ((5, 5), (5, 4), (4, 90))] == [True, False, False]


def test_every_row_is_asked_once_whatever_words_there_are() -> None:
    p = chances()
    for hits in (None, np.zeros(60), np.arange(60) % 7 == 0):
        for turn in range(3):
            order = seeking_order(p, 1, turn, np.random.default_rng(1), hits)
            assert sorted(order.tolist()) == list(range(60))


def test_likely_and_torn_rows_take_turns() -> None:
    p = chances()
    order = seeking_order(p, 0, 0, np.random.default_rng(1))
    torn = np.abs(p[:, 0] - p[:, 1:].max(axis=1))
    assert order[0] == p[:, 0].argmax()
    left = np.setdiff1d(np.arange(60), order[:1])
    assert order[1] == left[torn[left].argmin()]
    left = np.setdiff1d(np.arange(60), order[:2])
    assert order[2] == left[p[left, 0].argmax()]


def test_a_ranking_that_knows_one_more_label_begins_with_the_next_kind() -> None:
    p = chances()
    torn = np.abs(p[:, 0] - p[:, 1:].max(axis=1))
    assert seeking_order(p, 0, 0, np.random.default_rng(1))[0] == p[:, 0].argmax()
    assert seeking_order(p, 0, 1, np.random.default_rng(1))[0] == torn.argmin()
    assert seeking_order(p, 0, 2, np.random.default_rng(1))[0] == p[:, 0].argmax()


def test_rows_that_hold_the_words_take_every_third_turn_the_likely_ones_first() -> None:
    p, hits = chances(), np.arange(60) % 4 == 0
    order = seeking_order(p, 0, 0, np.random.default_rng(1), hits)
    free = np.setdiff1d(np.flatnonzero(hits), order[:1])
    assert order[1] == free[p[free, 0].argmax()]


def test_ties_fall_by_lot_and_not_by_the_order_of_the_file() -> None:
    p = np.full((200, 2), 0.5)
    orders = [seeking_order(p, 1, 0, np.random.default_rng(seed)).tolist() for seed in (0, 1)]
    assert orders[0] != orders[1]
    assert orders[0] != sorted(orders[0])
    hinted = [hinted_order(np.ones(200), np.random.default_rng(s)).tolist() for s in (0, 1)]
    assert hinted[0] != hinted[1]


def test_rows_with_more_of_the_words_come_first_and_those_with_none_never() -> None:
    hits = np.array([0, 1, 3, 2, 0, 1])
    order = hinted_order(hits, np.random.default_rng(5)).tolist()
    assert order[:2] == [2, 3]
    assert sorted(order[2:]) == [1, 5]
