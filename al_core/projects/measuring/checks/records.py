"""What is known of a final check, or of a search for all rows with an answer, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class FinalCheckPlan:
    """A final check before it is started; shares are in [0, 1].

    ``possible``: whether it can be; ``sentence`` says what it can show at most, or why not. ``n``
    rows of the ``left`` that nobody has read; ``number``: the first is 1; ``alpha``: how often such
    a check says too much. ``shows_at_best``: the share that is shown where all are right.
    """

    possible: bool
    n: int
    left: int
    number: int
    alpha: float
    shows_at_best: float
    sentence: str


@dataclass(frozen=True, slots=True)
class FinalCheck:
    """A final check as it stands; shares are in [0, 1].

    ``state``: "open", "done" or "dropped". Of an open one nothing is known but how many rows are
    ``answered`` (skipped and can't tell too) and ``to_go``. Of one that is done: ``right`` of
    ``n``, the ``n_unanswered`` counting as wrong; ``at_least``, wrong with probability ``alpha``,
    and between ``low`` and ``high``, with the same. ``changed``: rows whose answer is another one
    since the result was known; ``elsewhere``: rows answered outside of the check, where a guess may
    have been in sight. ``left``: the rows it speaks of; ``n_labels``: taught its frozen model.
    """

    id: int
    number: int
    state: Literal["open", "done", "dropped"]
    rows: tuple[int, ...]
    answered: int
    to_go: int
    left: int
    scope: str
    n_labels: int
    alpha: float
    started_at: datetime
    ended_at: datetime | None
    sentence: str
    right: int | None = None
    n_unanswered: int = 0
    at_least: float | None = None
    low: float | None = None
    high: float | None = None
    changed: tuple[int, ...] = ()
    elsewhere: tuple[int, ...] = ()

    @property
    def n(self) -> int:
        """How many rows it has."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class RecallPlan:
    """What it takes to show that at least a share ``level`` of all rows with ``answer`` was found.

    ``possible``: whether it can begin; ``sentence`` says the price, or why not. ``to_read``: of the
    ``left`` rows, where no further one turns up. ``alpha``: how often such a search says too much.
    """

    possible: bool
    answer: str
    level: float
    found: int
    left: int
    to_read: int
    alpha: float
    sentence: str


@dataclass(frozen=True, slots=True)
class RecallCheck:
    """A search as it stands: ``found`` before it, ``more`` among the ``read`` rows, ``untold``
    of these can't be told. ``to_read`` grows with each further one. ``changed``: answers that it
    counted are others by now."""

    id: int
    state: Literal["open", "done", "dropped"]
    answer: str
    level: float
    alpha: float
    found: int
    left: int
    read: int
    to_read: int
    more: int
    untold: int
    sentence: str = ""
    changed: bool = False
