"""Whether to go on, in words, with its evidence part by part."""

from __future__ import annotations

from dataclasses import dataclass, replace

from al_core.learning.records import Advice, Evidence
from al_core.learning.stopping.settled import Moved, fewest_labels
from al_core.wording import count, of_100

FEWEST_CHECKS = 20
"""A choice: fewer check rows tell a good model hardly from one that always answers the same."""
_TOO_EARLY = "Too early to say whether to stop"
_BOUND = "No more than that can those labels have added; what others would is not known."


@dataclass(frozen=True, slots=True)
class Standing:
    """What the advice rests on, of one moment.

    moved: what the guesses did, None while too few models are known. score and rival: of the model
    and of the one answer ``rival_name`` for all, on the ``n_check`` check rows; shares, None while
    there is no score. told_apart: whether it was shown that the model is better (``shown_above``).
    taught: labels learned from. n_left: rows that can still be asked.
    """

    n_left: int
    taught: int = 0
    n_classes: int = 2
    n_check: int = 0
    moved: Moved | None = None
    score: float | None = None
    rival: float | None = None
    rival_name: str = ""
    told_apart: bool = True


def advise(now: Standing) -> Advice:
    """Whether more labels are likely to pay.

    It looks settled when the guesses have settled, the model was shown better than one answer for
    all, and enough labels and check rows are there to say so. Once said it stays until the guesses
    move beyond noise (see ``moved``), or the score falls to that of one answer for all: at or below
    it the advice is never to stop.

    >>> advise(Standing(n_left=0)).title
    'You can stop'
    >>> advise(Standing(n_left=5, taught=12, n_check=20)).reason
    '18 more labels to learn from are needed first.'
    """
    if now.n_left == 0:
        return Advice(True, "You can stop", "Every row is labelled or set aside.")
    parts = _enough(now), _above_rival(now), _settled(now)
    enough, above, settled = parts
    if not enough.met:
        return Advice(None, _TOO_EARLY, enough.words, evidence=parts)
    if above.met is False:
        return Advice(False, "Keep going", above.words, evidence=parts)
    if settled.met is None:
        return Advice(None, _TOO_EARLY, settled.words, evidence=parts)
    if not settled.met:
        return Advice(False, "Keep going", settled.words, evidence=parts)
    if above.met is None and now.score is not None:
        return Advice(False, "Keep going", above.words, evidence=parts)
    return Advice(True, "Looks settled", f"{settled.words} {_BOUND}", evidence=parts)


def beside_target(advice: Advice, score: float | None, target: int | None) -> Advice:
    """The advice where a person wants to be right ``target`` times in 100, once enough is known.

    score: the one that is shown, a share. It looks as if the target is reached where the score is
    as high and above the plainest rival; whoever stops at the first such look reads it too high
    (docs/honest-curves.md), so that this proposes and shows nothing.
    """
    known = advice.evidence and advice.evidence[0].met
    if target is None or score is None or not known or advice.evidence[1].met is False:
        return advice
    there = _at_target(score, target)
    if advice.stop:
        return replace(advice, reason=f"{advice.reason} {there.words}")
    if not there.met:
        return advice
    reason = "A final check shows whether that holds."
    return replace(advice, stop=True, title=there.words.removesuffix("."), reason=reason)


def _at_target(score: float, target: int) -> Evidence:
    if 100 * score < target:
        return Evidence(False, f"The target of {target} in 100 is not reached.")
    return Evidence(True, f"Looks as if the target of {target} in 100 is reached.")


def _enough(now: Standing) -> Evidence:
    checks, labels = FEWEST_CHECKS - now.n_check, fewest_labels(now.n_classes) - now.taught
    if checks > 0:
        needed = count(checks, "more check row is", "more check rows are")
        return Evidence(False, f"{needed} needed first.")
    if labels > 0:
        needed = count(labels, "more label to learn from is", "more labels to learn from are")
        return Evidence(False, f"{needed} needed first.")
    return Evidence(True, f"{count(now.taught, 'label')} and {count(now.n_check, 'check row')}.")


def _above_rival(now: Standing) -> Evidence:
    if now.score is None or now.rival is None:
        return Evidence(None, "There is no score yet.")
    if now.score <= now.rival:
        words = f"By this measure no better than always \u201c{now.rival_name}\u201d"
        return Evidence(False, f"{words}: {of_100(now.rival)} in 100.")
    always = f"always \u201c{now.rival_name}\u201d"
    if not now.told_apart:
        rows = count(now.n_check, "check row")
        return Evidence(None, f"{rows} cannot tell its guesses from {always}.")
    score, rival = of_100(now.score), of_100(now.rival)
    return Evidence(True, f"Right {score} in 100; {always}: {rival}.")


def _settled(now: Standing) -> Evidence:
    if now.moved is None:
        return Evidence(None, "A few more labels are needed to see whether its guesses settle.")
    share = of_100(now.moved.share, least=1) if now.moved.share else "0"
    words = f"Guesses changed on {share} in 100 rows since {count(now.moved.since, 'label')}."
    return Evidence(now.moved.settled, words)
