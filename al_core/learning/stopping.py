"""When to stop: whether more labels are likely to pay."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import ArrayLike

from al_core.learning.records import Advice, Round


def changed_share(before: ArrayLike, after: ArrayLike) -> float:
    """The share of rows whose prediction differs between two models, 0 to 1."""
    raise NotImplementedError


def advise(
    rounds: Sequence[Round],
    changed: Sequence[float] = (),
    *,
    n_left: int | None = None,
) -> Advice:
    """Whether more labels are likely to pay.

    rounds: the learning curve so far, all scored on the same check rows. changed: shares of the
    pool whose prediction moved at the latest refits, oldest first (see :func:`changed_share`).
    n_left: rows that can still be asked; 0 means stop.
    """
    raise NotImplementedError
