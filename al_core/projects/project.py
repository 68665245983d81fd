"""Project: the door. Each verb is a line that names the part and the method which does it."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from al_core.delegation import Fact as _Fact
from al_core.delegation import verb as _verb_of
from al_core.learning import Matrix, Rows
from al_core.projects.filling.agreement import Agreement
from al_core.projects.filling.checking import FillChecking
from al_core.projects.filling.doubts import DoubtfulLabels
from al_core.projects.filling.filling import Filling
from al_core.projects.filling.planning import FillPlanning
from al_core.projects.folder.opening import open_folder
from al_core.projects.folder.sharing import Sharing
from al_core.projects.journal.presence import leave
from al_core.projects.labelling.answers import Answers
from al_core.projects.labelling.editing import Editing
from al_core.projects.labelling.facts import Facts
from al_core.projects.labelling.next_row import NextRow
from al_core.projects.labelling.on_screen import OnScreen
from al_core.projects.labelling.questions import Questions
from al_core.projects.labelling.second_asking import SecondAsking
from al_core.projects.labelling.seeking import SeekRare
from al_core.projects.labelling.shared_rows import SharedRows
from al_core.projects.measuring.advice import LookingBack
from al_core.projects.measuring.baseline import RandomBaseline
from al_core.projects.measuring.beside_random import Beside
from al_core.projects.measuring.checks.final_check import FinalChecks
from al_core.projects.measuring.checks.recall_check import RecallChecks
from al_core.projects.measuring.claims import Claims
from al_core.projects.measuring.curve import Curve
from al_core.projects.measuring.guesses import GuessesFromElsewhere
from al_core.projects.measuring.rehearsal import Rehearsal
from al_core.projects.measuring.score import Score
from al_core.projects.model.current import CurrentModel
from al_core.projects.model.meaning import MeaningReader
from al_core.projects.model.opinions import Opinions
from al_core.projects.opened import Opened
from al_core.projects.replay.access import Right
from al_core.projects.starting.create import create_folder
from al_core.projects.starting.data import ProjectData
from al_core.projects.starting.settings import Settings
from al_core.projects.takeaways.exporting import Exporting
from al_core.projects.takeaways.filled import filled_now
from al_core.tables import Role, Table

P = ParamSpec("P")
T = TypeVar("T")


def _verb(part: str, method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], T]:
    """A verb of a part, for as long as the person who opened the project may have it."""
    return _verb_of(part, method, lambda project: project._opened.check_person())


class Project:
    """An opened project: a table, its roles, and the journal of what was answered.

    Every method may be called from any thread. Close it when done; garbage collection does so too.
    What never changes: ``id`` (its folder's name, in the URL), ``folder``, ``data``, ``table``,
    ``roles``, ``row_names`` (what a person calls a row), ``kind`` ("live" or "oracle"),
    ``seed``, ``opener`` (names this opening in the journal), ``notices`` (mended when opened).
    """

    def __init__(self, opened: Opened, notices: Sequence[str] = ()) -> None:
        self.id, self.folder, self.opener = opened.folder.name, opened.folder, opened.opener
        self.data, self.table, self.roles = opened.data, opened.data.table, opened.data.roles
        self.row_names = opened.data.row_names
        self.kind, self.seed, self.notices = opened.kind, opened.seed, list(notices)
        self._opened, self._model, on_screen = opened, CurrentModel(opened), OnScreen()
        self._facts, self._editing = Facts(opened), Editing(opened, self._model)
        self._shared = shared = SharedRows(opened)
        next_row = NextRow(opened, self._model, shared)
        self._questions = Questions(opened, self._model, next_row, on_screen)
        self._answers = Answers(opened, self._model, on_screen, shared)
        self._curve, self._recall_checks = Curve(opened, next_row), RecallChecks(opened, next_row)
        self._rehearsal = Rehearsal(opened, self._model, next_row, on_screen, self._curve)
        self._baseline = RandomBaseline(opened, self._curve)
        self._beside, self._claims = Beside(opened, self._curve), Claims(opened)
        self._seeking = SeekRare(opened, self._model, self._answers, self._questions)
        self._advice = LookingBack(opened, self._model, self._facts)
        self._score = Score(opened, self._model, self._facts, self._advice, self._curve)
        self._final_checks = checks = FinalChecks(opened, self._model, next_row)
        self._opinions = Opinions(opened, self._model)
        self._guesses = GuessesFromElsewhere(opened, self._opinions)
        self._meaning = MeaningReader(opened, self._model)
        self._agreement = beside = Agreement(opened, self._opinions, self._guesses)
        self._fill_planning = filling = FillPlanning(opened, self._opinions, checks, beside)
        self._fill_checking = checking = FillChecking(opened, filling, checks, self._meaning)
        self._filling = Filling(opened, self._opinions, filling, checking)
        self._sharing = Sharing(opened)
        self._doubts, self._again = DoubtfulLabels(opened), SecondAsking(opened)
        self._exporting = Exporting(
            opened, self._facts, self._opinions, self._score,
            (checks, self._recall_checks, self._again, shared, self._guesses), self._meaning,
            (self._curve, self._baseline), filled_now(self._filling),
        )  # fmt: skip

    # -- opening and closing ----------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        folder: str | Path,
        table: Table,
        roles: Mapping[str, Role],
        settings: Settings | Mapping[str, Any] | None = None,
        *,
        background: bool = True,
        name: str | None = None,
        apart: bool = False,
        person: str = "",
    ) -> Self:
        """A new project in ``folder``, which is made if absent and must hold no project yet.

        The answer column is the one with role label; with none, ``settings`` must hold classes.
        apart: classes that differ by capitals alone are meant as different answers. person: whose
        it is, as for ``open``. Raises SettingsError, LabelError, TableError or ProjectError, and
        then leaves nothing behind.
        """
        folder = Path(folder).absolute()
        data = create_folder(folder, table, roles, settings, name, apart, person)
        return cls.open(folder, background, data=data, person=person)

    @classmethod
    def open(
        cls,
        folder: str | Path,
        background: bool = True,
        *,
        data: ProjectData | None = None,
        takes_over: Sequence[str] = (),
        person: str = "",
    ) -> Self:
        """The project in ``folder``, exactly where it was.

        background: train in a thread, so that nobody waits; False: ``ask`` waits for a fresh model
        and the same seed asks the same rows. data: what ``load_data`` gave, to share it.
        takes_over: openers that are gone; their open questions are asked first here, as are those
        of openers whose process died. person: whose login this is, "" without one; the journal
        names them as who answered, and whoever is neither the owner nor let in by the owner gets
        ProjectMissing, as where there is no project. Where the folder cannot be written to, the
        project is open for reading: ``notices`` say so. Raises ProjectTooNew or ProjectDamaged.
        """
        project = cls(*open_folder(Path(folder).absolute(), background, data, person))
        project._arrive(takes_over)
        return project

    def _arrive(self, takes_over: Sequence[str]) -> None:
        """Be seen by other openers, take over what is left open, start the trainer."""
        opened = self._opened
        presence = opened.arrive(takes_over)
        ends = self._meaning.work.stop, self._model.trainer.stop, opened.journal.close
        self._leave = weakref.finalize(self, leave, presence, ends)
        if opened.is_read_only:
            self.notices.append(opened.journal.why_still)
        else:
            self._questions.take_over()
        if opened.background:
            self._model.trainer.start()
            self._model.labels_came_in()
            self._meaning.work.start()
        else:
            self._meaning.read_now()

    def close(self) -> None:
        """Stop training, leave the rows on screen to who opens it next. May be called twice."""
        with self._opened.lock:
            self._opened.closed = True
        self._leave()
        self._model.trainer.join(5.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- what it is -------------------------------------------------------------------------------

    is_open = _Fact[bool]("_opened")
    is_read_only = _Fact[bool]("_opened")
    person = _Fact[str]("_opened")
    right = _Fact[Right]("_opened")
    owner = _Fact[str]("_sharing")
    name = _Fact[str]("_opened")
    settings = _Fact[Settings]("_opened")
    classes = _Fact[list[str]]("_opened")
    metric = _Fact[str]("_opened")
    saved_at = _Fact[datetime | None]("_opened")
    model_name = _Fact[str]("_opened")
    estimator = _Fact[Any]("_opened")
    X = _Fact[Matrix]("_opened")
    features = _Fact[str]("_opened")
    meaning_from = _Fact[int | None]("_opened")
    check_rows = _Fact[Rows]("_opened")
    test_rows = _Fact[Rows]("_opened")
    first_rows = _Fact[Rows]("_curve")

    # -- questions and answers, names, notes and settings ------------------------------------------

    ask = _verb("_questions", Questions.ask)
    ask_together = _verb("_questions", Questions.ask_together)
    choose_again = _verb("_questions", Questions.choose_again)
    keep_first = _verb("_questions", Questions.keep_first)
    next_rows = _verb("_questions", Questions.next_rows)
    label = _verb("_answers", Answers.label)
    label_many = _verb("_answers", Answers.label_many)
    skip = _verb("_answers", Answers.skip)
    dont_know = _verb("_answers", Answers.dont_know)
    remove_label = _verb("_answers", Answers.remove_label)
    undo = _verb("_answers", Answers.undo)
    redo = _verb("_answers", Answers.redo)
    show_skipped = _verb("_answers", Answers.show_skipped)
    plan_seeking = _verb("_seeking", SeekRare.plan_seeking)
    start_seeking = _verb("_seeking", SeekRare.start_seeking)
    stop_seeking = _verb("_seeking", SeekRare.stop_seeking)
    seeking = _verb("_seeking", SeekRare.seeking)
    propose_seeking = _verb("_score", Score.propose_seeking)
    start_second_asking = _verb("_again", SecondAsking.start_second_asking)
    answer_again = _verb("_again", SecondAsking.answer_again)
    agreement = _verb("_again", SecondAsking.agreement)
    agreement_between = _verb("_shared", SharedRows.agreement_between)
    add_class = _verb("_editing", Editing.add_class)
    rename_class = _verb("_editing", Editing.rename_class)
    write_guideline = _verb("_editing", Editing.write_guideline)
    add_note = _verb("_editing", Editing.add_note)
    change = _verb("_editing", Editing.change)
    rename = _verb("_editing", Editing.rename)
    counts = _verb("_facts", Facts.counts)
    labels = _verb("_facts", Facts.labels)
    label_of = _verb("_facts", Facts.label_of)
    guidelines = _verb("_facts", Facts.guidelines)
    rows_before_guideline = _verb("_facts", Facts.rows_before_guideline)
    note = _verb("_facts", Facts.note)
    notes = _verb("_facts", Facts.notes)
    history = _verb("_facts", Facts.history)
    pace = _verb("_facts", Facts.pace)
    row_values = _verb("_facts", Facts.row_values)
    find = _verb("_facts", Facts.find)
    rows_nearly_same = _verb("_facts", Facts.rows_nearly_same)

    # -- whose it is ------------------------------------------------------------------------------

    share = _verb("_sharing", Sharing.share)
    stop_sharing = _verb("_sharing", Sharing.stop_sharing)
    shared_with = _verb("_sharing", Sharing.shared_with)
    give = _verb("_sharing", Sharing.give)

    # -- how good it is, the final check, and the search for all rows with a rare answer -----------

    summary = _verb("_score", Score.summary)
    score = _verb("_score", Score.score)
    claim = _verb("_claims", Claims.claim)
    propose_metric = _verb("_score", Score.propose_metric)
    mixups = _verb("_score", Score.mixups)
    mixup_rows = _verb("_score", Score.mixup_rows)
    advice = _verb("_score", Score.advice)
    guess_scores = _verb("_guesses", GuessesFromElsewhere.guess_scores)
    freshness = _verb("_model", CurrentModel.freshness)
    wait = _verb("_model", CurrentModel.wait)
    reading = _verb("_meaning", MeaningReader.reading)
    rounds = _verb("_curve", Curve.rounds)
    baseline = _verb("_baseline", RandomBaseline.baseline)
    beside_random = _verb("_beside", Beside.beside_random)
    measured = _verb("_baseline", RandomBaseline.measured)
    answer_with_oracle = _verb("_rehearsal", Rehearsal.answer_with_oracle)
    plan_final_check = _verb("_final_checks", FinalChecks.plan_final_check)
    start_final_check = _verb("_final_checks", FinalChecks.start_final_check)
    final_progress = _verb("_final_checks", FinalChecks.final_progress)
    ask_final = _verb("_final_checks", FinalChecks.ask_final)
    drop_final_check = _verb("_final_checks", FinalChecks.drop_final_check)
    final_check = _verb("_final_checks", FinalChecks.final_check)
    final_checks = _verb("_final_checks", FinalChecks.final_checks)
    final_guesses = _verb("_final_checks", FinalChecks.final_guesses)
    rare_answers = _verb("_score", Score.rare_answers)
    plan_recall_check = _verb("_recall_checks", RecallChecks.plan_recall_check)
    start_recall_check = _verb("_recall_checks", RecallChecks.start_recall_check)
    recall_progress = _verb("_recall_checks", RecallChecks.recall_progress)
    recall_sought = _verb("_recall_checks", RecallChecks.recall_sought)
    ask_recall = _verb("_recall_checks", RecallChecks.ask_recall)
    drop_recall_check = _verb("_recall_checks", RecallChecks.drop_recall_check)
    recall_checks = _verb("_recall_checks", RecallChecks.recall_checks)

    # -- filling in the rest, and what the model thinks -------------------------------------------

    beside_guesses = _verb("_agreement", Agreement.beside_guesses)
    plan_fill = _verb("_fill_planning", FillPlanning.plan_fill)
    plan_fill_check = _verb("_fill_planning", FillPlanning.plan_fill_check)
    start_fill_check = _verb("_fill_checking", FillChecking.start_fill_check)
    fill_check = _verb("_fill_checking", FillChecking.fill_check)
    fill_check_is_open = _verb("_fill_checking", FillChecking.fill_check_is_open)
    fill = _verb("_filling", Filling.fill)
    unfill = _verb("_filling", Filling.unfill)
    filled = _verb("_filling", Filling.filled)
    rows_filled = _verb("_filling", Filling.rows_filled)
    rows_left = _verb("_filling", Filling.rows_left)
    fill_changes = _verb("_filling", Filling.fill_changes)
    doubtful_labels = _verb("_doubts", DoubtfulLabels.doubtful_labels)
    guess = _verb("_opinions", Opinions.guess)
    explain = _verb("_opinions", Opinions.explain)
    guessed_left = _verb("_opinions", Opinions.guessed_left)
    predictions = _verb("_opinions", Opinions.predictions)
    is_calibrated = _verb("_opinions", Opinions.is_calibrated)
    row_state = _verb("_opinions", Opinions.row_state)

    # -- what one takes away ----------------------------------------------------------------------

    export = _verb("_exporting", Exporting.export)
    export_bytes = _verb("_exporting", Exporting.export_bytes)
    predictions_bytes = _verb("_exporting", Exporting.predictions_bytes)
    export_file = _verb("_exporting", Exporting.export_file)
    final_name = _verb("_exporting", Exporting.final_name)
    how_written = _verb("_exporting", Exporting.how_written)
    export_model = _verb("_exporting", Exporting.export_model)
    model_bytes = _verb("_exporting", Exporting.model_bytes)
    taken_model = _verb("_exporting", Exporting.taken_model)
    report_page = _verb("_exporting", Exporting.report_page)
    script_bytes = _verb("_exporting", Exporting.script_bytes)
    report_bytes = _verb("_exporting", Exporting.report_bytes)
    project_file_bytes = _verb("_exporting", Exporting.project_file_bytes)
