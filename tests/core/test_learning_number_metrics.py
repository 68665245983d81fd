"""Scores of numbers and of tags: the formulas, and ranges that hold the truth as often as said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn import metrics as theirs

from al_core.errors import LabelError, SettingsError
from al_core.learning.scoring.number_scores import NUMBER_METRICS
from al_core.learning.scoring.of_answers import metric_for
from al_core.learning.scoring.tag_scores import TAG_METRICS

Array = NDArray[Any]
Draw = Callable[[np.random.Generator, int], tuple[Array, Array]]


def pairs(noise: Callable[[np.random.Generator, int], Array]) -> Draw:
    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        truth = rng.normal(size=n)
        return truth, 0.9 * truth + noise(rng, n)

    return draw


NOISE: dict[str, Draw] = {
    "normal": pairs(lambda rng, n: rng.normal(scale=0.5, size=n)),
    "skewed": pairs(lambda rng, n: rng.exponential(0.5, size=n)),
    "uneven": pairs(lambda rng, n: rng.normal(size=n) * rng.uniform(0.1, 1.0, size=n)),
}


def test_scores_of_numbers_are_those_of_scikit_learn() -> None:
    y, guess = NOISE["skewed"](np.random.default_rng(0), 40)
    found = {name: metric.score(y, guess) for name, metric in NUMBER_METRICS.items()}
    assert found["mean_absolute_error"] == pytest.approx(theirs.mean_absolute_error(y, guess))
    assert found["root_mean_squared_error"] == pytest.approx(
        theirs.root_mean_squared_error(y, guess)
    )
    assert found["r2"] == pytest.approx(theirs.r2_score(y, guess))


@pytest.mark.parametrize("n", [20, 60, 200])
@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("name", NUMBER_METRICS)
def test_ranges_of_numbers_hold_the_truth(name: str, noise: str, n: int) -> None:
    metric, rng = NUMBER_METRICS[name], np.random.default_rng(7)
    goal = metric.score(*NOISE[noise](rng, 400_000))
    held = []
    for _ in range(400):
        y, guess = NOISE[noise](rng, n)
        low, high = metric.interval(y, guess)
        assert low <= metric.score(y, guess) <= high
        held.append(low <= goal <= high)
    # 400 samples have a standard error of 1.1 points around 95.
    assert np.mean(held) >= 0.905


def tagged(shares: tuple[float, ...], errors: float, together: float) -> Draw:
    """Tags of these shares, wrong with that chance; ``together``: rows share how hard they are."""

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        true = rng.random((n, len(shares))) < np.array(shares)
        hard = np.clip(errors * (1 + together * rng.choice([-1, 1], size=(n, 1))), 0, 1)
        wrong = rng.random(true.shape) < hard * np.where(true, 1.0, 0.4)
        return true, true ^ wrong

    return draw


TAGS: dict[str, Draw] = {
    "common": tagged((0.5, 0.4, 0.3), 0.2, 0.5),
    "rare": tagged((0.4, 0.1, 0.06, 0.2), 0.25, 0.5),
    "hard rows": tagged((0.5, 0.3, 0.2, 0.2, 0.4), 0.15, 1.0),
}


def test_scores_of_tags_are_those_of_scikit_learn_where_every_tag_is_there() -> None:
    y, guess = TAGS["common"](np.random.default_rng(0), 60)
    found = {name: metric.score(y, guess) for name, metric in TAG_METRICS.items()}
    assert found["f1_micro"] == pytest.approx(theirs.f1_score(y, guess, average="micro"))
    assert found["f1_macro"] == pytest.approx(theirs.f1_score(y, guess, average="macro"))
    assert found["subset_accuracy"] == pytest.approx(theirs.accuracy_score(y, guess))
    assert found["hamming"] == pytest.approx(1 - theirs.hamming_loss(y, guess))


@pytest.mark.parametrize("n", [20, 60, 200])
@pytest.mark.parametrize("draw", TAGS)
@pytest.mark.parametrize("name", TAG_METRICS)
def test_ranges_of_tags_hold_the_truth(name: str, draw: str, n: int) -> None:
    metric, rng = TAG_METRICS[name], np.random.default_rng(7)
    goal = metric.score(*TAGS[draw](rng, 200_000))
    held = []
    for _ in range(200):
        y, guess = TAGS[draw](rng, n)
        low, high = metric.interval(y, guess)
        assert 0 <= low <= metric.score(y, guess) + 1e-12
        assert metric.score(y, guess) - 1e-12 <= high <= 1
        held.append(low <= goal <= high)
    # 200 samples have a standard error of 1.5 points around 95.
    assert np.mean(held) >= 0.905


@pytest.mark.parametrize("right", [True, False])
def test_all_right_or_all_wrong_is_no_certainty(right: bool) -> None:
    y = np.eye(3)[np.arange(30) % 3] > 0
    for name, metric in TAG_METRICS.items():
        low, high = metric.interval(y, y if right else ~y)
        assert low < 0.95 if right else high > 0.05, name


def test_a_row_without_any_tag_that_is_guessed_so_is_right() -> None:
    none = np.zeros((5, 2), dtype=int)
    assert TAG_METRICS["subset_accuracy"].score(none, none) == 1.0
    assert TAG_METRICS["f1_micro"].interval(none, none) == (0.0, 1.0)


def test_no_row_and_too_few_say_nothing() -> None:
    for metric in NUMBER_METRICS.values():
        assert np.isnan(metric.score([], []))
        assert np.isnan(metric.interval([1.0, 2.0], [1.0, 2.5])).all()
    assert np.isnan(TAG_METRICS["hamming"].score(np.empty((0, 2)), np.empty((0, 2))))
    with pytest.raises(LabelError, match="Give pairs"):
        NUMBER_METRICS["r2"].score([1.0], [1.0, 2.0])
    with pytest.raises(SettingsError, match=r"for numbers.*mean_absolute_error"):
        metric_for("accuracy", "numbers")
