"""What a comparison of regressors says: in the numbers' own unit, lower errors are better."""

from __future__ import annotations

import math
from collections.abc import Sequence

from al_core.learning.comparison.verdicts import Verdict
from al_core.learning.comparison.words import NO_COSTS, Costs, sentences
from al_core.learning.scoring.metrics import METRICS
from al_core.learning.scoring.number_scores import NumberMetric


def number_sentences(
    verdicts: Sequence[Verdict], metric: NumberMetric, costs: Costs = NO_COSTS
) -> list[str]:
    """Whether it can be told at all, the target, findings, failures, the claim.

    Savings, failures and the claim are those of any comparison; what is in points there is in the
    unit of the numbers here.
    """
    frame = sentences(verdicts, METRICS["accuracy"], costs)
    chosen = [verdict for verdict in verdicts if verdict.effect is not None]
    if not chosen:
        return frame
    best = max(chosen, key=lambda v: v.effect.gain if v.effect else -math.inf)
    goal = f"To reach {metric.title.lower()} {best.target:.4g}: "
    told = [_in_units(line, goal) for line in frame if not _is_finding(line)]
    claim = told.pop()
    return [*told, *(_finding(verdict, metric) for verdict in chosen), claim]


def _in_units(line: str, goal: str) -> str:
    """The sentence about the target with that of these numbers, any other as it is."""
    return goal + line.split(": ", 1)[1] if line.startswith("To be right ") else line


def _is_finding(line: str) -> bool:
    return " against random: " in line or " random by " in line or " below random " in line


def _finding(verdict: Verdict, metric: NumberMetric) -> str:
    effect = verdict.effect
    assert effect is not None
    low_is_good = not metric.higher_is_better
    mean = f"{metric.title.lower()} {verdict.aubc_mean:.4g} over the run"
    far = f"{abs(effect.gain):.4g}"
    span = "" if math.isnan(effect.low) else f" ({effect.low:.4g} to {effect.high:.4g})"
    repeats = f"better in {effect.wins} of {effect.n} repeats"
    better = "lower" if low_is_good else "higher"
    worse = "higher" if low_is_good else "lower"
    if verdict.finding == "better":
        return f"{verdict.strategy}: {mean}, {far} {better} than random{span}, {repeats}."
    if verdict.finding == "worse":
        return f"{verdict.strategy}: {mean}, {far} {worse} than random{span}, {repeats}."
    return f"{verdict.strategy}: {mean}; no difference from random can be seen{span}, {repeats}."
