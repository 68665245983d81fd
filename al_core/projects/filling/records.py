"""Plain records of filling in that a project hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from al_core.projects.measuring.checks.records import FinalCheck


@dataclass(frozen=True, slots=True)
class FillPlan:
    """What filling in over a line would do; nothing was done yet. Shares are in [0, 1].

    ``possible``: whether rows can be filled in; else ``sentence`` says why not. ``line``: how sure
    the app is at least of each of the ``count`` rows; ``stay`` rows without an answer are left to
    the person. ``lowest`` and ``highest``: lines that make a difference. ``proposed``: the line is
    the app's own, and ``rule`` says how it was found. ``calibrated``: how sure was learned on check
    rows. ``per_answer``: rows by the guess that they would get. ``allowed``: wrong rows with which
    the check that goes with the app's line passes; ``likely``: that check is likelier to pass than
    not.
    """

    possible: bool
    sentence: str
    line: float = 0.0
    count: int = 0
    stay: int = 0
    lowest: float = 0.0
    highest: float = 1.0
    proposed: bool = False
    rule: str = ""
    calibrated: bool = False
    per_answer: tuple[tuple[str, int], ...] = ()
    allowed: int = 0
    likely: bool = False


@dataclass(frozen=True, slots=True)
class FillCheckPlan:
    """A final check of the rows over a line, before it is started. Shares are in [0, 1].

    ``possible``: whether it can be; else ``sentence`` says why not. ``n`` rows of which at most
    ``allowed`` may be wrong would show that at most ``limit`` of all over the line are. ``wrong``:
    the share of the rows over the line that is expected to be. ``chance``: how likely it passes,
    were so many wrong; None where no check is possible. ``right`` of ``seen`` check rows over the
    line were right.
    """

    possible: bool
    n: int
    allowed: int
    limit: float
    alpha: float
    right: int
    seen: int
    chance: float | None
    sentence: str
    wrong: float = 0.0


@dataclass(frozen=True, slots=True)
class FillCheck:
    """The last final check of rows over a line, and what it says of them.

    ``passed``: None while it is open. ``filled``: rows are filled in after it and still stand.
    ``count``: rows over the line, those asked included; ``per_answer``: these by their guess, once
    it is done. ``agreeing_with``: the column of guesses that says the same of them, "" for none.
    """

    check: FinalCheck
    line: float
    count: int
    limit: float
    allowed: int
    passed: bool | None
    filled: bool
    sentence: str
    per_answer: tuple[tuple[str, int], ...] = ()
    agreeing_with: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What is filled in now. ``count`` rows: those that a person answered since are not among them.

    ``of``: as many were over the line. ``checked``: a final check of them passed. ``per_answer``:
    rows by what they were filled with. ``problem``: why the rows cannot be read, if so.
    ``agreeing_with``: the column of guesses that says the same of them, "" for none.
    """

    line: float
    count: int
    of: int
    n_labels: int
    at: datetime
    by: str
    checked: bool
    per_answer: tuple[tuple[str, int], ...]
    sentence: str
    problem: str = ""
    agreeing_with: str = ""


@dataclass(frozen=True, slots=True)
class BesideGuesses:
    """The rows without an answer, by what a column of guesses from elsewhere says beside the app.

    ``agree``: as many it answers as the app does. ``differ``: the rows on which it says something
    else, be it no answer at all, those first of which the app is surest. Of ``blank`` it says
    nothing.
    """

    column: str
    agree: int
    differ: tuple[int, ...]
    blank: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """What agreement with a column of guesses says: ``right`` of ``seen`` check rows on which both
    agree were right; ``left``: of the wrong guesses that the app expects, the share that is left
    where both agree."""

    column: str
    right: int
    seen: int
    left: float


@dataclass(frozen=True, slots=True)
class DoubtfulLabel:
    """A label that the other labels speak against. ``label_chance`` and ``guess_chance``: what a
    model that did not learn from this row gives the label and its own guess."""

    row: int
    label: str
    guess: str
    label_chance: float
    guess_chance: float
