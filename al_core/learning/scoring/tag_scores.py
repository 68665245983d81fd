"""Scores of guessed tags, each with the range in which the true figure very likely lies.

The rows are the sample, not their tags: tags of one row are right or wrong together. Shares take a
Wilson interval (Wilson 1927) of as many rows as the spread between rows is worth; F1 is a quotient
of sums over rows, whose spread comes from its linear part (delta method). How often the ranges
hold the truth is simulated in the tests.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import LabelError
from al_core.learning.scoring.pair_scores import PairMetric, Range

Array = NDArray[np.float64]
Tags = NDArray[np.bool_]


class TagMetric(PairMetric):
    """A score between 0 and 1 of tables (n, k) of 0 and 1, higher is better. Of no row at all the
    interval is 0 to 1."""

    fewest, unknown = 1, (0.0, 1.0)

    @staticmethod
    def pairs(y_true: ArrayLike, y_pred: ArrayLike) -> tuple[Tags, Tags]:
        """Two tables of yes and no of one shape."""
        true, guessed = np.asarray(y_true) > 0, np.asarray(y_pred) > 0
        if true.shape != guessed.shape or true.ndim != 2:
            raise LabelError(
                f"Got tags of shape {true.shape} and guesses of shape {guessed.shape}. Give two "
                "tables of 0 and 1 with a column a tag."
            )
        return true, guessed


def subset_accuracy(true: Tags, guessed: Tags) -> float:
    """The share of rows whose tags are all right, none too many.

    >>> subset_accuracy(np.eye(2) > 0, np.array([[True, False], [True, True]]))
    0.5
    """
    return float((true == guessed).all(axis=1).mean())


def hamming_score(true: Tags, guessed: Tags) -> float:
    """The share of all tags of all rows, there or not, that are right: 1 - Hamming loss.

    >>> hamming_score(np.eye(2) > 0, np.array([[True, False], [True, True]]))
    0.75
    """
    return float((true == guessed).mean())


def f1_micro(true: Tags, guessed: Tags) -> float:
    """F1 of all tags thrown together; 1 where nobody has a tag and none is guessed.

    >>> f1_micro(np.eye(2) > 0, np.array([[True, False], [True, True]]))
    0.8
    """
    both, either = (true & guessed).sum(), true.sum() + guessed.sum()
    return float(2 * both / either) if either else 1.0


def f1_macro_of_tags(true: Tags, guessed: Tags) -> float:
    """Mean F1 over tags. One that no row has counts half of what it would score if one more row had
    it and were right, as a class without a row does: its false alarms are known.

    >>> f1_macro_of_tags(np.array([[True, False]]), np.array([[True, False]]))
    0.75
    """
    return float(_f1_each(true, guessed, 0.5).mean())


def _f1_each(true: Tags, guessed: Tags, unseen: float) -> Array:
    there, alarms = true.sum(axis=0), guessed.sum(axis=0)
    f1 = 2 * (true & guessed).sum(axis=0) / np.maximum(there + alarms, 1)
    return np.asarray(np.where(there > 0, f1, unseen * 2 / (2 + alarms)), dtype=np.float64)


def share_bounds(share: float, of_rows: Array, level: float) -> Range:
    """Wilson's interval of a share whose error is the mean of ``of_rows``, one number a row.

    It is as wide as that of so many yes-or-no rows as have the same spread; of rows that do not
    differ at all, as of yes-or-no rows.

    >>> low, high = share_bounds(0.8, np.array([0.2, -0.8, 0.2, 0.2, 0.2]), 0.95)
    >>> low < 0.8 < high
    True
    """
    n = len(of_rows)
    spread = float(of_rows.var(ddof=1)) / n if n > 1 else 0.0
    worth = share * (1 - share) / spread if spread > 0 and 0 < share < 1 else float(n)
    z = NormalDist().inv_cdf((1 + level) / 2)
    wide = z * z / worth
    middle = (share + wide / 2) / (1 + wide)
    half = z / (1 + wide) * math.sqrt(share * (1 - share) / worth + wide / (4 * worth))
    return max(0.0, middle - half), min(1.0, middle + half)


def _subset_bounds(true: Tags, guessed: Tags, level: float) -> Range:
    right = (true == guessed).all(axis=1).astype(np.float64)
    share = float(right.mean())
    worth = right - share if 0 < share < 1 else np.zeros(len(right))
    return share_bounds(share, worth, level)


def _hamming_bounds(true: Tags, guessed: Tags, level: float) -> Range:
    right = (true == guessed).mean(axis=1)
    return share_bounds(float(right.mean()), right - right.mean(), level)


def _micro_bounds(true: Tags, guessed: Tags, level: float) -> Range:
    both = (true & guessed).sum(axis=1).astype(np.float64)
    either = (true.sum(axis=1) + guessed.sum(axis=1)).astype(np.float64)
    if not either.any():
        return 0.0, 1.0
    score = f1_micro(true, guessed)
    says = either > 0  # rows without a tag, rightly so, say nothing about F1
    linear = (2 * both - score * either)[says] / either[says].mean()
    return share_bounds(score, linear, level)


# Draws of recalls and false alarms; a choice: steady ends of a range against time.
_DRAWS = 2_000


def _macro_bounds(true: Tags, guessed: Tags, level: float) -> Range:
    """From draws of each tag's cells: recalls and false alarms as Beta, one row as prior knowledge.

    As with classes the prior row lies on the side of the end that is looked for, the more so the
    more tags there are (``al_core.learning.scoring.intervals``).
    """
    rng = np.random.default_rng(3)
    hits, there = (true & guessed).sum(axis=0), true.sum(axis=0)
    alarms = guessed.sum(axis=0) - hits
    ends = []
    for up in (False, True):
        f1 = _drawn_f1(np.stack([hits, there, alarms]), len(true), up, rng)
        f1 = np.where(there > 0, f1, float(up) * 2 / (2 + alarms))
        ends.append(f1.mean(axis=1))
    low = min(float(np.quantile(ends[0], (1 - level) / 2)), _f1_each(true, guessed, 0.0).mean())
    high = max(float(np.quantile(ends[1], (1 + level) / 2)), _f1_each(true, guessed, 1.0).mean())
    return max(0.0, float(low)), min(1.0, float(high))


def _drawn_f1(counts: NDArray[np.int64], n: int, up: bool, rng: np.random.Generator) -> Array:
    """Draws (draws, k) of each tag's F1 from counts (3, k): hits, rows with the tag, alarms."""
    hits, there, alarms = counts
    side = 1 - 1 / (2 * counts.shape[1])
    right, wrong = (side, 1 - side) if up else (1 - side, side)
    size = (_DRAWS, counts.shape[1])
    recall = rng.beta(hits + right, there - hits + wrong, size=size)
    false = rng.beta(alarms + wrong, n - there - alarms + right, size=size)
    share = rng.beta(there + 0.5, n - there + 0.5, size=size)
    return np.asarray(2 * recall * share / (share + recall * share + false * (1 - share)))


TAG_METRICS: Mapping[str, TagMetric] = MappingProxyType(
    {
        metric.name: metric
        for metric in (
            TagMetric("f1_micro", "Tags found, and no false alarms", f1_micro, _micro_bounds),
            TagMetric(
                "f1_macro", "Each tag found, and no false alarms", f1_macro_of_tags, _macro_bounds
            ),
            TagMetric("subset_accuracy", "All tags right", subset_accuracy, _subset_bounds),
            TagMetric("hamming", "Tags right, one by one", hamming_score, _hamming_bounds),
        )
    }
)
