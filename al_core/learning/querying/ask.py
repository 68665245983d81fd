"""Which rows to ask next: the one step that simulations and projects share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import PoolError, SettingsError, StrategyError
from al_core.learning.matrices import Matrix, as_labels, n_rows, take_rows, told_gaps
from al_core.learning.models.answers import Answers, answers_of, labels_as
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.pick import check_batch, run_strategy
from al_core.learning.querying.strategy import Query, Strategy, as_strategy, strategies_for
from al_core.learning.records import Rows

# A choice: picks of a set strategy cost one pass each.
_LONGEST_PICK = 1_000


def round_rng(seed: int, n_labels: int) -> np.random.Generator:
    """The generator of one round: it depends on ``(seed, n_labels)`` alone.

    So a run can be stopped and resumed anywhere with the same picks. Raises SettingsError for a
    seed that is negative or no whole number.

    >>> round_rng(0, 20).integers(1000) == round_rng(0, 20).integers(1000)
    np.True_
    """
    whole = isinstance(seed, int | np.integer) and not isinstance(seed, bool)
    if not whole or seed < 0:
        raise SettingsError(f"Got the seed {seed}. Give a whole number from 0.")
    return np.random.default_rng([seed, n_labels, 31])


def seed_of(random_state: Any) -> int:
    """A seed out of what scikit-learn and numpy call a random state; a SettingsError otherwise.

    A generator is drawn from once; None draws a seed that nobody can repeat.
    """
    if random_state is None:
        return int(np.random.default_rng().integers(2**31))
    if isinstance(random_state, np.random.Generator):
        return int(random_state.integers(2**31))
    if isinstance(random_state, np.random.RandomState):
        return int(random_state.randint(2**31 - 1))
    if isinstance(random_state, bool) or not isinstance(random_state, int | np.integer):
        raise SettingsError(
            f"Got {random_state!r} as random_state. "
            "Give a whole number from 0, a numpy generator, or None."
        )
    round_rng(int(random_state), 0)  # refuses a negative one
    return int(random_state)


@dataclass(frozen=True)
class Known:
    """What a strategy may know: a model, and what it was fitted on.

    model: fitted, or a committee; None for strategies that look at rows only. X, y: the labelled
    rows and their labels. classes: every class there is, by default those of ``y``. estimator: an
    unfitted one of the same settings, for strategies that refit.
    """

    model: Any = None
    X: Matrix = None
    y: ArrayLike | None = None
    classes: ArrayLike | None = None
    estimator: Any = None


@dataclass(frozen=True)
class Asking:
    """How rows are asked for; the same from the first round of a run to its last.

    strategy: a registered name or a ``Strategy``. seed: with the number of labels it gives the
    generator of a round, see :func:`round_rng`. costs: as in ``Query``, (k, k) in the order of the
    sorted classes, or one number a row of the table. params: keywords of the strategy. diverse:
    the rows of a batch differ. sample: look at a random part of so many candidates only.
    on_transformed: distances are taken where the last step of a Pipeline sees the rows.
    """

    strategy: str | Strategy = "margin"
    seed: int = 0
    costs: NDArray[np.float64] | None = None
    params: Mapping[str, Any] | None = None
    diverse: bool = False
    sample: int | None = None
    on_transformed: bool = True


def asking_of(
    strategy: str | Strategy, seed: int, keywords: Mapping[str, Any], on_transformed: bool = True
) -> Asking:
    """What a learner's query asks for: its own keywords (costs, diverse, candidates: the number of
    rows to look at) are taken out, and the others are the strategy's."""
    params = dict(keywords)
    return Asking(
        strategy,
        seed,
        costs=params.pop("costs", None),
        sample=params.pop("candidates", None),
        diverse=params.pop("diverse", False),
        params=params,
        on_transformed=on_transformed,
    )


