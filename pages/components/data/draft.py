"""A file that a person has dropped, and what was read from it, until a project is started.

The bytes lie in a folder of their own outside the session's memory, so that the file can be read
again in another way ("Reads wrong?"); the folder goes when a project starts from it, when another
file is dropped, and when the page is gone.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
import weakref
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import al_core
from al_core import tables
from al_core.progress import Progress
from al_core.projects import projects_of
from al_core.tables import demo_sets
from pages.components.login import person
from pages.components.shell import state

if TYPE_CHECKING:
    from al_core.projects import ProjectInfo
    from al_core.tables import Candidate, DemoSet, Header, Role, Table

_DRAFT = "_draft"
GUESSES = "guess"
"""What a column of guesses is used as, beside the kinds of roles."""
_READING, _ROLES, _EARLIER = 0.6, 0.75, 0.95  # shares of the whole work, for the bar


@dataclass(frozen=True)
class ReadAs:
    """How a person wants the file read; the defaults leave every choice to the reader."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    header: Header = "auto"
    skip_bad_rows: bool = False
    sheet: str | None = None
    sample: int | None = None


class DroppedFile:
    """The bytes of a dropped file, on disk until ``delete`` or for as long as this object lives."""

    def __init__(self, name: str, source: BinaryIO) -> None:
        self.name = name
        folder = tempfile.mkdtemp(prefix="al-workbench-")
        self.delete = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        """Takes the bytes away; once they are gone it does nothing."""
        state.delete_when_gone(self.delete)
        self.path = Path(folder) / "file"
        with self.path.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        self.size = self.path.stat().st_size
        self.is_settled = False
        """Whether it was asked what becomes of it where a project of it exists."""


@dataclass
class Draft:
    """A table that could become a project.

    ``used_as`` holds the kinds that the person changed, ``left_out`` the columns that give the
    answer away and are not wanted, ``apart`` those whose answers are not merged over spellings;
    ``one_answer`` says of two typed answers that look alike whether they are one, ``unanswered`` of
    a column and a word in it whether it stands for no answer; ``typed_seen`` are the typed answers
    as they were when the page last showed how it takes them; ``guesses`` says of a column that was
    asked about whether it holds somebody's guesses. ``earlier`` are the projects of this
    very table and ``n_labels`` the rows that were labelled with this app, until it is said what to
    do about them; ``own_left``: not to go on with those labels.
    """

    table: Table
    roles: dict[str, Role]
    candidates: list[Candidate]
    file: DroppedFile | None = None
    read_as: ReadAs = field(default_factory=ReadAs)
    demo: DemoSet | None = None
    earlier: list[ProjectInfo] = field(default_factory=list)
    used_as: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)
    one_answer: dict[tuple[str, str], bool] = field(default_factory=dict)
    unanswered: dict[tuple[str, str], bool] = field(default_factory=dict)
    n_labels: int = 0
    own_left: bool = False
    typed_seen: str = ""
    guesses: dict[str, bool] = field(default_factory=dict)
    token: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    _known: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, compute: Callable[[], Any]) -> Any:
        """``compute()``, done once per draft and name; the page runs again at every press."""
        if name not in self._known:
            self._known[name] = compute()
        return self._known[name]

    def settle(self) -> None:
        """It is said what to do about earlier projects: of this file it is not asked again."""
        self.earlier, self.n_labels = [], 0
        if self.file is not None:
            self.file.is_settled = True

    @property
    def best_column(self) -> str | None:
        """The column most likely to hold the answers, None where no column could."""
        if self.demo is not None:
            return None if self.demo.answers else self.demo.label_column
        left = tables.own_label(self.table) if self.own_left else None
        likely = (one.column for one in self.candidates if one.column != left)
        return next(likely, next(iter(self.named_guesses), None))

    @property
    def named_guesses(self) -> list[str]:
        """The columns that hold guesses by their name, or by the tool that wrote them."""
        found: list[str] = self.once("named guesses", lambda: tables.guess_columns(self.table))
        return found

    def proposed_as_guesses(self, column: str) -> bool:
        """Whether a column holds guesses as far as was said where it was asked about, else by its
        name."""
        return self.guesses.get(column, column in self.named_guesses)

    def holds_guesses(self, column: str) -> bool:
        """Whether a column holds guesses to be checked: by what it was said to be used as first."""
        if column in self.used_as:
            return self.used_as[column] == GUESSES
        return self.proposed_as_guesses(column)

    def words_of(self, column: str) -> dict[str, bool]:
        """What was said of words in a column: whether they stand for no answer."""
        return {word: blank for (name, word), blank in self.unanswered.items() if name == column}


def draft_of_file(file: DroppedFile, read_as: ReadAs, progress: Progress, who: str = "") -> Draft:
    """Read a dropped file of this person; raises TableError in words."""

    def reading(fraction: float, what: str) -> None:
        progress(_READING * fraction, what)

    table = al_core.read_table_apart(
        file.path, name=file.name, on_progress=reading, **asdict(read_as)
    )
    progress(_READING, "looking at the columns")
    roles = tables.guess_roles(table)
    progress(_ROLES, "looking for the answers")
    candidates = tables.label_candidates(table)
    progress(_EARLIER, "looking for a project of it")
    if file.is_settled:
        return Draft(table, roles, candidates, file, read_as)
    return Draft(
        table,
        roles,
        candidates,
        file,
        read_as,
        earlier=projects_of(table, file=file.path, person=who),
        n_labels=_own_labels(table),
    )


def _own_labels(table: Table) -> int:
    """In how many rows this app had written a label."""
    column = tables.own_label(table)
    return 0 if column is None else table.n_rows - tables.answers_in(table, column).unlabelled


def draft_of_demo(key: str) -> Draft:
    """The draft of a demo set; one that a person is to label comes without its answers."""
    demo = next(demo for demo in demo_sets() if demo.key == key)
    table = tables.load_demo(key, with_answers=not demo.answers)
    candidates = tables.label_candidates(table)
    earlier = projects_of(table, person=person.name())
    return Draft(table, tables.guess_roles(table), candidates, demo=demo, earlier=earlier)


def keep_draft(draft: Draft) -> None:
    """Make this the session's draft, with the best guess of the answer column chosen."""
    state.put(_DRAFT, draft)
    propose(draft)
    for key in ("question_text", "question_answers", "question_more", "full_column", "guesses"):
        state.drop(key)


def propose(draft: Draft) -> None:
    """Choose the column that most likely holds the answers, or else a new question."""
    best = draft.best_column
    state.put("label_column", best)
    state.put("question_kind", "new" if best is None or draft.own_left else "column")


def current_draft() -> Draft | None:
    """The session's draft, None before a file was read."""
    found: Draft | None = state.get(_DRAFT)
    return found


def draft_of(token: str) -> Draft | None:
    """The draft with this token, while it is the session's.

    What a widget calls is held for as long as the tab is open, and these have other keys in each
    draft: one that held its draft would hold every table that was ever dropped there.
    """
    draft = current_draft()
    return draft if draft is not None and draft.token == token else None


def drop_draft() -> None:
    """Forget the draft, and delete its file."""
    draft: Draft | None = state.drop(_DRAFT)
    if draft is not None and draft.file is not None:
        draft.file.delete()
