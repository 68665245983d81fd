"""What a press on the label desk does: record it once, for the row that was on the screen.

Every press carries its row's token, because a widget's callback runs with the arguments of its
*latest* render: with a fixed key a double press would hit a row nobody has read. The browser shows
rows that were asked ahead before the server has answered, so a press may be for one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps

from al_core import UserError
from al_core.projects import Project, Question, Receipt
from pages.components.queue import queue
from pages.components.queue.queue import Waiting
from pages.components.shell import final_check, state
from pages.components.shell.text import begun, plain

AHEAD = 8
"""Rows asked ahead, so that the browser can show the next one at once: a second of a fast hand."""

PICKED = ("chosen", "again")
"""Purposes of rows that come out of the queue."""
AGAIN = "One of your own answers, picked at random and asked a second time."
GONE = "That press was for a row that is gone; it was not saved."
_SAID = "desk_said"
_PRESSED, _UNDONE, _NOTE_BACK = "desk_pressed", "desk_undone", "desk_note_back"
_ISSUED = "desk_issued"
_KEPT = 400
"""Rows of which a press is taken: on a slow server the browser may show one asked many models ago,
eight rows for each model. Without their values they weigh little."""


@dataclass(frozen=True)
class Said:
    """The line that stays in sight after a press.

    ``kind``: saved, undone (saved too), note (not saved) or error.
    """

    text: str
    kind: str = "saved"


def say(text: str, kind: str = "saved") -> None:
    """Put the line under the answer buttons."""
    state.put(_SAID, Said(text, kind))


def said() -> Said | None:
    """The line under the answer buttons."""
    line: Said | None = state.get(_SAID)
    return line


def in_words(line: Said) -> str:
    """The line as markdown: answers are foreign text, and what can be undone says so."""
    more = {"saved": "  :gray[Undo (U)]", "undone": "  :gray[Undo more (U), redo (Shift+U)]"}
    return plain(line.text, 400) + more.get(line.kind, "")


def next_question(project: Project) -> Question | None:
    """The row to show: first what the person picked, then what the app asks; None at the end."""
    return next(iter(next_questions(project, 1)), None)


def next_row(project: Project) -> int | None:
    """The number of the row to show; None at the end."""
    question = next_question(project)
    return None if question is None else question.row


def next_questions(project: Project, n: int) -> list[Question]:
    """The row to show and those after it; those after a picked row are picked ones too."""
    picked = queue.waiting()[:n]
    if picked:
        return [_chosen_question(project, one) for one in picked]
    return final_check.ask(project, n) if on_final_check(project) else project.ask(n)


def on_final_check(project: Project) -> bool:
    """Whether the rows of a check stand on the desk; picked rows come before them."""
    return not queue.waiting() and final_check.is_asked(project)


def _chosen_question(project: Project, picked: Waiting) -> Question:
    return Question(
        row=picked.row,
        values=project.row_values(picked.row),
        purpose="again" if picked.again else "chosen",
        utility=0.0,
        rank=0,
        ranked_of=0,
        why=AGAIN if picked.again else "You picked this row.",
        token=picked.token,
        known_labels=0,
        n_labels=0,
    )


def _was_shown(project: Project, question: Question) -> bool:
    if issued(question.token) is not None:
        return True
    name = project.row_names.name(question.row)
    say(begun(f"{name} was no longer on the screen; that press was not saved."), "note")
    return False


def known_press(action: Callable[..., None]) -> Callable[..., None]:
    """A callback whose press is accounted for, and whose UserErrors are said under the buttons.

    A project that was closed while the connection was lost is opened again for it.
    """

    @wraps(action)
    def wrapped(*args: object) -> None:
        state.put(_PRESSED, True)
        state.note_press()
        try:
            action(*(state.open_again(a) if isinstance(a, Project) else a for a in args))
        except UserError as problem:
            say(str(problem), "error")

    return wrapped


def for_project(project: Project, action: Callable[..., None]) -> Callable[..., None]:
    """The same press, which finds the project in the session when it comes.

    Streamlit keeps what a button calls until the tab is closed, also of one that was drawn once,
    and those of the desk have keys of their own for each row: they must hold nothing heavy.
    """
    project_id = project.id

    def pressed(*args: object) -> None:
        now = state.kept_project()
        if now is not None and now.id == project_id:
            action(now, *args)
        else:
            state.put(_PRESSED, True)
            say(GONE, "note")

    return pressed


def bare(question: Question) -> Question:
    """The question without the row's values."""
    return replace(question, values={})


