"""A saving is said when its whole range is above 0: how often that is false, and how often true."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from al_core.learning.comparison.savings import chance_allowed, rows_saved

GRID = list(range(20, 151, 3))
TARGET = 0.85


def curves(
    rng: np.random.Generator, repeats: int, ahead: float = 0.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of both sides, (repeats, points), as comparisons on real tables give them.

    Repeats differ in how hard their test rows are, and a run wanders about its own curve: both as
    on digits with naive Bayes (2 points between repeats, 1.5 within one, a wave of 25 rows long).
    ahead: rows by which the first side is truly ahead.
    """
    n = np.array(GRID, dtype=np.float64)
    split = rng.normal(0, 0.02, (repeats, 1))
    sides = []
    for shift in (ahead, 0.0):
        truth = 0.95 - 0.35 * np.exp(-(n + shift - 20) / 80)
        wander = np.zeros((repeats, len(n)))
        wander[:, 0] = rng.normal(0, 0.015, repeats)
        for i in range(1, len(n)):
            wander[:, i] = 0.88 * wander[:, i - 1] + rng.normal(0, 0.0071, repeats)
        sides.append(np.clip(truth + split + wander, 0, 1))
    return sides[0], sides[1]


@pytest.mark.parametrize(("repeats", "projects"), [(2, 200), (4, 200), (5, 1500), (20, 500)])
def test_where_nothing_is_saved_a_saving_is_rarely_said(repeats: int, projects: int) -> None:
    rng = np.random.default_rng(repeats)
    allowed = chance_allowed(repeats, 1)
    said = 0
    for _ in range(projects):
        saved = rows_saved(GRID, *curves(rng, repeats), TARGET, allowed)
        said += saved.low > 0
    noise = 2.6 * np.sqrt(allowed * (1 - allowed) / projects)
    assert said / projects <= allowed + noise


def test_looking_at_five_repeats_then_at_twenty_and_a_hundred_stays_below_five_in_a_hundred() -> (
    None
):
    rng = np.random.default_rng(9)
    ever = 0
    for _ in range(250):
        ours, random = curves(rng, 100)
        ever += any(
            rows_saved(GRID, ours[:n], random[:n], TARGET, chance_allowed(n, 1)).low > 0
            for n in (5, 20, 100)
        )
    assert ever / 250 <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 250)


@pytest.mark.parametrize("repeats", [5, 20])
def test_what_is_saved_at_least_is_rarely_more_than_the_truth(repeats: int) -> None:
    rng = np.random.default_rng(repeats)
    allowed, more = chance_allowed(repeats, 1), 0
    for _ in range(400):
        saved = rows_saved(GRID, *curves(rng, repeats, ahead=24), TARGET, allowed)
        more += saved.low > 24
    assert more / 400 <= allowed + 2.6 * np.sqrt(allowed * (1 - allowed) / 400)


def test_a_saving_that_is_there_is_found_by_twenty_repeats() -> None:
    rng = np.random.default_rng(3)
    found = [
        rows_saved(GRID, *curves(rng, 20, ahead=24), TARGET, chance_allowed(20, 1)).low > 0
        for _ in range(60)
    ]
    assert np.mean(found) > 0.8


def test_fewer_than_five_repeats_say_nothing_however_clear_they_are() -> None:
    ours, random = np.full((4, 3), 0.9), np.full((4, 3), 0.5)
    ours[:, 0] = 0.5
    saved = rows_saved([20, 80, 150], ours, random, 0.8, chance_allowed(4, 1))
    assert not saved.low > 0
    assert saved.value == 70


def test_five_repeats_that_all_agree_say_how_much_at_least() -> None:
    grid = list(range(20, 151, 5))
    step = np.array([0.5 if n < 60 else 0.9 for n in grid])
    late = np.array([0.5 if n < 120 else 0.9 for n in grid])
    saved = rows_saved(grid, np.tile(step, (5, 1)), np.tile(late, (5, 1)), 0.8, 1 / 32)
    assert saved.value == 60
    assert 55 <= saved.low <= 60


def test_several_ways_at_once_share_the_chance_of_a_false_word() -> None:
    assert chance_allowed(20, 3) == pytest.approx(chance_allowed(20, 1) / 3)
    assert chance_allowed(5, 1) + 2 * chance_allowed(20, 1) == pytest.approx(0.05)


def test_a_side_that_is_behind_has_its_loss_in_the_range() -> None:
    grid = list(range(20, 151, 5))
    step = np.array([0.5 if n < 60 else 0.9 for n in grid])
    late = np.array([0.5 if n < 120 else 0.9 for n in grid])
    lost = rows_saved(grid, np.tile(late, (5, 1)), np.tile(step, (5, 1)), 0.8, 1 / 32)
    assert lost.value == -60
    assert lost.low <= -55
    assert lost.high < 0
