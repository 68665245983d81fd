"""Keywords of a query, checked once: a misspelt one must not be ignored."""

from __future__ import annotations

from typing import Any

from al_core.errors import StrategyError
from al_core.learning.querying.strategy import Query


def params(query: Query, **defaults: Any) -> dict[str, Any]:
    """The query's keywords over these defaults; a StrategyError lists what is allowed.

    >>> params(Query(None, [[0]], params={"beta": 2.0}), beta=1.0, sample=None)
    {'beta': 2.0, 'sample': None}
    """
    unknown = sorted(set(query.params) - set(defaults))
    if unknown:
        allowed = ", ".join(defaults) or "none"
        raise StrategyError(
            f"This strategy does not know the keyword {', '.join(unknown)}. Allowed: {allowed}."
        )
    return {**defaults, **query.params}


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    """``value`` where it is one of ``allowed``, else a StrategyError that lists them."""
    if value not in allowed:
        raise StrategyError(f"{name} is {value!r}. Choose one of: {', '.join(allowed)}.")
    return str(value)


def needs_labels(query: Query) -> None:
    """Refuse a query without labelled rows for strategies that learn from them."""
    if query.X_labelled is None or query.y_labelled is None or len(query.y_labelled) == 0:
        raise StrategyError(
            "This strategy needs the labelled rows and got none. Give X_labelled and y_labelled, "
            "or start with labels chosen by the strategy 'centres' or 'random'."
        )


def needs_estimator(query: Query) -> Any:
    """The unfitted estimator of the query, or a clone of its model's settings."""
    from sklearn.base import clone

    source = query.estimator if query.estimator is not None else query.model
    if source is None or not hasattr(source, "get_params"):
        raise StrategyError(
            "This strategy fits models of its own and got no scikit-learn estimator. "
            "Use an ActiveLearner with one, or pass estimator=."
        )
    return clone(source)
