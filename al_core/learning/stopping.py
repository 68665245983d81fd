"""When to stop: whether more labels are likely to pay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from al_core.errors import SettingsError
from al_core.learning.records import Advice, Round

# Predictions that move this little at three refits in a row have settled (after Bloodgood and
# Vijay-Shanker 2009, stabilising predictions), if the score has stopped rising as well.
_SETTLED_SHARE = 0.02
_SETTLED_REFITS = 3
_FLAT_GAIN = 0.01
_FEWEST_CHECKS = 20


def changed_share(before: ArrayLike, after: ArrayLike) -> float:
    """The share of rows whose prediction differs between two models, 0 to 1; 0 for no rows.

    >>> changed_share(["a", "b", "b", "a"], ["a", "b", "a", "a"])
    0.25
    """
    old, new = np.asarray(before), np.asarray(after)
    if old.shape != new.shape:
        raise SettingsError(f"Got {old.size} predictions and {new.size}. Compare the same rows.")
    return float((old != new).mean()) if old.size else 0.0


def advise(
    rounds: Sequence[Round],
    changed: Sequence[float] = (),
    *,
    n_left: int | None = None,
) -> Advice:
    """Whether more labels are likely to pay.

    rounds: the learning curve so far, all scored on the same check rows. changed: shares of the
    pool whose prediction moved at the latest refits, oldest first (see :func:`changed_share`).
    n_left: rows that can still be asked; 0 means stop. It says stop when the predictions have
    settled at three refits in a row *and* the last third of the labels raised the score by less
    than one point; before 20 check rows and three refits it is too early to say.

    >>> advise([], n_left=0).title
    'You can stop'
    """
    if n_left == 0:
        return Advice(True, "You can stop", "Every row is labelled or set aside.")
    n_check = rounds[-1].n_test if rounds else 0
    if n_check < _FEWEST_CHECKS:
        missing = _FEWEST_CHECKS - n_check
        return Advice(None, "Too early to say", f"{missing} more check rows are needed first.")
    gain = _late_gain(rounds)
    rising = Advice(False, "Keep going", f"The latest third of the labels gained {_points(gain)}.")
    if len(changed) < _SETTLED_REFITS or len(rounds) < _SETTLED_REFITS:
        # Rising is reason enough to go on; to stop takes predictions that are seen to settle.
        if len(rounds) >= 3 * _SETTLED_REFITS and gain > _FLAT_GAIN:
            return rising
        return Advice(None, "Too early to say", "The app has not learned often enough yet.")
    moving = max(changed[-_SETTLED_REFITS:])
    if moving > _SETTLED_SHARE:
        share = max(1, round(100 * changed[-1])) if changed[-1] else round(100 * moving)
        return Advice(False, "Keep going", f"Still changing its mind on {share} in 100 rows.")
    if gain > _FLAT_GAIN:
        return rising
    return Advice(
        True,
        "You can stop",
        "The last labels changed hardly any prediction, and the score has stopped rising.",
    )


def _points(gain: float) -> str:
    return f"{100 * gain:.0f} points" if gain >= 0.015 else "1 point"


def _late_gain(rounds: Sequence[Round]) -> float:
    """What the last third of the labels added to the score, both ends averaged over 3 rounds."""
    last = rounds[-1].n_labels
    early = [r.score for r in rounds if r.n_labels <= 2 * last / 3] or [rounds[0].score]
    return float(np.mean([r.score for r in rounds[-3:]]) - np.mean(early[-3:]))
