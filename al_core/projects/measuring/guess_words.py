"""What Progress and the report say of guesses from elsewhere: the same sentences of one record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from al_core.projects.records import GuessScore
from al_core.projects.words import no_answers_words
from al_core.wording import count


def guesses_right(
    scores: Sequence[GuessScore],
    name: Callable[[str], str] = str,
    figure: Callable[[str], str] = str,
) -> str:
    """How often they are right; "" where there are none. name, figure: as the page marks them up.

    >>> one = GuessScore("gpt", 81, 100, 0, 0, 0.7, 0.89, True, "81 in 100 (70 to 89)", ())
    >>> guesses_right([one])
    'Their guesses are right 81 in 100 (70 to 89).'
    >>> guesses_right([one, one], figure="**{}**".format)
    'Their guesses are right: gpt **81 in 100 (70 to 89)** · gpt **81 in 100 (70 to 89)**.'
    """
    if not scores:
        return ""
    if len(scores) == 1:
        return f"Their guesses are right {figure(scores[0].words)}."
    told = [f"{name(one.column)} {figure(one.words)}" for one in scores]
    return f"Their guesses are right: {' · '.join(told)}."


def guesses_tested_on(kind: str, scores: Sequence[GuessScore]) -> str:
    """Which rows they were tested on, and what counts as wrong. kind: of the project.

    >>> one = GuessScore("gpt", 81, 100, 0, 2, 0.7, 0.89, True, "81 in 100 (70 to 89)", ())
    >>> guesses_tested_on("oracle", [one])
    'gpt, on 102 check rows of the file. gpt is blank in 2 of them.'
    """
    if not scores:
        return ""
    n = count(max(one.n + one.n_blank for one in scores), "check row")
    rows = f"{n} of the file" if kind == "oracle" else f"{n}, answered without seeing them"
    told = [f"{scores[0].column}, on {rows}." if len(scores) == 1 else f"On {rows}."]
    for one in scores:
        if one.n_blank:
            told.append(f"{one.column} is blank in {one.n_blank:,} of them.")
        if one.no_answers:
            told.append(no_answers_words(one.column, one.no_answers))
    if any(one.n_unanswered for one in scores):
        told.append("Rows without an answer count once as right and once as wrong.")
    return " ".join(told)
