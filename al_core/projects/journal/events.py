"""What can happen in a project, as past-tense records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. ``undoable``: undo walks back over it."""

    undoable: ClassVar[bool] = False


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
class ProjectRenamed(Event):
    """The project's name from here on."""

    name: str


@dataclass(frozen=True, slots=True)
class FeaturesChanged(Event):
    """From here on models read what the texts mean, beside their letters. ``digest``: names the
    features, which are worked out anew where they are not kept."""

    digest: str


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
    label: ``first``, the one that stood then, goes on standing."""

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

KINDS: dict[str, type[Event]] = {
    "project_created": ProjectCreated,
    "asked": Asked,
    "labelled": Labelled,
    "twins_labelled": TwinsLabelled,
    "many_labelled": ManyLabelled,
    "skipped": Skipped,
    "not_known": NotKnown,
    "label_removed": LabelRemoved,
    "skipped_shown": SkippedShown,
    "note_added": NoteAdded,
    "class_added": ClassAdded,
    "class_renamed": ClassRenamed,
    "settings_changed": SettingsChanged,
    "guideline_written": GuidelineWritten,
    "project_renamed": ProjectRenamed,
    "features_changed": FeaturesChanged,
    "final_check_started": FinalCheckStarted,
    "final_check_ended": FinalCheckEnded,
    "final_check_dropped": FinalCheckDropped,
    "recall_check_started": RecallCheckStarted,
    "recall_check_ended": RecallCheckEnded,
    "recall_check_dropped": RecallCheckDropped,
    "fill_line_drawn": FillLineDrawn,
    "rows_filled": RowsFilled,
    "fill_taken_back": FillTakenBack,
    "second_asking_started": SecondAskingStarted,
    "answered_again": AnsweredAgain,
    "file_rows_held_out": FileRowsHeldOut,
    "undone": Undone,
    "chain_started": ChainStarted,
    "redone": Redone,
}
