"""Events of labelling: rows asked and answered, answers and settings changed, taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from al_core.projects.journal.events.event import Event


@dataclass(frozen=True, slots=True)
class ProjectCreated(Event):
    """The first event. ``check_rows`` in the order they are asked, ``start_rows`` typical first."""

    name: str
    kind: str
    n_rows: int
    classes: list[str]
    settings: dict[str, Any]
    check_rows: list[int]
    start_rows: list[int]
    n_file_labels: int = 0


@dataclass(frozen=True, slots=True)
class Asked(Event):
    """A row was put before a person; ``known_labels`` of ``n_labels`` were in the model."""

    row: int
    token: str
    purpose: str
    known_labels: int
    n_labels: int
    utility: float
    rank: int
    ranked_of: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Labelled(Event):
    """A row got a label. ``in_turn``: it was the answer to a question."""

    undoable: ClassVar[bool] = True
    row: int
    label: str
    source: str
    purpose: str
    token: str | None = None
    note: str = ""
    in_turn: bool = False


@dataclass(frozen=True, slots=True)
class TwinsLabelled(Event):
    """A row got a label, and so did those that are the same in every column read."""

    undoable: ClassVar[bool] = True
    row: int
    label: str
    source: str
    purpose: str
    token: str | None = None
    note: str = ""
    in_turn: bool = False
    twins: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ManyLabelled(Event):
    """Several rows got the same label in one go."""

    undoable: ClassVar[bool] = True
    rows: list[int]
    label: str
    source: str
    purpose: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Skipped(Event):
    """A row was put off; it comes back."""

    undoable: ClassVar[bool] = True
    row: int
    purpose: str
    token: str | None = None
    in_turn: bool = False


@dataclass(frozen=True, slots=True)
class NotKnown(Event):
    """The person cannot tell; the row is not asked again."""

    undoable: ClassVar[bool] = True
    row: int
    purpose: str
    token: str | None = None
    in_turn: bool = False


@dataclass(frozen=True, slots=True)
class LabelRemoved(Event):
    """A row has no label any more and may be asked again."""

    undoable: ClassVar[bool] = True
    row: int


@dataclass(frozen=True, slots=True)
class SkippedShown(Event):
    """Skipped rows were called back; they are asked next."""

    rows: list[int]


@dataclass(frozen=True, slots=True)
class NoteAdded(Event):
    """A note on a row; the latest one counts."""

    undoable: ClassVar[bool] = True
    row: int
    text: str


@dataclass(frozen=True, slots=True)
class ClassAdded(Event):
    """A further answer is allowed from here on."""

    undoable: ClassVar[bool] = True
    name: str


@dataclass(frozen=True, slots=True)
class ClassRenamed(Event):
    """Every label ``old`` so far reads ``new``; where ``new`` existed the two are merged."""

    undoable: ClassVar[bool] = True
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SettingsChanged(Event):
    """Settings that hold from here on."""

    changes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GuidelineWritten(Event):
    """What an answer means, from here on; the latest text counts, an empty one is none."""

    answer: str
    text: str


@dataclass(frozen=True, slots=True)
class SeekingStarted(Event):
    """Rows with this answer are sought from here on; the latest counts. ``words``: those that may
    stand in such rows; ``examples``: rows that the person knew to have it."""

    answer: str
    words: list[str]
    examples: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SeekingStopped(Event):
    """No answer is sought any more."""


@dataclass(frozen=True, slots=True)
class ProjectRenamed(Event):
    """The project's name from here on."""

    name: str


@dataclass(frozen=True, slots=True)
class FeaturesChanged(Event):
    """From here on models read what the texts mean, beside their letters. ``digest``: names the
    features, which are worked out anew where they are not kept."""

    digest: str


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """The event of that id counts no more."""

    event: int


@dataclass(frozen=True, slots=True)
class ChainStarted(Event):
    """From here on each line follows the one before by its checksum, as lines of ``project``.

    ``entries`` lines were there before, and ``digest`` is that of all of them. ``files``: the
    digests of the files that never change, so that no other table is taken for this one.
    """

    project: str
    entries: int
    digest: str
    files: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Redone(Event):
    """The event of that id, which was undone, counts again."""

    event: int


OneLabelled = Labelled | TwinsLabelled
"""A person answered the one row on the screen."""
AnyLabelled = OneLabelled | ManyLabelled
"""Rows got a label."""
