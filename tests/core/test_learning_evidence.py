"""What may be said of paired runs, in figures and in sentences."""

from __future__ import annotations

import numpy as np
import pytest

from al_core.learning import METRICS, Run
from al_core.learning.comparison.compare import Comparison
from al_core.learning.comparison.paired_tests import (
    finding,
    holm,
    labels_to_target,
    paired_effect,
)
from al_core.learning.comparison.savings import rows_saved
from al_core.learning.comparison.verdicts import Verdict, judge
from al_core.learning.comparison.words import Costs, headline, sentences
from al_core.learning.scoring.curves import mean_range

COUNTS = (10, 20, 30, 40)


def runs_of(strategy: str, curve: list[float], seeds: int, spread: float = 0.004) -> list[Run]:
    rng = np.random.default_rng(len(strategy))
    noise = rng.normal(0, spread, size=seeds)
    return [
        Run("m", strategy, seed, COUNTS, tuple(score + shift for score in curve), 1.0)
        for seed, shift in enumerate(noise)
    ]


RANDOM = [0.60, 0.70, 0.75, 0.80]
BETTER = [0.60, 0.80, 0.82, 0.84]
WORSE = [0.60, 0.62, 0.65, 0.70]


def told(*curves: tuple[str, list[float]], seeds: int = 20, spread: float = 0.004) -> str:
    runs = runs_of("random", RANDOM, seeds, spread)
    for name, curve in curves:
        runs += runs_of(name, curve, seeds, spread)
    return "\n".join(sentences(judge(runs), METRICS["accuracy"], Costs(0.5, 36.0)))


def test_holm_steps_down_and_never_reverses_the_order() -> None:
    assert holm([0.01, 0.02, 0.03]) == pytest.approx([0.03, 0.04, 0.04])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@pytest.mark.parametrize("n", [5, 20])
def test_the_interval_of_the_gain_holds_the_truth(n: int) -> None:
    rng = np.random.default_rng(0)
    effects = [paired_effect(list(rng.normal(0.01, 0.02, n))) for _ in range(500)]
    assert 0.93 <= np.mean([e.low <= 0.01 <= e.high for e in effects]) <= 0.97


def test_no_difference_at_all_is_no_evidence() -> None:
    effect = paired_effect([0.0] * 20)
    assert (effect.p, effect.wins, effect.gain) == (1.0, 0, 0.0)
    assert paired_effect([0.1]).p == 1.0


def test_five_repeats_are_too_few_even_if_all_agree() -> None:
    effect = paired_effect([0.02, 0.03, 0.02, 0.04, 0.03])
    assert finding(effect, effect.p, n_tests=1) == "too few"
    six = paired_effect([0.02, 0.03, 0.02, 0.04, 0.03, 0.05])
    assert finding(six, six.p, n_tests=1) == "better"
    assert finding(six, 2 * six.p, n_tests=2) == "too few"


def test_labels_to_a_target_come_with_their_range_or_are_not_reached() -> None:
    scores = np.array([run.scores for run in runs_of("x", BETTER, 20)])
    reach = labels_to_target(COUNTS, scores, 0.79)
    assert (reach.value, reach.low, reach.high, reach.reached) == (20, 20, 20, 1.0)
    never = labels_to_target(COUNTS, scores, 0.99)
    assert np.isnan(never.value)
    assert never.reached == 0.0


def test_savings_count_randoms_whole_budget_where_it_never_reaches() -> None:
    ours = np.array([run.scores for run in runs_of("x", BETTER, 20)])
    random = np.array([run.scores for run in runs_of("random", RANDOM, 20)])
    assert rows_saved(COUNTS, ours, random, 0.83, 0.01).value == 0
    rows = rows_saved(COUNTS, ours, random, 0.78, 0.01)
    assert rows.value == 20
    assert 0 < rows.low <= 20


def test_a_range_of_few_repeats_is_as_wide_as_few_repeats_are() -> None:
    rng = np.random.default_rng(4)
    held = []
    for _ in range(400):
        low, high = mean_range(0.8 + rng.normal(0, 0.02, (5, 1)))
        held.append(low[0] <= 0.8 <= high[0])
    assert 0.92 <= np.mean(held) <= 0.98


def test_a_better_strategy_is_told_with_its_savings() -> None:
    text = told(("margin", BETTER))
    assert text.startswith("To be right 80.2 in 100: 20 rows chosen, 40 at random. 20 repeats: ")
    assert "Saves at least" in text
    assert "Money saved: at least" in text
    assert "Hours saved: at least" in text
    assert "“Between two answers” is better than random by" in text
    assert "in 20 of 20 repeats." in text
    assert "about this table" in text


def the_headline(seeds: int, curve: list[float] = BETTER, target: float = 0.79, **more: bool):  # type: ignore[no-untyped-def]
    runs = runs_of("random", RANDOM, seeds) + runs_of("margin", curve, seeds)
    return headline(judge(runs, target), METRICS["accuracy"], **more)


