"""What many runs of each picture gave: measured once by ``benchmarks.pictures``, kept as JSON.

One run can show anything; these are the numbers that stand beside it. Hits are counts of right new
points, so that they are exact.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_core.learning.demo.frames import N_TEST, PICTURES, run_side
from al_core.learning.records import Band

# Choices: enough runs to tell chosen from random, and one label of each of two answers to begin.
N_RUNS = 50
FIRST = 2
FILE = Path(__file__).with_name("measured_runs.json")


@dataclass(frozen=True)
class Runs:
    """Scores of all runs of one picture, each (N_RUNS, n), after 2, 3, ... answers."""

    chosen: NDArray[np.float64]
    random: NDArray[np.float64]

    @property
    def labels(self) -> NDArray[np.int64]:
        """How many answers each column had."""
        return np.arange(FIRST, FIRST + self.chosen.shape[1])

    def bands(self) -> tuple[Band, Band]:
        """Median and the middle 90 in 100 runs: chosen by the app, picked at random."""
        many = f"{len(self.chosen)} runs"
        return (
            _band(f"{many}, picked by the app", self.labels, self.chosen),
            _band(f"{many}, picked at random", self.labels, self.random),
        )


@dataclass(frozen=True)
class Verdict:
    """What the runs say after ``n`` answers: mean scores, and how many were better or equal."""

    n: int
    chosen: float
    random: float
    better: int
    equal: int
    n_runs: int


def verdict(runs: Runs, n: int) -> Verdict:
    """Compare both ways of picking after ``n`` answers, run by run."""
    chosen, random = runs.chosen[:, n - FIRST], runs.random[:, n - FIRST]
    better, equal = int((chosen > random).sum()), int((chosen == random).sum())
    return Verdict(n, float(chosen.mean()), float(random.mean()), better, equal, len(chosen))


@dataclass(frozen=True)
class Needed:
    """Answers until the mean of the runs is right ``in_100`` times; None: not within the runs."""

    in_100: int
    chosen: int | None
    random: int | None


def answers_needed(runs: Runs, n: int) -> Needed:
    """What it took both ways to become as good as the better one is after ``n`` answers.

    That is rounded down to a whole number in 100.
    """
    means = [side.mean(axis=0) for side in (runs.chosen, runs.random)]
    level = int(100 * max(float(mean[n - FIRST]) for mean in means) + 1e-9)
    there = [100 * mean >= level - 1e-9 for mean in means]
    chosen, random = (int(t.argmax()) + FIRST if t.any() else None for t in there)
    return Needed(level, chosen, random)


@cache
def read_runs(key: str) -> Runs:
    """The measured runs of a picture, from the file that is shipped."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))[key]
    chosen, random = (np.array(stored[name]) / N_TEST for name in ("margin", "random"))
    return Runs(chosen, random)


def measure(seeds: int = N_RUNS, on_run: Callable[[str, int], None] | None = None) -> None:
    """Play all runs of all pictures and write the file."""
    found: dict[str, dict[str, list[list[int]]]] = {}
    for key in PICTURES:
        found[key] = {"margin": [], "random": []}
        for seed in range(seeds):
            for name, kept in found[key].items():
                kept.append(hits(key, seed, name))
            if on_run is not None:
                on_run(key, seed)
    FILE.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")


def hits(key: str, seed: int, strategy: str) -> list[int]:
    """How many of the new points one run has right, after 2, 3, ... answers."""
    _, scores = run_side(key, seed, strategy)
    return [int(n) for n in np.rint(scores * N_TEST)]


def _band(name: str, labels: NDArray[np.int64], scores: NDArray[np.float64]) -> Band:
    low, middle, high = np.percentile(scores, [5, 50, 95], axis=0)
    return Band(name, labels, middle, low, high, len(scores))
