"""The same numbers as scikit-activeml, where both mean the same (pip: requirements-peers.txt)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB

from al_core.learning.models.threads import one_thread
from al_core.learning.strategies import Query
from al_core.learning.strategies.coverage.core_set import core_set
from al_core.learning.strategies.coverage.discriminative import discriminative
from al_core.learning.strategies.coverage.herding import max_herding
from al_core.learning.strategies.coverage.probcover import probcover
from al_core.learning.strategies.coverage.quire import quire
from al_core.learning.strategies.lookahead.expected_error_reduction import (
    expected_error_01,
    expected_error_log,
)
from al_core.learning.strategies.lookahead.value_of_information import value_of_information
from al_core.learning.strategies.mixed.badge import badge
from al_core.learning.strategies.mixed.falcun import relevance
from al_core.learning.strategies.uncertainty.epistemic import epistemic
from al_core.learning.strategies.uncertainty.margin_and_kin import entropy, least_confidence, margin

pytest.importorskip("skactiveml", reason="needs the peers of requirements-peers.txt")

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from skactiveml import pool as peers
    from skactiveml.classifier import ParzenWindowClassifier, SklearnClassifier

N_LABELLED, N_POOL = 12, 16
Data = tuple[np.ndarray, np.ndarray, np.ndarray]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings(), one_thread():
        # The peer's own deprecation warnings are not ours to mend.
        warnings.simplefilter("ignore")
        yield


@pytest.fixture(params=[2, 4], ids=["two classes", "four classes"])
def data(request: pytest.FixtureRequest) -> Data:
    """Labelled rows first, then the pool; the peer marks the pool by a missing label."""
    rng = np.random.default_rng(request.param)
    codes = np.arange(N_LABELLED + N_POOL) % request.param
    X = np.random.default_rng(9).normal(size=(4, 3))[codes] + rng.normal(size=(len(codes), 3))
    y = codes.astype(float)
    y[N_LABELLED:] = np.nan
    return X, y, codes[:N_LABELLED]


def ours(data: Data, estimator: Any = None, **given: Any) -> Query:
    X, _, codes = data
    model = (estimator or tight()).fit(X[:N_LABELLED], codes)
    defaults = {"classes": np.unique(codes), "estimator": estimator}
    return Query(model, X[N_LABELLED:], X[:N_LABELLED], codes, **{**defaults, **given})


def tight() -> LogisticRegression:
    """Refits must be exact for the comparison to mean anything."""
    return LogisticRegression(tol=1e-10, max_iter=2000)


def theirs(peer: Any, data: Data, **given: Any) -> np.ndarray:
    X, y, _ = data
    _, utilities = peer.query(X, y, return_utilities=True, **given)
    return np.asarray(utilities[0][N_LABELLED:])


def wrapped(data: Data, estimator: Any = None) -> Any:
    return SklearnClassifier(estimator or tight(), classes=np.unique(data[2]))


def close(a: np.ndarray, b: np.ndarray) -> None:
    np.testing.assert_allclose(a, b, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(
    ("method", "function"),
    [
        ("least_confident", least_confidence),
        ("margin_sampling", margin),
        ("entropy", entropy),
    ],
)
def test_uncertainty_is_the_same(data: Data, method: str, function: Any) -> None:
    peer = peers.UncertaintySampling(method=method)
    close(function(ours(data)), theirs(peer, data, clf=wrapped(data)))


@pytest.mark.parametrize("estimator", [tight(), GaussianNB()], ids=["logistic", "naive bayes"])
@pytest.mark.parametrize(
    ("method", "function"),
    [("misclassification_loss", expected_error_01), ("log_loss", expected_error_log)],
)
def test_expected_error_is_the_same(data: Data, estimator: Any, method: str, function: Any) -> None:
    """The peer sums over labelled rows, pool and candidate; ours is the mean over the others."""
    X, y, _ = data
    peer = peers.MonteCarloEER(method=method)
    expected = []
    for i in range(5):
        others = np.delete(X[N_LABELLED:], i, axis=0)
        row = np.array([N_LABELLED + i])
        _, found = peer.query(
            X, y, wrapped(data, estimator), candidates=row, X_eval=others, return_utilities=True
        )
        expected.append(found[0][N_LABELLED + i] / len(others))
    close(function(ours(data, estimator))[:5], np.array(expected))


def test_value_of_information_is_the_same(data: Data) -> None:
    peer = peers.ValueOfInformationEER(candidate_to_labeled=True, subtract_current=True)
    expected = theirs(peer, data, clf=wrapped(data))
    close(value_of_information(ours(data)), expected)


def test_quire_is_the_same_without_the_large_inverse(data: Data) -> None:
    peer = peers.Quire(np.unique(data[2]), metric="rbf", metric_dict={"gamma": 0.3}, lmbda=0.7)
    query = ours(data, params={"gamma": 0.3, "lambda_": 0.7})
    close(quire(query), theirs(peer, data))


def test_epistemic_is_the_same_for_two_classes() -> None:
    rng = np.random.default_rng(0)
    codes = np.arange(N_LABELLED + N_POOL) % 2
    X = rng.normal(size=(len(codes), 3)) + codes[:, None]
    y = np.where(np.arange(len(codes)) < N_LABELLED, codes, np.nan)
    window = ParzenWindowClassifier(classes=[0, 1], metric="rbf", metric_dict={"gamma": 0.3})
    peer = peers.EpistemicUncertaintySampling()
    expected = theirs(peer, (X, y, codes), clf=window)
    found = epistemic(ours((X, y, codes[:N_LABELLED]), params={"gamma": 0.3}))
    # The peer's bounded search stops within 1e-5 of the best chance; ours bisects to the end.
    np.testing.assert_allclose(found, expected, atol=5e-5)


def test_core_set_picks_the_same_rows(data: Data) -> None:
    X, y, _ = data
    expected = peers.CoreSet(random_state=0).query(X, y, batch_size=6)
    assert (core_set(ours(data, n_instances=6)) + N_LABELLED).tolist() == list(expected)


def test_max_herding_covers_as_much(data: Data) -> None:
    """Rows that cover only each other tie, so the picks may differ while the cover is the same."""
    X, y, _ = data
    peer = peers.MaxHerding(
        metric="rbf", metric_dict={"gamma": 0.5}, normalize_samples=False, random_state=0
    )
    theirs_picked = peer.query(X, y, batch_size=4)
    picked = max_herding(ours(data, n_instances=4, params={"width": 1.0})) + N_LABELLED
    assert picked[0] == theirs_picked[0]
    assert cover(X, picked) == pytest.approx(cover(X, theirs_picked), abs=1e-9)


def cover(X: np.ndarray, picked: np.ndarray) -> float:
    """Mean over the pool of the similarity to the nearest labelled or picked row."""
    known = np.concatenate([X[:N_LABELLED], X[picked]])
    squared = ((X[N_LABELLED:, None] - known[None]) ** 2).sum(axis=2)
    return float(np.exp(-0.5 * squared).max(axis=1).mean())


def test_probcover_counts_the_same_rows(data: Data) -> None:
    peer = peers.ProbCover(deltas=[1.1], random_state=0)
    utilities = theirs(peer, data)
    first = probcover(ours(data, params={"delta": 1.1}))[0]
    assert utilities[first] == utilities.max()


def test_badge_picks_the_same_first_row(data: Data) -> None:
    X, y, _ = data
    expected = peers.Badge(random_state=0).query(X, y, wrapped(data))
    assert badge(ours(data))[0] + N_LABELLED == expected[0]


def test_falcun_draws_with_the_same_chances(data: Data) -> None:
    expected = theirs(peers.Falcun(gamma=3.0, random_state=0), data, clf=wrapped(data))
    doubt = margin(ours(data))
    close(relevance(doubt, doubt, np.zeros(N_POOL, dtype=bool), 3.0), expected)


def test_discriminative_gives_the_same_chances(data: Data) -> None:
    discriminator = tight()
    peer = peers.DiscriminativeAL(greedy_selection=True, random_state=0)
    expected = theirs(peer, data, discriminator=SklearnClassifier(tight()))
    query = ours(data, params={"discriminator": discriminator})
    close(discriminative(query), expected)
