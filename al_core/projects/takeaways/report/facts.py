"""Everything that a report says, gathered at one moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from al_core.learning import Baseline, Round
from al_core.projects.journal.recorded import PERSON
from al_core.projects.measuring.checks.records import FinalCheck
from al_core.projects.opened import Opened
from al_core.projects.records import Agreement, GuessScore, Pace, Summary
from al_core.projects.takeaways.filled import FilledRows
from al_core.wording import short

# Wrong guesses that are shown, columns of each, letters of a cell; choices: what a person reads.
MOST_WRONG, _COLUMNS, _LETTERS = 10, 4, 300


@dataclass(frozen=True)
class WrongGuess:
    """A check row that the app guessed wrongly: what a person calls it, its cells, both answers."""

    name: str
    cells: list[tuple[str, str]]
    truth: str
    guess: str


@dataclass(frozen=True)
class Facts:
    """What the report is made of. ``worth``: what the labelling cost in money, in words; ``mixups``
    as ``Project.mixups``; ``twice``: how far answers given twice agree; ``guesses`` as
    ``Project.guess_scores``; ``sought``: sentences on each answer that was sought;
    the curve is empty where it was never measured."""

    opened: Opened
    now: Summary
    checks: Sequence[FinalCheck] = ()
    rounds: Sequence[Round] = ()
    baseline: Baseline | None = None
    mixups: tuple[NDArray[np.int64], list[str]] | None = None
    wrong: Sequence[WrongGuess] = ()
    pace: Pace = field(default_factory=lambda: Pace(None, None))
    filled: FilledRows = field(default_factory=FilledRows)
    worth: str = ""
    twice: Sequence[Agreement] = ()
    guesses: Sequence[GuessScore] = ()
    sought: Sequence[str] = ()


def answered_by(opened: Opened) -> str:
    """Who answered how many of the labels that hold; "" where it was one person, or nobody's name
    is known."""
    by = Counter(one.by for one in opened.state.rows.answers.values() if one.by != "oracle")
    if len(by) < 2:
        return ""
    told = [f"{'without a login' if who == PERSON else who}: {n:,}" for who, n in by.most_common()]
    return f"Answered by {', '.join(told)}."


def wrong_guesses(opened: Opened, found: Sequence[tuple[int, str, str]]) -> list[WrongGuess]:
    """Those rows as a person reads them; found: (row, true answer, guess)."""
    text = set(opened.data.text_columns)
    told = []
    for row, truth, guess in found[:MOST_WRONG]:
        cells = [(k, v) for k, v in opened.data.row(row).items() if v.strip()]
        cells.sort(key=lambda cell: cell[0] not in text)  # what is read as text tells most
        shown = [(short(k, 60), short(v, _LETTERS)) for k, v in cells[:_COLUMNS]]
        told.append(WrongGuess(opened.data.row_names.name(row), shown, truth, guess))
    return told
