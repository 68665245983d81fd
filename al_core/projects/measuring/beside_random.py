"""Whether the chosen rows are ahead of random ones, as far as a live project can tell."""

from __future__ import annotations

import numpy as np

from al_core.learning import Answered, Rows, check_differences
from al_core.learning.records import text_labels
from al_core.learning.scoring.resampled import (
    COMPARED_FROM,
    Difference,
    compared_at,
    resampled_difference,
)
from al_core.projects.measuring.baseline import SPLITS
from al_core.projects.measuring.curve import Curve
from al_core.projects.opened import Opened
from al_core.projects.records import BesideRandom
from al_core.wording import count


class Beside:
    """Said at fixed numbers of check rows; between them the last word stands."""

    def __init__(self, opened: Opened, curve: Curve) -> None:
        self._opened, self._curve = opened, curve
        self._found: dict[bytes, Difference] = {}

    def beside_random(self) -> BesideRandom:
        """Ahead of random rows, behind, or not to be told apart; a moment's work at a new look.

        Nothing is said below 150 check rows. Above, the corrected resampled t-test on the first so
        many of them, its error split over looks. In a rehearsal ``baseline`` measures it instead.
        """
        with self._opened.lock:
            self._opened.take_in()
            check, truth = self._opened.state.checked()
            n, alpha = compared_at(len(check))
            order = self._chosen(self._opened.state.teach_order())
            first = self._curve.n_first(order)
            labels = dict(zip(*self._opened.state.taught(), strict=True))
        if self._opened.kind == "oracle" or not n or first == 0 or len(order) == first:
            return BesideRandom(len(check), None, None, _cannot_tell(len(check)))
        names = text_labels(labels[row] for row in order.tolist())
        sides = (order[:first], names[:first]), (order[first:], names[first:])
        key = self._curve.round_key(order, names, check[:n], truth[:n])
        if key not in self._found:
            X = self._opened.X
            parts = [Answered(X[rows], y) for rows, y in (*sides, (check[:n], truth[:n]))]
            differences, n_train, n_test = check_differences(
                parts[0], parts[1], parts[2],
                estimator=self._opened.estimator,
                metric=self._opened.metric,
                classes=self._opened.classes,
                seeds=range(self._opened.seed, self._opened.seed + SPLITS),
            )  # fmt: skip
            self._found[key] = resampled_difference(differences, n_train, n_test, alpha)
        return _verdict(len(check), self._found[key])

    def _chosen(self, order: Rows) -> Rows:
        """Without rows that a search drew at random: they are no merit and no fault of choosing."""
        answers = self._opened.state.rows.answers
        drawn = [row in answers and answers[row].purpose == "recall" for row in order.tolist()]
        chosen: Rows = order[~np.asarray(drawn, dtype=bool)]
        return chosen


def _verdict(n_check: int, found: Difference) -> BesideRandom:
    if found.low <= 0.0 <= found.high:
        return BesideRandom(n_check, None, found.mean, _cannot_tell(n_check))
    ahead = found.mean > 0
    low, high = sorted(abs(100 * end) for end in (found.low, found.high))
    side = "ahead of" if ahead else "behind"
    words = f"{side} random rows by {low:.0f} to {high:.0f} in 100, on {n_check} check rows."
    return BesideRandom(n_check, ahead, found.mean, words[0].upper() + words[1:])


def _cannot_tell(n_check: int) -> str:
    """What few check rows can say of random ones.

    >>> _cannot_tell(60), _cannot_tell(160)
    ('60 check rows cannot tell this apart.', 'Even 160 check rows cannot tell this apart.')
    """
    even = "" if n_check < COMPARED_FROM else "Even "
    return f"{even}{count(n_check, 'check row')} cannot tell this apart."
