"""What Progress and the report say of guesses from elsewhere: the same sentences of one record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from al_core.learning.scoring.exact_ranges import shown_better
from al_core.projects.records import GuessScore
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


def guesses_tested_on(kind: str, scores: Sequence[GuessScore]) -> str:
    """Which rows they were tested on, what counts as wrong, and whether they or the app are right
    more often. kind: of the project.

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
    told += [beside_app(one.column, *one.alone) for one in scores if one.alone is not None]
    return " ".join(told)


def beside_app(column: str, theirs: int, apps: int) -> str:
    """Which of the two is right more often, as far as check rows show it. theirs, apps: on how many
    the column alone was right, and on how many the app alone.

    >>> told = beside_app("gpt", 3, 18).split(": ")
    >>> told[0]
    'On 21 check rows just one of gpt and the app was right'
    >>> told[1]
    'the app on 18, gpt on 3. So the app is right more often.'
    >>> beside_app("gpt", 4, 3).split(". ")[1]
    'That cannot tell the two apart.'
    >>> beside_app("gpt", 0, 0)
    'On each check row gpt and the app were both right, or both wrong.'
    """
    if not theirs + apps:
        return f"On each check row {column} and the app were both right, or both wrong."
    rows = count(theirs + apps, "check row")
    told = f"On {rows} just one of {column} and the app was right: "
    told += f"the app on {apps:,}, {column} on {theirs:,}. "
    if shown_better(apps, theirs):
        return f"{told}So the app is right more often."
    if shown_better(theirs, apps):
        return f"{told}So {column} is right more often."
    return f"{told}That cannot tell the two apart."


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
