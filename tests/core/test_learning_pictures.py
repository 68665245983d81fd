"""The pictures of "Why it works" are real runs, and the shipped numbers are what they give."""

import numpy as np
import pytest

from al_core.learning.demo.frames import GRID, LAST, N_TEST, PICTURES, draw_frames, draw_points
from al_core.learning.demo.measured_runs import (
    N_RUNS,
    Runs,
    answers_needed,
    hits,
    read_runs,
    verdict,
)


@pytest.mark.parametrize("key", PICTURES)
@pytest.mark.parametrize("strategy", ["margin", "random"])
def test_the_shipped_runs_are_what_a_run_gives_now(key, strategy):
    seed = 7
    runs = read_runs(key)
    shipped = (runs.chosen if strategy == "margin" else runs.random)[seed] * N_TEST
    assert np.rint(shipped).astype(int).tolist() == hits(key, seed, strategy)


@pytest.mark.parametrize("key", PICTURES)
def test_fifty_runs_are_shipped_from_two_answers_to_the_last(key):
    runs = read_runs(key)
    assert runs.chosen.shape == runs.random.shape == (N_RUNS, LAST - 1)
    assert runs.labels[[0, -1]].tolist() == [2, LAST]


def test_both_sides_start_from_the_same_two_points_one_of_each_answer():
    shown = draw_frames("moons", 3)
    assert shown.chosen.rows[:2].tolist() == shown.random.rows[:2].tolist()
    assert shown.answers[shown.chosen.rows[:2]].tolist() == [0, 1]
    assert shown.chosen.scores[0] == shown.random.scores[0]


def test_no_point_is_answered_twice_and_none_of_the_new_points_is_learned():
    shown = draw_frames("clouds", 1)
    for side in (shown.chosen, shown.random):
        assert len(set(side.rows.tolist())) == LAST
        assert side.rows.max() < len(shown.points)


def test_the_drawn_field_is_the_scored_model():
    shown = draw_frames("moons", 0)
    _, (X_new, y_new), _ = draw_points("moons", 0)
    low, high = np.array(shown.low), np.array(shown.high)
    inside = ((X_new > low) & (X_new < high)).all(axis=1)
    cells = np.rint((X_new[inside] - low) / (high - low) * (GRID - 1)).astype(int)
    guessed = shown.chosen.fields[-1][cells[:, 1], cells[:, 0]] > 0
    assert (guessed == (y_new[inside] == 1)).mean() == pytest.approx(
        shown.chosen.scores[-1], abs=0.03
    )


def test_a_run_is_the_same_each_time_and_another_run_is_another():
    assert hits("rings", 4, "random") == hits("rings", 4, "random")
    assert hits("rings", 4, "random") != hits("rings", 5, "random")


def test_a_verdict_counts_the_runs_that_were_better():
    runs = read_runs("moons")
    found = verdict(runs, 30)
    assert found.better == int((runs.chosen[:, 28] > runs.random[:, 28]).sum())
    assert found.better + found.equal <= found.n_runs == N_RUNS


def test_the_chessboard_is_where_it_loses_as_its_name_says():
    found = verdict(read_runs("chessboard"), 30)
    assert found.chosen < found.random
    assert found.better < N_RUNS / 4


def test_bands_hold_their_median():
    for band in read_runs("rings").bands():
        assert (band.low <= band.middle).all()
        assert (band.middle <= band.high).all()


def test_answers_needed_are_the_first_that_reach_the_better_sides_score():
    steady = np.array([[0.5, 0.7, 0.8, 0.905]])
    slow = np.array([[0.5, 0.6, 0.7, 0.8]])
    found = answers_needed(Runs(steady, slow), 4)
    assert (found.in_100, found.chosen, found.random) == (80, 4, 5)
    never = answers_needed(Runs(steady, slow), 5)
    assert (never.in_100, never.chosen, never.random) == (90, 5, None)
