"""Expected error reduction: rows whose answer would leave the model least wrong."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.lookahead._lookahead import Array, fill_below, plan
from al_core.learning.strategies.uncertainty._scores import doubts, entropies

Loss = Callable[[Array], Array]


@strategy(
    "expected_error_log",
    title="Would leave the model surest (log loss)",
    deterministic=False,
    paper="Roy, McCallum 2001, Toward Optimal Active Learning through Sampling Estimation",
    menu=False,
)
def expected_error_log(query: Query) -> Array:
    """Asks the row whose answer, whatever it is, leaves the least entropy over the pool.

    Formula: ``utility = - sum_y p(y | x) mean_u H(p'_u)`` with p' the probabilities of the model
    refitted with (x, y) and u the other pool rows. Keywords: shortlist (rows of smallest margin
    that are weighed; all for a pool up to 2,000 where the model can be updated, 200 where it must
    be fitted anew), sample (1,000 pool rows that the mean is over). Cost: k refits or updates a
    candidate and O(c n k^2) for c candidates and n sampled rows.

    The model says each class's share of the labels. After one more label the shares are 2/3 and
    1/3, whichever it is: an entropy of 0.6365.

    >>> from sklearn.dummy import DummyClassifier
    >>> X, y = np.array([[0.0], [1.0]]), np.array(["a", "b"])
    >>> query = Query(DummyClassifier().fit(X, y), np.array([[2.0], [3.0]]), X, y)
    >>> expected_error_log(query).round(4)
    array([-0.6365, -0.6365])
    """
    return expected_loss(query, lambda P: entropies(P.reshape(-1, P.shape[-1])))


@strategy(
    "expected_error_01",
    title="Would leave the fewest wrong guesses",
    deterministic=False,
    paper="Roy, McCallum 2001, Toward Optimal Active Learning through Sampling Estimation",
    menu=False,
)
def expected_error_01(query: Query) -> Array:
    """Asks the row whose answer, whatever it is, leaves the fewest expected wrong guesses.

    Formula: ``utility = - sum_y p(y | x) mean_u (1 - max_c p'_u(c))``. Keywords as for
    ``expected_error_log``. Cost: the same.

    The model says each class's share of the labels. After one more label the shares are 2/3 and
    1/3, whichever it is: one guess in three is wrong.

    >>> from sklearn.dummy import DummyClassifier
    >>> X, y = np.array([[0.0], [1.0]]), np.array(["a", "b"])
    >>> query = Query(DummyClassifier().fit(X, y), np.array([[2.0], [3.0]]), X, y)
    >>> expected_error_01(query).round(4)
    array([-0.3333, -0.3333])
    """
    return expected_loss(query, lambda P: 1.0 - P.max(axis=-1).ravel())


def expected_loss(query: Query, loss: Loss) -> Array:
    """Minus the expected mean loss over the other pool rows, for each pool row."""
    given = params(query, shortlist=None, sample=None)
    chosen = plan(query, given["shortlist"], given["sample"])
    values = np.empty(len(chosen.candidates))
    done = 0
    for rows, P in chosen.hypotheses(chosen.X[chosen.reference]):
        losses = loss(P).reshape(P.shape[:3])
        mean = _mean_over_others(losses, rows, chosen.reference)
        values[done : done + len(rows)] = -(query.proba[rows] * mean).sum(axis=1)
        done += len(rows)
    if len(values) == query.X_pool.shape[0]:
        return values
    uncertainty = doubts(query.proba)
    return fill_below(np.empty(len(uncertainty)), chosen.candidates, values, uncertainty)


def _mean_over_others(losses: Array, rows: NDArray[np.intp], reference: NDArray[np.intp]) -> Array:
    """Mean of (candidates, classes, reference) losses, a candidate itself left out."""
    same = rows[:, None] == reference[None, :]
    total = losses.sum(axis=2) - (losses * same[:, None, :]).sum(axis=2)
    return np.asarray(total / np.maximum(len(reference) - same.sum(axis=1), 1)[:, None])
