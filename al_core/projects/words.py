"""Sentences that a project says; the words are those of the screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from al_core import learning
from al_core.projects.journal import events as ev
from al_core.projects.journal.events import Event
from al_core.projects.records import ScoreNow
from al_core.wording import count, in_100, listed, of_100, ordinal, short

START = "A typical row, asked before the app could choose: that takes two different answers."
LOOKING = "Looking for a second answer: unusual rows now."
CHECK = "Picked at random, used only to test. Without these the score would be a guess."
FINAL = "Picked at random from the rows that nobody has read. The app's guess stays hidden."
RECALL = "Picked at random from the rows left, to see whether all were found."
AGAIN = "You have been here before: this row came back."
SHARED = "Asked of somebody else too: a row that they have answered, picked at random."
FROM_FILE = " Measured on the file's own answers, which may not be a random sample."
NO_ANSWER = "can't tell"
# Signs of an answer that a sentence about it shows; a choice: two of them fit on a line.
LONGEST_NAME = 30


def never_given(names: list[str]) -> tuple[str, str]:
    """What a title and a reason say of answers that no row has.

    >>> never_given(["Praise"])[0]
    'but one answer was never given'
    """
    one = len(names) == 1
    few = listed(names, 3)
    title = f"but {'one answer was' if one else f'{len(names)} answers were'} never given"
    reason = (
        f"{few} {'was' if one else 'were'} never given, so the app cannot guess "
        f"{'it' if one else 'them'}. "
        "Of the other answers, the last ones changed hardly any guess."
    )
    return title, reason


def score_words(title: str, score: float, low: float, high: float) -> str:
    """A score with its one range; ``title`` "" where it is the share that is right.

    >>> score_words("", 0.837, 0.73, 0.91)
    'Right about 84 times in 100 (73 to 91).'
    """
    range_ = f"({of_100(low)} to {of_100(high)})"
    if title:
        return f"{title}: {in_100(score)} {range_}."
    return f"Right about {of_100(score)} times in 100 {range_}."


def share_words(share: float, low: float, high: float) -> str:
    """A share that is right, with its range, as it stands within a sentence.

    >>> share_words(0.81, 0.70, 0.89)
    '81 in 100 (70 to 89)'
    """
    return f"{in_100(share)} ({of_100(low)} to {of_100(high)})"


def no_answers_words(column: str, values: Sequence[tuple[str, int]]) -> str:
    """What becomes of values in a column of guesses that are no answers.

    >>> no_answers_words("gpt", [("maybe", 3), ("unclear", 1)])
    'gpt says in 4 rows what is none of your answers: “maybe” 3, “unclear” 1. These count as wrong.'
    """
    rows = count(sum(n for _, n in values), "row")
    named = listed([f"\u201c{short(value, LONGEST_NAME)}\u201d {n:,}" for value, n in values], 4)
    told = f"{column} says in {rows} what is none of your answers: {named}. "
    return told + ("That counts as wrong." if rows == "1 row" else "These count as wrong.")


def score_line(score: ScoreNow) -> str:
    """The score with its range and nothing more; where there is none yet, what is missing."""
    if score.score is None or score.low is None or score.high is None:
        return score.sentence
    # By the wing, not its name: the sidebar draws these words before statistics are imported.
    title = "" if score.metric == "accuracy" else learning.METRICS[score.metric].title
    return score_words(title, score.score, score.low, score.high)


def score_beside_rival(score: ScoreNow) -> str:
    """The same line, and the plainest rival where the range does not tell the two apart."""
    line, rival = score_line(score), score.rival
    if rival is None or score.low is None or score.high is None:
        return line
    # As they are shown: the end of a range that reads 100 may be a hair under 1.
    low, shown, high = (round(100 * share) for share in (score.low, rival, score.high))
    return f"{line} {score.rival_sentence}" if low <= shown <= high else line


def without_answer(score: ScoreNow) -> str:
    """What the range does about check rows without an answer; "" where all have one."""
    n, of = score.n_unanswered, score.n_check + score.n_unanswered
    if not n or score.score is None:
        return ""
    it = "it" if n == 1 else "them"
    return (
        f"{n} of {count(of, 'check row')} got no answer: "
        f"the range counts {it} once as right and once as wrong."
    )


def not_tested(names: Sequence[str]) -> str:
    """Why a range is wide: answers that no check row has so far; "" without any.

    >>> not_tested(["yes"])
    " The range is wide because no check row is 'yes' so far: it may be found always or never."
    >>> not_tested(["a", "b", "c"])
    " The range is wide because no check row is 'a', 'b' or 1 more so far: they may be found ..."
    """
    if not names:
        return ""
    told = [f"'{short(name, LONGEST_NAME)}'" for name in names[:2]]
    told += [f"{len(names) - 2} more"] if len(names) > 2 else []
    which = " or ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]
    they = "it" if len(names) == 1 else "they"
    return (
        f" The range is wide because no check row is {which} so far: "
        f"{they} may be found always or never."
    )


def why_chosen(torn: tuple[str, str] | None, place: int, of: int) -> str:
    """Why a strategy chose this row.

    >>> why_chosen(("Billing", "Delivery"), 1, 4812)
    'Torn between Billing and Delivery: the row it most wanted to know, of 4,812.'
    >>> why_chosen(None, 5, 2241)
    'The 5th row in the order it wanted to know them, of 2,241.'
    """
    where = (
        "row it most wanted to know"
        if place == 1
        else (f"{ordinal(place)} row in the order it wanted to know them")
    )
    who = f"Torn between {torn[0]} and {torn[1]}: the" if torn else "The"
    return f"{who} {where}, of {of:,}."


def guessed_left_words(answer: str, n: int, left: int) -> str:
    """How many rows of an answer the app guesses to be left.

    >>> guessed_left_words("Spam", 78, 4505)
    'The app guesses that 78 of the 4,505 left are Spam; nobody has checked these.'
    """
    are = "is" if n == 1 else "are"
    name = short(answer, LONGEST_NAME)
    told = f"The app guesses that {n or 'none'} of the {left:,} left {are} {name}"
    return f"{told}; nobody has checked {'that' if n < 2 else 'these'}."


def skipped_ago(answers: int) -> str:
    """Why a row that was put off is asked again.

    >>> skipped_ago(50)
    "You skipped this row 50 answers ago. Can't tell sets it aside for good."
    """
    return (
        f"You skipped this row {count(answers, 'answer')} ago. Can't tell sets it aside for good."
    )


def agreement_words(same: int, n: int, range_: tuple[float, float], ac1: float) -> tuple[str, str]:
    """How far a person agrees with themself: said to them, and to whoever reads the report.

    >>> agreement_words(47, 50, (0.83, 0.99), 0.871)[0]
    "You agree with yourself on 47 of 50: 94 in 100 (83 to 99; Gwet's AC1 .87)."
    """
    told = agreed_words(same / n, range_, ac1)
    rows = count(n, "row")
    return (
        f"You agree with yourself on {same} of {n}: {told}",
        f"{rows} picked at random {'was' if n == 1 else 'were'} answered a second time by the same "
        f"person, the first answer out of sight; {same} got the same answer again: {told}",
    )


def agreed_words(share: float, range_: tuple[float, float], ac1: float) -> str:
    """A share of answers that agree, with its range and what is beyond chance.

    >>> agreed_words(0.75, (0.43, 0.95), 0.624)
    "75 in 100 (43 to 95; Gwet's AC1 .62)."
    """
    low, high = range_
    beyond = f"{ac1:.2f}".replace("0.", ".", 1)
    return f"{in_100(share)} ({of_100(low)} to {of_100(high)}; Gwet's AC1 {beyond})."


def and_twins(twins: Sequence[int]) -> str:
    """The rows that got the same answer because they are the same.

    >>> and_twins([4, 5])
    'as were 2 rows that are the same'
    """
    return f"as {'was' if len(twins) == 1 else 'were'} {_same(twins)}"


def saved_twins(twins: Sequence[int]) -> str:
    """The same beside what was just saved; "" for none.

    >>> saved_twins([4]), saved_twins([])
    (', and so is 1 row that is the same', '')
    """
    verb = "is" if len(twins) == 1 else "are"
    return f", and so {verb} {_same(twins)}" if twins else ""


def _same(twins: Sequence[int]) -> str:
    return f"{count(len(twins), 'row')} that {'is' if len(twins) == 1 else 'are'} the same"


def undone_sentence(event: Event, name: Callable[[int], str]) -> str:
    """What was taken back; ``name`` gives what a person calls a row."""
    match event:
        case ev.TwinsLabelled(row=row, label=label, twins=twins):
            return f"Undone: {name(row)} was {label}, {and_twins(twins)}."
        case ev.Labelled(row=row, label=label):
            return f"Undone: {name(row)} was {label}."
        case ev.ManyLabelled(rows=rows, label=label):
            return f"Undone: {len(rows)} rows were {label}."
        case ev.Skipped(row=row):
            return f"Undone: {name(row)} was skipped."
        case ev.NotKnown(row=row):
            return f"Undone: {name(row)} was {NO_ANSWER}."
        case ev.LabelRemoved(row=row):
            return f"Undone: {name(row)} has its label back."
        case ev.NoteAdded(row=row):
            return f"Undone: the note on {name(row)}."
        case ev.AnsweredAgain(row=row):
            return f"Undone: the second answer to {name(row)}."
        case ev.ClassAdded(name=added):
            return f"Undone: the answer {added} was added."
        case ev.ClassRenamed(old=old, new=new):
            return f"Undone: {old} was renamed to {new}."
        case _:
            return "Undone."


def redone_sentence(event: Event, name: Callable[[int], str]) -> str:
    """What counts again after it was taken back.

    >>> redone_sentence(ev.Labelled(4, "no", "person", "learn"), "line {}".format)
    'Redone: line 4 is no.'
    """
    match event:
        case ev.LabelRemoved(row=row):
            return f"Redone: {name(row)} has no label."
        case _:
            words = undone_sentence(event, name).replace("Undone", "Redone", 1)
            return words.replace(" was ", " is ", 1).replace(" were ", " are ", 1)


_WHAT: dict[type[Event], str] = {
    ev.Labelled: "labelled",
    ev.TwinsLabelled: "labelled",
    ev.ManyLabelled: "labelled",
    ev.Skipped: "skipped",
    ev.NotKnown: NO_ANSWER,
    ev.LabelRemoved: "label removed",
    ev.NoteAdded: "note",
    ev.GuidelineWritten: "meaning of an answer",
    ev.ClassAdded: "answer added",
    ev.ClassRenamed: "answer renamed",
    ev.SettingsChanged: "settings changed",
    ev.SeekingStarted: "seeking begun",
    ev.SeekingStopped: "seeking stopped",
    ev.ProjectRenamed: "project renamed",
    ev.SkippedShown: "skipped rows shown",
    ev.Undone: "undone",
    ev.Redone: "redone",
    ev.FinalCheckStarted: "final check started",
    ev.FinalCheckEnded: "final check done",
    ev.FinalCheckDropped: "final check given up",
    ev.RecallCheckStarted: "search for all begun",
    ev.RecallCheckEnded: "search for all done",
    ev.RecallCheckDropped: "search for all given up",
    ev.FillLineDrawn: "line drawn for filling in",
    ev.RowsFilled: "rows filled in",
    ev.FillTakenBack: "filling in taken back",
    ev.SecondAskingStarted: "second asking begun",
    ev.AnsweredAgain: "answered again",
    ev.OwnerNamed: "owner named",
    ev.Shared: "shared",
    ev.SharingEnded: "sharing taken back",
    ev.FileRowsHeldOut: "answers of the file kept for testing",
}


def what_of(event: Event) -> str:
    """An event in a few words, for the history."""
    if isinstance(event, ev.AnsweredAgain) and not event.asking:
        return "answered too"
    return _WHAT.get(type(event), "created")
