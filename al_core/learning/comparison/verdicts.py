"""From runs to what may be said of them: a line of figures for each strategy."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.comparison.paired_tests import (
    Effect,
    Finding,
    Reach,
    finding,
    holm,
    labels_to_target,
    paired_effect,
)
from al_core.learning.comparison.runs import Run
from al_core.learning.comparison.savings import chance_allowed, in_percent, rows_saved
from al_core.learning.scoring.curves import Norm, aubc

Key = tuple[str, str]
# Label counts (points,), scores (runs, points), and the seed of each run.
Curve = tuple[list[int], NDArray[np.float64], list[int]]
Curves = dict[Key, Curve]
_NOTHING = Reach(math.nan, math.nan, math.nan, 0.0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one strategy with one estimator; ``effect`` None for random itself.

    ``start``, ``end``: the labels that every run begins and ends with.
    """

    estimator: str
    strategy: str
    aubc_mean: float
    aubc_std: float
    seeds: int
    target: float
    to_target: Reach
    effect: Effect | None = None
    p_holm: float = math.nan
    finding: Finding | None = None
    saved: Reach = _NOTHING
    saved_percent: Reach = _NOTHING
    errors: int = 0
    error: str = ""
    seconds: float = math.nan
    start: int = 0
    end: int = 0

    def line(self) -> dict[str, Any]:
        """Its line of ``Comparison.summary``."""
        effect = self.effect or Effect(math.nan, math.nan, math.nan, math.nan, 0, self.seeds)
        line: dict[str, Any] = {
            "estimator": self.estimator,
            "strategy": self.strategy,
            "aubc_mean": self.aubc_mean,
            "aubc_std": self.aubc_std,
            "gain": effect.gain,
            "gain_low": effect.low,
            "gain_high": effect.high,
            "p_value": effect.p,
            "p_holm": self.p_holm,
            "wins": effect.wins,
            "seeds": self.seeds,
            "target": self.target,
        }
        for name in ("labels_to_target", "saved", "saved_percent"):
            reach = self.to_target if name == "labels_to_target" else getattr(self, name)
            line |= {name: reach.value, f"{name}_low": reach.low, f"{name}_high": reach.high}
        return line | {
            "finding": self.finding or "",
            "errors": self.errors,
            "error": self.error,
            "seconds": self.seconds,
        }


def curves(runs: Sequence[Run]) -> Curves:
    """(estimator, strategy) -> (label counts, scores (runs, points), seeds), of whole runs."""
    whole = [run for run in runs if not run.error and run.n_labels]
    found: Curves = {}
    for key in dict.fromkeys((run.estimator, run.strategy) for run in whole):
        mine = [run for run in whole if (run.estimator, run.strategy) == key]
        usual = Counter(run.n_labels for run in mine).most_common(1)[0][0]
        mine = sorted((run for run in mine if run.n_labels == usual), key=lambda run: run.seed)
        scores = np.array([run.scores for run in mine])
        found[key] = list(usual), scores, [run.seed for run in mine]
    return found


def whole_repeats(runs: Sequence[Run]) -> list[Run]:
    """The runs of those seeds that every strategy has come to the end of, if only by an error.

    While runs come in one side is a seed ahead: its mean over other splits than those that the
    difference is taken from would contradict it. All runs where no seed is whole yet.
    """
    kept: list[Run] = []
    for estimator in dict.fromkeys(run.estimator for run in runs):
        mine = [run for run in runs if run.estimator == estimator]
        done = [{r.seed for r in mine if r.strategy == s} for s in {r.strategy for r in mine}]
        whole = set.intersection(*done)
        kept += [run for run in mine if run.seed in whole or not whole]
    return kept


def judge(
    runs: Sequence[Run],
    target: float | None = None,
    norm: Norm = "range",
    lower_is_better: bool = False,
) -> list[Verdict]:
    """A verdict for each estimator and strategy, in the order of ``runs``.

    All figures are of the same seeds, and differences are paired: a strategy and random over the
    seeds that both have finished. lower_is_better: scores are errors; gains are still better above
    0.
    """
    runs = whole_repeats(runs)
    known = curves(runs)
    keys = list(dict.fromkeys((run.estimator, run.strategy) for run in runs))
    test = _Test(norm, sum(s != "random" for _, s in keys), -1 if lower_is_better else 1)
    lines = [_line(key, runs, known, target, test) for key in keys]
    tested = [line for line in lines if line.effect is not None and line.effect.n > 0]
    corrected = holm([line.effect.p for line in tested if line.effect])
    verdict_of = {
        id(line): replace(line, p_holm=p, finding=finding(line.effect, p, len(tested)))
        for line, p in zip(tested, corrected, strict=True)
        if line.effect
    }
    return [verdict_of.get(id(line), line) for line in lines]


@dataclass(frozen=True, slots=True)
class _Test:
    """How runs are held against random; ``sign`` is -1 where lower scores are better."""

    norm: Norm
    n_tests: int
    sign: int


def _line(
    key: Key, runs: Sequence[Run], known: Curves, target: float | None, test: _Test
) -> Verdict:
    """The figures of one strategy, its Holm p still open."""
    mine = [run for run in runs if (run.estimator, run.strategy) == key]
    failed = [run.error for run in mine if run.error]
    n_labels, scores, seeds = known.get(key, ([], np.empty((0, 0)), []))
    areas = np.array([aubc(n_labels, row, test.norm) for row in scores])
    random = known.get((key[0], "random"))
    goal = _goal(random, target)
    reached = (
        labels_to_target(n_labels, test.sign * scores, test.sign * goal) if len(areas) else _NOTHING
    )
    line = Verdict(
        *key,
        aubc_mean=float(areas.mean()) if len(areas) else math.nan,
        aubc_std=float(areas.std(ddof=1)) if len(areas) > 1 else math.nan,
        seeds=len(seeds),
        target=goal,
        to_target=reached,
        errors=len(failed),
        error=failed[0] if failed else "",
        seconds=float(np.mean([run.seconds for run in mine])),
        start=n_labels[0] if n_labels else 0,
        end=n_labels[-1] if n_labels else 0,
    )
    if key[1] == "random" or random is None or not len(areas):
        return line
    return _against(line, (n_labels, scores, seeds), random, test)


def _goal(random: Curve | None, target: float | None) -> float:
    if target is not None:
        return target
    return math.nan if random is None else float(random[1].mean(axis=0)[-1])


def _against(line: Verdict, ours: Curve, random: Curve, test: _Test) -> Verdict:
    """``line`` with what is known from the seeds that both it and random have finished."""
    n_labels, scores, seeds = ours
    both = [seed for seed in seeds if seed in random[2]]
    if not both or n_labels != random[0]:
        return line
    a = test.sign * scores[[seeds.index(seed) for seed in both]]
    b = test.sign * random[1][[random[2].index(seed) for seed in both]]
    gains = [
        aubc(n_labels, x, test.norm) - aubc(n_labels, y, test.norm)
        for x, y in zip(a, b, strict=True)
    ]
    target = test.sign * line.target
    saved = rows_saved(n_labels, a, b, target, chance_allowed(len(both), test.n_tests))
    base = labels_to_target(n_labels, b, target).value
    percent = in_percent(saved, n_labels[-1] if math.isnan(base) else base)
    return replace(line, effect=paired_effect(gains), saved=saved, saved_percent=percent)
