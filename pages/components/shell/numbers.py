"""The numbers of the open project on screen: read from one record, said in the same words.

A page notes the record it was drawn from. The sidebar, which looks again every few seconds, draws
the page anew where the project has moved on (another tab, a model that came in).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from al_core.projects import Counts, Summary
from pages.components.shell import state

if TYPE_CHECKING:
    from al_core.projects import Project, Summary

_DRAWN = "_numbers_drawn"


def note_drawn(project: Project, now: Summary | None) -> None:
    """The page shows these numbers; None: it looks again by itself for the moment."""
    state.put(_DRAWN, (project.id, now))


def forget_drawn() -> None:
    """A new page is drawn: until it notes its numbers it shows none."""
    state.drop(_DRAWN)


def is_behind(project: Project, now: Summary) -> bool:
    """Whether the page shows other numbers than ``now``."""
    identity, drawn = state.get(_DRAWN, (None, None))
    return identity == project.id and drawn is not None and drawn != now


def labelled_of(counts: Counts) -> str:
    """How many of all rows have an answer.

    >>> labelled_of(_counts(labelled=2163, n_rows=7043))
    '2,163 of 7,043 labelled'
    """
    return f"{counts.labelled:,} of {counts.n_rows:,} labelled"


def labelled_parts(counts: Counts) -> str:
    """What the labelled rows are used for; the parts add up to all of them.

    >>> labelled_parts(_counts(labelled=2163, teach=71, check=29, file_labels=2063))
    '71 teach, 29 check, 2,063 from the file'
    """
    file = f", {counts.file_labels:,} from the file" if counts.file_labels else ""
    return f"{counts.teach:,} teach, {counts.check:,} check{file}"


def _counts(**given: int) -> Counts:
    """Counts for the examples above."""
    names = ("labelled", "teach", "check", "spent", "skipped", "dont_know", "left", "n_rows",
             "budget", "check_answered_in_order", "check_target", "file_labels")  # fmt: skip
    return Counts(per_class={}, **{name: given.get(name, 0) for name in names})
