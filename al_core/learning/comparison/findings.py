"""What is found of one strategy against random: points of 100, or numbers in their own unit."""

from __future__ import annotations

from al_core.learning.comparison.paired_tests import Effect
from al_core.learning.comparison.verdicts import Verdict
from al_core.learning.scoring.number_scores import NumberMetric
from al_core.learning.scoring.of_answers import AnyMetric, is_error


def told_finding(verdict: Verdict, name: str, metric: AnyMetric) -> str:
    """The sentence about one strategy; ``name`` is what it is called there."""
    if isinstance(metric, NumberMetric):
        return _in_units(verdict, name, metric)
    return _in_points(verdict, name)


def _in_points(verdict: Verdict, name: str) -> str:
    effect = verdict.effect
    if effect is None:
        return ""
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
    low, high = _distances(effect)
    return f"{100 * low:.1f} to {100 * high:.1f}"


def _distances(effect: Effect) -> tuple[float, float]:
    """The interval as distances from random on the side of the gain, the smaller one first."""
    low, high = sorted((effect.low, effect.high), key=abs)
    return (-low, -high) if effect.gain < 0 else (low, high)


def _signed(effect: Effect) -> str:
    middle = _minus(f"{100 * effect.gain:+.1f} points")
    return _minus(f"{middle} ({100 * effect.low:+.1f} to {100 * effect.high:+.1f})")


def _minus(numbers: str) -> str:
    """A true minus sign: a hyphen beside a range reads as a dash."""
    return numbers.replace("-", "−")


def _in_units(verdict: Verdict, name: str, metric: NumberMetric) -> str:
    effect = verdict.effect
    if effect is None:
        return ""
    mean = _minus(f"{metric.title.lower()} {verdict.aubc_mean:.4g} over the run")
    repeats = f"better in {effect.wins} of {effect.n} repeats"
    if verdict.finding in ("better", "worse"):
        low, high = _distances(effect)
        side = "lower" if is_error(metric) == (verdict.finding == "better") else "higher"
        far = f"{abs(effect.gain):.4g} {side} than random ({low:.4g} to {high:.4g})"
        return f"{name}: {mean}, {far}, {repeats}."
    gain, least, most = (_minus(f"{x:.4g}") for x in (effect.gain, effect.low, effect.high))
    if verdict.finding == "too few":
        return f"{name}: {mean}, better than random by {gain} ({least} to {most}), {repeats}."
    seen = f"no difference from random can be seen (better by {gain}, from {least} to {most})"
    return f"{name}: {mean}; {seen}, {repeats}."
