"""What is said of a line, of its final check, and of what is filled in."""

from __future__ import annotations

import math

from al_core.projects.filling.records import Agreed
from al_core.projects.measuring.checks.final_words import caveats
from al_core.projects.measuring.checks.records import FinalCheck
from al_core.wording import count, in_100, of_100, short

NOT_CHECKED = "Not checked: nobody knows how many of them are wrong."
UNCALIBRATED = (
    "How sure the app is has not been measured so far: that takes 20 answered check rows."
)
LOOSER = 0.10
"""By convention: the share of wrong rows to which a person is pointed where no check of the usual
one is likely to pass."""


def scope(line: float, agreeing_with: str = "") -> str:
    """Which rows a check is drawn from.

    >>> scope(0.9), scope(0.9, "gpt_guess")
    ('the rows of which the app is at least 90 in 100 sure', 'the rows of which the app is at \
least 90 in 100 sure and gpt_guess says the same')
    """
    words = f"the rows of which the app is at least {in_100(line)} sure"
    return f"{words} and {agreeing_with} says the same" if agreeing_with else words


def rule(likely: bool, with_looser: int, calibrated: bool) -> str:
    """How the line was proposed, in words; where no check is likely to pass, what to do.

    >>> rule(False, 1230, True)
    'Over no line is a final check likelier to pass than not. Label more, or let 10 in 100 be \
wrong: then 1,230 rows could be filled in.'
    """
    if likely:
        words = (
            "Proposed: the most rows with which, by how sure the app is, a final check is likelier "
            "to pass than not."
        )
    else:
        words = "Over no line is a final check likelier to pass than not. Label more"
        if with_looser:
            rows = count(with_looser, "row")
            words += f", or let {in_100(LOOSER)} be wrong: then {rows} could be filled in"
        words += "."
    return words if calibrated else f"{words} {UNCALIBRATED}"


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


def chance_words(
    chance: float, wrong: float, right: int, seen: int, agreed: Agreed | None = None
) -> str:
    """How likely it passes, and on what that rests.

    >>> chance_words(0.55, 0.0101, 31, 32)
    'By how sure the app is, 1 in 100 of these rows are wrong: then it passes about 55 times in \
100. 31 of 32 check rows over this line were right.'
    >>> chance_words(0.68, 0.0066, 27, 27, Agreed("gpt", 84, 85, 0.04))
    'By how sure the app is and the check rows on which gpt says the same (84 of 85 right), 0.66 \
in 100 of these rows are wrong: then it passes about 68 times in 100. 27 of 27 check rows over \
this line were right.'
    """
    by = "By how sure the app is"
    if agreed is not None and agreed.seen:
        of = f"({agreed.right:,} of {agreed.seen:,} right)"
        by += f" and the check rows on which {short(agreed.column, 40)} says the same {of}"
    elif agreed is not None:
        by += f" and how often {short(agreed.column, 40)} says the same"
    told = (
        f"{by}, {100 * wrong:.2g} in 100 of these rows are wrong: then it passes "
        f"about {_times(chance)} times in 100."
    )
    if not seen:
        return f"{told} No check row lies over this line so far."
    return f"{told} {right} of {count(seen, 'check row')} over this line were right."


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


def filled_words(n: int, checked: str, n_labels: int, agreeing_with: str = "") -> str:
    """What is filled in; ``agreeing_with``: the column of guesses that says the same.

    >>> filled_words(2251, "Not checked.", 110)
    '2,251 rows are filled in, by the app as it was after 110 labels. Not checked.'
    >>> filled_words(1, "Not checked.", 110, "gpt_guess")
    '1 row is filled in, by the app as it was after 110 labels; gpt_guess says the same of it. \
Not checked.'
    """
    verb = "is" if n == 1 else "are"
    words = f"{count(n, 'row')} {verb} filled in, by the app as it was after "
    words += count(n_labels, "label")
    if agreeing_with:
        words += f"; {agreeing_with} says the same of {'it' if n == 1 else 'them'}"
    return f"{words}. {checked}"
