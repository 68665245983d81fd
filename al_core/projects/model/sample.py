"""The rows of a very large table whose texts are read: one sample a project."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from al_core.learning import Rows
from al_core.projects.model.train import MOST_CANDIDATES

ALL_READ = 80_000
"""Rows of a table that is read whole; a choice: at 2 ms a text three minutes. Above: a sample."""


def sampled_rows(n_rows: int, is_check: NDArray[np.bool_], seed: int) -> Rows | None:
    """The rows to choose from while meaning is used, ascending, no check rows; None: all."""
    return None if n_rows <= ALL_READ else _drawn(n_rows, is_check.tobytes(), seed)


@lru_cache(maxsize=4)
def _drawn(n_rows: int, is_check: bytes, seed: int) -> Rows:
    free = np.flatnonzero(~np.frombuffer(is_check, dtype=np.bool_))
    rng = np.random.default_rng([seed, 5])
    return np.sort(rng.choice(free, min(MOST_CANDIDATES, len(free)), replace=False))
