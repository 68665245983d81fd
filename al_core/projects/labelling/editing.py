"""What a person changes besides answers: the list of answers, notes, settings, the name."""

from __future__ import annotations

from typing import Any

from al_core.errors import LabelError, ProjectError
from al_core.projects.journal.events import (
    ClassAdded,
    ClassRenamed,
    GuidelineWritten,
    NoteAdded,
    ProjectRenamed,
    SettingsChanged,
)
from al_core.projects.journal.recorded import PERSON
from al_core.projects.model.current import CurrentModel
from al_core.projects.opened import Opened
from al_core.projects.records import Receipt
from al_core.projects.starting.settings import as_json, change_settings, check_classes
from al_core.tables import look_the_same, twin_of


class Editing:
    """Add and rename answers, write notes, change settings and the project's name."""

    def __init__(self, opened: Opened, model: CurrentModel) -> None:
        self._opened, self._model = opened, model

    def add_class(self, name: str, *, apart: bool = False, by: str = PERSON) -> Receipt:
        """Allow a further answer; LabelError where it is blank or there already.

        apart: it is another answer though it differs from one by capitals alone.
        """
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            check_classes([name])
            known = twin_of(name, self._opened.state.class_names())
            if known is not None and not (apart and not look_the_same(known, name)):
                raise LabelError(f"There is an answer {known!r} already. Give another name.")
            self._opened.record(ClassAdded(name), by=by)
            self._model.labels_came_in()
            return Receipt(True, None, name, self._opened.saved_at, f"Added the answer {name}.")

    def rename_class(self, old: str, new: str, *, by: str = PERSON) -> Receipt:
        """Give an answer another name, in all labels so far; where that exists, merge the two."""
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            check_classes([new])
            names = self._opened.state.class_names()
            if old not in names:
                raise LabelError(f"There is no answer {old!r}. Known: {', '.join(names)}.")
            if old == new:
                return Receipt(
                    False, None, new, self._opened.saved_at, f"It is called {new} already."
                )
            merged = new in names
            if merged and len(names) <= 2:
                raise LabelError("Two answers are the least. Add another one before you merge.")
            self._opened.record(ClassRenamed(old, new), by=by)
            self._model.labels_came_in()
            sentence = f"{old} is part of {new} now." if merged else f"{old} is {new} now."
            return Receipt(True, None, new, self._opened.saved_at, sentence)

    def write_guideline(self, answer: str, text: str, *, by: str = PERSON) -> Receipt:
        """Write down what an answer means; each version is kept, an empty text takes it away."""
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            state, text = self._opened.state, text.strip()
            names = state.class_names()
            if answer not in names:
                raise LabelError(f"There is no answer {answer!r}. Known: {', '.join(names)}.")
            if text == state.guidelines.now(answer):
                sentence = f"What {answer} means stays as it is."
                return Receipt(False, None, answer, self._opened.saved_at, sentence)
            self._opened.record(GuidelineWritten(answer, text), by=by)
            sentence = f"Saved: what {answer} means."
            return Receipt(True, None, answer, self._opened.saved_at, sentence)

    def add_note(self, row: int, text: str, *, by: str = PERSON) -> Receipt:
        """Keep a note on a row; an empty text takes it away."""
        with self._opened.lock:
            self._opened.check_open()
            row = self._opened.check_row(row)
            self._opened.record(NoteAdded(row, text), by=by)
            sentence = f"Saved the note on {self._opened.data.row_names.name(row)}."
            return Receipt(True, row, None, self._opened.saved_at, sentence)

    def change(self, /, **settings: Any) -> None:
        """Change settings from here on; SettingsError names an unknown key or a bad value."""
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            change_settings(self._opened.settings, settings)
            self._opened.record(SettingsChanged(as_json(settings)), by=PERSON)
            self._model.labels_came_in()

    def rename(self, new_name: str) -> None:
        """Give the project another name; its id and folder stay."""
        if not new_name.strip():
            raise ProjectError("The name is blank. Give the project a name.")
        with self._opened.lock:
            self._opened.check_open()
            self._opened.record(ProjectRenamed(new_name.strip()), by=PERSON)
