"""Which rows to label before there is a model."""

from __future__ import annotations

from typing import Literal

from numpy.typing import ArrayLike

from al_core.learning.matrices import Matrix
from al_core.learning.records import Rows

Method = Literal["centres", "random", "farthest", "density"]


def initial_rows(
    X: Matrix,
    n: int,
    method: Method = "centres",
    seed: int = 0,
    y: ArrayLike | None = None,
) -> Rows:
    """``n`` row numbers of ``X`` to label first, in the order to ask them.

    centres: the real row nearest to each k-means centre. random: drawn; with ``y``, at least one
    row of each class where ``n`` allows. farthest: each row as far as can be from those before.
    density: from the most crowded places. Raises PoolError for ``n`` above the number of rows.
    """
    raise NotImplementedError


def representative_order(X: Matrix, n: int, seed: int = 0) -> Rows:
    """All row numbers of ``X``: ``n`` cluster centres first, a fixed random order after."""
    raise NotImplementedError
