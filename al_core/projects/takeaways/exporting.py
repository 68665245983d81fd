"""What a person takes away: the labelled file, the model, the report, the project itself."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from al_core.errors import ProjectReadOnly
from al_core.learning import Status
from al_core.progress import Progress
from al_core.projects.folder.digests import keep_digest
from al_core.projects.folder.project_file import project_zip
from al_core.projects.journal.recorded import Recorded
from al_core.projects.labelling.facts import Facts
from al_core.projects.labelling.second_asking import SecondAsking
from al_core.projects.labelling.shared_rows import SharedRows
from al_core.projects.measuring.baseline import RandomBaseline
from al_core.projects.measuring.checks.final_check import FinalChecks
from al_core.projects.measuring.checks.recall_check import RecallChecks
from al_core.projects.measuring.curve import Curve
from al_core.projects.measuring.guesses import GuessesFromElsewhere
from al_core.projects.measuring.score import Score
from al_core.projects.model.meaning import MeaningReader
from al_core.projects.model.opinions import Opinions
from al_core.projects.opened import Opened
from al_core.projects.records import Agreement, Download
from al_core.projects.starting.files import TABLE_FOLDER, write_whole
from al_core.projects.takeaways.filled import Filled, FilledRows
from al_core.projects.takeaways.labelled_csv import csv_lines, labelled_csv
from al_core.projects.takeaways.labelled_file import (
    AS_IT_CAME,
    Wanted,
    first_format,
    labelled_file,
    note_of,
)
from al_core.projects.takeaways.model.archive import model_zip, taken_model
from al_core.projects.takeaways.model.taken import TakenModel
from al_core.projects.takeaways.outcome import Given, as_the_file_writes, final_name, outcome_of
from al_core.projects.takeaways.report.facts import Facts as ReportFacts
from al_core.projects.takeaways.report.facts import wrong_guesses
from al_core.projects.takeaways.report.markdown import report
from al_core.projects.takeaways.report.page import report_page
from al_core.projects.takeaways.report.sought import what_was_sought
from al_core.projects.takeaways.script.script import script
from al_core.tables.formats.writing.splice import why_not_as_it_came
from al_core.tables.store import load_original

# Rows up to which a report measures its curve itself; a choice: a larger one is measured on
# Progress, with a bar.
MOST_MEASURED = 20_000


class Exporting:
    """The labelled file, the model, the report and the project file, as bytes."""

    def __init__(
        self,
        opened: Opened,
        facts: Facts,
        opinions: Opinions,
        score: Score,
        checks: tuple[FinalChecks, RecallChecks, SecondAsking, SharedRows, GuessesFromElsewhere],
        meaning: MeaningReader,
        measured: tuple[Curve, RandomBaseline],
        filled: Filled = FilledRows,
    ) -> None:
        self._opened, self._facts, self._meaning = opened, facts, meaning
        self._final_checks, self._recall_checks, self._again, self._shared, self._guesses = checks
        self._curve, self._baseline = measured
        self._filled = filled
        self._opinions, self._score = opinions, score
        self._why_anew: tuple[str, str] | None = None

    def export(self, path: str | Path) -> None:
        """Write the labelled CSV; see :meth:`export_bytes`."""
        _write(Path(path), self.export_bytes())

    def export_bytes(self, on_progress: Progress | None = None) -> bytes:
        """The labelled CSV: every row and cell as it came, in order, and seven columns more.

        al_label, al_source (file, person, oracle), al_by, al_time (UTC), al_purpose, and for rows
        without a label al_prediction and al_confidence of the final model, which learned from all
        labels; al_note besides, once there is a note. UTF-8 with BOM, so that Excel reads every
        letter. A cell that Excel would run as a formula (it starts with = + - @ tab or return and
        is no plain number) gets a leading apostrophe; ``read_table`` takes it away again. A project
        that goes on with an exported file writes these columns once. ``on_progress(share, what)``
        hears how far it is, and may stop it by raising.
        """
        report = on_progress or (lambda share, what: None)
        self._meaning.read_rest(report)
        report(0.0, "guessing the other rows")
        facts = self._facts
        found = facts.labels(), self._opinions.predictions(), facts.notes()
        data = self._opened.data
        return labelled_csv(
            data.table,
            *found,
            lambda share: report(share, "writing"),
            label_column=data.label_column,
        )

    def final_name(self, name: str = "") -> tuple[str, bool]:
        """The column that holds the result, and whether it is one of the file.

        name: of a new one; "" for the proposed one. Raises SettingsError for a name that is taken.
        """
        data = self._opened.data
        return final_name(data.table.columns, data.label_column, name)

    def export_file(
        self, wanted: Wanted | None = None, on_progress: Progress | None = None
    ) -> Download:
        """The labelled file with one final column, in a format of choice.

        A chosen column of the file gets its blanks filled; a new question gets a column of its
        own. The columns of :meth:`export_bytes` stand behind unless ``wanted`` leaves them out;
        such a file is known again by its digest. Raises SettingsError and TableError in words.
        """
        wanted = wanted or Wanted(first_format(self._opened.data.table))
        report = on_progress or (lambda share, what: None)
        self._meaning.read_rest(report)
        report(0.0, "guessing the other rows")
        found = outcome_of(self._given(), wanted.name or None)
        original = load_original(self._opened.folder / TABLE_FOLDER)
        made = labelled_file(found, wanted, original, lambda share: report(share, "writing"))
        keep_digest(self._opened.folder, made.data)
        return made

    def how_written(self, wanted: Wanted) -> str:
        """The note of such a file, known before it is made; of a CSV as it came, this looks at the
        file once."""
        if wanted.format != AS_IT_CAME:
            return note_of(wanted.format)
        letters = "".join([*self._opened.classes, self.final_name(wanted.name)[0]])
        if self._why_anew is None or self._why_anew[0] != letters:
            original = load_original(self._opened.folder / TABLE_FOLDER)
            why = why_not_as_it_came(original, self._opened.data.table, letters)
            self._why_anew = letters, why
        return note_of(AS_IT_CAME, self._why_anew[1])

    def _given(self) -> Given:
        opened, facts = self._opened, self._facts
        with opened.lock:
            opened.take_in()
            unknown = (opened.state.rows.status == Status.DONT_KNOW).nonzero()[0].tolist()
            now = {name: opened.state.classes.now(name, 0) for name in opened.data.file_classes}
            rows = opened.state.rows
            gone = [row for row in rows.file_gone if row not in rows.answers]
        return Given(
            opened.data.table,
            facts.labels(),
            self._opinions.predictions(),
            facts.notes(),
            tuple(unknown),
            self._filled(),
            opened.data.label_column,
            frozenset(new for old, new in now.items() if new != old),
            tuple(gone),
        )

    def predictions_bytes(self) -> bytes:
        """Number, guess and how sure for every row, as CSV without formulas, with BOM.

        Split as the file is, with its decimal sign. Rows are numbered as the person's own
        spreadsheet numbers them.
        """
        frame, data = self._opinions.predictions(), self._opened.data
        dialect, names = data.table.dialect, data.row_names
        frame["row"] = names.all_numbers()
        frame["confidence"] = [
            "" if pd.isna(sure) else as_the_file_writes(sure, dialect.decimal)
            for sure in frame["confidence"]
        ]
        frame = frame.rename(columns={"row": names.word})
        cells = [
            pa.array([name, *("" if pd.isna(cell) else str(cell) for cell in frame[name])])
            for name in frame.columns
        ]
        delimiter = dialect.delimiter or ","
        return codecs.BOM_UTF8 + csv_lines(cells, delimiter if len(delimiter) == 1 else ",")

    def export_model(self, path: str | Path) -> None:
        """Write the model; see :meth:`model_bytes`."""
        _write(Path(path), self.model_bytes())

    def model_bytes(self) -> bytes:
        """A zip with the final model (skops, never pickle), a program that uses it on another file,
        this library as a wheel, exact versions, and a card that describes it.

        Raises NotFittedError while there are labels of fewer than two answers.
        """
        checks = self._final_checks.final_checks()
        return model_zip(self._opened, self._score.summary(), self.taken_model(), checks)

    def taken_model(self) -> TakenModel:
        """The final model as it is taken away, to be used on another file right here."""
        sureness = self._opinions.final_sureness()
        return taken_model(self._opened, self._opinions.final_model(), sureness)

    def report_bytes(self) -> bytes:
        """The report as Markdown: score with its range, how it was measured, all final checks and
        searches, counts, settings."""
        checks = self._final_checks.final_checks()
        searches = self._recall_checks.recall_checks()
        twice, now = self._answered_twice(), self._score.summary()
        sought = what_was_sought(self._opened, self._opinions.guessed_left)
        guesses = self._guesses.guess_scores()
        told = report(self._opened, now, checks, searches, twice, guesses, sought)
        return told.encode("utf-8")

    def report_page(self, worth: str = "") -> bytes:
        """The report as one HTML file that needs no network. worth: what it cost, in words.

        The curve is the one measured last; where there is none, it is measured now.
        """
        self._opinions.wait_for_first()
        score, measured = self._score, self._baseline.measured()
        checks = self._final_checks.final_checks()
        now = score.summary()
        rounds = measured.rounds
        if now.score.ready and not rounds and self._facts.counts().n_rows <= MOST_MEASURED:
            rounds = self._curve.rounds()
        facts = ReportFacts(
            self._opened,
            now,
            checks,
            rounds,
            measured.baseline,
            score.mixups() if now.score.ready else None,
            wrong_guesses(self._opened, score.wrong_guesses()),
            self._facts.pace(),
            self._filled(),
            worth,
            self._answered_twice(),
            self._guesses.guess_scores(),
            what_was_sought(self._opened, self._opinions.guessed_left),
        )
        return report_page(facts, datetime.now(UTC)).encode("utf-8", "replace")

    def _answered_twice(self) -> list[Agreement]:
        """How far people agree with themselves, and with each other where both were asked."""
        own = self._again.agreement(of_all=True)
        between = [one for one in self._shared.agreement_between() if one.n]
        return [own, *between] if own else between

    def script_bytes(self) -> bytes:
        """A program that replays all answers on the file and ends with the report's numbers."""
        return script(self._opened, self._all_events()).encode()

    def _all_events(self) -> list[Recorded]:
        with self._opened.lock:
            self._opened.take_in()
            return self._opened.journal.read_after(0)

    def project_file_bytes(self) -> bytes:
        """The whole project as one zip, to be opened elsewhere with ``import_project``."""
        events, filled = self._all_events(), self._opened.state.filled.digests()
        return project_zip(self._opened.folder, events, filled)


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise ProjectReadOnly(
            f"{path.name} cannot be written there ({error.strerror}). Choose another place."
        ) from None
