"""A part of a page that fails says so where it stands; what is around it stays on the screen."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from al_core import UserError
from pages.components.shell.text import show_error

log = logging.getLogger(__name__)


@contextmanager
def guarded(part: str) -> Iterator[None]:
    """Around the drawing of a part, or above the function that draws it.

    A UserError is shown in its words. Anything else is a fault of the app: ``part`` names it in the
    server's log.
    """
    try:
        yield
    except UserError as problem:
        show_error(problem)
    except Exception:
        log.exception("%s failed", part)
        show_error(
            "Something went wrong in the app, not in your data. Everything you answered is saved. "
            "Reload the page; the details stand in the server's log."
        )
