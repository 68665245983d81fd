"""New strategies made of registered ones: product, weighted sum, two steps, a schedule.

A part is a name, a ``Strategy``, or a pair of one of them and its keywords. What comes out is a
``Strategy`` as well: give it to an ``ActiveLearner``, to ``simulate``, or to another combination.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from al_core.errors import StrategyError
from al_core.learning.querying.pick import pick, run_strategy
from al_core.learning.querying.strategy import Query, Strategy, get_strategy

Array = NDArray[np.float64]
Part = str | Strategy | tuple[str | Strategy, Mapping[str, Any]]


def product(*parts: Part, powers: Sequence[float] | None = None, name: str = "") -> Strategy:
    """Utility: the product of the parts' utilities, each to its power (1).

    Utilities below zero are moved up by their smallest first: the order within a part stays.

    >>> from al_core.learning.strategies import STRATEGIES
    >>> product("margin", "density").name
    'margin*density'
    """
    strategies, keywords = _parts(parts, utility=True)
    exponents = _numbers(powers, len(strategies), "powers")

    def utilities(query: Query) -> Array:
        total = np.ones(query.X_pool.shape[0])
        for one, given, power in zip(strategies, keywords, exponents, strict=True):
            values = one(replace(query, params=given))
            total *= (values - min(0.0, float(values.min()))) ** power
        return total

    return _combined(name or "*".join(s.name for s in strategies), "utility", strategies, utilities)


def weighted_sum(
    *parts: Part, weights: Sequence[float] | None = None, scale: str = "rank", name: str = ""
) -> Strategy:
    """Utility: the weighted sum of the parts' utilities, made comparable first.

    scale "rank": a row's share of rows with a lower utility, ties in the middle; "range": stretched
    to 0..1; "none": as they are.

    >>> from al_core.learning.strategies import STRATEGIES
    >>> weighted_sum("margin", "random", weights=[0.9, 0.1]).deterministic
    False
    """
    strategies, keywords = _parts(parts, utility=True)
    shares = _numbers(weights, len(strategies), "weights")
    if scale not in _SCALES:
        raise StrategyError(f"scale is {scale!r}. Choose one of: {', '.join(_SCALES)}.")

    def utilities(query: Query) -> Array:
        total = np.zeros(query.X_pool.shape[0])
        for one, given, weight in zip(strategies, keywords, shares, strict=True):
            total += weight * _SCALES[scale](one(replace(query, params=given)))
        return total

    return _combined(name or "+".join(s.name for s in strategies), "utility", strategies, utilities)


def two_step(shortlist_by: Part, pick_by: Part, *, factor: int = 10, name: str = "") -> Strategy:
    """Picks: ``factor`` times the batch by the first part, and from those by the second.

    >>> from al_core.learning.strategies import STRATEGIES
    >>> two_step("margin", "core_set").kind
    'set'
    """
    strategies, keywords = _parts((shortlist_by, pick_by))
    first, second = strategies
    if first.kind != "utility":
        raise StrategyError(
            f"The shortlist is made by utilities and {first.name!r} returns picks. "
            "Put it second, or use a strategy of kind 'utility' first."
        )
    if factor < 1:
        raise StrategyError(f"factor is {factor}. Give 1 or more.")

    def picks(query: Query) -> NDArray[np.intp]:
        n_rows = query.X_pool.shape[0]
        size = min(n_rows, factor * query.n_instances)
        rows = pick(first(replace(query, params=keywords[0])), size, query.rng)
        rows = np.sort(rows)
        among = _for_part(second, sub_query(query, rows, keywords[1]), keywords[1])
        return rows[run_strategy(second, among)[0]]

    return _combined(
        name or f"{first.name}>{second.name}", "set", strategies, picks, first.max_pool
    )


def schedule(*steps: tuple[Part, int | None], name: str = "") -> Strategy:
    """Picks: each part until so many rows are labelled; the last until the end (None).

    >>> from al_core.learning.strategies import STRATEGIES
    >>> schedule(("typiclust", 30), ("margin", None)).name
    'typiclust till 30, margin'
    """
    strategies, keywords = _parts([part for part, _ in steps])
    limits = [limit for _, limit in steps]
    if limits[-1] is not None or None in limits[:-1] or sorted(limits[:-1]) != limits[:-1]:  # type: ignore[type-var]
        raise StrategyError(
            f"The steps end at {limits} labels. Give rising numbers and None for the last."
        )

    def picks(query: Query) -> NDArray[np.intp]:
        n_labels = 0 if query.y_labelled is None else len(query.y_labelled)
        now = next(i for i, limit in enumerate(limits) if limit is None or n_labels < limit)
        return run_strategy(strategies[now], _for_part(strategies[now], query, keywords[now]))[0]

    words = [s.name + (f" till {n}" if n else "") for s, n in zip(strategies, limits, strict=True)]
    return _combined(name or ", ".join(words), "set", strategies, picks)


def _for_part(part: Strategy, query: Query, given: Mapping[str, Any]) -> Query:
    """The query as one part is asked: costs are for those parts that take them."""
    return replace(query, params=given, costs=query.costs if part.takes_costs else None)


def sub_query(query: Query, rows: NDArray[np.intp], given: Mapping[str, Any]) -> Query:
    """The same query over some rows of its pool."""
    X = query.X_pool.iloc[rows] if hasattr(query.X_pool, "iloc") else query.X_pool[rows]
    costs = query.costs
    if costs is not None and costs.ndim == 1:
        costs = costs[rows]
    return replace(query, X_pool=X, costs=costs, params=given)


def _parts(
    parts: Sequence[Part], *, utility: bool = False
) -> tuple[list[Strategy], list[Mapping[str, Any]]]:
    pairs = [part if isinstance(part, tuple) else (part, {}) for part in parts]
    strategies = [get_strategy(s) if isinstance(s, str) else s for s, _ in pairs]
    if not strategies:
        raise StrategyError("A combination needs one strategy or more and got none.")
    wrong = [s.name for s in strategies if utility and s.kind != "utility"]
    if wrong:
        raise StrategyError(
            f"Only utilities can be added or multiplied, and {wrong[0]!r} returns picks. "
            "Use two_step or schedule for it."
        )
    return strategies, [given for _, given in pairs]


def _numbers(given: Sequence[float] | None, n: int, what: str) -> list[float]:
    numbers = [1.0] * n if given is None else [float(x) for x in given]
    if len(numbers) != n or not np.isfinite(numbers).all() or min(numbers) < 0:
        raise StrategyError(f"{what} are {numbers}. Give {n} numbers that are 0 or more.")
    return numbers


def _rank(values: Array) -> Array:
    return np.asarray((rankdata(values) - 0.5) / len(values))


def _range(values: Array) -> Array:
    width = float(np.ptp(values))
    return np.asarray((values - values.min()) / width if width > 0 else np.zeros(len(values)))


_SCALES: dict[str, Callable[[Array], Array]] = {
    "rank": _rank,
    "range": _range,
    "none": lambda values: values,
}


def _shared_answers(parts: Sequence[Strategy]) -> tuple[Any, ...]:
    """The kinds of answers that every part serves; a StrategyError where there is none."""
    shared = tuple(a for a in parts[0].answers if all(a in part.answers for part in parts))
    if not shared:
        names = " and ".join(repr(part.name) for part in parts)
        raise StrategyError(
            f"{names} are for models of different answers (classes, numbers, tags). "
            "Combine strategies of one kind."
        )
    return shared


def _combined(
    name: str,
    kind: Any,
    parts: Sequence[Strategy],
    function: Callable[[Query], NDArray[Any]],
    max_pool: int | None = None,
) -> Strategy:
    """A strategy with the chance and the limits of its parts; not registered."""
    return Strategy(
        name=name,
        title=name,
        function=function,
        kind=kind,
        deterministic=all(part.deterministic for part in parts),
        max_pool=max_pool or min(part.max_pool for part in parts),
        paper="; ".join(dict.fromkeys(part.paper for part in parts)),
        summary=f"Combination: {name}.",
        menu=False,
        needs_model=any(part.needs_model for part in parts),
        takes_costs=any(part.takes_costs for part in parts),
        answers=_shared_answers(parts),
    )