def test_what_was_not_reached_is_more_than_the_run_was_long() -> None:
    head = the_headline(20, target=0.83)
    assert (head.goal, head.line) == (
        "To be right 83 in 100",
        "40 rows chosen, more than 40 at random",
    )
    nobody = the_headline(20, target=0.99)
    assert nobody.line == "more than 40 rows, chosen or at random"
    assert "Set a lower target" in nobody.detail


def test_nothing_is_said_of_a_single_repeat() -> None:
    assert the_headline(1) is None
    text = told(("margin", BETTER), seeds=1)
    assert "Nothing is said of one alone" in text
    assert "points" not in text


def test_a_saving_is_said_at_the_end_and_from_enough_repeats() -> None:
    assert "told after the last repeat" in the_headline(20, whole=False).detail
    assert the_headline(20, whole=False).at_least is None
    assert "Too few repeats to tell whether rows are saved." in the_headline(4).detail
    head = the_headline(5)
    assert head.at_least
    assert f"Saves at least {head.at_least} rows." in head.detail


def test_where_the_range_of_the_saving_holds_0_no_saving_can_be_seen() -> None:
    runs = runs_of("random", RANDOM, 20, 0.05)
    shuffled = [Run("m", "margin", (r.seed + 7) % 20, r.n_labels, r.scores) for r in runs]
    head = headline(judge([*runs, *shuffled], 0.79), METRICS["accuracy"])
    assert head is not None
    assert head.detail.endswith("No saving can be seen.")


def test_a_side_that_needs_more_rows_is_told_as_a_loss() -> None:
    runs = runs_of("random", BETTER, 20) + runs_of("margin", RANDOM, 20)
    head = headline(judge(runs, 0.79), METRICS["accuracy"])
    assert head is not None
    assert head.line == "40 rows chosen, 20 at random"
    assert "Choosing costs at least" in head.detail


def test_worse_and_no_difference_are_told_as_they_are() -> None:
    assert "Active learning is worse here: “Between two answers” is" in told(("margin", WORSE))
    same = told(("margin", RANDOM), spread=0.05)
    assert "no difference can be seen" in same
    assert "better than random" not in same


def test_few_repeats_are_never_called_no_difference() -> None:
    text = told(("margin", BETTER), seeds=5)
    assert "no difference" not in text
    assert "more than 40 rows chosen" in told(("margin", WORSE), seeds=5)


def test_every_failed_run_is_out_of_the_figures_and_in_the_words() -> None:
    runs = runs_of("random", RANDOM, 8) + runs_of("margin", BETTER, 8)
    runs[-1] = Run("m", "margin", 7, (10,), (0.6,), error="ValueError: no luck")
    line = next(v for v in judge(runs) if v.strategy == "margin")
    assert isinstance(line, Verdict)
    assert (line.seeds, line.errors) == (7, 1)
    assert line.effect is not None
    assert line.effect.n == 7
    text = "\n".join(sentences(judge(runs), METRICS["accuracy"]))
    assert "failed in 1 of 8 repeats: ValueError: no luck" in text


def test_figures_are_of_the_repeats_that_both_sides_have_finished() -> None:
    random, chosen = runs_of("random", RANDOM, 4), runs_of("margin", BETTER, 3)
    random[-1] = Run("m", "random", 3, COUNTS, (0.9, 0.99, 0.99, 0.99))
    lines = {line.strategy: line for line in judge([*random, *chosen])}
    assert lines["random"].seeds == lines["margin"].seeds == 3
    effect = lines["margin"].effect
    assert effect is not None
    assert lines["margin"].aubc_mean - lines["random"].aubc_mean == pytest.approx(effect.gain)
    comparison = Comparison((*random, *chosen))
    assert comparison.n_repeats == 3
    assert {band.n_runs for band in comparison.bands().values()} == {3}


def test_one_side_alone_is_not_called_nothing_finished() -> None:
    text = sentences(judge(runs_of("random", RANDOM, 1)), METRICS["accuracy"])[0]
    assert "Only one side has finished a run so far" in text


def test_a_target_that_is_reached_at_the_start_saves_nothing_and_says_why() -> None:
    runs = runs_of("random", RANDOM, 5, 0) + runs_of("margin", BETTER, 5, 0)
    text = "\n".join(sentences(judge(runs, 0.55), METRICS["accuracy"]))
    assert "To be right 55 in 100: the first 10 rows are enough" in text
    assert "Nothing to save: set a higher target" in text
    assert "Saves" not in text


def test_the_target_in_words_is_the_target_to_the_digit_that_is_shown() -> None:
    runs = runs_of("random", RANDOM, 5, 0) + runs_of("margin", BETTER, 5, 0)
    text = "\n".join(sentences(judge(runs, 0.747), METRICS["accuracy"]))
    assert "To be right 74.7 in 100: 20 rows chosen" in text


def test_nothing_finished_says_so() -> None:
    assert "nothing to compare" in sentences([], METRICS["accuracy"])[0]
