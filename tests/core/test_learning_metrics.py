"""Scores against scikit-learn, and intervals that hold the truth as often as they promise."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score

from al_core.errors import SettingsError
from al_core.learning import METRICS, get_metric
from al_core.learning.scoring.metrics import confusion

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


# Recalls of models of two and of three classes, the commonest class first.
TWO = {"good": (0.97, 0.8), "bad": (0.7, 0.5), "blind to the rare one": (1.0, 0.0)}
THREE = {"good": (0.95, 0.8, 0.75), "bad": (0.6, 0.4, 0.3), "blind to one": (0.97, 0.7, 0.0)}


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_scikit_learn_where_every_class_has_a_row(name: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    y, predicted = rng.choice(list("abcd"), 40), rng.choice(list("abc"), 40)
    y[:4] = list("abcd")
    with np.errstate(all="raise"):
        ours = METRICS[name].score(y, predicted, list("abcd"))
    assert ours == pytest.approx(REFERENCE[name](y, predicted))


@pytest.mark.parametrize("name", ["balanced_accuracy", "f1_macro"])
def test_a_class_without_a_row_counts_half_and_opens_the_range_both_ways(name: str) -> None:
    metric, no = METRICS[name], ["no"] * 20
    low, high = metric.interval(no, no, ["no", "yes"])
    assert metric.score(no, no, ["no", "yes"]) == 0.75
    assert low < 0.51
    assert high == 1.0


def test_false_alarms_for_a_class_without_a_row_count_against_it() -> None:
    no, alarms = ["no"] * 20, ["no"] * 15 + ["yes"] * 5
    f1_of_no, f1_of_yes_if_found = 2 * 15 / 35, 2 / (2 + 5)
    score = METRICS["f1_macro"].score(no, alarms, ["no", "yes"])
    assert score == pytest.approx((f1_of_no + f1_of_yes_if_found / 2) / 2)


@pytest.mark.parametrize("name", ["balanced_accuracy", "f1_macro"])
def test_the_score_lies_in_its_range_whatever_was_seen(name: str) -> None:
    rng = np.random.default_rng(0)
    for k, n in ((2, 5), (3, 12), (6, 12)):
        for counts in rng.multinomial(n, rng.dirichlet(np.full(k * k, 0.3)), size=40):
            table = counts.reshape(k, k)
            low, high = METRICS[name].bounds(table, 0.95, 0)
            assert 0 <= low <= METRICS[name].of_confusion(table) <= high <= 1


@pytest.mark.parametrize("model", TWO)
@pytest.mark.parametrize("share", [0.02, 0.05, 0.1, 0.3])
@pytest.mark.parametrize("name", ["balanced_accuracy", "f1_macro"])
def test_with_a_rare_class_ranges_hold_the_truth_from_twelve_rows_on(
    name: str, share: float, model: str
) -> None:
    cells = _cells((1 - share, share), TWO[model])
    for n in (12, 20, 40):
        assert _coverage(name, cells, n, 250) >= 0.93, n


@pytest.mark.parametrize("model", THREE)
@pytest.mark.parametrize("shares", [(0.9, 0.05, 0.05), (0.6, 0.3, 0.1)])
@pytest.mark.parametrize("name", ["balanced_accuracy", "f1_macro"])
def test_with_two_rare_classes_of_three_ranges_hold_the_truth_too(
    name: str, shares: tuple[float, ...], model: str
) -> None:
    cells = _cells(shares, THREE[model])
    for n in (12, 20, 40):
        assert _coverage(name, cells, n, 100) >= 0.93, n


def _cells(shares: tuple[float, ...], recalls: tuple[float, ...]) -> NDArray[np.float64]:
    """Shares of the confusion cells; wrong answers go to all other classes alike."""
    k = len(shares)
    rates = np.full((k, k), (1 - np.array(recalls)[:, None]) / (k - 1))
    np.fill_diagonal(rates, recalls)
    return np.array(shares)[:, None] * rates


def _coverage(name: str, cells: NDArray[np.float64], n: int, samples: int) -> float:
    """How often the range around ``n`` random rows holds the score over all rows there are.

    Each different table of counts is looked at once, weighted by how often it was drawn.
    """
    metric, k = METRICS[name], len(cells)
    drawn = np.random.default_rng(n).multinomial(n, cells.ravel(), size=samples)
    tables, times = np.unique(drawn, axis=0, return_counts=True)
    ranges = [metric.bounds(table.reshape(k, k), 0.95, 0) for table in tables]
    held = [low - 1e-9 <= metric.of_confusion(cells) <= high + 1e-9 for low, high in ranges]
    return float(np.average(held, weights=times))


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
    assert coverage >= 0.905
    assert np.mean([high - low for low, high in held]) < 3.2 / np.sqrt(n)


def _samples(shares: NDArray[np.float64], n: int, k: int) -> NDArray[np.int64]:
    drawn = np.random.default_rng(5).multinomial(n, shares.ravel(), size=200)
    return drawn.reshape(-1, k, k)


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
