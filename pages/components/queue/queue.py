"""One queue for the desk: rows that a person wants to see, before what the app would ask.

Doubtful labels, rows that a line left, rows drawn round on the map, found by search or in a cell of
"which answers get mixed up" all come this way, under one title. It belongs to the session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from al_core.projects import Project
from pages.components.shell import state

_QUEUE, _LEAD = "desk_queue", "desk_lead"


@dataclass(frozen=True)
class Waiting:
    """A row with the token of its press; ``guess``: the answer that Enter accepts, if any."""

    row: int
    token: str
    guess: str = ""


@dataclass(frozen=True)
class Queue:
    """Rows to come and rows gone through, under one title; ``project``: whose rows they are.

    together: several of them stand on the desk at once, on the grid.
    """

    project: str
    title: str
    rows: tuple[Waiting, ...]
    done: tuple[Waiting, ...] = ()
    together: bool = False


def send(
    project: Project,
    rows: Sequence[int],
    title: str,
    guesses: Mapping[int, str] | None = None,
    *,
    together: bool = False,
) -> None:
    """Put these rows before what the app would ask; they take the place of those that waited.

    guesses: answers that Enter accepts, by row. A row that is kept for testing never shows one.
    """
    kept = set(project.check_rows.tolist())
    shown = {row: name for row, name in (guesses or {}).items() if row not in kept}
    waiting = tuple(Waiting(row, uuid4().hex, shown.get(row, "")) for row in rows)
    state.put(_QUEUE, Queue(project.id, title, waiting, together=together))
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
    gone = tuple(one for one in queue.rows if one.token == token)
    rest = tuple(one for one in queue.rows if one.token != token)
    state.put(_QUEUE, replace(queue, rows=rest, done=(*queue.done, *gone)))


def take_back(row: int) -> bool:
    """Ask the row that was gone through last once more, under a new token; whether it was this."""
    queue = _now()
    if queue is None or not queue.done or queue.done[-1].row != row:
        return False
    again = replace(queue.done[-1], token=uuid4().hex)
    state.put(_QUEUE, replace(queue, rows=(again, *queue.rows), done=queue.done[:-1]))
    go_elsewhere()
    return True


def go_elsewhere() -> None:
    """The person leaves the row on the screen, though it was not answered."""
    state.put(_LEAD, lead() + 1)


def lead() -> int:
    """A number that changes when the row on the screen has to give way to another."""
    return int(state.get(_LEAD, 0))


def _now() -> Queue | None:
    queue: Queue | None = state.get(_QUEUE)
    project = state.kept_project()
    return queue if queue is not None and project and queue.project == project.id else None
