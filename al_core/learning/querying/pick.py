"""From utilities to rows: the second step of every query.

Ties are broken by the generator that comes in, never by the order of the rows; no row is picked
twice. Batches can be made diverse whatever the utility.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import PoolError, StrategyError
from al_core.learning.matrices import take_rows

if TYPE_CHECKING:
    # Strategies use this module, so it must not need them to be imported.
    from al_core.learning.querying.strategy import Query, Strategy


def check_batch(n: int, available: int) -> None:
    """Refuse a batch that is empty or larger than what there is to pick from (PoolError)."""
    if isinstance(n, bool) or not isinstance(n, int | np.integer):
        raise PoolError(f"Asked for {n!r} rows. Ask for a whole number of rows, 1 or more.")
    if n < 1:
        raise PoolError(f"Asked for {n} rows. Ask for 1 or more.")
    if available == 0:
        raise PoolError("The pool is empty: there is no row left to ask. Stop here or add rows.")
    if n > available:
        raise PoolError(
            f"Asked for {n} rows but only {available} can be asked. "
            "Lower the batch size or stop here."
        )


def check_utilities(utilities: ArrayLike, n_rows: int | None = None) -> NDArray[np.float64]:
    """Utilities as float64 (n,), one finite number a row; a StrategyError says what was wrong."""
    values = np.asarray(utilities, dtype=np.float64)
    if values.ndim != 1 or (n_rows is not None and len(values) != n_rows):
        wanted = "one number a row" if n_rows is None else f"{n_rows} numbers, one a row"
        raise StrategyError(
            f"The strategy returned an array of shape {values.shape}; {wanted} is needed."
        )
    # Smallest and largest are finite only where all are: no copy is made of a million numbers.
    if len(values) and not np.isfinite([values.min(), values.max()]).all():
        bad = int((~np.isfinite(values)).sum())
        raise StrategyError(
            f"The strategy gave {bad} of {len(values)} rows a utility that is no finite number. "
            "Return a finite number for each row."
        )
    return values


def pick(utilities: ArrayLike, n: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """The ``n`` rows of highest utility, best first; ties in an order drawn from ``rng``.

    utilities: (rows,) finite. Returns (n,) distinct indices. Raises PoolError when there are fewer
    rows than ``n``, StrategyError for a utility that is not finite. O(rows + n log n).

    >>> pick([0.1, 0.9, 0.5, 0.7], 2, np.random.default_rng(0))
    array([1, 3])
    >>> sorted({int(pick([1, 1, 1, 0], 1, np.random.default_rng(s))[0]) for s in range(20)})
    [0, 1, 2]
    """
    values = check_utilities(utilities)
    check_batch(n, len(values))
    return _pick(values, n, rng)


def _pick(values: NDArray[np.float64], n: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """``pick`` for utilities that were looked at already."""
    if n == 1:
        best = np.flatnonzero(values == values.max())
        return np.asarray(best[[rng.integers(len(best))]] if len(best) > 1 else best)
    # Everything strictly above the n-th largest is in; rows equal to it compete by lot.
    threshold = np.partition(values, len(values) - n)[len(values) - n]
    near = np.flatnonzero(values >= threshold)
    lots = rng.random(len(near))
    return np.asarray(near[np.lexsort((lots, -values[near]))[:n]])


def pick_diverse(
    utilities: ArrayLike,
    X: Any,
    n: int,
    rng: np.random.Generator,
    *,
    shortlist: int = 10,
) -> NDArray[np.intp]:
    """``n`` rows of high utility that differ from one another, the best of them first.

    The ``shortlist * n`` rows of highest utility are clustered into ``n`` groups (k-means, rows
    weighted by utility above the shortlist's lowest) and the best row of each group is taken, as
    Zhdanov (2019, Diverse mini-batch Active Learning) does. X: (rows, d) array or CSR. Returns (n,)
    distinct indices in falling utility. O(shortlist * n^2 * d) after one pass over the utilities.

    >>> X = np.array([[0.0], [0.1], [0.2], [9.0]])
    >>> pick([0.9, 0.8, 0.7, 0.6], 2, np.random.default_rng(0))
    array([0, 1])
    >>> pick_diverse([0.9, 0.8, 0.7, 0.6], X, 2, np.random.default_rng(0))
    array([0, 3])
    """
    values = check_utilities(utilities, X.shape[0])
    check_batch(n, len(values))
    return _pick_diverse(values, lambda rows: X[rows], n, rng, shortlist)


def _pick_diverse(
    values: NDArray[np.float64],
    features_of: Callable[[NDArray[np.intp]], Any],
    n: int,
    rng: np.random.Generator,
    shortlist: int = 10,
) -> NDArray[np.intp]:
    """``pick_diverse`` for checked utilities; ``features_of`` is asked for the shortlist alone."""
    near = _pick(values, min(len(values), max(1, shortlist) * n), rng)
    if n == 1 or len(near) == n:
        return np.asarray(near[:n])
    groups = _groups(features_of(near), values[near], n, rng)
    # ``near`` is best first, so the first row of a group is its best.
    first = np.unique(groups, return_index=True)[1]
    rest = np.setdiff1d(np.arange(len(near)), first)
    chosen = np.concatenate([np.sort(first), rest])[:n]
    return np.asarray(near[np.sort(chosen)])


def _groups(X: Any, values: NDArray[np.float64], n: int, rng: np.random.Generator) -> NDArray[Any]:
    """k-means labels of the shortlist; fewer groups where there are fewer distinct rows."""
    import warnings

    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    weights = values - values.min() + 1e-3 * (np.ptp(values) or 1.0)
    kmeans = KMeans(n, n_init=1, random_state=int(rng.integers(2**31)))
    with warnings.catch_warnings():
        # Duplicate rows leave fewer groups than asked for; the caller fills up from the ranking.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return np.asarray(kmeans.fit(X, sample_weight=weights).labels_)


def check_pool_size(strategy: Strategy, n_rows: int) -> None:
    """Refuse a pool larger than the strategy is meant for (StrategyError)."""
    from al_core.learning.querying.strategy import STRATEGIES

    if n_rows > strategy.max_pool:
        fitting = ", ".join(s.name for s in STRATEGIES.values() if s.max_pool >= n_rows and s.menu)
        raise StrategyError(
            f"The strategy {strategy.name!r} is meant for at most {strategy.max_pool:,} rows and "
            f"got {n_rows:,}. Pass candidates={strategy.max_pool} to look at a random sample of "
            f"the pool, or use one of: {fitting}."
        )


def check_costs(strategy: Strategy, query: Query) -> None:
    """Refuse costs that the strategy would not look at (StrategyError)."""
    from al_core.learning.querying.strategy import STRATEGIES

    if query.costs is not None and not strategy.takes_costs:
        using = ", ".join(one.name for one in STRATEGIES.values() if one.takes_costs)
        raise StrategyError(
            f"The strategy {strategy.name!r} does not use costs. Leave them out, or use one of: "
            f"{using}. A strategy of your own that reads query.costs says takes_costs=True."
        )


def check_picks(picks: ArrayLike, n: int, n_rows: int) -> NDArray[np.intp]:
    """Rows of a set strategy as (n,) distinct indices below ``n_rows``, or a StrategyError."""
    rows = np.asarray(picks)
    fits = rows.shape == (n,) and np.issubdtype(rows.dtype, np.integer)
    if not fits or len(np.unique(rows)) != n or rows.min() < 0 or rows.max() >= n_rows:
        raise StrategyError(
            f"The strategy returned {rows.tolist()!r}; {n} different row numbers from 0 to "
            f"{n_rows - 1} are needed."
        )
    return rows.astype(np.intp)


def run_strategy(
    strategy: Strategy, query: Query, *, diverse: bool = False
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Ask a registered strategy for ``query.n_instances`` rows: (rows best first, utilities).

    Both steps at once: size check, utilities, pick. Utilities have the length of the pool for a
    utility strategy; a set strategy has none and gives one falling number a picked row instead.
    diverse: rows differ where the model sees them, after the preparing steps of a Pipeline.
    """
    n_rows, n = query.X_pool.shape[0], query.n_instances
    check_batch(n, n_rows)
    check_pool_size(strategy, n_rows)
    check_costs(strategy, query)
    if strategy.kind == "set":
        return check_picks(strategy(query), n, n_rows), np.arange(n, 0, -1, dtype=np.float64)
    utilities = check_utilities(strategy(query), n_rows)
    if diverse:
        seen = partial(_as_the_model_sees, query)
        return _pick_diverse(utilities, seen, n, query.rng), utilities
    return _pick(utilities, n, query.rng), utilities


def _as_the_model_sees(query: Query, rows: NDArray[np.intp]) -> Any:
    """The features by which the model tells these rows of the pool apart."""
    from al_core.learning.querying.distances import model_space

    return model_space(query, take_rows(query.X_pool, rows))
