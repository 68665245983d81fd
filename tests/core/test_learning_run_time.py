"""The time a comparison will take is told for every way, random included, from real rounds."""

import numpy as np
from sklearn.naive_bayes import GaussianNB

from al_core.learning.comparison.duration import seconds_per_run


def told(**changes):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(120, 3))
    settings = {"estimator": GaussianNB(), "strategies": ["margin"], "n_initial": 10, "budget": 60}
    return seconds_per_run(X, np.where(X[:, 0] > 0, "yes", "no"), **settings | changes)


def test_random_is_always_counted_and_no_way_twice():
    assert list(told(strategies=["margin", "random", "margin"])) == ["random", "margin"]
    assert all(seconds > 0 for seconds in told().values())


def test_a_budget_of_the_whole_pool_can_be_timed():
    assert told(budget=90)["margin"] > 0
