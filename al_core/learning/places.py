"""The pool in two dimensions, for a map: principal components, or UMAP and t-SNE if installed.

Principal components: Pearson (1901), "On lines and planes of closest fit to systems of points in
space"; for sparse rows the truncated singular value decomposition of Halko, Martinsson and Tropp
(2011), arXiv 0909.4061, which needs no dense copy. UMAP: McInnes, Healy and Melville (2018),
arXiv 1802.03426. t-SNE: van der Maaten and Hinton (2008).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse
from sklearn.decomposition import PCA, TruncatedSVD

from al_core.errors import PoolError, SettingsError
from al_core.learning.records import Rows

MAP_LIMIT = 50_000
"""Rows on a map: as many as a browser draws fluidly."""
# Choices: the time of t-SNE grows fast with rows, and with the directions it is given.
_TSNE_LIMIT = 3_000
_FIRST = 50

Points = NDArray[np.float32]


def map_methods(n_rows: int) -> dict[str, str]:
    """The methods that can draw ``n_rows`` on this machine: name -> words for a menu.

    >>> list(map_methods(100_000))[0]
    'pca'
    """
    methods = {"pca": "Straight view (principal components)"}
    if find_spec("umap") is not None:
        methods["umap"] = "Neighbours together (UMAP)"
    if n_rows <= _TSNE_LIMIT:
        methods["tsne"] = "Neighbours together (t-SNE, slow)"
    return methods


def sample_rows(
    n_rows: int, keep: Sequence[int] | Rows, limit: int = MAP_LIMIT, seed: int = 0
) -> Rows:
    """Ascending row numbers, at most ``limit`` of ``n_rows``; those in ``keep`` are always there.

    Where ``keep`` alone is above the limit, all of ``keep`` is returned.

    >>> [int(row) for row in sample_rows(10, [7], limit=3)][-1] in (7, 8, 9)
    True
    """
    if n_rows <= limit:
        return np.arange(n_rows, dtype=np.intp)
    kept = np.unique(np.asarray(keep, dtype=np.intp))
    order = np.random.default_rng(seed).permutation(n_rows)
    others = order[~np.isin(order, kept)][: max(0, limit - len(kept))]
    return np.sort(np.concatenate([kept, others])).astype(np.intp)


def embed(X: Any, method: str = "pca", seed: int = 0) -> Points:
    """``X`` (n, d), array or CSR, as (n, 2) float32 points; the same seed gives the same points.

    Each axis is turned so that its longest tail points to positive values: a map does not flip
    from one drawing to the next. Raises PoolError for fewer than 2 rows, SettingsError for a method
    that is not in :func:`map_methods`.
    """
    if X.shape[0] < 2:
        raise PoolError(f"A map needs at least 2 rows; there are {X.shape[0]}. Use a larger table.")
    allowed = map_methods(X.shape[0])
    if method not in allowed:
        raise SettingsError(
            f"There is no map method {method!r} for {X.shape[0]:,} rows. "
            f"Choose one of: {', '.join(allowed)}."
        )
    maker: Callable[[Any, int], Any] = {"pca": _straight, "umap": _umap, "tsne": _tsne}[method]
    return _turned(np.asarray(maker(X, seed), dtype=np.float32))


def _straight(X: Any, seed: int, n: int = 2) -> Any:
    n = min(n, *X.shape)
    if issparse(X):  # scipy promises no type for what is sparse
        n_columns = int(X.shape[1])  # type: ignore[attr-defined]
        points = TruncatedSVD(min(n, n_columns - 1) or 1, random_state=seed).fit_transform(X)
    else:
        points = PCA(n, svd_solver="randomized", random_state=seed).fit_transform(X)
    if points.shape[1] >= 2:
        return points
    return np.column_stack([points, np.zeros((len(points), 2 - points.shape[1]))])


def _umap(X: Any, seed: int) -> Any:
    from umap import UMAP

    return UMAP(n_components=2, random_state=seed, n_jobs=1).fit_transform(X)


def _tsne(X: Any, seed: int) -> Any:
    from sklearn.manifold import TSNE

    first = _straight(X, seed, _FIRST)
    return TSNE(
        2, init="pca", perplexity=min(30, (len(first) - 1) / 3), random_state=seed
    ).fit_transform(first)


def _turned(points: Points) -> Points:
    """Every axis with its largest absolute value positive."""
    ends = points[np.abs(points).argmax(axis=0), np.arange(points.shape[1])]
    return points * np.where(ends < 0, -1, 1).astype(np.float32)
