"""What a comparison says to a person who reads no statistics: no figure without its range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from al_core.learning.comparison.findings import told_finding
from al_core.learning.comparison.savings import chance_allowed
from al_core.learning.comparison.verdicts import Verdict
from al_core.learning.scoring.number_scores import NumberMetric
from al_core.learning.scoring.of_answers import AnyMetric, is_error
from al_core.learning.strategies import STRATEGIES, strategies_for
from al_core.wording import count

_CLAIM = (
    "All this is about this table: each repeat splits the same rows anew; other data may differ."
)
_ONE_ALONE = "One repeat is finished. Nothing is said of one alone."


@dataclass(frozen=True, slots=True)
class Costs:
    """What a label costs: money (in any currency) and seconds of a person; None: not said."""

    per_label: float | None = None
    seconds: float | None = None


NO_COSTS = Costs()


@dataclass(frozen=True, slots=True)
class Headline:
    """The result of a comparison in one large line and a small one.

    ``goal``: "To be right 90 in 100"; ``line``: "78 rows chosen, more than 150 at random";
    ``detail``: repeats, the range of the rows chosen, and whether rows are saved. ``at_least``:
    rows saved at least; None where no saving may be said.
    """

    goal: str
    line: str
    detail: str
    at_least: int | None = None


def headline(
    verdicts: Sequence[Verdict], metric: AnyMetric, *, whole: bool = True
) -> Headline | None:
    """The best strategy against random at the target; None before two repeats are finished.

    ``whole``: all repeats are in. Before that no saving is said: who looks after each repeat would
    sooner or later see one that is not there.
    """
    pair = _best_and_random(verdicts)
    if pair is None or pair[0].effect is None or pair[0].effect.n < 2:
        return None
    best, random = pair
    goal, line = _goal(best, metric), _line(best, random)
    repeats = count(best.effect.n, "repeat") if best.effect else ""
    easier, harder = ("higher", "lower") if is_error(metric) else ("lower", "higher")
    if _there_at_the_start(best, random):
        return Headline(goal, line, f"{repeats}. Nothing to save: set a {harder} target.")
    if math.isnan(best.to_target.value) and math.isnan(random.to_target.value):
        return Headline(goal, line, f"{repeats}. Set a {easier} target, or label up to more rows.")
    several = len([v for v in verdicts if v.effect is not None]) > 1
    which = f" Chosen by {_name(best, False)}, the best of these." if several else ""
    said, at_least = _saving(best, random, verdicts, whole)
    return Headline(goal, line, f"{repeats}{_chosen_range(best)}. {said}{which}", at_least)


def sentences(
    verdicts: Sequence[Verdict], metric: AnyMetric, costs: Costs = NO_COSTS, *, whole: bool = True
) -> list[str]:
    """The headline, what the saving is worth, findings, failures, the claim."""
    chosen = [verdict for verdict in verdicts if verdict.effect is not None]
    if not chosen:
        return [*_failures(verdicts), _nothing_yet(verdicts)]
    head = headline(verdicts, metric, whole=whole)
    if head is None:
        return [_ONE_ALONE, *_failures(verdicts), _CLAIM]
    several = len({verdict.estimator for verdict in verdicts}) > 1
    found = [told_finding(v, _name(v, several), metric) for v in chosen]
    told = f"{head.goal}: {head.line}. {head.detail}"
    return [told, *_worth(head.at_least, costs), *found, *_failures(verdicts), _CLAIM]


def _best_and_random(verdicts: Sequence[Verdict]) -> tuple[Verdict, Verdict] | None:
    chosen = [verdict for verdict in verdicts if verdict.effect is not None]
    if not chosen:
        return None
    best = max(chosen, key=lambda verdict: verdict.effect.gain if verdict.effect else -math.inf)
    return best, next(
        v for v in verdicts if v.estimator == best.estimator and v.strategy == "random"
    )


def _nothing_yet(verdicts: Sequence[Verdict]) -> str:
    if any(verdict.seeds for verdict in verdicts):
        return "Only one side has finished a run so far: nothing to compare until the other has."
    return "No run was finished yet, so there is nothing to compare."


def _goal(verdict: Verdict, metric: AnyMetric) -> str:
    if isinstance(metric, NumberMetric):
        return f"To reach {metric.title.lower()} {verdict.target:.4g}"
    score = f"{100 * verdict.target:.1f}".removesuffix(".0")
    if metric.name != "accuracy":
        return f"To reach {score} in 100 ({metric.title.lower()})"
    return f"To be right {score} in 100"


def _there_at_the_start(best: Verdict, random: Verdict) -> bool:
    return best.to_target.value == random.to_target.value == best.start


def _line(best: Verdict, random: Verdict) -> str:
    if _there_at_the_start(best, random):
        return f"the first {best.start} rows are enough, the same on both sides"
    ours, theirs = best.to_target.value, random.to_target.value
    if math.isnan(ours) and math.isnan(theirs):
        return f"more than {best.end:,} rows, chosen or at random"
    return f"{_rows(ours, best.end)} rows chosen, {_rows(theirs, random.end)} at random"


def _rows(needed: float, end: int) -> str:
    """Rows to the target; what was not reached is more than the run was long."""
    return f"more than {end:,}" if math.isnan(needed) else f"{needed:,.0f}"


def _chosen_range(best: Verdict) -> str:
    reach = best.to_target
    if math.isnan(reach.value) or math.isnan(reach.low):
        return ""
    if math.isnan(reach.high):
        return f": chosen {reach.low:,.0f} or more"
    return f": chosen {reach.low:,.0f} to {reach.high:,.0f}"


def _saving(
    best: Verdict, random: Verdict, verdicts: Sequence[Verdict], whole: bool
) -> tuple[str, int | None]:
    """Whether rows are saved, in words, and how many at least where it may be said."""
    n_tests = sum(verdict.effect is not None for verdict in verdicts)
    repeats = best.effect.n if best.effect else 0
    if not whole:
        return "Whether rows are saved is told after the last repeat.", None
    if 2.0**-repeats > chance_allowed(repeats, n_tests):
        return "Too few repeats to tell whether rows are saved.", None
    if best.saved.low > 0:
        at_least = int(best.saved.low)
        return f"Saves at least {count(at_least, 'row')}.", at_least
    if best.saved.high < 0:
        return f"Choosing costs at least {count(int(-best.saved.high), 'row')} more.", None
    return "No saving can be seen.", None


def _worth(at_least: int | None, costs: Costs) -> list[str]:
    """What the rows that are saved at least would have cost."""
    if at_least is None:
        return []
    told = []
    if costs.per_label is not None:
        told.append(f"Money saved: at least {at_least * costs.per_label:,.2f}.")
    if costs.seconds is not None:
        told.append(f"Hours saved: at least {at_least * costs.seconds / 3600:,.1f}.")
    return told


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