@known_press
def answer(project: Project, question: Question, label: str) -> None:
    """The person says what the row is."""
    if not _was_shown(project, question):
        return
    if question.purpose == "again":
        _answer_again(project, question, label)
        return
    purpose = "chosen" if question.purpose == "chosen" else None
    row, note = question.row, typed_note(question)
    before = None if question.purpose == "shared" else project.label_of(row)  # it stays hidden
    receipt = project.label(
        row, label, token=question.token, note=note, purpose=purpose, twins=True
    )
    if receipt.recorded and note_back(row):
        state.drop(_NOTE_BACK)  # it went with this answer
    if receipt.recorded and note:
        receipt = replace(receipt, sentence=f"{receipt.sentence} Your note is kept.")
    if receipt.recorded and before not in (None, label):
        receipt = replace(receipt, sentence=f"{receipt.sentence} It was {before} before.")
    _done(question, receipt)


def _answer_again(project: Project, question: Question, label: str) -> None:
    """A second answer, blind; a note typed with it is kept on its own."""
    if (note := typed_note(question)) and note != project.note(question.row):
        project.add_note(question.row, note)
    _done(question, project.answer_again(question.row, label, token=question.token))


@known_press
def skip(project: Project, question: Question) -> None:
    """The row comes back later; a picked row is only put away."""
    if not _was_shown(project, question):
        return
    if question.purpose in PICKED:
        _forget(question)
        name = project.row_names.name(question.row)
        say(begun(f"{name} was put away, nothing changed."), "note")
        return
    _done(question, project.skip(question.row, token=question.token))


@known_press
def dont_know(project: Project, question: Question) -> None:
    """The row will not be asked again."""
    if not _was_shown(project, question):
        return
    if question.purpose == "again":
        _answer_again(project, question, "")
        return
    _done(question, project.dont_know(question.row, token=question.token))


@known_press
def undo(project: Project, turn: object) -> None:
    """Take the last action back, once for each ``turn`` of the button, and show its row again."""
    if state.get(_UNDONE) == turn:
        return
    state.put(_UNDONE, turn)
    receipt = project.undo()
    say(receipt.sentence, "undone" if receipt.recorded else "note")
    if receipt.recorded and receipt.row is not None:
        if not queue.take_back(receipt.row):
            queue.clear()
        state.put(_NOTE_BACK, (receipt.row, receipt.note))


@known_press
def redo(project: Project, turn: object) -> None:
    """Do once more what undo took back, once for each ``turn``."""
    if state.get(_UNDONE) == turn:
        return
    state.put(_UNDONE, turn)
    receipt = project.redo()
    say(receipt.sentence, "saved" if receipt.recorded else "note")
    if receipt.recorded:
        again = next((one for one in queue.waiting() if one.row == receipt.row), None)
        if again is not None:
            queue.go_through(again.token)
        queue.go_elsewhere()


def note_key(question: Question) -> str:
    """The field in which the note for this row is typed; what it held is kept when it closes."""
    return f"note_{question.row}_{question.token}"


def typed_note(question: Question) -> str:
    """The note typed for this row, whether or not its field is still open."""
    key = note_key(question)
    return str(state.get(key, state.get(f"{key}_kept", note_back(question.row)))).strip()


def note_back(row: int) -> str:
    """The note of an answer to this row that was taken back last; it goes with the next one."""
    of, note = state.get(_NOTE_BACK, (None, ""))
    return str(note) if of == row else ""


def _done(question: Question, receipt: Receipt) -> None:
    _forget(question)
    say(receipt.sentence, "saved" if receipt.recorded else "note")


def _forget(question: Question) -> None:
    queue.go_through(question.token)


def notice_late_press(*, whole_page: bool) -> None:
    """Say it when a press came for a button that is no longer there: it recorded nothing.

    The desk's fragment reruns by itself only for a press. If no callback ran, the button had been
    replaced before the press arrived.
    """
    if not state.drop(_PRESSED) and not whole_page:
        say("That press came after the row had changed; it was not saved.", "note")


# -- Which rows were put before the person: a press for any other row is not taken.


@dataclass(frozen=True)
class Issued:
    """A question put before the person, with the answers as they stood on its buttons.

    Without the row's values: hundreds are kept.
    """

    question: Question
    answers: tuple[str, ...]
    project: str


def mark_shown(project: Project, questions: Sequence[Question]) -> None:
    """From here on these rows may be on the screen; a press for another row is not taken."""
    kept: dict[str, Issued] = dict(state.get(_ISSUED, {}))
    for question in questions:
        kept.pop(question.token, None)
        kept[question.token] = Issued(bare(question), tuple(project.classes), project.id)
    state.put(_ISSUED, dict(list(kept.items())[-_KEPT:]))


def issued(token: str) -> Issued | None:
    """What a press with this token is about, if it was put before this session."""
    found: Issued | None = state.get(_ISSUED, {}).get(token)
    return found
