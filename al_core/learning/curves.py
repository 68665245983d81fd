"""Numbers about learning curves: area, grid, bands, the difference that can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.learning.records import Band

Norm = Literal["range", "points"]


def aubc(n_labels: ArrayLike, scores: ArrayLike, norm: Norm = "range") -> float:
    """Area under the learning curve by the trapezoid rule: the score averaged over the run.

    n_labels: (p,) ascending; scores: (p,). norm "range" divides by the range of labels; "points" by
    the number of points, as Lu, Li and Lin (2023) do.
    """
    raise NotImplementedError


def label_grid(first: int, last: int, points: int = 25) -> list[int]:
    """At most ``points`` label counts from ``first`` to ``last``, both included, evenly spread."""
    raise NotImplementedError


def bootstrap_band(
    name: str,
    n_labels: Sequence[int],
    scores: NDArray[np.float64],
    level: float = 0.95,
    seed: int = 0,
) -> Band:
    """Mean curve over runs with the bootstrap interval of that mean; scores: (runs, points)."""
    raise NotImplementedError


def detectable_gap(n_check: int) -> float:
    """The smallest difference between two models' accuracies that ``n_check`` rows would show."""
    raise NotImplementedError
