"""What stands on the grid and what a press does to it: marks first, saved all at once.

A mark is what the person said of a row; the guess that stands ready there is none. Enter saves
both, but where the grid is left only marks are saved: nobody has confirmed the guesses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from al_core.projects import Project, Question
from pages.components.desk import presses
from pages.components.desk.answers.ready import prefilled
from pages.components.desk.opening.menu import SEVERAL
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.text import count

_BATCH, _SAVED = "desk_batch", "desk_batch_saved"
USUAL = 6
"""Rows at once to begin with; a choice: two lines of three."""


@dataclass
class Batch:
    """The rows on the grid.

    ready: guesses that stand there, by row. marks: what the person said, "" for *no answer* where
    a guess stood. of: the title of a queue.
    """

    questions: list[Question]
    ready: dict[int, str]
    of: str = ""
    marks: dict[int, str] = field(default_factory=dict)
    name: str = field(default_factory=lambda: uuid4().hex[:12])

    def answer(self, row: int) -> str:
        """What Enter saves for a row; "" for nothing."""
        return self.marks.get(row, self.ready.get(row, ""))

    def answers(self, *, marked: bool = False) -> dict[int, str]:
        """What Enter saves, by row; ``marked``: without guesses that nobody confirmed."""
        rows = [one.row for one in self.questions if not marked or one.row in self.marks]
        return {row: self.answer(row) for row in rows if self.answer(row)}

    def mark(self, row: int, answer: str) -> None:
        """Give an answer; "" empties the row."""
        if answer or self.ready.get(row):
            self.marks[row] = answer
        else:
            self.marks.pop(row, None)

    def row_of(self, token: str) -> int | None:
        """The row that is asked under this token; None where it is not on the grid."""
        return next((one.row for one in self.questions if one.token == token), None)


def batch_on_grid(project: Project) -> Batch:
    """The rows that stand on the grid; others where they were saved or a queue came."""
    batch: Batch | None = state.get(_BATCH)
    if batch is None or batch.of != _queued():
        batch = _next_batch(project)
        state.put(_BATCH, batch)
    return batch


def stands() -> Batch | None:
    """The rows on the grid, if any stand there."""
    batch: Batch | None = state.get(_BATCH)
    return batch


def rows_at_once() -> int:
    """How many rows the grid shows."""
    return int(state.get(SEVERAL, 0)) or USUAL


def _next_batch(project: Project) -> Batch:
    """The rows that wait, or those that the app asks; with its guesses where these are shown."""
    n = rows_at_once()
    waits = bool(queue.waiting())
    questions = presses.next_questions(project, n) if waits else project.ask_together(n)
    return Batch(questions, prefilled(project, questions), _queued())


def _queued() -> str:
    """Where the rows come from that stand on the grid; "" for those that the app asks."""
    return queue.title() if queue.waiting() else ""


def save(project: Project, batch: Batch) -> None:
    """Each row by itself, with its own token: a second press on Save records nothing."""
    if stands() is batch and (batch.answers() or batch.of):
        _record(project, batch, batch.answers())
        for question in batch.questions:
            queue.go_through(question.token)  # seen, whether or not it got an answer


def _record(project: Project, batch: Batch, answers: dict[int, str]) -> None:
    recorded, before = 0, project.counts().spent
    for question in batch.questions:
        if label := answers.get(question.row):
            purpose = "chosen" if question.purpose == "chosen" else None
            receipt = project.label(
                question.row, label, token=question.token, purpose=purpose, twins=True
            )
            recorded += receipt.recorded
            queue.go_through(question.token)
    state.drop(_BATCH)
    state.put(_SAVED, recorded)
    more = project.counts().spent - before - recorded
    same = f" {count(more, 'row that is', 'rows that are')} the same got an answer too."
    presses.say(f"Saved: {count(len(answers), 'answer')}.{same if more > 0 else ''}")


def take_back(project: Project, batch: Batch) -> None:
    """Marks not yet saved first; then all answers of the last Save, then one action at a time."""
    if batch.marks:
        batch.marks.clear()
        presses.say("The marks are gone; nothing had been saved.", "note")
        return
    state.drop(_BATCH)
    n = max(1, state.drop(_SAVED) or 1)
    receipts = [project.undo() for _ in range(n)]
    undone = [receipt for receipt in receipts if receipt.recorded]
    words = f"Undone: {count(len(undone), 'answer')}." if n > 1 else receipts[0].sentence
    presses.say(words, "undone" if undone else "note")


def put_away(project: Project, batch: Batch) -> None:
    """The grid starts anew; what was picked by then is saved, other rows of a queue wait on."""
    if marked := batch.answers(marked=True):
        _record(project, batch, marked)
    state.drop(_BATCH)


def leave(project: Project, batch: Batch) -> None:
    """Back to one row; undo walks back over what is saved by it."""
    put_away(project, batch)
    state.put(SEVERAL, 0)
    queue.one_by_one()
    state.drop(_SAVED)