def ask(
    X: Matrix,
    known: Known,
    asking: Asking,
    *,
    candidates: ArrayLike | None = None,
    n: int | None = 1,
) -> tuple[Rows, NDArray[np.float64]]:
    """The ``n`` candidates to ask next, best first, and their utilities.

    X: all rows of the table; candidates: the row numbers that may be asked, in any order (they are
    sorted, so the answer does not depend on it); None: every row of ``X``, which is not copied.
    ``n=None`` ranks them all; a set strategy, which picks row after row, does so for at most 1,000.

    Returns (rows (n,), utilities (n,)) with row numbers of ``X``; a set strategy has no utilities
    and gives n, n - 1, ... 1. Raises PoolError for more rows than there are, and for gaps in ``X``
    that are refused; StrategyError for a ranking that is too long; StrategyError and NotFittedError
    as the strategy does.
    """
    answers = _answers_of(known)
    labels = None if known.y is None else labels_as(answers, known.y)
    rng = round_rng(asking.seed, 0 if labels is None else len(labels))
    rows = _looked_at(X, candidates, asking.sample, rng)
    chosen = as_strategy(asking.strategy)
    check_answers(chosen, answers)
    n = _whole_ranking(chosen, len(rows)) if n is None else n
    check_batch(n, len(rows))
    query = Query(
        model=known.model,
        X_pool=X if len(rows) == n_rows(X) and candidates is None else take_rows(X, rows),
        X_labelled=known.X,
        y_labelled=labels,
        classes=_classes(known.classes, labels) if answers == "classes" else None,
        estimator=known.estimator,
        n_instances=n,
        rng=rng,
        costs=_costs_of(asking.costs, rows, n_rows(X)),
        params=asking.params or {},
        on_transformed=asking.on_transformed,
    )
    reader = f"the strategy {chosen.name!r} with this model"
    diverse = asking.diverse and chosen.kind == "utility"
    with one_thread(), told_gaps(query.X_pool, reader, rows):
        picks, utilities = run_strategy(chosen, query, diverse=diverse)
    return rows[picks], utilities[picks] if chosen.kind == "utility" else utilities


def _answers_of(known: Known) -> Answers:
    """What is learned, by the model or, before there is one, by its estimator."""
    learns = known.estimator if known.model is None else known.model
    return answers_of(learns, known.y)


def check_answers(strategy: Strategy, answers: Answers) -> None:
    """Refuse a strategy for a model of other answers (StrategyError)."""
    if answers not in strategy.answers:
        learned = {"classes": "a classifier", "numbers": "a regressor", "tags": "a model of tags"}
        raise StrategyError(
            f"The strategy {strategy.name!r} is for {learned[strategy.answers[0]]}, and this model "
            f"is {learned[answers]}. Choose one of: {', '.join(strategies_for(answers))}."
        )


def _looked_at(
    X: Matrix, candidates: ArrayLike | None, sample: int | None, rng: np.random.Generator
) -> Rows:
    """The row numbers that the strategy sees, ascending; a sample is drawn from ``rng``."""
    _check_sample(sample)
    given = candidates is not None
    rows = np.sort(np.asarray(candidates, dtype=np.intp)) if given else np.arange(n_rows(X))
    if sample is not None and sample < len(rows):
        rows = np.sort(rng.choice(rows, sample, replace=False))
    return rows.astype(np.intp, copy=False)


def _check_sample(sample: Any) -> None:
    """Refuse a number of rows to look at that is none (PoolError)."""
    whole = isinstance(sample, int | np.integer) and not isinstance(sample, bool)
    if sample is not None and not (whole and sample >= 1):
        raise PoolError(
            f"Got candidates={sample!r}. Give the number of rows to look at: a whole number, "
            "1 or more."
        )


def _whole_ranking(strategy: Strategy, n: int) -> int:
    """All ``n`` rows; a StrategyError where they would be picked one after the other for hours."""
    if strategy.kind == "set" and n > _LONGEST_PICK:
        raise StrategyError(
            f"The strategy {strategy.name!r} picks one row after the other and cannot rank all "
            f"{n:,} rows. Say how many you want (n=100), or rank them by a strategy like 'margin'."
        )
    return n


def _classes(classes: ArrayLike | None, labels: NDArray[Any] | None) -> NDArray[Any] | None:
    if classes is not None:
        return as_labels(classes)
    return None if labels is None else np.unique(labels)


def _costs_of(
    costs: NDArray[np.float64] | None, rows: Rows, n_all: int
) -> NDArray[np.float64] | None:
    """A cost a row is cut to the candidates; a cost a class pair stays."""
    per_row = costs is not None and np.ndim(costs) == 1 and len(costs) == n_all
    return np.asarray(costs)[rows] if per_row else costs
