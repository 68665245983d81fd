"""Before anything is filled in: the rows over a line, and what a check of them would take."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.learning import Rows
from al_core.learning.stopping.acceptance import rows_needed
from al_core.projects.filling import lines, words
from al_core.projects.filling.agreement import Agreement
from al_core.projects.filling.records import Agreed, FillCheckPlan, FillPlan
from al_core.projects.labelling.drawn_rows import why_not_beside
from al_core.projects.measuring.checks.final_check import FEWEST, FinalChecks
from al_core.projects.model.opinions import Opinions
from al_core.projects.opened import Opened
from al_core.wording import in_100

LIMIT = 0.05
"""By convention: at most so large a share of the rows over the line may be wrong."""


class FillPlanning:
    """Lines, the rows over them, and their final check; nothing is started here."""

    def __init__(
        self, opened: Opened, opinions: Opinions, checks: FinalChecks, agreement: Agreement
    ) -> None:
        self._opened, self._opinions, self._checks = opened, opinions, checks
        self._agreement = agreement

    def plan_fill(
        self, line: float | None = None, limit: float = LIMIT, *, agreeing_with: str = ""
    ) -> FillPlan:
        """What filling in over ``line`` would do; starts nothing.

        line: how sure the app must be, 0 to 1; None: the one that is proposed for ``limit``, the
        share that may be wrong. Rows that somebody has read, skipped or noted stay to the person.
        agreeing_with: a column of guesses from elsewhere; the others of its rows stay as well.
        """
        guesses = self.guesses(agreeing_with)
        why_not = self._why_not(len(guesses), agreeing_with)
        if why_not:
            return FillPlan(False, why_not, stay=self._n_blank())
        sure = guesses["confidence"].to_numpy()
        calibrated = self._opinions.is_calibrated()
        agreed = self._agreed(agreeing_with)
        own = self._proposed(sure, limit, agreed)
        at = own.line if line is None else line
        chosen = guesses[lines.over(sure, at)]
        lowest, highest = lines.ends(sure)
        return FillPlan(
            possible=len(chosen) > 0,
            sentence="" if len(chosen) else f"The app is of no row {in_100(at)} sure.",
            line=at,
            count=len(chosen),
            stay=self._n_blank() - len(chosen),
            lowest=lowest,
            highest=highest,
            proposed=abs(at - own.line) < lines.STEP / 2,
            rule=words.rule(own.likely, self._with_looser(sure, limit, own, agreed), calibrated),
            calibrated=calibrated,
            allowed=own.allowed,
            likely=own.likely,
            per_answer=per_answer(self._opened, chosen["label"]),
        )

    def plan_fill_check(
        self, line: float, limit: float = LIMIT, allowed: int = 0, *, agreeing_with: str = ""
    ) -> FillCheckPlan:
        """A final check of the rows over ``line``: how many, and how likely it passes.

        limit: the share that may be wrong; allowed: rows of the check that may be. Starts nothing.
        agreeing_with: as in :meth:`plan_fill`.
        """
        with self._opened.lock:
            self._opened.take_in()
            known = self._opened.state.final_checks.n_known()
            alpha = self._checks.next_alpha()
        n = rows_needed(allowed, limit, alpha)
        chosen = self.guesses(agreeing_with)["confidence"].to_numpy(dtype=np.float64)
        chosen = chosen[lines.over(chosen, line)]
        checked = self._agreement.only_agreeing(self._opinions.on_check_rows(), agreeing_with)
        seen = checked[lines.over(checked["confidence"].to_numpy(dtype=np.float64), line)]
        of_seen = int(seen["right"].sum()), len(seen)
        why_not, chance, told, wrong = self._why_no_check(n, len(chosen)), None, "", 0.0
        if not why_not:
            agreed = self._agreed(agreeing_with)
            left = 1.0 if agreed is None else agreed.left
            wrong = lines.expected_wrong(chosen, left)
            chance = lines.expected_to_pass(chosen, n, allowed, left)
            told = words.chance_words(chance, wrong, *of_seen, agreed)
        sentence = why_not or f"{words.check_words(n, allowed, limit, known + 1)} {told}"
        return FillCheckPlan(
            not why_not, n, allowed, limit, alpha, *of_seen, chance, sentence, wrong
        )  # fmt: skip

    def _agreed(self, column: str) -> Agreed | None:
        """What it says of the guesses that the column says the same; None for none."""
        return self._agreement.right_where_agreed(column, self.guesses()) if column else None

    def _proposed(
        self, sure: NDArray[np.float64], limit: float, agreed: Agreed | None
    ) -> lines.Proposal:
        left = 1.0 if agreed is None else agreed.left
        return lines.proposed(sure, limit, self._checks.next_alpha(), wrong_left=left)

    def _with_looser(
        self, sure: NDArray[np.float64], limit: float, own: lines.Proposal, agreed: Agreed | None
    ) -> int:
        """How many rows a looser limit would fill in, where no check of this one is likely to
        pass; 0: none either."""
        if own.likely or limit >= words.LOOSER:
            return 0
        other = self._proposed(sure, words.LOOSER, agreed)
        return int(lines.over(sure, other.line).sum()) if other.likely else 0

    def _why_not(self, n: int, agreeing_with: str) -> str:
        if self._opened.kind == "oracle":
            return "A rehearsal has nothing to fill in: every answer is known."
        if len(set(self._opened.state.all_labels()[1].tolist())) < 2:
            return "Rows can be filled in once two different answers have been given."
        if not n and agreeing_with:
            return f"Of no row that nobody has read {agreeing_with} says what the app says."
        return "" if n else "No row is left that nobody has read."

    def _why_no_check(self, n: int, left: int) -> str:
        if beside := why_not_beside(self._opened.state, "final"):
            return beside
        if left < max(n, FEWEST):
            return f"A check takes {n} rows; over this line are {left:,}. Lower the line."
        return ""

    def guesses(self, agreeing_with: str = "") -> pd.DataFrame:
        """Row, label and confidence of the rows that nobody has read; none without a model.

        agreeing_with: only those of which that column of guesses says the same.
        """
        rows: Rows = self._checks.unread()
        frame = self._opinions.predictions().iloc[rows]
        frame = frame.rename(columns={"prediction": "label"})
        frame = frame[frame["label"].notna()].reset_index(drop=True)
        return self._agreement.only_agreeing(frame, agreeing_with)

    def _n_blank(self) -> int:
        """Rows without an answer that can have one."""
        return self._opened.state.n_blank()


def per_answer(opened: Opened, labels: pd.Series) -> tuple[tuple[str, int], ...]:
    """How many rows there are of each answer, in the order of the answers."""
    counted = Counter(labels.tolist())
    return tuple((name, counted[name]) for name in opened.classes)
