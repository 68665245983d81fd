"""Playing a whole run on rows whose labels are known, one round at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.learning.fitting import fit_model
from al_core.learning.matrices import Matrix
from al_core.learning.records import Round, Rows
from al_core.learning.strategies.base import Strategy

Initial = Literal["random", "centres"] | Sequence[int] | Rows

__all__ = ["ask", "fit_model", "play", "round_rng", "simulate"]


def round_rng(seed: int, n_labels: int) -> np.random.Generator:
    """The generator of one round: it depends on ``(seed, n_labels)`` alone.

    So a run can be stopped and resumed anywhere with the same picks. Raises SettingsError for a
    negative seed.
    """
    raise NotImplementedError


def ask(
    model: Any,
    X: Matrix,
    candidates: ArrayLike,
    X_labelled: Matrix = None,
    y_labelled: ArrayLike | None = None,
    *,
    strategy: str | Strategy = "margin",
    classes: ArrayLike | None = None,
    n: int | None = 1,
    seed: int = 0,
    rng: np.random.Generator | None = None,
    estimator: Any = None,
    costs: NDArray[np.float64] | None = None,
    params: Mapping[str, Any] | None = None,
    diverse: bool = False,
) -> tuple[Rows, NDArray[np.float64]]:
    """The ``n`` candidates to ask next, best first, and their utilities.

    X: all rows of the table; candidates: the row numbers that may be asked, in any order (they are
    sorted, so the answer does not depend on it). ``n=None`` ranks them all. X_labelled, y_labelled:
    what the model was fitted on. classes: every class there is. rng: drawn from for ties and random
    picks; left out, it is ``round_rng(seed, number of labels)``, the generator that ``simulate``
    uses. Returns (rows (n,), utilities (n,)) with row numbers of ``X``.
    """
    raise NotImplementedError


def play(
    X: Matrix,
    y: ArrayLike,
    labelled_rows: ArrayLike,
    test_rows: ArrayLike,
    *,
    estimator: Any,
    strategy: str | Strategy = "margin",
    metric: str = "accuracy",
    seed: int = 0,
    batch_size: int = 1,
    budget: int | None = None,
    pool_rows: ArrayLike | None = None,
    costs: NDArray[np.float64] | None = None,
    params: Mapping[str, Any] | None = None,
    diverse: bool = False,
) -> Iterator[Round]:
    """Go on from the given labelled rows: fit, score, ask, answer from ``y``; one Round each.

    y: (n,) labels; those of rows that are neither labelled, in the pool nor tested are not read.
    The first Round holds ``labelled_rows`` as given. ``budget`` counts all fitted labels, those
    included; None goes on until the pool is used up. pool_rows: what may be asked, by default every
    row that is not a test row. Resuming with more of its own rows continues a run exactly.
    """
    raise NotImplementedError


def simulate(
    X: Matrix,
    y: ArrayLike,
    *,
    estimator: Any,
    strategy: str | Strategy = "margin",
    initial: Initial = "random",
    n_initial: int = 20,
    budget: int | None = None,
    batch_size: int = 1,
    test: float | Sequence[int] | Rows = 0.25,
    test_cap: int | None = None,
    metric: str = "accuracy",
    seed: int = 0,
    costs: NDArray[np.float64] | None = None,
    params: Mapping[str, Any] | None = None,
    diverse: bool = False,
) -> Iterator[Round]:
    """Active learning on known labels: split, first labels, then rounds of fit, score, ask.

    initial: "random" (at least one row of each class where possible), "centres", or row numbers of
    ``X``. test: a share of the rows, or row numbers; test_cap: at most so many test rows. budget
    counts all fitted labels, initial ones included; None: until the pool is used up.
    """
    raise NotImplementedError
