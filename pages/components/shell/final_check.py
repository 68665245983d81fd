"""Whether the desk asks the rows of a final check: it does while one is open and not put off.

After a restart it goes on by itself. Who puts it off labels as before and takes it up on Progress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.components.shell import state

if TYPE_CHECKING:
    from al_core.projects import Project

_PUT_OFF, _TAKEN_UP = "final_check_put_off", "final_check_taken_up"


def take_up(project: Project) -> None:
    """From here on the desk asks its rows; where none is open, Progress begins one on the way.

    Made for a button's callback: a page that redraws itself may stop what follows a press.
    """
    state.drop(_PUT_OFF)
    state.put(_TAKEN_UP, project.id)


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
    return state.get(_PUT_OFF) != project.id and project.final_progress() is not None


def final_words(progress: tuple[int, int]) -> str:
    """How far it is; nothing of how it stands.

    >>> final_words((12, 60))
    'Final check: 12 of 60'
    """
    return f"Final check: {progress[0]} of {progress[1]}"
