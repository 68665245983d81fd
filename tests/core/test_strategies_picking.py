"""From utilities to rows."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from al_core.errors import PoolError, StrategyError
from al_core.learning.querying.pick import check_picks, pick, pick_diverse, run_strategy
from al_core.learning.strategies import STRATEGIES, Query
from al_core.learning.strategies.uncertainty._scores import Known


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_rows_come_best_first() -> None:
    assert pick([0.2, 0.9, 0.1, 0.5], 3, rng()).tolist() == [1, 3, 0]


def test_ties_fall_to_every_row_alike_whatever_their_order() -> None:
    chosen = [int(pick([1.0, 0.0, 1.0, 1.0], 1, rng(seed))[0]) for seed in range(300)]
    counts = np.bincount(chosen, minlength=4)
    assert counts[1] == 0
    assert counts[[0, 2, 3]].min() > 60


def test_ties_at_the_edge_of_a_batch_fall_by_lot_too() -> None:
    batches = {tuple(sorted(pick([5, 1, 1, 1], 2, rng(seed)).tolist())) for seed in range(50)}
    assert batches == {(0, 1), (0, 2), (0, 3)}


def test_one_seed_gives_one_answer() -> None:
    assert pick(np.ones(50), 7, rng(3)).tolist() == pick(np.ones(50), 7, rng(3)).tolist()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_utility_that_is_no_number_is_named(bad: float) -> None:
    with pytest.raises(StrategyError, match="1 of 2 rows a utility that is no finite number"):
        pick([0.1, bad], 1, rng())


def test_huge_utilities_are_numbers_all_the_same() -> None:
    assert pick([1e308, 1.7e308, 1e308], 1, rng()).tolist() == [1]


def test_too_many_rows_and_too_few_are_refused() -> None:
    with pytest.raises(PoolError, match="Asked for 3 rows but only 2 can be asked"):
        pick([0.1, 0.2], 3, rng())
    with pytest.raises(PoolError, match="Ask for 1 or more"):
        pick([0.1, 0.2], 0, rng())


@pytest.mark.parametrize("form", [np.asarray, sparse.csr_matrix])
def test_a_diverse_batch_leaves_the_second_copy_out(form: type) -> None:
    X = form(np.array([[1.0, 0.0], [1.0, 0.01], [0.0, 1.0], [0.5, 0.5]]))
    assert pick_diverse([0.9, 0.8, 0.7, 0.1], X, 2, rng(), shortlist=2).tolist() == [0, 2]


def test_a_diverse_batch_of_copies_is_filled_from_the_ranking() -> None:
    assert pick_diverse([0.4, 0.3, 0.2, 0.1], np.zeros((4, 2)), 3, rng()).tolist() == [0, 1, 2]


def test_diversity_is_there_for_every_utility() -> None:
    X = np.array([[0.0], [1.0], [2.0], [50.0]])
    query = Query(Known([[0.5, 0.5]] * 51), X, n_instances=2)
    rows, _ = run_strategy(STRATEGIES["margin"], query, diverse=True)
    assert 3 in rows


@pytest.mark.parametrize("picks", [[0, 0], [0], [0, 9], [-1, 0], [0.0, 1.0]])
def test_a_set_strategy_that_returns_other_than_rows_is_told_so(picks: list[float]) -> None:
    with pytest.raises(StrategyError, match="2 different row numbers from 0 to 3"):
        check_picks(picks, 2, 4)


def test_utilities_of_another_length_are_refused() -> None:
    from dataclasses import replace

    short = replace(STRATEGIES["margin"], function=lambda query: np.ones(2))
    with pytest.raises(StrategyError, match=r"shape \(2,\); 3 numbers"):
        run_strategy(short, Query(None, np.zeros((3, 1))))
