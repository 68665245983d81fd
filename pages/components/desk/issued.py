"""Which rows were put before the person: a press for any other row is not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from al_core.projects import Project, Question
from pages.components import state

_KEPT, _ISSUED = 24, "desk_issued"


@dataclass(frozen=True)
class Issued:
    """A question put before the person, with the answers as they stood on its buttons."""

    question: Question
    answers: tuple[str, ...]
    project: str


def shows(project: Project, questions: Sequence[Question]) -> None:
    """From here on these rows may be on the screen; a press for another row is not taken."""
    kept: dict[str, Issued] = dict(state.get(_ISSUED, {}))
    for question in questions:
        kept.pop(question.token, None)
        kept[question.token] = Issued(question, tuple(project.classes), project.id)
    state.put(_ISSUED, dict(list(kept.items())[-_KEPT:]))


def issued(token: str) -> Issued | None:
    """What a press with this token is about, if it was put before this session."""
    found: Issued | None = state.get(_ISSUED, {}).get(token)
    return found
