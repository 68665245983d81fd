"""How many rows show that few of a set are wrong: exact numbers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import LogisticRegression

from al_core.errors import SettingsError
from al_core.learning.scoring.exact_ranges import at_most
from al_core.learning.scoring.label_errors import confident_learning, doubt_labels
from al_core.learning.stopping.acceptance import chance_to_pass, most_wrong, rows_needed


@pytest.mark.parametrize(("limit", "needed"), [(0.05, [59, 93, 124]), (0.10, [29, 46, 61])])
def test_so_many_rows_show_a_limit_with_none_one_or_two_of_them_wrong(
    limit: float, needed: list[int]
) -> None:
    assert [rows_needed(wrong, limit) for wrong in range(3)] == needed
    for wrong, n in enumerate(needed):
        assert at_most(wrong, n) <= limit < at_most(wrong, n - 1)
        assert stats.binom.cdf(wrong, n, limit) <= 0.05 < stats.binom.cdf(wrong, n - 1, limit)


def test_a_second_check_spends_half_the_error_and_needs_more_rows() -> None:
    assert [rows_needed(0, 0.05, alpha) for alpha in (0.05, 0.025, 0.0125)] == [59, 72, 86]


def test_more_than_is_said_is_wrong_in_no_more_than_5_of_100_sets() -> None:
    """Whatever the size of the set and the number of wrong rows in it, by exact counting."""
    for of, n in ((80, 29), (120, 59), (2310, 59)):
        for wrong in range(0, of, max(1, of // 60)):
            chances = stats.hypergeom(of, wrong, n).pmf(np.arange(4))
            missed = [wrong - seen > most_wrong(seen, n, of) for seen in range(4)]
            assert chances[missed].sum() <= 0.05 + 1e-9


def test_how_likely_a_check_passes_is_the_share_of_such_samples_that_do() -> None:
    rng = np.random.default_rng(0)
    for n, allowed, wrong in ((59, 0, 0.01), (124, 2, 0.02), (29, 0, 0.05)):
        passed = (rng.binomial(n, wrong, 40_000) <= allowed).mean()
        assert abs(chance_to_pass(n, allowed, wrong) - passed) < 0.01
    with pytest.raises(SettingsError, match="share from 0 to 1"):
        chance_to_pass(59, 0, 1.5)


def flipped(seed: int, n: int = 200) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 2)).astype(np.float32)
    labels = np.where(X[:, 0] > 0, "yes", "no")
    clear = np.flatnonzero(np.abs(X[:, 0]) > 0.5)
    wrong = rng.choice(clear, 10, replace=False)
    labels[wrong] = np.where(labels[wrong] == "yes", "no", "yes")
    return X, labels, wrong


def test_flipped_labels_lead_the_list_of_doubtful_ones() -> None:
    X, labels, wrong = flipped(0)
    found = doubt_labels(X, labels, LogisticRegression(), seed=0)
    assert set(wrong.tolist()) <= set(found.places[:20].tolist())
    assert found.doubtful[: len(wrong)].all()
    first = found.places[0]
    assert found.guesses[0] != labels[first]
    assert found.other[0] > found.own[0]


def test_a_row_is_never_judged_by_a_model_that_learned_from_it() -> None:
    """Two rows that are alike but for their label: a model that knew them could not tell."""
    X = np.repeat(np.arange(30, dtype=np.float32)[:, None], 2, axis=1)
    labels = np.where(X[:, 0] < 15, "a", "b")
    labels[3] = "b"
    found = doubt_labels(X, labels, LogisticRegression(C=1e6, max_iter=2000), seed=1)
    assert found.places[0] == 3


def test_an_answer_given_once_is_doubted_by_nobody_and_one_answer_gives_no_list() -> None:
    X = np.arange(20, dtype=np.float32)[:, None]
    labels = np.array(["a"] * 10 + ["b"] * 9 + ["c"])
    assert 19 not in doubt_labels(X, labels, LogisticRegression()).places
    assert len(doubt_labels(X, np.array(["a"] * 20), LogisticRegression()).places) == 0


def test_the_confident_joint_counts_a_row_for_an_answer_as_likely_as_usual_there() -> None:
    chances = np.array([[0.6, 0.4], [0.9, 0.1], [0.45, 0.55], [0.3, 0.7]])
    codes = np.array([0, 0, 1, 1])
    # usual: 0.75 for the first answer, 0.625 for the second; row 0 is usual for neither
    _, doubtful, *_ = confident_learning(chances, codes)
    assert doubtful.tolist() == [False, False, False, False]
    _, doubtful, *_ = confident_learning(chances, np.array([0, 1, 1, 1]))
    assert doubtful.tolist() == [False, True, False, False]
