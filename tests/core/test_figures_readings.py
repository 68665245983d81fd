"""How far a curve has moved lately, with a range that holds."""

import numpy as np

from al_core.learning import last_change
from al_core.learning.records import Round
from al_core.learning.scoring.metrics import get_metric

NO_ROWS = np.array([], dtype=np.intp)


def a_round(n: int, score: float, width: float = 0.1, error: str = "") -> Round:
    return Round(n, score, NO_ROWS, score - width, score + width, 40, 0.01, error)


def test_there_is_no_last_change_before_fifty_labels():
    assert last_change([a_round(10, 0.6), a_round(40, 0.7)]) is None
    assert last_change([]) is None


def test_the_last_change_looks_back_fifty_labels():
    found = last_change([a_round(10, 0.6), a_round(50, 0.7), a_round(100, 0.75)])
    assert (found.since, round(found.change, 3)) == (50, 0.05)
    assert found.low < 0 < found.high


def test_the_range_of_a_change_holds_the_true_one_in_95_of_100_draws():
    rng, accuracy, held = np.random.default_rng(0), get_metric("accuracy"), 0
    truth = np.ones(60, dtype=int)
    for _ in range(300):
        rounds = []
        for n, share in ((10, 0.7), (60, 0.85)):
            guess = (rng.random(60) < share).astype(int)
            low, high = accuracy.interval(truth, guess, [0, 1])
            rounds.append(Round(n, (guess == 1).mean(), NO_ROWS, low, high, 60, 0.0))
        found = last_change(rounds)
        held += found.low <= 0.15 <= found.high
    assert held >= 0.92 * 300
