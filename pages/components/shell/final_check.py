"""Whether the desk asks the rows of a check (a final one, or a search for all rows with an answer):
it does while one is open and not put off.

After a restart it goes on by itself. Who puts it off labels as before and takes it up on Progress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.components.shell import state
from pages.components.shell.text import plain

if TYPE_CHECKING:
    from al_core.projects import Project, Question

_PUT_OFF, _TAKEN_UP = "final_check_put_off", "final_check_taken_up"
_SOUGHT = "recall_sought"
SEARCH, SEARCH_OF, SEARCHED = "recall", "recall_of_", "recall_searched_"
"""Keys: the folded search on Progress, its answer, and the answer that somebody came for."""


def take_up(project: Project, sought: tuple[str, float] | None = None) -> None:
    """From here on the desk asks its rows; where none is open, Progress begins one on the way.

    sought: the answer and the share of a search; None for a final check. Made for a button's
    callback: a page that redraws itself may stop what follows a press.
    """
    state.drop(_PUT_OFF)
    state.put(_SOUGHT, sought)
    state.put(_TAKEN_UP, project.id)


def open_search(project: Project, answer: str) -> None:
    """On Progress the search for all rows with this answer stands open."""
    state.put(SEARCH, True)
    state.put(f"{SEARCH_OF}{project.id}", answer)
    state.put(f"{SEARCHED}{project.id}", answer)


def put_off(project: Project) -> None:
    """The desk asks other rows; the check waits as it is."""
    state.put(_PUT_OFF, project.id)


def is_taken_up(project: Project) -> bool:
    """Whether it was taken up and the desk does not know yet."""
    return bool(state.get(_TAKEN_UP) == project.id)


def just_taken_up(project: Project) -> bool:
    """Whether it was taken up since this was asked last: what lay on the desk makes room."""
    return bool(state.drop(_TAKEN_UP) == project.id)


def is_asked(project: Project) -> bool:
    """Whether one is open, its last answers not yet looked at, and not put off."""
    return state.get(_PUT_OFF) != project.id and progress(project) is not None


def sought() -> tuple[str, float] | None:
    """The answer and the share of the search that was taken up; None for a final check."""
    found: tuple[str, float] | None = state.get(_SOUGHT)
    return found


def is_search(project: Project) -> bool:
    """Whether the one that is open is a search."""
    return project.recall_progress() is not None


def progress(project: Project) -> tuple[int, int] | None:
    """How many rows of the open one were gone through, and of how many; None: none is open."""
    final = project.final_progress()
    return project.recall_progress() if final is None else final


def ask(project: Project, n: int) -> list[Question]:
    """The next rows of the open one."""
    return project.ask_recall(n) if is_search(project) else project.ask_final(n)


def give_up(project: Project) -> None:
    """No more rows of the open one are asked."""
    if not project.drop_final_check():
        project.drop_recall_check()


def progress_words(project: Project) -> str:
    """How far the open one is; of a final check nothing of how it stands."""
    done, n = progress(project) or (0, 0)
    answer = project.recall_sought()
    if answer is None:
        return f"Final check: {done} of {n}"
    return f"Have all \u201c{plain(answer)}\u201d been found? {done:,} of {n:,} read"
