"""Plain records that a project hands out; pages show them and never look inside a project."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from al_core.learning.records import Advice, Baseline, Round
from al_core.wording import count, of_100, short

Purpose = Literal["start", "learn", "check", "chosen", "final", "recall", "again", "shared"]
DRAWN_PURPOSES: tuple[Purpose, ...] = ("final", "recall", "again")
"""Purposes of rows that something else has drawn: they come in its order and take no turn."""


@dataclass(frozen=True, slots=True)
class Question:
    """One row to answer.

    ``values``: the original text of every column that is not the answer, in table order.
    ``purpose``: start (typical row, no model yet), learn (picked by the strategy), check (test
    row), chosen (by the person), final and recall (drawn for a check), again (asked a second time,
    blind), shared (asked of two people, blind). ``rank`` of ``ranked_of``: place in the ranking, 1
    is first; 0: nothing was ranked. ``token`` makes a press idempotent. ``known_labels``: labels
    its model knew, of ``n_labels`` that it could have known.
    """

    row: int
    values: dict[str, str]
    purpose: Purpose
    utility: float
    rank: int
    ranked_of: int
    why: str
    token: str
    known_labels: int
    n_labels: int


@dataclass(frozen=True, slots=True)
class SeekingPlan:
    """What seeking an answer would begin with.

    ``possible``: whether it can begin; ``sentence`` says with what, or why not. ``found`` so far;
    ``hinted`` rows hold any of the words and may be asked. ``rest``: what random rows say of how
    many are left, "" where none is answered.
    """

    possible: bool
    answer: str
    words: tuple[str, ...]
    found: int
    hinted: int
    sentence: str
    rest: str


@dataclass(frozen=True, slots=True)
class Seeking:
    """An answer that is sought: ``found`` of ``wanted``; ``mix``: the rows until ``done``."""

    answer: str
    words: tuple[str, ...]
    found: int
    wanted: int
    done: bool
    mix: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a press; ``sentence`` is fit to show. Not ``recorded``: nothing was stored.

    ``note``: of an answer that was taken back, the note that went with it.
    """

    recorded: bool
    row: int | None
    label: str | None
    at: datetime | None
    sentence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The project in numbers of rows; kept up to date at each press, so it costs nothing.

    ``spent``: current answers given in the project (``teach`` fitted + ``check`` kept for testing).
    ``labelled``: the same and the file's own labels. ``left``: rows that can still be asked,
    skipped ones not counted. ``check_target``: check rows before the first score is said;
    ``check_copies``: answered ones that are the same as another, which tests in their place."""

    labelled: int
    teach: int
    check: int
    spent: int
    skipped: int
    dont_know: int
    left: int
    n_rows: int
    budget: int
    per_class: dict[str, int]
    check_answered_in_order: int
    check_target: int
    file_labels: int
    check_copies: int = 0

    @property
    def blank(self) -> int:
        """Rows that can have an answer and have none; the app may have filled some in."""
        return self.n_rows - self.labelled - self.dont_know


@dataclass(frozen=True, slots=True)
class ScoreNow:
    """The score of the current model on the check rows answered in order; scores are in [0, 1].

    ``ready``: enough check rows for a first number; before that ``to_go`` are missing.
    ``n_unanswered``: check rows passed without an answer (skipped, can't tell); ``worst`` and
    ``best``: the score if the model were wrong, or right, on all of these. ``unseen``: answers that
    no check row has so far, where the metric counts each answer and the range is wide for it.
    ``from_file``: the ``n_check`` rows came with an answer and were held out: check rows are few.
    ``rival``: the score of always answering ``rival_name``, the commonest answer, on the same rows.
    """

    score: float | None
    low: float | None
    high: float | None
    n_check: int
    n_unanswered: int
    sentence: str
    ready: bool
    to_go: int
    worst: float | None = None
    best: float | None = None
    metric: str = "accuracy"
    unseen: tuple[str, ...] = ()
    from_file: bool = False
    rival: float | None = None
    rival_name: str = ""

    @property
    def rival_sentence(self) -> str:
        """The plainest rival in words; "" while there is no score."""
        if self.rival is None:
            return ""
        return f"Always \u201c{short(self.rival_name)}\u201d: {of_100(self.rival)}."


@dataclass(frozen=True, slots=True)
class Freshness:
    """How many of the labels the current model has learned from.

    ``changed_share``: share of a fixed sample of rows whose predicted answer moved when the model
    last changed. ``swaps``: how often a new model came in since this opener began.
    """

    known_labels: int
    labels: int
    behind: int
    changed_share: float | None
    sentence: str
    training: bool
    swaps: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All numbers that stand in more than one place, of one state of the project.

    What two places of a screen say is read from one of these, so that it cannot differ.
    """

    counts: Counts
    score: ScoreNow
    advice: Advice
    saved_at: datetime | None

    @property
    def tested_on(self) -> str:
        """Which check rows the score rests on, "" for all: of rows that are the same one tests."""
        n, tested = self.counts.check_copies, self.score.n_check
        if self.score.score is None or tested >= self.counts.check:
            return ""
        rest = f"; {count(n, 'is a copy of another', 'are copies of others')}" if n else ""
        return f"The score was tested on {tested:,} of the check rows{rest}."


@dataclass(frozen=True, slots=True)
class ClaimNow:
    """What may be claimed live of the model after ``n_labels`` labels: ``low`` to ``high``, shares.

    With the claims of all other looks it holds 95 times in 100; ``look`` is its number.
    """

    look: int
    n_check: int
    n_labels: int
    low: float
    high: float
    sentence: str


@dataclass(frozen=True, slots=True)
class BesideRandom:
    """How the chosen rows stand to random ones; ``ahead`` None: it cannot be told.

    ``difference``: of the scores after as many labels, a share; None below 150 check rows.
    """

    n_check: int
    ahead: bool | None
    difference: float | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Pace:
    """Median seconds between a question and its answer, and seconds left to the goal."""

    seconds_per_label: float | None
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Measurement:
    """The last computed curve and baseline. ``stale``: labels came in since.

    ``drawable``: enough check rows to draw a curve; ``sentence`` says what is missing, or which
    answers are too rare to be measured.
    """

    rounds: list[Round]
    baseline: Baseline | None
    stale: bool
    drawable: bool = False
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """Something in the row that pulls the model to ``label``; weight > 0 pulls towards it."""

    text: str
    label: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why this row. ``torn``: the two answers the model hesitates between. ``letters_alone``: the
    model also reads what the texts mean, and ``terms`` do not show that part."""

    probabilities: dict[str, float]
    torn: tuple[str, str] | None
    rank: int
    ranked_of: int
    utility: float
    terms: list[Term] = field(default_factory=list)
    neighbours: list[tuple[int, str, float]] = field(default_factory=list)
    letters_alone: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How far texts are read for their meaning: ``done`` of ``total``; in words, or ""."""

    done: int
    total: int
    sentence: str


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One event as a person reads it, newest first in ``history()``.

    ``what``: "labelled", "skipped", "can't tell", "label removed", "answer added", "answer
    renamed", "note", "settings changed", "project renamed", "skipped rows shown", "undone",
    "created".
    """

    event_id: int
    at: datetime
    by: str
    what: str
    row: int | None
    label: str | None
    purpose: str
    undone: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: its bytes, the end of its name, its media type; ``note`` says how it
    was written."""

    data: bytes
    ending: str
    media: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a person agrees with themself on rows that were asked a second time, blind; or two
    ``people`` with each other, neither of whom saw the other's answer.

    ``same`` of ``n`` rows got the same answer again; ``low`` and ``high``: where the share of all
    rows very likely lies. ``ac1``: Gwet's AC1. ``to_go`` rows of those drawn wait; ``differing``:
    rows that got another answer and still have the label of before; ``said``: what the two said of
    these. ``sentence`` is for the person, ``for_others`` for whoever reads the report."""

    n: int
    same: int
    low: float
    high: float
    ac1: float
    to_go: int
    differing: tuple[int, ...]
    sentence: str
    for_others: str
    people: tuple[str, str] = ("", "")
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class GuessScore:
    """How often a column of guesses from elsewhere is right; the exact range, for one look.

    ``right`` of ``n`` answered check rows on which it says something; ``n_unanswered`` more without
    an answer count once as right and once as wrong. On ``n_blank`` it says nothing. ``ready``:
    enough of them; else no ``words``. ``no_answers``: values that are none, and how often: wrong.
    ``mixed``: answers taken for others, most frequent first: (true one, guess, rows, all of that
    true one with a guess). ``alone``: on how many only it was right, and only the app."""

    column: str
    right: int
    n: int
    n_unanswered: int
    n_blank: int
    low: float
    high: float
    ready: bool
    words: str
    no_answers: tuple[tuple[str, int], ...]
    mixed: tuple[tuple[str, str, int, int], ...] = ()
    alone: tuple[int, int] | None = None
