"""Intervals around scores measured on a random sample, checked for coverage by simulation."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln, softmax

_DRAWS = 2_000
# Draws of confusion cells in memory at once: fewer draws where there are very many classes.
_CELLS = 4_000_000
# How alike classes may be: in recall (rows' worth of common knowledge) and in number of rows.
_STRENGTHS = 2.0 ** np.arange(-1, 8)
_EVENNESS = 2.0 ** np.arange(-1, 6)


def wilson_interval(
    counts: NDArray[np.int64], level: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Wilson's score interval of the accuracy (Wilson 1927).

    >>> low, high = wilson_interval(np.diag([42, 42]) + [[0, 8], [8, 0]])
    >>> round(low, 3), round(high, 3)
    (0.756, 0.899)
    """
    n, hits = int(counts.sum()), int(np.trace(counts))
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, wide = hits / n, z * z / n
    middle = (share + wide / 2) / (1 + wide)
    half = z / (1 + wide) * math.sqrt(share * (1 - share) / n + wide / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def balanced_interval(
    counts: NDArray[np.int64], level: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Interval of the mean recall over all classes, from draws of each class's recall.

    Recalls are drawn from a beta-binomial hierarchy (Gelman et al., Bayesian Data Analysis, ch. 5):
    classes share what is known of them as far as they are alike, and one that was not seen yet is
    taken for one of their kind. A percentile bootstrap covers only 71 % where one class is rare,
    draws for each class by itself 88 % with 20 to 40 rows of 10 classes.
    """
    rng = np.random.default_rng([seed, 1])
    hits, total = np.diag(counts), counts.sum(axis=1)
    seen = total > 0
    draws = _recalls(hits, total, _DRAWS, rng).mean(axis=1)
    return _bounds(draws, float((hits[seen] / total[seen]).mean()), level)


def f1_interval(
    counts: NDArray[np.int64], level: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Interval of F1 macro over all classes, from draws of the shares of the confusion cells.

    A draw is made of the classes' shares, of their recalls as in ``balanced_interval``, and of
    where the wrong answers of each class go (Dirichlet, one row spread evenly over them as prior).
    Dirichlet draws of all cells at once cover 72 % with 20 rows of 10 classes.
    """
    rng = np.random.default_rng([seed, 2])
    k, total = len(counts), counts.sum(axis=1)
    n_draws = max(200, min(_DRAWS, _CELLS // k**2))
    recalls = _recalls(np.diag(counts), total, n_draws, rng)
    cells = _wrong_answers(counts, n_draws, rng) * (1 - recalls)[:, :, None]
    cells[:, np.arange(k), np.arange(k)] = recalls
    cells *= _shares(total, n_draws, rng)[:, :, None]
    known = total + counts.sum(axis=0) > 0
    score = float(_mean_f1(counts[known][:, known][None])[0])
    return _bounds(_mean_f1(cells), score, level)


def _recalls(
    hits: NDArray[np.int64], total: NDArray[np.int64], n_draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draws (n_draws, k) of each class's recall; the classes' mean and likeness are drawn too.

    Two classes say nothing of how alike classes are: each by itself then (Jeffreys's prior).
    """
    if len(total) <= 2:
        return np.asarray(rng.beta(hits + 0.5, total - hits + 0.5, size=(n_draws, len(total))))
    strength, mean = np.meshgrid(_STRENGTHS, np.linspace(0.01, 0.99, 50))
    a, b = (strength * mean).ravel()[:, None], (strength * (1 - mean)).ravel()[:, None]
    chances = (betaln(a + hits, b + total - hits) - betaln(a, b)).sum(axis=1)
    at = rng.choice(len(a), n_draws, p=softmax(chances))
    return np.asarray(rng.beta(a[at] + hits, b[at] + total - hits))


def _shares(
    total: NDArray[np.int64], n_draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draws (n_draws, k) of the classes' shares; how alike they are is drawn too."""
    if len(total) <= 2:
        return np.asarray(rng.dirichlet(total + 1.0, size=n_draws))
    prior, k, n = _EVENNESS[:, None], len(total), total.sum()
    chances = (gammaln(total + prior) - gammaln(prior)).sum(axis=1)
    chances += gammaln(k * _EVENNESS) - gammaln(k * _EVENNESS + n)
    parts = rng.gamma(total + prior[rng.choice(len(prior), n_draws, p=softmax(chances))])
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def _wrong_answers(
    counts: NDArray[np.int64], n_draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draws (n_draws, k, k) of the shares of each class's wrong answers; 0 on the diagonal."""
    k = len(counts)
    parts = rng.gamma(counts + 1 / max(k - 1, 1), size=(n_draws, k, k))
    parts[:, np.arange(k), np.arange(k)] = 0.0
    whole = parts.sum(axis=2, keepdims=True)
    return np.asarray(np.divide(parts, whole, out=np.zeros_like(parts), where=whole > 0))


def _mean_f1(cells: NDArray[np.floating] | NDArray[np.int64]) -> NDArray[np.float64]:
    """F1 of each class, averaged: (draws, k, k) -> (draws,)."""
    hits = np.diagonal(cells, axis1=1, axis2=2)
    f1 = 2 * hits / (cells.sum(axis=1) + cells.sum(axis=2))
    return np.asarray(f1.mean(axis=1), dtype=np.float64)


def _bounds(draws: NDArray[np.float64], score: float, level: float) -> tuple[float, float]:
    """Percentiles of the draws, opened so far that the score lies between them."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return float(np.clip(low, 0, score)), float(np.clip(high, score, 1))
