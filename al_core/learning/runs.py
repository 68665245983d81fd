"""One run of a comparison: one estimator, one strategy, one seed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A run: ``scores[i]`` with ``n_labels[i]`` labels; ``error`` is empty unless it failed."""

    estimator: str
    strategy: str
    seed: int
    n_labels: tuple[int, ...]
    scores: tuple[float, ...]
    seconds: float = 0.0
    error: str = ""
