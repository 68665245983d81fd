"""The same looks at a model that never changes: nothing but the sampling of check rows is left."""

from __future__ import annotations

from functools import cache

import numpy as np

from al_core.learning import at_least, claim, exact_range, get_metric, latest_look

TRUTHS = (0.6, 0.84, 0.95)
LEFT, DRAWN = 600, 60
CHECKS = 5  # final checks that somebody makes who wants to hear more than is true


def counts(projects: int, truth: float, last: int = 200) -> dict[str, int]:
    """In how many projects each thing that is said is wrong; ``truth``: the share of right ones."""
    rng = np.random.default_rng(17)
    hits = np.cumsum(rng.random((projects, last)) < truth, axis=1)
    shown, claimed = np.zeros(projects, dtype=bool), np.zeros(projects, dtype=bool)
    for n in range(12, last + 1):
        now = hits[:, n - 1]
        if n <= 60:
            shown |= np.asarray([_outside(truth, *_wilson(int(h), n)) for h in now])
        if latest_look(n)[1] == n:
            claimed |= np.asarray([_outside(truth, *_claimed(int(h), n)) for h in now])
    at = np.asarray([_outside(truth, *_wilson(int(h), 60)) for h in hits[:, 59]])
    return {
        "one look, 60": int(at.sum()),
        "ever, shown (12 to 60)": int(shown.sum()),
        f"ever, claimed (12 to {last})": int(claimed.sum()),
        **_final_checks(projects, truth, rng),
    }


def _final_checks(projects: int, truth: float, rng: np.random.Generator) -> dict[str, int]:
    """Rows drawn from those left without being put back; once, and up to five times in a row."""
    right = round(truth * LEFT)
    hits = rng.hypergeometric(right, LEFT - right, DRAWN, size=(projects, CHECKS))
    share = right / LEFT
    once = [_least(int(h), 0) > share for h in hits[:, 0]]
    ever = [any(_least(int(h), k) > share for k, h in enumerate(row)) for row in hits]
    between = [_outside(share, *exact_range(int(h), DRAWN)) for h in hits[:, 0]]
    return {
        "final check, at least": sum(once),
        "final check, between": sum(between),
        f"any of {CHECKS} final checks, at least": sum(ever),
    }


def _outside(truth: float, low: float, high: float) -> bool:
    return not low <= truth <= high


@cache
def _least(hits: int, known_before: int) -> float:
    return at_least(hits, DRAWN, 0.05 / 2**known_before)


@cache
def _claimed(hits: int, n: int) -> tuple[float, float]:
    found = claim(hits, 0, n)
    return found.low, found.high


@cache
def _wilson(hits: int, n: int) -> tuple[float, float]:
    right = np.arange(n) < hits
    return get_metric("accuracy").interval(np.ones(n, dtype=np.int64), right.astype(np.int64))
