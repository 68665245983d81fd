"""What Progress and the report say of guesses from elsewhere: the same sentences of one record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from al_core.projects.records import GuessScore, ScoreNow
from al_core.projects.words import LONGEST_NAME, no_answers_words
from al_core.wording import count, short

# Pairs of answers that are named, and check rows that one needs: a choice, fewer are chance.
_PAIRS, _FEWEST = 3, 3


def guesses_right(
    scores: Sequence[GuessScore],
    name: Callable[[str], str] = str,
    figure: Callable[[str], str] = str,
) -> str:
    """How often they are right; "" where there are none. name, figure: as the page marks them up.

    >>> one = GuessScore("gpt", 81, 100, 0, 0, 0.7, 0.89, True, "81 in 100 (70 to 89)", ())
    >>> guesses_right([one])
    'The guesses in gpt are right 81 in 100 (70 to 89).'
    >>> guesses_right([one, one], figure="**{}**".format)
    'Guesses that are right: gpt **81 in 100 (70 to 89)** · gpt **81 in 100 (70 to 89)**.'
    """
    if not scores:
        return ""
    if len(scores) == 1:
        return f"The guesses in {name(scores[0].column)} are right {figure(scores[0].words)}."
    told = [f"{name(one.column)} {figure(one.words)}" for one in scores]
    return f"Guesses that are right: {' · '.join(told)}."


def guesses_tested_on(kind: str, scores: Sequence[GuessScore], app: ScoreNow | None = None) -> str:
    """Which rows they were tested on, and what counts as wrong. kind: of the project; app: its own
    score, to say where these check rows cannot tell it and the guesses apart.

    >>> one = GuessScore("gpt", 81, 100, 0, 2, 0.7, 0.89, True, "81 in 100 (70 to 89)", ())
    >>> guesses_tested_on("oracle", [one])
    'On 102 check rows of the file. gpt is blank in 2 of them.'
    """
    if not scores:
        return ""
    n = count(max(one.n + one.n_blank for one in scores), "check row")
    rows = f"{n} of the file" if kind == "oracle" else f"{n}, answered without seeing them"
    told = [f"On {rows}."]
    for one in scores:
        if one.n_blank:
            told.append(f"{one.column} is blank in {one.n_blank:,} of them.")
        if one.no_answers:
            told.append(no_answers_words(one.column, one.no_answers))
    if any(one.n_unanswered for one in scores):
        told.append("Rows without an answer count once as right and once as wrong.")
    return " ".join([*told, *(_alike(one) for one in scores if _overlap(one, app))])


def _alike(one: GuessScore) -> str:
    both = f"The ranges of {one.column} and of the app overlap"
    return f"{both}: these check rows cannot tell the two apart."


def _overlap(one: GuessScore, app: ScoreNow | None) -> bool:
    """Whether the app's range and that of the column have a share in common; never where the app
    is measured by something else than how often it is right."""
    if app is None or not app.ready or app.metric != "accuracy":
        return False
    if app.low is None or app.high is None:
        return False
    return one.low <= app.high and app.low <= one.high


def guesses_mixed_up(one: GuessScore) -> str:
    """Which answers it takes for others most often; "" where no two come up three times.

    >>> mixed = (("sports", "world", 3, 5), ("tech", "sports", 2, 9))
    >>> guesses_mixed_up(
    ...     GuessScore("gpt", 81, 100, 0, 0, 0.7, 0.89, True, "81 in 100", (), mixed)
    ... )
    'Mixed up most: gpt says “world” for 3 of 5 of “sports”.'
    """
    told = [
        f"\u201c{short(guess, LONGEST_NAME)}\u201d for {n:,} of {of:,} of "
        f"\u201c{short(truth, LONGEST_NAME)}\u201d"
        for truth, guess, n, of in one.mixed
        if n >= _FEWEST
    ][:_PAIRS]
    return f"Mixed up most: {one.column} says {', '.join(told)}." if told else ""
