"""Events of checks that certify, of rows filled in after one, and of rows asked a second time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from al_core.projects.journal.events.event import Event


@dataclass(frozen=True, slots=True)
class FinalCheckStarted(Event):
    """Rows that nobody had read were drawn at random, and the model was frozen.

    ``rows`` in the order they are asked, ``guesses`` of the frozen ``model`` for them. It learned
    from all labels that stood after the event ``upto``. ``left``: rows that were drawn from.
    ``scope``: what these are, in words of whoever started it; empty for all rows left. Answers are
    events of purpose "final".
    """

    rows: list[int]
    guesses: list[str]
    model: str
    upto: int
    n_labels: int
    left: int
    scope: str = ""


@dataclass(frozen=True, slots=True)
class FinalCheckEnded(Event):
    """All rows of the check with that id had been gone through, and its result was made known.

    ``answers``: what counted for each of its rows, "" for none; ``right``: as the model guessed.
    """

    check: int
    answers: list[str]
    right: int


@dataclass(frozen=True, slots=True)
class FinalCheckDropped(Event):
    """The check with that id was given up before its result was known."""

    check: int


@dataclass(frozen=True, slots=True)
class RecallCheckStarted(Event):
    """All rows left were put in a random order, in which they are asked until at least a share
    ``level`` of all rows with ``answer`` was found, but for an error ``alpha``. ``found``: rows
    that had it by then. Answers are events of purpose "recall"."""

    answer: str
    level: float
    alpha: float
    found: int
    rows: list[int]


@dataclass(frozen=True, slots=True)
class RecallCheckEnded(Event):
    """The search with that id has shown its share, and that was made known: ``found`` before it,
    ``more`` among the first ``read`` rows, of which ``untold`` can't be told."""

    check: int
    found: int
    read: int
    more: int
    untold: int


@dataclass(frozen=True, slots=True)
class RecallCheckDropped(Event):
    """The search with that id was given up before it showed anything."""

    check: int


@dataclass(frozen=True, slots=True)
class FillLineDrawn(Event):
    """The final check of id ``check`` was drawn among the rows over a line of confidence.

    ``count`` rows with the guesses of one frozen model (``key`` names it) lie in the Parquet file
    of that ``digest``. It passes where at most the share ``limit`` is shown to be wrong, as planned
    with at most ``allowed`` wrong rows.
    """

    check: int
    line: float
    count: int
    key: str
    digest: str
    limit: float
    allowed: int


@dataclass(frozen=True, slots=True)
class RowsFilled(Event):
    """The guesses in the Parquet file of that ``digest`` stand in for answers that are missing.

    They are no labels. ``line``, ``count``, ``key``: as for ``FillLineDrawn``; ``n_labels``: what
    the model learned from; ``check``: id of the final check among these very rows, 0 for none.
    """

    line: float
    count: int
    key: str
    digest: str
    n_labels: int
    check: int = 0


@dataclass(frozen=True, slots=True)
class FillTakenBack(Event):
    """Nothing is filled in any more."""

    fill: int


@dataclass(frozen=True, slots=True)
class SecondAskingStarted(Event):
    """Rows that a person had answered were drawn at random, to be asked once more, blind."""

    rows: list[int]


@dataclass(frozen=True, slots=True)
class AnsweredAgain(Event):
    """A row of the second asking with that id got a second answer, "" for can't tell. It is no
    label: ``first``, the one that stood then, goes on standing. ``asking`` 0: by another person, of
    a row asked of both."""

    undoable: ClassVar[bool] = True
    asking: int
    row: int
    label: str
    first: str
    token: str | None = None


@dataclass(frozen=True, slots=True)
class FileRowsHeldOut(Event):
    """These rows came with an answer and are kept for testing, like check rows: never fitted."""

    rows: list[int]


OfChecks = (
    FinalCheckStarted
    | FinalCheckEnded
    | FinalCheckDropped
    | RecallCheckStarted
    | RecallCheckEnded
    | RecallCheckDropped
    | FillLineDrawn
    | RowsFilled
    | FillTakenBack
    | SecondAskingStarted
    | AnsweredAgain
)
"""What happens in checks, after one, and in a second asking: no row gets a label by it."""
