"""A press is carried out once, though Streamlit may call its callback twice.

Where a fragment that redraws itself (the sidebar, the line on learning) comes due in the very
moment of a press, Streamlit 1.67 starts the run again after the callbacks and calls them once more.
What takes back, opens and closes, or marks and unmarks would then undo itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from time import monotonic

from pages.components import state

_SAME = 0.25  # seconds; also a double click on one thing is one press


def once(action: Callable[..., None]) -> Callable[..., None]:
    """A callback that does nothing when it is called again at once with the same arguments."""
    key = f"_once_{action.__module__}.{action.__qualname__}"

    @wraps(action)
    def wrapped(*args: object) -> None:
        before: tuple[tuple[object, ...], float] | None = state.get(key)
        if before is not None and before[0] == args and monotonic() - before[1] < _SAME:
            return
        try:
            action(*args)
        finally:
            state.put(key, (args, monotonic()))

    return wrapped
