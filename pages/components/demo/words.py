"""The sentences of "Why it works", computed from the measured runs."""

from __future__ import annotations

from al_core.learning import demo


def verdict_sentences(runs: demo.Runs) -> list[str]:
    """One sentence for each number of answers: what both ways gave, and how often one won."""
    return [_sentence(demo.verdict(runs, demo.FIRST + i)) for i in range(runs.chosen.shape[1])]


def _sentence(v: demo.Verdict) -> str:
    picked = (
        f"With {v.n} answers, over {v.n_runs} runs: picked by the app right {_one(v.chosen)} in "
        f"100, at random {_one(v.random)}"
    )
    if v.n == demo.FIRST:
        return f"With {v.n} answers both start alike: right {_one(v.chosen)} in 100."
    return f"{picked}; better in {v.better} of {v.n_runs}{_equal(v)}."


def _equal(v: demo.Verdict) -> str:
    return f", equal in {v.equal}" if v.equal else ""


def _one(share: float) -> str:
    return f"{100 * share:.1f}"


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
