"""Scores against scikit-learn, and intervals that hold the truth as often as they promise."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score

from al_core.errors import SettingsError
from al_core.learning import METRICS, get_metric
from al_core.learning.metrics import confusion

REFERENCE = {
    "accuracy": accuracy_score,
    "balanced_accuracy": balanced_accuracy_score,
    "f1_macro": lambda y, p: f1_score(y, p, average="macro"),
}
# Shares of the confusion cells.
TRUTHS = {
    "balanced": np.array([[0.42, 0.08], [0.10, 0.40]]),
    "rare": np.array([[0.84, 0.05], [0.04, 0.07]]),
    "three": np.array([[0.40, 0.05, 0.05], [0.05, 0.2, 0.05], [0.02, 0.03, 0.15]]),
    "ten": (np.eye(10) * 0.8 + 0.2 * np.roll(np.eye(10), 1, 0)) / 10,
    "ten, one of them hard": (np.eye(10) + 0.02) * np.r_[np.full(9, 1.2), 0.2][:, None] / 13.2,
    "five": (np.eye(5) * 0.875 + 0.025) * np.array([[0.3], [0.25], [0.2], [0.15], [0.1]]),
}


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_scikit_learn(name: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    y, predicted = rng.choice(list("abcd"), 40), rng.choice(list("abc"), 40)
    y[:3] = ["a", "b", "c"]
    with np.errstate(all="raise"):
        ours = METRICS[name].score(y, predicted, list("abcde"))
    if name == "balanced_accuracy":
        predicted_known = np.where(np.isin(predicted, y), predicted, "a")
        assert (predicted_known == predicted).all()
    assert ours == pytest.approx(REFERENCE[name](y, predicted))


@pytest.mark.parametrize("n", [20, 40, 150])
@pytest.mark.parametrize("truth", TRUTHS)
@pytest.mark.parametrize("name", METRICS)
def test_intervals_hold_the_truth_about_as_often_as_they_promise(
    name: str, truth: str, n: int
) -> None:
    shares, metric = TRUTHS[truth], METRICS[name]
    k, goal = len(shares), metric.of_confusion(shares)
    held = [metric.bounds(counts, 0.95, 0) for counts in _samples(shares, n, k)]
    coverage = np.mean([low <= goal <= high for low, high in held])
    # 200 samples have a standard error of 1.5 points around 95.
    assert 0.905 <= coverage <= 0.99
    assert np.mean([high - low for low, high in held]) < 3.2 / np.sqrt(n)


def _samples(shares: NDArray[np.float64], n: int, k: int) -> NDArray[np.int64]:
    """Confusion counts; for up to five classes, each seen as often as the page waits for."""
    least = 3 if k <= 5 else 0
    drawn = np.random.default_rng(5).multinomial(n, shares.ravel(), size=4000).reshape(-1, k, k)
    return drawn[(drawn.sum(axis=2) >= least).all(axis=1)][:200]


def test_the_interval_is_the_same_each_time_and_holds_the_score() -> None:
    y, predicted = np.array(["a"] * 30 + ["b"] * 10), np.array(["a"] * 33 + ["b"] * 7)
    for metric in METRICS.values():
        low, high = metric.interval(y, predicted, ["a", "b"])
        assert (low, high) == metric.interval(y, predicted, ["b", "a"])
        assert 0 <= low <= metric.score(y, predicted) <= high <= 1


def test_no_row_at_all_says_nothing() -> None:
    for metric in METRICS.values():
        assert np.isnan(metric.score([], [], ["a", "b"]))
        assert metric.interval([], [], ["a", "b"]) == (0.0, 1.0)


def test_confusion_counts_truth_by_row_whatever_the_order_of_classes() -> None:
    assert confusion(["b", "a"], ["b", "b"], ["b", "a"]).tolist() == [[0, 1], [0, 1]]


def test_an_unknown_metric_lists_those_that_exist() -> None:
    with pytest.raises(SettingsError, match=r"no metric named 'auc'.*balanced_accuracy"):
        get_metric("auc")
