"""The questions that this opener has on its screen, or right behind it."""

from __future__ import annotations

from collections.abc import Collection

from al_core.projects.records import Question


class OnScreen:
    """``questions``: open ones, the first is before the person. ``again``: rows to ask first,
    because their answer was taken back; ``typical``: those of them that were asked as typical ones.
    """

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.again: list[int] = []
        self.typical: set[int] = set()

    def question(self, row: int) -> Question | None:
        """The open question about a row, if there is one."""
        return next((q for q in self.questions if q.row == row), None)

    def drop(self, rows: Collection[int]) -> None:
        """These rows were answered."""
        self.questions = [q for q in self.questions if q.row not in rows]
        self.again = [row for row in self.again if row not in rows]

    def ask_again(self, row: int, purpose: str = "") -> None:
        """This row comes before all others, for what it was asked for."""
        (self.typical.add if purpose == "start" else self.typical.discard)(row)
        self.again = [row, *(r for r in self.again if r != row)]
