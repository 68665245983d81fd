"""Rows whose number is most open: the members' spread, the model's own deviation, its change."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.errors import StrategyError
from al_core.learning.querying.dense_or_csr import row_squares
from al_core.learning.querying.distances import model_space
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.regression._moments import (
    mean_and_std,
    member_predictions,
    predicted,
    says_std,
)

Array = NDArray[np.float64]


@strategy(
    "prediction_spread",
    title="A committee's numbers are far apart",
    deterministic=False,
    paper="RayChaudhuri, Hamey 1995, Minimisation of Data Collection by Active Learning; Burbidge, "
    "Rowland, King 2007, Active Learning for Regression Based on Query by Committee",
    menu=False,
    answers=("numbers",),
)
def prediction_spread(query: Query) -> Array:
    """Asks the rows for which the members of a committee predict the most different numbers.

    Formula: ``utility = sqrt(mean_m (f_m(x) - mean f)^2)``. Keyword: n_members (10), where members
    have to be fitted on bootstrap samples; a ``CommitteeRegressor`` or a forest needs no fit. Cost:
    m predictions.

    Members say 1 and 3 about row 0 and agree about row 1:

    >>> from al_core.learning.strategies.regression._moments import KnownRegressors
    >>> members = KnownRegressors([[1.0, 5.0], [3.0, 5.0]])
    >>> prediction_spread(Query(members, X_pool=np.array([[0], [1]])))
    array([1., 0.])
    """
    given = params(query, n_members=10)
    return np.asarray(member_predictions(query, int(given["n_members"])).std(axis=0))


@strategy(
    "predictive_std",
    title="The model's own range is widest",
    paper="MacKay 1992, Information-Based Objective Functions for Active Data Selection; Seo, "
    "Wallat, Graepel, Obermayer 2000, Gaussian Process Regression: Active Data Selection",
    menu=False,
    answers=("numbers",),
)
def predictive_std(query: Query) -> Array:
    """Asks the rows whose prediction has the highest standard deviation by the model itself.

    Formula: ``utility = s(x)`` of ``predict(X, return_std=True)``, which Gaussian processes,
    Bayesian linear models and a ``CommitteeRegressor`` have. Cost: one prediction.

    >>> from al_core.learning.strategies.regression._moments import KnownMoments
    >>> model = KnownMoments([5.0, 1.0], [0.5, 2.0])
    >>> predictive_std(Query(model, X_pool=np.array([[0], [1]])))
    array([0.5, 2. ])
    """
    params(query)
    if not says_std(query.model):
        raise StrategyError(
            f"A {type(query.model).__name__} gives no standard deviation. Use the strategy "
            "'prediction_spread', or a model such as GaussianProcessRegressor."
        )
    return mean_and_std(query, 0)[1]


@strategy(
    "model_change_maximisation",
    title="Its number would move a linear model most",
    deterministic=False,
    paper="Cai, Zhang, Zhou 2013, Maximizing Expected Model Change for Active Learning in "
    "Regression",
    menu=False,
    answers=("numbers",),
)
def model_change_maximisation(query: Query) -> Array:
    """Asks the rows whose answer is expected to take the longest gradient step in a linear model.

    Formula: ``utility = mean_m |f_m(x) - f(x)| |x|`` with f_m fitted on bootstrap samples (or the
    members of a committee or forest) and x as the model's last step sees it. Keyword: n_members
    (4, as in the paper). Cost: m fits and predictions.

    Members are 1 from the model at both rows; row 1 has the longer features:

    >>> from al_core.learning.strategies.regression._moments import KnownMoments, KnownRegressors
    >>> model = KnownRegressors([[1.0, 2.0, 2.0], [3.0, 4.0, 4.0]])
    >>> model.predict = lambda X: np.array([3.0, 3.0])
    >>> model_change_maximisation(Query(model, X_pool=np.array([[1.0], [2.0]])))
    array([1., 2.])
    """
    given = params(query, n_members=4)
    expected = predicted(query.model, query.X_pool)
    away = np.abs(member_predictions(query, int(given["n_members"])) - expected).mean(axis=0)
    lengths = np.sqrt(row_squares(model_space(query, query.X_pool)))
    return np.asarray(away * lengths, dtype=np.float64)
