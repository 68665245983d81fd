"""What is said of a line, of its final check, and of what is filled in."""

from __future__ import annotations

import math

from al_core.projects.filling.lines import EXPECTED_SHARE
from al_core.projects.measuring.checks.final_words import caveats
from al_core.projects.measuring.checks.records import FinalCheck
from al_core.wording import count, in_100, of_100

NOT_CHECKED = "Not checked: nobody knows how many of them are wrong."
UNCALIBRATED = (
    "How sure the app is has not been measured so far: that takes 20 answered check rows."
)
SCOPE = "the rows of which the app is at least {} in 100 sure"


def rule(line: float, found: bool, limit: float, calibrated: bool) -> str:
    """How the line was proposed, in words."""
    if not found:
        words = (
            f"Nowhere is the app so sure that {_expected(limit)} can be expected to be wrong. "
            f"Proposed: the surer half, at least {in_100(line)} sure."
        )
    else:
        words = (
            f"Proposed: as many rows as the app expects to get {_expected(limit)} wrong of; it is "
            f"at least {in_100(line)} sure of each."
        )
    return words if calibrated else f"{words} {UNCALIBRATED}"


def _expected(limit: float) -> str:
    return f"at most {100 * limit * EXPECTED_SHARE:.2g} in 100"


def check_words(n: int, allowed: int, limit: float, number: int) -> str:
    """What a passed check would show.

    >>> check_words(59, 0, 0.05, 1)
    '59 random ones of them, the guess hidden. None wrong would show: at most 5 in 100 wrong.'
    """
    wrong = "None wrong" if not allowed else f"At most {allowed} wrong"
    words = (
        f"{n} random ones of them, the guess hidden. {wrong} would show: at most "
        f"{in_100(limit)} wrong."
    )
    if number > 1:
        words += " An earlier check has spent part of the error, so this one has to show more."
    return words


def chance_words(chance: float | None, right: int, seen: int) -> str:
    """How likely it passes, and on what that rests."""
    if chance is None:
        return "No check row lies over this line so far: how likely it passes cannot be said."
    told = f"{right} of {count(seen, 'check row')} over this line were right."
    return f"{told} At that score it passes about {_times(chance)} times in 100."


def _times(chance: float) -> str:
    return of_100(min(0.99, max(0.01, chance)))


def result_words(
    check: FinalCheck, count_over: int, limit: float, passed: bool, rest_wrong: int
) -> str:
    """What the check has shown of the rows over the line, never rounded in its favour."""
    shown = math.ceil(100 * (1.0 - (check.at_least or 0.0)) - 1e-9)
    rest = count_over - check.n
    words = (
        f"{check.right} of {check.n} right: at most {max(shown, 0)} in 100 of the {count_over:,} "
        f"rows over the line are wrong; of the {rest:,} not looked at, at most {rest_wrong:,}."
    )
    if not passed:
        words = f"Not passed: {words} Wanted was at most {in_100(limit)}."
    return words + caveats(check)


def filled_words(n: int, checked: str, n_labels: int) -> str:
    """What is filled in.

    >>> filled_words(2251, "Not checked.", 110)
    '2,251 rows are filled in, by the app as it was after 110 labels. Not checked.'
    """
    verb = "is" if n == 1 else "are"
    return (
        f"{count(n, 'row')} {verb} filled in, by the app as it was after "
        f"{count(n_labels, 'label')}. {checked}"
    )
