"""Which rows to label before there is a model."""

from __future__ import annotations

import warnings
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics.pairwise import euclidean_distances
from sklearn.neighbors import NearestNeighbors

from al_core.errors import PoolError, SettingsError
from al_core.learning.matrices import Matrix, as_labels, as_matrix, n_rows, take_rows
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.pick import pick_diverse
from al_core.learning.records import Rows

Method = Literal["centres", "random", "farthest", "density"]

# Centres of a random sample of this size are as typical as those of a million rows.
_SAMPLE = 10_000
# Neighbours by which a row counts as typical; a choice: fewer follow single rows, more the whole.
_CROWD = 10


def initial_rows(
    X: Matrix,
    n: int,
    method: Method = "centres",
    seed: int = 0,
    y: ArrayLike | None = None,
) -> Rows:
    """``n`` row numbers of ``X`` to label first, in the order to ask them.

    centres: the real row nearest to each k-means centre, largest cluster first. random: drawn; with
    ``y``, at least one row of each class where ``n`` allows. farthest: each row as far as can be
    from those before. density: different rows from crowded places. Above 10,000 rows the last
    two and centres look at a random sample of 10,000. Raises PoolError for ``n`` below 1 or above
    the number of rows (of the sample), SettingsError for an unknown method.

    >>> X = np.array([[0.0], [0.1], [0.2], [9.0]])
    >>> initial_rows(X, 2)
    array([1, 3])
    """
    X = as_matrix(X)
    _check(X, n, method)
    rng = np.random.default_rng([seed, 11])
    if method == "random":
        return random_rows(n_rows(X), n, rng, y)
    sample = np.sort(rng.permutation(n_rows(X))[: max(_SAMPLE, n)])
    with one_thread():
        chosen = _CHOOSE[method](take_rows(X, sample), n, rng)
    return np.asarray(sample[chosen], dtype=np.intp)


def representative_order(X: Matrix, n: int, seed: int = 0) -> Rows:
    """All row numbers of ``X``: ``n`` cluster centres first, a fixed random order after.

    ``n`` is lowered to the number of rows. The first rows are those of ``initial_rows(X, n)``.
    """
    X = as_matrix(X)
    if n_rows(X) == 0:
        return np.empty(0, dtype=np.intp)
    first = initial_rows(X, max(1, min(n, n_rows(X))), "centres", seed)
    order = np.random.default_rng([seed, 12]).permutation(n_rows(X))
    return np.concatenate([first, order[~np.isin(order, first)]]).astype(np.intp)


def random_rows(n_pool: int, n: int, rng: np.random.Generator, y: ArrayLike | None = None) -> Rows:
    """``n`` of ``n_pool`` rows at random; with ``y``, one of each class where ``n`` allows.

    A class that was not drawn takes the place of the row drawn last of a class drawn twice.
    """
    order = rng.permutation(n_pool)
    if y is None:
        return order[:n]
    codes = np.unique(as_labels(y), return_inverse=True)[1][order]
    chosen = list(range(n))
    counts = np.bincount(codes[:n], minlength=codes.max() + 1)
    for missing in np.flatnonzero(counts == 0):
        spare = next((i for i in reversed(chosen) if counts[codes[i]] > 1), None)
        if spare is None:
            break
        counts[codes[spare]] -= 1
        counts[missing] += 1
        chosen[chosen.index(spare)] = int(np.flatnonzero(codes == missing)[0])
    return order[chosen]


def _check(X: Matrix, n: int, method: str) -> None:
    if method != "random" and method not in _CHOOSE:
        known = ", ".join(["random", *_CHOOSE])
        raise SettingsError(f"There is no start named {method!r}. Choose one of: {known}.")
    if not 1 <= n <= n_rows(X):
        raise PoolError(
            f"Asked for {n} first rows of a pool of {n_rows(X)}. "
            f"Ask for 1 to {n_rows(X)}, or add rows."
        )


def _centres(X: Matrix, n: int, rng: np.random.Generator) -> Rows:
    kmeans = KMeans(n, n_init=1, random_state=int(rng.integers(2**31)))
    with warnings.catch_warnings():
        # Duplicate rows leave fewer clusters than asked for; the loop below fills them up.
        warnings.simplefilter("ignore", ConvergenceWarning)
        labels = kmeans.fit_predict(X)
    largest_first = np.argsort(-np.bincount(labels, minlength=n), kind="stable")
    distances = euclidean_distances(kmeans.cluster_centers_, X)
    chosen: list[int] = []
    for cluster in largest_first:
        nearest = distances[cluster]
        nearest[chosen] = np.inf
        chosen.append(int(nearest.argmin()))
    return np.array(chosen, dtype=np.intp)


def _farthest(X: Matrix, n: int, rng: np.random.Generator) -> Rows:
    chosen = [int(rng.integers(n_rows(X)))]
    nearest = np.full(n_rows(X), np.inf)
    while len(chosen) < n:
        newest = take_rows(X, np.array(chosen[-1:]))
        nearest = np.minimum(nearest, euclidean_distances(X, newest)[:, 0])
        nearest[chosen] = -1.0
        chosen.append(int(nearest.argmax()))
    return np.array(chosen, dtype=np.intp)


def _dense(X: Matrix, n: int, rng: np.random.Generator) -> Rows:
    if n_rows(X) == 1:
        return np.zeros(1, dtype=np.intp)
    crowd = min(_CROWD, n_rows(X) - 1)
    distances: NDArray[Any] = NearestNeighbors(n_neighbors=crowd).fit(X).kneighbors()[0]
    return pick_diverse(-distances.mean(axis=1), X, n, rng)


_CHOOSE = {"centres": _centres, "farthest": _farthest, "density": _dense}
