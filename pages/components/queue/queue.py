"""One queue for the desk: rows that a person wants to see, before what the app would ask.

Doubtful labels, rows that a line left, rows drawn round on the map, found by search or in a cell of
"which answers get mixed up" all come this way, under one title. It belongs to the session, and
outlives a reload: it is kept beside the project, and the address names it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any
from uuid import uuid4

from al_core.projects import Project
from pages.components.queue import kept
from pages.components.shell import state

_QUEUE, _LEAD, _IN_ADDRESS = "desk_queue", "desk_lead", "queue"
_LOOKED = "desk_queue_looked"
_ROW, _GONE, _BACK = "row", "gone", "back"  # what a line on disk is about


@dataclass(frozen=True)
class Waiting:
    """A row with the token of its press; ``guess``: the answer that Enter accepts, if any.

    ``again``: it is asked a second time, blind; its label stays.
    """

    row: int
    token: str
    guess: str = ""
    again: bool = False


@dataclass(frozen=True)
class Queue:
    """Rows to come and rows gone through, under one title; ``project``: whose rows they are.

    together: several of them stand on the desk at once, on the grid.
    """

    project: str
    title: str
    rows: tuple[Waiting, ...]
    done: tuple[Waiting, ...] = ()
    name: str = ""
    together: bool = False

    def without(self, token: str) -> Queue:
        """The row with this token was gone through."""
        gone = tuple(one for one in self.rows if one.token == token)
        rest = tuple(one for one in self.rows if one.token != token)
        return replace(self, rows=rest, done=(*self.done, *gone))

    def with_last(self, token: str) -> Queue:
        """The row that was gone through last comes again, under a new token."""
        again = replace(self.done[-1], token=token)
        return replace(self, rows=(again, *self.rows), done=self.done[:-1])


def send(
    project: Project,
    rows: Sequence[int],
    title: str,
    guesses: Mapping[int, str] | None = None,
    *,
    again: bool = False,
    together: bool = False,
) -> None:
    """Put these rows before what the app would ask; they take the place of those that waited.

    guesses: answers that Enter accepts, by row. A row that is kept for testing never shows one.
    again: they are asked a second time, blind. together: on the grid, as long as that is wanted.
    """
    tests = set(project.check_rows.tolist())
    shown = {row: name for row, name in (guesses or {}).items() if row not in tests}
    waiting = tuple(Waiting(row, uuid4().hex, shown.get(row, ""), again) for row in rows)
    name = uuid4().hex[:12]
    lines: list[list[Any]] = [[_ROW, *astuple(one)] for one in waiting]
    kept.begin(project.folder, name, [[project.id, title, together], *lines])
    state.put(_LOOKED, name)  # what the address names is known here, and not to be looked for
    state.put(_QUEUE, Queue(project.id, title, waiting, name=name, together=together))
    go_elsewhere()


def clear() -> None:
    """Nothing waits any more: the app chooses again."""
    state.drop(_QUEUE)
    go_elsewhere()


def waiting() -> tuple[Waiting, ...]:
    """The rows still to come, of the project that is open."""
    queue = _now()
    return () if queue is None else queue.rows


def title() -> str:
    """Where the rows come from, in words."""
    queue = _now()
    return "" if queue is None else queue.title


def together() -> bool:
    """Whether those that wait are to stand on the grid."""
    queue = _now()
    return queue is not None and bool(queue.rows) and queue.together


def one_by_one() -> None:
    """Those that wait stand on the desk one after the other from now on."""
    queue = _now()
    if queue is not None:
        state.put(_QUEUE, replace(queue, together=False))


def guess_of(token: str) -> str:
    """The answer that Enter accepts for the row with this token; "" for none."""
    return next((one.guess for one in waiting() if one.token == token), "")


def go_through(token: str) -> None:
    """The row with this token was answered or put away."""
    queue = _now()
    if queue is None:
        return
    _change(queue.without(token), [_GONE, token])


def take_back(row: int) -> bool:
    """Ask the row that was gone through last once more, under a new token; whether it was this."""
    queue = _now()
    if queue is None or not queue.done or queue.done[-1].row != row:
        return False
    token = uuid4().hex
    _change(queue.with_last(token), [_BACK, token])
    go_elsewhere()
    return True


def go_elsewhere() -> None:
    """The person leaves the row on the screen, though it was not answered."""
    state.put(_LEAD, lead() + 1)


def lead() -> int:
    """A number that changes when the row on the screen has to give way to another."""
    return int(state.get(_LEAD, 0))


def name_in_address() -> None:
    """The address of the desk names the rows that wait, so that a reload finds them."""
    queue = _now()
    state.name_in_address(_IN_ADDRESS, queue.name if queue and queue.rows else "")


def _change(queue: Queue, line: list[Any]) -> None:
    state.put(_QUEUE, queue)
    project = state.kept_project()
    if project is not None and queue.name:
        kept.add(project.folder, queue.name, line)


def _now() -> Queue | None:
    queue: Queue | None = state.get(_QUEUE)
    project = state.kept_project()
    if queue is None and project is not None:
        queue = _after_a_reload(project)
    return queue if queue is not None and project and queue.project == project.id else None


def _after_a_reload(project: Project) -> Queue | None:
    """The queue that the address names, as far as it was gone through; looked for once."""
    name = state.named_in_address(_IN_ADDRESS)
    if not name or state.get(_LOOKED) == name:
        return None
    state.put(_LOOKED, name)
    try:
        (owner, title, together), *lines = kept.read(project.folder, name)
        waiting = [Waiting(*line[1:]) for line in lines if line[0] == _ROW]
        queue = Queue(str(owner), str(title), tuple(waiting), name=name, together=bool(together))
        for kind, token in (line for line in lines if line[0] != _ROW):
            queue = queue.without(token) if kind == _GONE else queue.with_last(token)
    except (ValueError, TypeError, IndexError):
        return None
    n = project.data.n_rows
    if not all(isinstance(one.row, int) and 0 <= one.row < n for one in queue.rows):
        return None
    state.put(_QUEUE, queue)
    return queue
