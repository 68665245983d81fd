"""A press is carried out once, though Streamlit may call its callback twice.

Where a fragment that redraws itself (the sidebar, the line on learning) comes due in the very
moment of a press, Streamlit 1.67 starts the run again after the callbacks and calls them once more,
before anything is drawn. What takes back, opens and closes, or marks and unmarks would then undo
itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from pages.components.shell import state

_DRAWING = "_drawing"


def drawing() -> int:
    """A number for this drawing of a button: the last of the arguments of its callback."""
    state.put(_DRAWING, state.get(_DRAWING, 0) + 1)
    return int(state.get(_DRAWING))


def once(action: Callable[..., None]) -> Callable[..., None]:
    """A callback, with :func:`drawing` as last argument, that acts once for each drawing."""
    key = f"_once_{action.__module__}.{action.__qualname__}"

    @wraps(action)
    def wrapped(*args: object) -> None:
        if state.get(key) == args[-1]:
            return
        state.put(key, args[-1])
        action(*args[:-1])

    return wrapped
