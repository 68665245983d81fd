"""Query strategies that a person wrote: called once, as they expect, their answer understood.

The shapes are those that custom strategies for modAL's ``ActiveLearner`` have: ``(learner, X_pool,
...)`` in, and out come indices, ``(indices, metrics)`` or ``(indices, instances)``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import StrategyError
from al_core.learning.matrices import Matrix, n_rows
from al_core.learning.records import Rows

Metrics = NDArray[np.float64] | None


def check_callable(query_strategy: Any) -> None:
    """Refuse a strategy that is neither a name nor callable (StrategyError)."""
    if not callable(query_strategy):
        raise StrategyError(
            f"Got a {type(query_strategy).__name__} as query strategy. "
            "Give a registered name, or a function of (learner, X_pool)."
        )


def call_strategy(
    strategy: Callable[..., Any],
    learner: Any,
    X_pool: Matrix,
    n_instances: int,
    keywords: Mapping[str, Any],
) -> tuple[Rows, Metrics]:
    """Call it once; its own error comes through. Returns (indices, metrics or None)."""
    extra = dict(keywords)
    if _takes_n_instances(strategy) and not _is_bound(strategy, n_instances):
        extra["n_instances"] = n_instances
    return read_answer(strategy(learner, X_pool, **extra), n_rows(X_pool))


def read_answer(answer: Any, n_pool: int) -> tuple[Rows, Metrics]:
    """Indices and metrics out of whatever a strategy returned; StrategyError where it is neither.

    >>> read_answer((2, 0), 5)
    (array([2, 0]), None)
    >>> read_answer(([2, 0], [0.9, 0.8]), 5)
    (array([2, 0]), array([0.9, 0.8]))
    """
    second = None
    # A pair of two bare integers is two indices; any other pair is indices and something more.
    if isinstance(answer, tuple) and len(answer) == 2 and any(map(_has_length, answer)):
        answer, second = answer
    rows = _indices(answer, n_pool)
    return rows, _metrics(second, len(rows))


def _has_length(value: Any) -> bool:
    return bool(np.ndim(value)) if not hasattr(value, "shape") else len(value.shape) > 0


def _indices(answer: Any, n_pool: int) -> Rows:
    rows = np.atleast_1d(np.asarray(answer))
    if rows.dtype == bool and rows.shape == (n_pool,):
        rows = np.flatnonzero(rows)
    if rows.ndim == 2 and 1 in rows.shape:
        rows = rows.ravel()
    if rows.ndim != 1 or rows.size == 0 or rows.dtype.kind not in "iu":
        raise StrategyError(
            f"The query strategy returned {_repr(answer)}. Return the indices of the rows to ask, "
            "alone or as the first of a pair (indices, metrics) or (indices, instances)."
        )
    if rows.min() < 0 or rows.max() >= n_pool or len(np.unique(rows)) < len(rows):
        raise StrategyError(
            f"The query strategy returned {_repr(answer)}. "
            f"Return different indices from 0 to {n_pool - 1}."
        )
    return rows.astype(np.intp)


def _metrics(second: Any, n: int) -> Metrics:
    """The second item of a pair if it is one float a row; instances are looked up anyway."""
    if second is None or not hasattr(second, "__len__"):
        return None
    values = second if hasattr(second, "dtype") else np.asarray(second)
    is_metrics = getattr(values, "shape", None) == (n,) and values.dtype.kind == "f"
    return np.asarray(values, dtype=np.float64) if is_metrics else None


def _takes_n_instances(strategy: Callable[..., Any]) -> bool:
    try:
        parameters = inspect.signature(strategy).parameters
    except (TypeError, ValueError):  # some compiled functions do not tell
        return False
    takes_all = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values())
    return takes_all or "n_instances" in parameters


def _is_bound(strategy: Callable[..., Any], n_instances: int) -> bool:
    """``partial(f, n_instances=5)`` keeps its 5 unless the query asks for another number."""
    return n_instances == 1 and isinstance(strategy, partial) and "n_instances" in strategy.keywords


def _repr(answer: Any) -> str:
    text = repr(answer).replace("\n", " ")
    return text if len(text) <= 80 else f"{text[:77]}..."
