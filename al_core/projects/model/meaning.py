"""What the texts of a project mean: read behind the person's back, used once it is whole."""

from __future__ import annotations

import subprocess
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import numpy as np

from al_core.learning import Rows
from al_core.progress import Progress
from al_core.projects.journal.events import FeaturesChanged
from al_core.projects.model.current import CurrentModel
from al_core.projects.model.reading_pace import ReadingPace
from al_core.projects.model.sample import sampled_rows
from al_core.projects.opened import Opened
from al_core.projects.records import Reading
from al_core.projects.starting.files import MEANING_FOLDER
from al_core.tables.features.meaning.encoder import encoder_is_there
from al_core.tables.features.meaning.features import Wanted, load_features, wanted
from al_core.tables.features.meaning.reading import (
    end_reading,
    n_read,
    problem_of,
    read_folder,
    start_reading,
)
from al_core.tables.features.meaning.texts import row_texts

LETTERS_ALONE = (
    "Texts are read by their letters alone: the package that knows what they mean is not installed."
)
FAILED = "What the texts mean could not be read. They are read by their letters alone."
# Seconds: before the first look, so that the desk comes first; between looks. Choices.
_FIRST, _LOOK = 2.0, 0.5


class MeaningReader:
    """Has the texts read in a process of its own and takes the features in, once, by an event."""

    def __init__(self, opened: Opened, model: CurrentModel) -> None:
        self._opened, self._model = opened, model
        self._folder = opened.folder / MEANING_FOLDER
        self._asked: Wanted | None = None
        self._pace: ReadingPace | None = None
        self._problem = ""
        self.work = _InTheBack(self.step)

    # -- what is told ---------------------------------------------------------------------------

    def reading(self) -> Reading:
        """How far the texts are read; ``sentence`` is "" where there is nothing to tell."""
        if not self._wants():
            return Reading(0, 0, "")
        if not self._opened.features and not encoder_is_there():
            return Reading(0, 0, LETTERS_ALONE)
        asked, pace = self._asked, self._pace
        if asked is None or pace is None:
            return Reading(0, 0, self._problem)
        total = len(asked.texts)
        done = min(n_read(self._folder), total)
        pace.saw(monotonic(), done)
        return Reading(done, total, pace.sentence(total))

    # -- behind the person's back ---------------------------------------------------------------

    def read_now(self) -> None:
        """Read here and wait for it: for a project without a background."""
        if self._wants() and not self._is_whole() and encoder_is_there():
            asked = self._what_is_missing()
            if asked is not None:
                asked.save(self._folder)
                read_folder(self._folder)
            self._take_in()
        elif self._is_whole() and not self._opened.is_read_only:
            self._take_in()

    def step(self) -> bool:
        """One look: begin to read, or see how far it is; False when there is nothing left to do."""
        if self._opened.closed or not self._wants():
            return False
        if self._asked is None:
            return self._begin()
        if self.work.is_reading():
            self.reading()  # keeps its pace
            return True
        self._asked = self._pace = None
        self._take_in()
        if not self._is_whole():
            self._problem = problem_of(self._folder) or FAILED
        return False

    def _begin(self) -> bool:
        if self._is_whole():
            self._take_in()
            return False
        if not encoder_is_there():
            return False
        asked = self._what_is_missing()
        if asked is None:
            self._take_in()
            return False
        asked.save(self._folder)
        self._pace = ReadingPace(monotonic(), n_read(self._folder))
        self._asked = asked
        return self.work.read(self._folder)

    def _wants(self) -> bool:
        """Whether this project reads meaning: free text, and where it is a rehearsal of very many
        rows, not: every row of it may be asked, and only a sample would be read."""
        data, s = self._opened.data, self._opened.settings
        if self._opened.is_read_only:
            return False
        of_all = sampled_rows(data.n_rows, self._opened.state.rows.is_check, s.seed) is None
        return data.has_text and s.read_meaning and (of_all or self._opened.kind == "live")

    def _is_whole(self) -> bool:
        """Whether features are here and the journal says to use them."""
        meaning = self._opened.data.meaning
        if meaning is None or not self._opened.features:
            return False
        with self._opened.lock:
            rows, _ = self._opened.state.all_labels()
        return bool(meaning.read[rows].all())

    def _what_is_missing(self, everything: bool = False) -> Wanted | None:
        """Labelled rows first, then check rows, then those that may be asked; None: nothing."""
        opened = self._opened
        with opened.lock:
            labelled, _ = opened.state.all_labels()
            is_check, seed = opened.state.rows.is_check.copy(), opened.seed
        n = opened.data.n_rows
        sample = sampled_rows(n, is_check, seed)
        fit_rows: Rows = np.arange(n) if sample is None else sample
        rest = np.arange(n) if everything or sample is None else sample
        order = np.concatenate([labelled, opened.check_rows, rest, self._model.watched])
        texts = row_texts(opened.data.table.frame, opened.data.text_columns)
        asked = wanted(texts, order.astype(np.intp), fit_rows.astype(np.intp))
        known = opened.data.meaning
        if known is not None and known.digest == asked.digest and known.read[order].all():
            return None
        return asked

    def _take_in(self) -> None:
        """Use what was read, if it came out whole, and say so in the journal."""
        opened = self._opened
        found = load_features(self._folder, opened.data.n_rows) or opened.data.meaning
        if found is None:
            return
        known = opened.data.meaning
        if known is None or known.digest != found.digest or known.read.sum() < found.read.sum():
            opened.data.take_meaning(found)
        with opened.lock:
            if opened.closed:
                return
            opened.take_in()
            if opened.state.features != found.digest:
                opened.record(FeaturesChanged(found.digest), by="app")
            self._model.labels_came_in()

    # -- all rows, for what is taken away ---------------------------------------------------------

    def read_rest(self, report: Progress) -> None:
        """Read the rows that no model has asked for; stopped where ``report`` raises."""
        meaning = self._opened.data.meaning
        if not self._opened.features or meaning is None or meaning.read.all():
            return
        if self._opened.is_read_only or not encoder_is_there():
            return
        asked = self._what_is_missing(everything=True)
        if asked is None:
            return
        asked.save(self._folder)
        process = start_reading(self._folder)
        try:
            while process.poll() is None:
                done = n_read(self._folder)
                report(done / len(asked.texts), f"reading texts, {done:,} of {len(asked.texts):,}")
                sleep(_LOOK)
        finally:
            end_reading(process)
        self._take_in()


class _InTheBack:
    """One daemon thread that looks from time to time, and the process it waits for.

    ``step`` is a method held weakly: nothing here keeps a project in memory.
    """

    def __init__(self, step: Callable[[], bool]) -> None:
        self._step = weakref.WeakMethod(step)
        self._stopped = Event()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to look."""
        Thread(target=self._run, name="al-meaning", daemon=True).start()

    def read(self, folder: Path) -> bool:
        """Start the process; False where this was stopped meanwhile."""
        self._process = start_reading(folder)
        if self._stopped.is_set():
            self.stop()
        return not self._stopped.is_set()

    def is_reading(self) -> bool:
        """Whether the process is still at work."""
        if self._process is None or self._process.poll() is None:
            return self._process is not None
        end_reading(self._process)
        return False

    def stop(self) -> None:
        """End the process and the looking; what was read is kept."""
        self._stopped.set()
        if self._process is not None:
            end_reading(self._process)

    def _run(self) -> None:
        wait = _FIRST
        while not self._stopped.wait(wait):
            step, wait = self._step(), _LOOK
            if step is None or not step():
                return
            del step  # while waiting, nothing here may keep the project in memory
