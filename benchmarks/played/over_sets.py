"""The last table of a benchmark of strategies: what they come to over all its sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from al_core.learning.comparison.verdicts import Verdict

Line = tuple[str, Verdict, float]  # a set, a strategy on it, and its figure


def print_over_sets(
    lines: Sequence[Line], strategies: Sequence[str], best: Callable[..., Any], form: str
) -> None:
    """A line a strategy: the mean figure, the sets in which it is the ``best`` (min or max), and
    those in which it is significantly better or worse than random. form: of a line up to the mean.
    """
    sets = dict.fromkeys(name for name, _, _ in lines)
    winners = [best((f, v.strategy) for n, v, f in lines if n == name)[1] for name in sets]
    for strategy in strategies:
        of = [(v, figure) for _, v, figure in lines if v.strategy == strategy]
        better, worse = (sum(v.finding == f for v, _ in of) for f in ("better", "worse"))
        told = form.format(strategy, np.mean([figure for _, figure in of]))
        print(f"{told} | {winners.count(strategy)} | {better} | {worse} |")
