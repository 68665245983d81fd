"""When to stop: whether more labels are likely to pay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from al_core.errors import SettingsError
from al_core.learning.records import Advice, Round
from al_core.wording import count, of_100

# Predictions that move this little at three refits in a row have settled, if the score has stopped
# rising as well. Three refits and the idea are those of Bloodgood and Vijay-Shanker (2009,
# stabilising predictions). Choices: 2 rows in 100 in place of their agreement of 0.99 (kappa), a
# gain under one point, and 20 check rows; smaller ones ask for labels that no longer pay.
_SETTLED_SHARE = 0.02
SETTLED_REFITS = 3
_FLAT_GAIN = 0.01
FEWEST_CHECKS = 20
_TOO_FEW = "A few more answers are needed to see whether its guesses settle."
_RISING = "The last third of the answers raised the score by {} in 100."


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
    if n_check < FEWEST_CHECKS:
        missing = FEWEST_CHECKS - n_check
        needed = count(missing, "more check row is", "more check rows are")
        return Advice(None, "Too early to say", f"{needed} needed first.")
    gain = _late_gain(rounds)
    rising = Advice(False, "Keep going", _RISING.format(of_100(gain, least=1)))
    if len(changed) < SETTLED_REFITS or len(rounds) < SETTLED_REFITS:
        # Rising is reason enough to go on; to stop takes predictions that are seen to settle.
        if len(rounds) >= 3 * SETTLED_REFITS and gain > _FLAT_GAIN:
            return rising
        return Advice(None, "Too early to say", _TOO_FEW)
    moving = max(changed[-SETTLED_REFITS:])
    if moving > _SETTLED_SHARE:
        share = of_100(changed[-1], least=1) if changed[-1] else of_100(moving)
        return Advice(False, "Keep going", f"Still changing its mind on {share} in 100 rows.")
    if gain > _FLAT_GAIN:
        return rising
    return Advice(
        True,
        "You can stop",
        "The last labels changed hardly any prediction, and the score has stopped rising.",
    )


def steps(first: int, last: int) -> list[int]:
    """The numbers of labels at which models are looked at, whenever the app happened to learn.

    first: labels before the first model. Every 5 labels for 100, then ever wider as labels grow,
    always the same numbers: the verdict is a function of the labels and of nothing else.

    >>> steps(3, 26), steps(3, 140)[-4:]
    ([3, 8, 13, 18, 23], [103, 113, 123, 133])
    """
    found, given, step = list[int](), 0, 5
    while first + given <= last:
        found.append(first + given)
        step = step if given < 20 * step else 2 * step
        given += step
    return found


def needed_steps(first: int, last: int) -> list[int]:
    """Those of ``steps`` that the verdict after ``last`` labels looks at: the latest four, and the
    three before the last third began.

    >>> needed_steps(3, 60)
    [28, 33, 38, 43, 48, 53, 58]
    """
    every = steps(first, last)
    if not every:
        return []
    late = every[-SETTLED_REFITS - 1 :]
    early = [n for n in every if n <= 2 * every[-1] / 3][-SETTLED_REFITS:]
    return sorted({*(early or every[:1]), *late})


def _late_gain(rounds: Sequence[Round]) -> float:
    """What the last third of the labels added to the score, both ends averaged over 3 rounds."""
    last = rounds[-1].n_labels
    early = [r.score for r in rounds if r.n_labels <= 2 * last / 3] or [rounds[0].score]
    return float(np.mean([r.score for r in rounds[-3:]]) - np.mean(early[-3:]))
