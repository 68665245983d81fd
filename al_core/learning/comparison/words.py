"""What a comparison says to a person who reads no statistics: no figure without its range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from al_core.learning.comparison.paired_tests import Effect, Reach
from al_core.learning.comparison.verdicts import Verdict
from al_core.learning.scoring.metrics import Metric
from al_core.learning.scoring.tag_scores import TagMetric
from al_core.learning.strategies import STRATEGIES, strategies_for

_CLAIM = (
    "All this is about this table: each repeat splits the same rows anew; other data may differ."
)
TOO_FEW = "Too few repeats to tell."


@dataclass(frozen=True, slots=True)
class Costs:
    """What a label costs: money (in any currency) and seconds of a person; None: not said."""

    per_label: float | None = None
    seconds: float | None = None


NO_COSTS = Costs()


def sentences(
    verdicts: Sequence[Verdict], metric: Metric | TagMetric, costs: Costs = NO_COSTS
) -> list[str]:
    """Whether it can be told at all, the best strategy's saving, findings, failures, the claim."""
    chosen = [verdict for verdict in verdicts if verdict.effect is not None]
    if not chosen:
        return [*_failures(verdicts), _nothing_yet(verdicts)]
    best = max(chosen, key=lambda verdict: verdict.effect.gain if verdict.effect else -math.inf)
    random = next(v for v in verdicts if v.estimator == best.estimator and v.strategy == "random")
    several = len({verdict.estimator for verdict in verdicts}) > 1
    found = [_finding(verdict, several) for verdict in chosen]
    doubt = [TOO_FEW] if all(verdict.finding == "too few" for verdict in chosen) else []
    saving = [_target(best, random, metric), *_saving(best, random, costs)]
    return [*doubt, *saving, *found, *_failures(verdicts), _CLAIM]


def _nothing_yet(verdicts: Sequence[Verdict]) -> str:
    if any(verdict.seeds for verdict in verdicts):
        return "Only one side has finished a run so far: nothing to compare until the other has."
    return "No run was finished yet, so there is nothing to compare."


def _goal(verdict: Verdict, metric: Metric | TagMetric) -> str:
    score = f"{100 * verdict.target:.1f}".removesuffix(".0")
    if metric.name != "accuracy":
        return f"To reach {score} of 100 ({metric.title.lower()})"
    return f"To be right {score} times in 100"


def _there_at_the_start(best: Verdict, random: Verdict) -> bool:
    return best.to_target.value == random.to_target.value == best.start


def _target(best: Verdict, random: Verdict, metric: Metric | TagMetric) -> str:
    goal = _goal(best, metric)
    if _there_at_the_start(best, random):
        return (
            f"{goal}, the first {best.start} rows are enough, the same ones on both sides. "
            "There is nothing to save: set a higher target."
        )
    return (
        f"{goal}: {_labels(best.to_target, 'chosen by the app')}, "
        f"{_labels(random.to_target, 'at random')}."
    )


def _labels(reach: Reach, how: str) -> str:
    if math.isnan(reach.value):
        return f"not reached with rows {how}"
    return f"{reach.value:.0f} rows {how} ({_range(reach)})"


def _range(reach: Reach, digits: int = 0) -> str:
    if math.isnan(reach.low):
        return "the range cannot be told"
    if math.isnan(reach.high):
        return f"{_minus(f'{reach.low:.{digits}f}')} or more; not reached in some repeats"
    return _minus(f"{reach.low:.{digits}f} to {reach.high:.{digits}f}")


def _minus(numbers: str) -> str:
    """A true minus sign: a hyphen beside a range reads as a dash."""
    return numbers.replace("-", "−")


def _saving(best: Verdict, random: Verdict, costs: Costs) -> list[str]:
    """Rows, share, money and hours saved, where the target is reached and the range is known."""
    rows, share = best.saved, best.saved_percent
    if (
        _there_at_the_start(best, random)
        or math.isnan(rows.value)
        or math.isnan(rows.low)
        or math.isnan(rows.high)
    ):
        return []
    told = [
        f"Saved: {rows.value:.0f} rows ({_range(rows)}), "
        f"that is {share.value:.0f} in 100 ({_range(share)})."
    ]
    if costs.per_label is not None:
        told.append(f"Money saved: {_times(rows, costs.per_label, 2)}.")
    if costs.seconds is not None:
        told.append(f"Hours saved: {_times(rows, costs.seconds / 3600, 1)}.")
    return told


def _times(reach: Reach, factor: float, digits: int) -> str:
    scaled = Reach(reach.value * factor, reach.low * factor, reach.high * factor, reach.reached)
    return f"{scaled.value:,.{digits}f} ({_range(scaled, digits)})"


def _finding(verdict: Verdict, several: bool) -> str:
    effect = verdict.effect
    if effect is None:
        return ""
    name = _name(verdict, several)
    points = f"{100 * abs(effect.gain):.1f} points"
    repeats = f"{effect.wins} of {effect.n} repeats"
    if verdict.finding == "better":
        return f"{name} is better than random by {points} ({_points(effect)}), in {repeats}."
    if verdict.finding == "worse":
        return (
            f"Active learning is worse here: {name} is {points} below random "
            f"({_points(effect)}), better in {repeats}."
        )
    if verdict.finding == "too few":
        return f"{name} against random: {_signed(effect)}, better in {repeats}."
    return (
        f"{name} against random: no difference can be seen ({_signed(effect)}; {repeats} better)."
    )


def _points(effect: Effect) -> str:
    """The interval in points, smaller distance from random first."""
    low, high = sorted((100 * effect.low, 100 * effect.high), key=abs)
    if effect.gain < 0:
        low, high = -low, -high
    return f"{low:.1f} to {high:.1f}"


def _signed(effect: Effect) -> str:
    middle = _minus(f"{100 * effect.gain:+.1f} points")
    if math.isnan(effect.low):
        return f"{middle}, from one repeat"
    return _minus(f"{middle} ({100 * effect.low:+.1f} to {100 * effect.high:+.1f})")


def _name(verdict: Verdict, several: bool) -> str:
    title = verdict.strategy
    for known in (STRATEGIES, strategies_for("numbers"), strategies_for("tags")):
        if title in known:
            title = known[title].title.removesuffix(" (recommended)")
            break
    return f"“{title}” with {verdict.estimator}" if several else f"“{title}”"


def _failures(verdicts: Sequence[Verdict]) -> list[str]:
    several = len({verdict.estimator for verdict in verdicts}) > 1
    return [
        f"{_name(v, several)} failed in {v.errors} of {v.errors + v.seeds} repeats: {v.error}"
        for v in verdicts
        if v.errors
    ]
