"""Plain records that learning hands out, and labels as it keeps them; others read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]


class Status(IntEnum):
    """What is known of a row. CHECK rows score the model and are never fitted; RETURNED ones were
    skipped and are asked again."""

    UNLABELLED = 0
    LABELLED = 1
    SKIPPED = 2
    DONT_KNOW = 3
    CHECK = 4
    RETURNED = 5


@dataclass(frozen=True, slots=True)
class Round:
    """One round: a model fitted on ``n_labels`` labels and scored on ``n_test`` rows.

    ``rows`` are the row numbers added since the round before; the first round holds the initial
    rows. ``low`` and ``high`` bound the score (95 %). ``error`` is empty unless the round failed.
    """

    n_labels: int
    score: float
    rows: Rows
    low: float
    high: float
    n_test: int
    seconds: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A middle line with a lower and an upper line, all of the same length as ``n_labels``."""

    name: str
    n_labels: NDArray[np.int64]
    middle: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n_runs: int = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """What random sampling gave beside this project's own curve.

    ``random`` is the baseline; ``active`` (oracle projects only) the strategy played over the same
    seeds. ``note`` is one sentence that says how it was measured and how far it reaches.
    ``partial``: still being measured; good for drawing, too early for words.
    """

    random: Band | None
    active: Band | None = None
    runs: dict[str, list[list[Round]]] = field(default_factory=dict)
    note: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One part of what an advice rests on, in words; ``met`` None: not known yet."""

    met: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Whether more labels are likely to pay. ``stop`` None: too early to say.

    ``never_given``: answers that no row has yet, where ``stop`` is advised all the same.
    ``evidence``: what it rests on: enough labels and check rows, better than one answer for all,
    guesses that have settled.
    """

    stop: bool | None
    title: str
    reason: str
    never_given: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


# Characters. A choice: 400 bytes a place at most, and answers that people give are shorter.
_WIDEST = 100


def text_labels(texts: Iterable[str]) -> NDArray[Any]:
    """Texts as a 1-d array: numpy text, which is several times faster than objects, unless one is
    long, for each place of numpy text is as wide as the longest.

    >>> text_labels(["b", "a"]).dtype.kind, text_labels(["b", "a" * 5_000]).dtype.kind
    ('U', 'O')
    """
    found = texts if isinstance(texts, np.ndarray) else list(texts)
    if isinstance(found, np.ndarray) and found.dtype.kind == "U":
        widest = found.dtype.itemsize // np.dtype("U1").itemsize
    else:
        widest = max(map(len, found), default=0)
    return np.asarray(found, dtype=np.str_ if widest <= _WIDEST else object)
