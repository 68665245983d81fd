"""Sentences about a curve hold: no winner within the bands, no saving without its range."""

import numpy as np
import pytest

from al_core.figures import against_random, last_change, saved, saved_sentence
from al_core.learning.metrics import get_metric
from al_core.learning.records import Band, Baseline, Round

NO_ROWS = np.array([], dtype=np.intp)


def a_round(n: int, score: float, width: float = 0.1, error: str = "") -> Round:
    return Round(n, score, NO_ROWS, score - width, score + width, 40, 0.01, error)


def a_run(*scores: float) -> list[Round]:
    return [a_round(10 * i, score) for i, score in enumerate(scores, start=1)]


def a_band(*middle: float, width: float = 0.05, n_runs: int = 5) -> Band:
    line = np.array(middle)
    return Band("", np.arange(1, len(line) + 1) * 10, line, line - width, line + width, n_runs)


def test_nothing_is_said_about_random_before_it_was_measured():
    assert against_random(a_run(0.8), None) == "Against random rows: not measured yet."
    assert against_random(a_run(0.8), Baseline(random=None)).endswith("not measured yet.")


def test_within_the_band_of_random_rows_it_is_too_close_to_call():
    said = against_random(a_run(0.7, 0.78), Baseline(random=a_band(0.7, 0.75)))
    assert said == "After 20 rows: chosen 78, random 75 right in 100. Too close to call."


@pytest.mark.parametrize(("mine", "call"), [(0.9, "is ahead."), (0.6, "is behind here.")])
def test_outside_the_band_a_side_is_named(mine, call):
    assert against_random(a_run(0.7, mine), Baseline(random=a_band(0.7, 0.75))).endswith(call)


def test_both_are_compared_where_the_random_band_ends_not_later():
    said = against_random(a_run(0.7, 0.76, 0.99), Baseline(random=a_band(0.7, 0.75)))
    assert said.startswith("After 20 rows: chosen 76")


def test_a_rehearsal_compares_repeats_with_repeats_and_not_one_lucky_run():
    lucky = a_run(0.99, 0.99)
    baseline = Baseline(random=a_band(0.7, 0.75), active=a_band(0.7, 0.76))
    said = against_random(lucky, baseline)
    assert said.startswith("After 20 rows, over 5 repeats: chosen 76, random 75")
    assert said.endswith("Too close to call.")


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


def rehearsal(chosen: list[list[Round]], random: list[list[Round]]) -> Baseline:
    def mean(runs):
        return a_band(*np.mean([[r.score for r in run] for run in runs], axis=0), n_runs=len(runs))

    return Baseline(mean(random), mean(chosen), {"random": random, "margin": chosen})


def test_saved_rows_come_with_their_range_over_the_repeats():
    chosen = [a_run(0.6, 0.8, 0.8, 0.8), a_run(0.6, 0.7, 0.8, 0.8)]
    random = [a_run(0.6, 0.6, 0.7, 0.8), a_run(0.6, 0.6, 0.7, 0.8)]
    found = saved(rehearsal(chosen, random))
    assert (found.target, found.chosen, found.random) == (0.8, 30, 40)
    assert (found.low, found.high) == (10, 20)
    assert saved_sentence(found).endswith("Saved: 10 rows (10 to 20 in 2 repeats).")


def test_a_live_project_never_says_what_was_saved():
    assert saved(Baseline(random=a_band(0.7, 0.8))) is None
    assert saved(None) is None


def test_no_range_is_made_up_where_a_repeat_did_not_get_there():
    chosen = [a_run(0.6, 0.9), a_run(0.6, 0.75)]
    random = [a_run(0.6, 0.8), a_run(0.6, 0.8)]
    assert "cannot be told: in some of the 2 repeats" in saved_sentence(
        saved(rehearsal(chosen, random))
    )


def test_where_choosing_never_gets_there_it_says_so():
    found = saved(rehearsal([a_run(0.5, 0.6)], [a_run(0.5, 0.8)]))
    assert saved_sentence(found).endswith("chosen rows did not get there.")


def test_nothing_saved_is_said_as_such():
    found = saved(rehearsal([a_run(0.5, 0.6, 0.8)], [a_run(0.5, 0.8, 0.8)]))
    assert "Nothing saved here" in saved_sentence(found)


def test_where_both_are_there_at_the_start_there_is_nothing_to_save():
    found = saved(rehearsal([a_run(0.8, 0.8)], [a_run(0.8, 0.8)]))
    told = saved_sentence(found)
    assert told.endswith(", the first 10 rows are enough: nothing to save there.")


def test_scores_that_are_no_share_right_are_not_called_right():
    found = saved(rehearsal([a_run(0.5, 0.8)], [a_run(0.5, 0.8)]))
    assert saved_sentence(found, word="").startswith("To score 80 in 100:")
