"""Strategies for numbers beside scikit-activeml: the same picks (pip: requirements-peers.txt)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

from al_core.learning.models.threads import one_thread
from al_core.learning.querying.pick import run_strategy
from al_core.learning.strategies import Query, get_strategy
from al_core.learning.strategies.regression._moments import KnownRegressors

pytest.importorskip("skactiveml", reason="needs the peers of requirements-peers.txt")

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from skactiveml import pool as peers
    from skactiveml.regressor import SklearnRegressor

N_LABELLED, N_POOL, BATCH = 10, 40, 6
X = np.random.default_rng(3).normal(size=(N_LABELLED + N_POOL, 3))
TRUTH = X @ [1.0, -2.0, 0.5] + np.random.default_rng(4).normal(scale=0.5, size=len(X))
Y = np.where(np.arange(len(X)) < N_LABELLED, TRUTH, np.nan)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings(), one_thread():
        # The peer's own deprecation warnings are not ours to mend.
        warnings.simplefilter("ignore")
        yield


def ours(name: str) -> list[int]:
    known = X[:N_LABELLED], TRUTH[:N_LABELLED]
    model = LinearRegression().fit(*known)
    query = Query(model, X[N_LABELLED:], *known, n_instances=BATCH)
    return [int(row) + N_LABELLED for row in run_strategy(get_strategy(name), query)[0]]


@pytest.mark.parametrize(
    ("name", "peer", "given"),
    [
        ("greedy_x", peers.GreedySamplingX(), {}),
        ("greedy_y", peers.GreedySamplingTarget(method="GSy"), {"reg": True}),
        ("greedy_xy", peers.GreedySamplingTarget(method="GSi"), {"reg": True}),
    ],
    ids=["x", "y", "xy"],
)
def test_greedy_sampling_picks_the_same_batch(name: str, peer: Any, given: dict[str, Any]) -> None:
    wrapped = {"reg": SklearnRegressor(LinearRegression())} if given else {}
    assert ours(name) == peer.query(X, Y, batch_size=BATCH, **wrapped).tolist()


def test_the_spread_of_a_committee_is_theirs() -> None:
    known = X[:N_LABELLED], TRUTH[:N_LABELLED]
    members = [SklearnRegressor(LinearRegression()).fit(*(a[i::2] for a in known)) for i in (0, 1)]
    peer = peers.QueryByCommittee(random_state=0)
    _, theirs = peer.query(X, Y, ensemble=members, fit_ensemble=False, return_utilities=True)
    committee = KnownRegressors([member.predict(X[N_LABELLED:]) for member in members])
    numbered = np.arange(N_POOL)[:, None]
    spread = get_strategy("prediction_spread")(Query(committee, numbered))
    np.testing.assert_allclose(spread, theirs[0][N_LABELLED:], rtol=1e-9)
