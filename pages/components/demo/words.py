"""The sentences of "Why it works", computed from the measured runs."""

from __future__ import annotations

from al_core.learning import demo
from pages.components.shell.text import in_100


def verdict_sentences(runs: demo.Runs) -> list[str]:
    """One sentence for each number of answers: what it took both ways, and how often one won."""
    return [_sentence(runs, demo.FIRST + i) for i in range(runs.chosen.shape[1])]


def _sentence(runs: demo.Runs, n: int) -> str:
    v, needed = demo.verdict(runs, n), demo.answers_needed(runs, n)
    if n == demo.FIRST:
        return f"With {n} answers both start alike: right {in_100(v.chosen)}."
    equal = f", equal in {v.equal}" if v.equal else ""
    won = f"With {n} answers the app was better in {v.better} of {v.n_runs} runs{equal}."
    return f"Right {needed.in_100} in 100 {_with_answers(needed)} {won}"


def _with_answers(needed: demo.Needed) -> str:
    chosen, random = needed.chosen, needed.random
    if chosen == random:
        return f"with {chosen} answers either way."
    if chosen is None:
        return f"with {random} answers at random, more than {demo.LAST} picked by the app."
    instead = f"more than {demo.LAST}" if random is None else str(random)
    return f"with {chosen} answers picked by the app instead of {instead} at random."


def moral(runs: demo.Runs, n: int) -> str:
    """What to take from a picture, in one sentence, by what its runs gave after ``n`` answers.

    A side wins where it was better in more runs than tossed coins would give (two standard
    deviations), runs that ended equal left out.
    """
    v = demo.verdict(runs, n)
    worse = v.n_runs - v.better - v.equal
    clear = 2 * (v.better + worse) ** 0.5
    if v.better - worse > clear:
        return "The app asks where it is unsure, so it needs fewer answers here."
    if worse - v.better > clear:
        return (
            "Here it loses: it stays at the first boundary it finds and misses whole fields "
            "that random picks come across."
        )
    return "Here it hardly matters how the rows are picked."
