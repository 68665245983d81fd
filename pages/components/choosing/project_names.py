"""What projects are called where one is picked: those of one name, by what tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pages.components.choosing.told_apart import detailed
from pages.components.shell.text import when

if TYPE_CHECKING:
    from al_core.projects import ProjectInfo


def project_names(known: Sequence[ProjectInfo]) -> dict[str, str]:
    """The words for each project that can be opened, by its id.

    Where names are alike, the count of labels follows, then the date, then the question: those of
    them that differ.
    """
    sound = [info for info in known if not info.problem]
    words = detailed(
        [info.name for info in sound],
        [f"{info.n_labelled:,} of {info.n_rows:,}" for info in sound],
        ["" if info.saved_at is None else when(info.saved_at) for info in sound],
        [info.question for info in sound],
    )
    return dict(zip((info.id for info in sound), words, strict=True))
