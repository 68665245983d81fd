"""What can happen in a project, as past-tense records; the journal keeps them as JSON text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from al_core.errors import ProjectTooNew


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
class ProjectRenamed(Event):
    """The project's name from here on."""

    name: str


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
class FileRowsHeldOut(Event):
    """These rows came with an answer and are kept for testing, like check rows: never fitted."""

    rows: list[int]


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """The event of that id counts no more."""

    event: int


KINDS: dict[str, type[Event]] = {
    "project_created": ProjectCreated,
    "asked": Asked,
    "labelled": Labelled,
    "many_labelled": ManyLabelled,
    "skipped": Skipped,
    "not_known": NotKnown,
    "label_removed": LabelRemoved,
    "skipped_shown": SkippedShown,
    "note_added": NoteAdded,
    "class_added": ClassAdded,
    "class_renamed": ClassRenamed,
    "settings_changed": SettingsChanged,
    "project_renamed": ProjectRenamed,
    "final_check_started": FinalCheckStarted,
    "final_check_ended": FinalCheckEnded,
    "final_check_dropped": FinalCheckDropped,
    "recall_check_started": RecallCheckStarted,
    "recall_check_ended": RecallCheckEnded,
    "recall_check_dropped": RecallCheckDropped,
    "file_rows_held_out": FileRowsHeldOut,
    "undone": Undone,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
_COLUMNS = ("row", "token")  # kept in columns of their own, not in the JSON


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its id, its time (UTC, ISO text), who gave it and through which opener."""

    id: int
    at: str
    opener: str
    by: str
    event: Event

    @property
    def time(self) -> datetime:
        """When it was recorded, with time zone."""
        return datetime.fromisoformat(self.at)


def kind_of(event: Event) -> str:
    """The name under which the journal keeps this event.

    >>> kind_of(Undone(event=3))
    'undone'
    """
    return _NAMES[type(event)]


def body_of(event: Event) -> str:
    """The event's own fields as JSON text, without those that have a column.

    >>> body_of(Skipped(row=3, purpose="learn", token="t"))
    '{"purpose": "learn", "in_turn": false}'
    """
    values = {f.name: getattr(event, f.name) for f in fields(event) if f.name not in _COLUMNS}
    return json.dumps(values, ensure_ascii=False)


def read_event(kind: str, row: int | None, token: str | None, body: str) -> Event:
    """The event that was kept; ProjectTooNew for a kind that this version does not know."""
    if kind not in KINDS:
        raise ProjectTooNew(
            f"The project holds an event of kind {kind!r}, which this version does not know. "
            "Open it with the newer version that wrote it."
        )
    values = json.loads(body)
    names = {f.name for f in fields(KINDS[kind])}
    values.update({k: v for k, v in (("row", row), ("token", token)) if k in names})
    check_shape(KINDS[kind], values)
    return KINDS[kind](**values)


# -- Whether what a journal holds has the shape that its event declares: a file is never trusted.


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def check_shape(kind: type, values: dict[str, Any]) -> None:
    """TypeError where a value is not of the type that the dataclass ``kind`` gives its field."""
    hints = _hints(kind)
    for name, value in values.items():
        if name in hints and not fits(value, hints[name]):
            raise TypeError(f"{name} cannot be {value!r:.80}")


def fits(value: object, hint: Any) -> bool:
    """Whether a value read from JSON is of a type.

    >>> fits(3, int), fits(True, int), fits(3, float), fits([1, "a"], list[int])
    (True, False, True, False)
    """
    origin, inside = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if origin in (Union, UnionType):
        return any(fits(value, part) for part in inside)
    if origin is list:
        return isinstance(value, list) and all(fits(item, inside[0]) for item in value)
    if origin is dict:
        return isinstance(value, dict) and all(fits(item, inside[1]) for item in value.values())
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, hint)
