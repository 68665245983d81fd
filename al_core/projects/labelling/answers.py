"""Answers, and taking them back: each press is one event in the journal."""

from __future__ import annotations

from collections.abc import Sequence

from al_core.errors import LabelError, PoolError
from al_core.learning import Status
from al_core.projects.journal.events import (
    AnsweredAgain,
    Asked,
    Event,
    Labelled,
    LabelRemoved,
    ManyLabelled,
    NoteAdded,
    NotKnown,
    OneLabelled,
    Redone,
    Skipped,
    SkippedShown,
    TwinsLabelled,
    Undone,
)
from al_core.projects.journal.recorded import PERSON
from al_core.projects.labelling.on_screen import OnScreen
from al_core.projects.labelling.shared_rows import SharedRows
from al_core.projects.model.current import CurrentModel
from al_core.projects.opened import Opened
from al_core.projects.records import DRAWN_PURPOSES, Receipt
from al_core.projects.replay.rows import ASKABLE, row_of, rows_of
from al_core.projects.words import redone_sentence, saved_twins, undone_sentence
from al_core.wording import begun


class Answers:
    """Label, skip, can't tell, several at once, remove, undo."""

    def __init__(
        self, opened: Opened, model: CurrentModel, on_screen: OnScreen, shared: SharedRows
    ) -> None:
        self._opened, self._model, self._on_screen = opened, model, on_screen
        self._shared = shared

    def label(
        self,
        row: int,
        label: str,
        *,
        token: str | None = None,
        by: str = PERSON,
        note: str = "",
        purpose: str | None = None,
        twins: bool = False,
    ) -> Receipt:
        """Record the label of a row; a row that had one gets the new one.

        token: of the question that this answers; a second press with the same row and token is not
        recorded and the receipt says so. by: who answered. purpose: that of the question by
        default; "chosen" for a row that was not asked. twins: rows without an answer that are the
        same in every column read get it too, and one undo takes all back. The answer to a question
        of purpose "shared" is a second one, and the label stays. Raises LabelError for an unknown
        answer, PoolError for a row that does not exist.
        """
        with self._opened.lock:
            self._opened.check_open()
            row = self._opened.check_row(row)
            self._opened.take_in()
            self._check_label(label)
            if purpose is None and self._is_second(row, token):
                return self._answer_too(row, label, token, by, note)
            purpose, in_turn = self._purpose(row, token, purpose)
            given = (row, label, _source(by), purpose, token, note, in_turn)
            same = self._twins(row, purpose) if twins else []
            event = TwinsLabelled(*given, same) if same else Labelled(*given)
            saved = f"Saved: {self._name(row)} is {label}{saved_twins(same)}."
            return self._press(event, by, saved, label)

    def skip(self, row: int, *, token: str | None = None, by: str = PERSON) -> Receipt:
        """Put a row off: it comes back after fifty answers, or on request, or at the end."""
        with self._opened.lock:
            self._opened.check_open()
            row = self._opened.check_row(row)
            self._opened.take_in()
            if self._is_second(row, token):
                return self._put_off(row)
            purpose, in_turn = self._purpose(row, token, None)
            event = Skipped(row, purpose, token, in_turn)
            return self._press(event, by, f"Skipped {self._name(row)}. It comes back later.")

    def dont_know(self, row: int, *, token: str | None = None, by: str = PERSON) -> Receipt:
        """Nobody can tell: the row is not asked again."""
        with self._opened.lock:
            self._opened.check_open()
            row = self._opened.check_row(row)
            self._opened.take_in()
            if self._is_second(row, token):
                return self._answer_too(row, "", token, by)
            purpose, in_turn = self._purpose(row, token, None)
            event = NotKnown(row, purpose, token, in_turn)
            return self._press(
                event, by, begun(f"{self._name(row)}: can't tell. It won't be asked again.")
            )

    def label_many(
        self, rows: Sequence[int], label: str, *, by: str = PERSON, note: str = ""
    ) -> Receipt:
        """Give several rows the same label: one event, one undo."""
        with self._opened.lock:
            self._opened.check_open()
            chosen = list(dict.fromkeys(self._opened.check_row(row) for row in rows))
            if not chosen:
                raise PoolError("No rows were given. Choose at least one row.")
            self._opened.take_in()
            self._check_label(label)
            event = ManyLabelled(chosen, label, _source(by), "chosen", note)
            return self._press(event, by, f"Saved: {len(chosen)} rows are {label}.", label)

    def remove_label(self, row: int, *, by: str = PERSON) -> Receipt:
        """Take a row's label away; it may be asked again."""
        with self._opened.lock:
            self._opened.check_open()
            row = self._opened.check_row(row)
            self._opened.take_in()
            if self._opened.state.rows.status[row] != Status.LABELLED:
                sentence = begun(f"{self._name(row)} has no label.")
                return Receipt(False, row, None, self._opened.saved_at, sentence)
            return self._press(LabelRemoved(row), by, f"Removed the label of {self._name(row)}.")

    def undo(self, *, by: str = PERSON) -> Receipt:
        """Take back this opener's last action; its row is asked again. Walks back step by step.

        What was done before this opener began, by openers that were gone by then, comes after its
        own actions; with a login, what another person did is never taken back. Settings and names
        of the project are not undone.
        """
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            target = self._opened.state.to_undo(self._opened.is_mine)
            if target is None:
                return Receipt(False, None, None, self._opened.saved_at, "Nothing to undo.")
            self._opened.record(Undone(target.id), by=by)
            row = row_of(target.event)
            # A check asks for the rows that it has drawn itself.
            is_drawn = getattr(target.event, "purpose", "") in DRAWN_PURPOSES
            if row is not None and not is_drawn and self._can_be_asked(row):
                self._on_screen.ask_again(row, getattr(target.event, "purpose", ""))
            self._model.labels_came_in()
            label = getattr(target.event, "label", None)
            note = str(getattr(target.event, "note", "") or "")
            sentence = undone_sentence(target.event, self._name)
            return Receipt(True, row, label, self._opened.saved_at, sentence, note)

    def redo(self, *, by: str = PERSON) -> Receipt:
        """Do once more what the last undo took back, as long as nothing else was done since."""
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            target = self._opened.state.to_redo(self._opened.is_mine)
            if target is None:
                return Receipt(False, None, None, self._opened.saved_at, "Nothing to redo.")
            rows = rows_of(target.event)
            self._opened.record(Redone(target.id), by=by, release=rows)
            self._on_screen.drop(set(rows))
            self._model.labels_came_in()
            row = row_of(target.event)
            label = getattr(target.event, "label", None)
            sentence = redone_sentence(target.event, self._name)
            return Receipt(True, row, label, self._opened.saved_at, sentence)

    def show_skipped(self, *, by: str = PERSON) -> int:
        """Call the skipped rows back: they are asked next. Returns how many there are."""
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            rows = list(self._opened.state.rows.skipped)
            if rows:
                self._opened.record(SkippedShown(rows), by=by)
            return len(rows)

    def _can_be_asked(self, row: int) -> bool:
        status = self._opened.state.rows.status[row]
        return status in ASKABLE or row in self._shared.waiting()

    # -- rows asked of two people ---------------------------------------------------------------

    def _is_second(self, row: int, token: str | None) -> bool:
        """Whether this answers a question put before two people, and the row has an answer."""
        question = self._on_screen.question(row)
        token = question.token if question and token is None else token
        answered = row in self._opened.state.rows.answers
        return answered and self._opened.state.people.is_shared(token)

    def _answer_too(
        self, row: int, label: str, token: str | None, by: str, note: str = ""
    ) -> Receipt:
        """Record what a second person says, "" for can't tell; a note goes below the first's."""
        state, name = self._opened.state, self._name(row)
        if not self._shared.is_for_me(row):
            return Receipt(False, row, None, self._opened.saved_at, _answered_already(name))
        before = state.rows.notes.get(row, "")
        if note and not before.endswith(note):  # saved by itself before
            self._opened.record(NoteAdded(row, f"{before}\n{note}".strip()), by=by)
        first = state.rows.answers[row].label
        event = AnsweredAgain(0, row, label, first, token)
        told = begun(f"{name} has an answer of yours too. Its label stays.")
        return self._press(event, by, told, label or None)

    def _put_off(self, row: int) -> Receipt:
        """A second person skips a row: it waits for them, at the end or when they come back."""
        self._shared.put_off.add(row)
        with self._opened.journal.writing(durable=False) as journal:
            journal.release([row])
        self._on_screen.drop({row})
        told = begun(f"{self._name(row)} was put off, nothing changed. It comes back at the end.")
        return Receipt(False, row, None, self._opened.saved_at, told)

    def _name(self, row: int) -> str:
        return self._opened.data.row_names.name(row)

    def _press(self, event: Event, by: str, sentence: str, label: str | None = None) -> Receipt:
        rows, row = rows_of(event), row_of(event)
        if self._opened.record(event, by=by, release=rows) is None:
            sentence = _answered_already("This" if row is None else self._name(row))
            return Receipt(False, row, None, self._opened.saved_at, sentence)
        self._on_screen.drop(set(rows))
        self._model.labels_came_in()
        is_label = isinstance(event, OneLabelled)
        if is_label and row is not None and self._kept_for_testing(row, event):
            sentence = "Saved. This row is kept for testing."
        return Receipt(True, row, label, self._opened.saved_at, sentence)

    def _twins(self, row: int, purpose: str) -> list[int]:
        """Rows the same as this one that still want an answer, and stand where it stands.

        None for the rows of a check: it asks for each that it has drawn.
        """
        if purpose in DRAWN_PURPOSES:
            return []
        rows, drawn = self._opened.state.rows, self._opened.state.final_checks.open_rows
        return [
            twin
            for twin in self._opened.data.twins_of(row)
            if rows.status[twin] in (*ASKABLE, Status.SKIPPED)
            and rows.is_check[twin] == rows.is_check[row]
            and twin not in drawn
        ]

    def _kept_for_testing(self, row: int, event: Event) -> bool:
        return bool(self._opened.state.rows.is_check[row]) and not getattr(event, "in_turn", False)

    def _purpose(self, row: int, token: str | None, given: str | None) -> tuple[str, bool]:
        """(purpose, whether this answers a question that is open)."""
        question = self._on_screen.question(row)
        if question is not None and token in (None, question.token):
            return given or self._now_for(row, question.purpose), True
        asked = self._asked_elsewhere(row, token) if token else None
        if asked is not None:
            return given or self._now_for(row, asked.purpose), True
        answer = self._opened.state.rows.answers.get(row)
        if answer:
            return given or answer.purpose, False
        # It may have been given back while it stood before the person: it was asked all the same.
        of, purpose = self._opened.state.asked.get(token or "", (None, ""))
        if of != row:
            return given or "chosen", False
        return given or self._now_for(row, purpose), True

    def _now_for(self, row: int, purpose: str) -> str:
        """What a question is for; one of two people's whose row lost its label is like others."""
        if purpose != "shared":
            return purpose
        return "check" if self._opened.state.rows.is_check[row] else "learn"

    def _asked_elsewhere(self, row: int, token: str) -> Asked | None:
        """The question that a press from a page of another opener, perhaps a dead one, answers."""
        claim = self._opened.journal.claims().get(row)
        recorded = self._opened.journal.event(claim[1]) if claim else None
        event = recorded.event if recorded else None
        return event if isinstance(event, Asked) and event.token == token else None

    def _check_label(self, label: str) -> None:
        names = self._opened.state.class_names()
        if label not in names:
            known = ", ".join(names)
            raise LabelError(f"There is no answer {label!r}. Known: {known}. Add it first.")


def _answered_already(name: str) -> str:
    return begun(f"{name} was answered already.")


def _source(by: str) -> str:
    return "oracle" if by == "oracle" else PERSON
