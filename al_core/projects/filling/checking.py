"""The model is frozen with the line; a final check says how many of its guesses are wrong."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd

from al_core.errors import ProjectError
from al_core.learning.stopping.acceptance import most_wrong
from al_core.projects.filling import kept, lines, words
from al_core.projects.filling.planning import LIMIT, FillPlanning, per_answer
from al_core.projects.filling.records import FillCheck
from al_core.projects.journal.events import FillLineDrawn
from al_core.projects.journal.recorded import PERSON
from al_core.projects.labelling.drawn_rows import why_not_beside
from al_core.projects.measuring.checks.final_check import FinalChecks
from al_core.projects.measuring.checks.frozen import Frozen
from al_core.projects.measuring.checks.records import FinalCheck
from al_core.projects.model.meaning import MeaningReader
from al_core.projects.opened import Opened


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """The rows over a line with their guesses, as one model gave them; ``key`` names it, and
    ``digest`` the file in which they lie by now."""

    line: float
    guesses: pd.DataFrame
    model: str
    upto: int
    n_labels: int
    key: str
    digest: str


class FillChecking:
    """Freeze a line, check it, and say what the check has shown."""

    def __init__(
        self, opened: Opened, planning: FillPlanning, checks: FinalChecks, meaning: MeaningReader
    ) -> None:
        self._opened, self._planning, self._checks = opened, planning, checks
        self._meaning = meaning
        self._counted: tuple[object, tuple[tuple[str, int], ...]] = (None, ())

    def start_fill_check(
        self,
        line: float,
        limit: float = LIMIT,
        allowed: int = 0,
        *,
        agreeing_with: str = "",
        by: str = PERSON,
    ) -> FillCheck:
        """Freeze the model with the line, and draw the rows of its final check from those over it.

        They are asked by ``ask_final`` like those of any final check. agreeing_with: only of those
        of which that column of guesses says the same. Raises ProjectError where it is not possible.
        """
        self._opened.check_open()
        plan = self._planning.plan_fill_check(line, limit, allowed, agreeing_with=agreeing_with)
        if not plan.possible:
            raise ProjectError(plan.sentence)
        frozen = self.freeze(line, agreeing_with)
        said = dict(zip(frozen.guesses["row"], frozen.guesses["label"], strict=True))

        def beside(check: int) -> FillLineDrawn:
            n = len(frozen.guesses)
            return FillLineDrawn(check, line, n, frozen.key, frozen.digest, limit, allowed)

        model = Frozen(
            frozen.model,
            frozen.upto,
            frozen.n_labels,
            lambda rows: [str(said[row]) for row in rows.tolist()],
            beside,
        )
        rows = frozen.guesses["row"].tolist()
        scope = words.scope(line, agreeing_with)
        self._checks.start_frozen(model, plan.n, rows, scope, by)
        found = self.fill_check()
        if found is None or found.check.state != "open":
            raise ProjectError(why_not_beside(self._opened.state, "final"))
        return found

    def fill_check_is_open(self) -> bool:
        """Whether the final check that is open is one of rows over a line; makes nothing known."""
        with self._opened.lock:
            self._opened.take_in()
            latest = self._opened.state.final_checks.latest
            is_open = latest is not None and latest.is_open
            return is_open and latest is not None and latest.id in self._opened.state.filled.lines

    def fill_check(self) -> FillCheck | None:
        """The last final check of rows over a line that was not given up; None: there is none.

        Once all its rows were gone through, this makes its result known."""
        checks = {check.id: check for check in self._checks.final_checks()}
        with self._opened.lock:
            ids = [id_ for id_ in self._opened.state.filled.lines if id_ in checks]
        ids = [id_ for id_ in ids if checks[id_].state != "dropped"]
        return self._told(checks[ids[-1]]) if ids else None

    def check_of(self, check_id: int) -> FillCheck | None:
        """The check of that id, were it one of rows over a line."""
        if check_id not in self._opened.state.filled.lines:
            return None
        checks = self._checks.final_checks()
        return next((self._told(one) for one in checks if one.id == check_id), None)

    def _told(self, check: FinalCheck) -> FillCheck:
        with self._opened.lock:
            filled = self._opened.state.filled
            line = filled.lines[check.id]
            stands = filled.now is not None and filled.now.event.check == check.id
        agreeing = kept.agreeing_with(self._opened.folder, line.digest)
        if check.state == "open":
            return FillCheck(
                check, line.line, line.count, line.limit, line.allowed, None, stands,
                check.sentence, agreeing_with=agreeing,
            )  # fmt: skip
        passed = (check.at_least or 0.0) >= 1 - line.limit - 1e-12
        wrong = check.n - (check.right or 0)
        rest = most_wrong(wrong, check.n, max(check.left, check.n), check.alpha)
        told = words.result_words(check, check.left, line.limit, passed, rest)
        return FillCheck(
            check, line.line, check.left, line.limit, line.allowed, passed, stands, told,
            self._per_answer(check.id, line.digest), agreeing,
        )  # fmt: skip

    def _per_answer(self, check_id: int, digest: str) -> tuple[tuple[str, int], ...]:
        """Of the frozen list; nothing where it cannot be read, which is said when it is needed."""
        classes, place = self._opened.state.classes, self._opened.state.filled.line_ids[check_id]
        key = digest, *self._opened.classes
        with suppress(ProjectError):
            if self._counted[0] != key:
                frozen = kept.read(self._opened.folder, digest, self._opened.data.n_rows)
                names = {name: classes.now(name, place) for name in frozen["label"].unique()}
                counted = per_answer(self._opened, frozen["label"].map(names))
                self._counted = key, counted
            return self._counted[1]
        return ()

    def freeze(self, line: float, agreeing_with: str = "") -> FrozenLine:
        """The rows over the line with the guesses of the model of now, kept on disk; of these only
        those of which that column of guesses says the same.

        Of a very large table, what texts mean is read for all rows first.
        """
        self._meaning.read_rest(lambda share, what: None)
        while True:
            with self._opened.lock:
                self._opened.take_in()
                before, upto = self._opened.position(), self._opened.state.last_id
                rows, labels = self._opened.state.all_labels()
            guesses = self._planning.guesses(agreeing_with)
            if self._opened.position() == before:
                break
        chosen = guesses[lines.over(guesses["confidence"].to_numpy(), line)]
        model = self._opened.model_name
        told = [model, self._opened.features, str(self._opened.seed), rows.tobytes().hex()]
        key = hashlib.sha256("\n".join([*told, *labels.tolist()]).encode()).hexdigest()[:16]
        chosen = chosen.reset_index(drop=True)
        digest = kept.keep(self._opened.folder, chosen, agreeing_with)
        return FrozenLine(line, chosen, model, upto, len(labels), key, digest)
