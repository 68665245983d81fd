"""What a query strategy is, and the registry that menu, checks, docs and benchmarks read.

A strategy is a function of one :class:`Query`. A *utility* strategy returns one finite number a
pool row, higher is asked first; a *set* strategy returns the picked rows, best first. Choosing rows
from utilities (ties, diversity) is a second step: ``al_core.learning.querying.pick``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from al_core.errors import StrategyError

if TYPE_CHECKING:
    # The menu needs the names of strategies, and no scikit-learn.
    from al_core.learning.models.answers import Answers

Kind = Literal["utility", "set"]


@dataclass(frozen=True)
class Query:
    """Everything a strategy may look at.

    model: fitted classifier, or a ``Committee``. estimator: an unfitted one of the same settings,
    for strategies that refit. X_pool: (n, d) array or CSR, the candidates. X_labelled, y_labelled:
    what the model was fitted on. classes: every class there is, those unseen so far included.
    costs: what ``cost`` strategies need, a (k, k) array of costs a class pair (row: true class,
    column: predicted; both in the order of ``classes``, which is sorted) or one labelling cost a
    pool row. params: the keywords given to the query. on_transformed: distances are taken behind
    the preparing steps of a Pipeline.
    """

    model: Any
    X_pool: Any
    X_labelled: Any = None
    y_labelled: NDArray[Any] | None = None
    classes: NDArray[Any] | None = None
    estimator: Any = None
    n_instances: int = 1
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))
    costs: NDArray[np.float64] | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    on_transformed: bool = True

    @cached_property
    def proba(self) -> NDArray[np.floating[Any]]:
        """Class probabilities of the pool, (n, number of classes the model knows)."""
        from al_core.learning.models.probabilities import class_probabilities

        return class_probabilities(self.model, self.X_pool)


@dataclass(frozen=True)
class Strategy:
    """A registered strategy. ``title`` is what a person reads in the menu.

    ``needs_model`` False: it looks at rows only, and works before there is a model. ``takes_costs``
    False: it would not look at ``costs``, and a query that gives them is refused. ``answers``: what
    the models it serves learn.
    """

    name: str
    title: str
    function: Callable[[Query], NDArray[Any]]
    kind: Kind
    deterministic: bool
    max_pool: int
    paper: str
    summary: str
    menu: bool
    needs_model: bool = True
    takes_costs: bool = False
    answers: tuple[Answers, ...] = ("classes",)

    def __call__(self, query: Query) -> NDArray[Any]:
        """Utilities (n,) of a utility strategy, or picked row indices (k,) of a set strategy."""
        return self.function(query)


_registry: dict[str, Strategy] = {}


class Traits(TypedDict, total=False):
    """What a strategy may say of itself where it is registered; see :class:`Strategy`."""

    kind: Kind
    deterministic: bool
    max_pool: int
    menu: bool
    needs_model: bool
    takes_costs: bool
    answers: tuple[Answers, ...]


# As most strategies are; the pool is larger than any that was tried.
_USUAL: Traits = {"kind": "utility", "deterministic": True, "max_pool": 10_000_000, "menu": True}


def strategy(
    name: str, *, title: str, paper: str, **traits: Unpack[Traits]
) -> Callable[[Callable[[Query], NDArray[Any]]], Callable[[Query], NDArray[Any]]]:
    """Register the decorated function as a strategy under ``name``.

    The first line of its docstring is its one-sentence summary. traits: ``kind`` ("utility" or
    "set"), ``deterministic`` (True), ``max_pool``, the largest pool it is meant for, in rows;
    ``menu=False`` keeps it out of the app's menu, ``needs_model=False`` says that it works while
    there is no model yet, ``takes_costs=True`` that it reads ``query.costs``, and ``answers``
    which kinds of answers it serves: "classes", "numbers", "tags".
    """

    def register(function: Callable[[Query], NDArray[Any]]) -> Callable[[Query], NDArray[Any]]:
        summary = (function.__doc__ or "").strip().split("\n")[0]
        about: Any = {**_USUAL, **traits}
        _registry[name] = Strategy(name, title, function, paper=paper, summary=summary, **about)
        return function

    return register


def _registered() -> dict[str, Strategy]:
    """The registry with our own strategies in it, whichever module was imported first.

    By name: this module lies below the strategies, which register themselves when imported.
    """
    import_module("al_core.learning.strategies")
    return _registry


class _Strategies(Mapping[str, Strategy]):
    """The strategies that serve one kind of answers, read-only, in the order of registration."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def _served(self) -> dict[str, Strategy]:
        return {k: one for k, one in _registered().items() if self._answers in one.answers}

    def __getitem__(self, name: str) -> Strategy:
        return self._served()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._served())

    def __len__(self) -> int:
        return len(self._served())


STRATEGIES: Mapping[str, Strategy] = _Strategies("classes")
"""The strategies for classes, in menu order."""

# What won or tied most often: docs/benchmarks.md has the measurements.
_DEFAULTS: Mapping[Answers, str] = {
    "classes": "margin",
    "numbers": "greedy_x",
    "tags": "min_confidence",
}


def strategies_for(answers: Answers) -> Mapping[str, Strategy]:
    """The strategies that serve models of ``answers``: "classes", "numbers" or "tags"."""
    return _Strategies(answers)


def default_strategy(answers: Answers) -> str:
    """The name of the strategy for those who name none.

    >>> default_strategy("classes")
    'margin'
    """
    return _DEFAULTS[answers]


def get_strategy(name: str) -> Strategy:
    """The strategy registered under ``name``; a StrategyError lists those that exist."""
    registry = _registered()
    if name not in registry:
        raise StrategyError(
            f"There is no strategy named {name!r}. Choose one of: {', '.join(registry)}."
        )
    return registry[name]


def as_strategy(given: Any) -> Strategy:
    """The ``Strategy`` given or registered under that name; a StrategyError for anything else."""
    if isinstance(given, Strategy):
        return given
    if isinstance(given, str):
        return get_strategy(given)
    told = "a function" if callable(given) else f"a {type(given).__name__}"
    raise StrategyError(
        f"Got {told} as strategy. Give a registered name or a Strategy (register a function with "
        "@strategy); a function of (learner, X_pool) works in an ActiveLearner."
    )
