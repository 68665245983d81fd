"""Value of information: rows whose answer is worth more than it costs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.models.probabilities import class_probabilities
from al_core.learning.querying.dense_or_csr import stack
from al_core.learning.querying.distances import unnamed_columns
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.lookahead._lookahead import Array, Plan, fill_below, plan
from al_core.learning.strategies.uncertainty._costs import class_costs
from al_core.learning.strategies.uncertainty._scores import doubts


@strategy(
    "value_of_information",
    title="Its answer is worth the most",
    deterministic=False,
    paper="Kapoor, Horvitz, Basu 2007, Selective Supervision; Joshi et al. 2012, Scalable Active "
    "Learning for Multiclass Image Classification",
    menu=False,
    takes_costs=True,
)
def value_of_information(query: Query) -> Array:
    """Asks the row whose answer lowers the whole expected cost of errors the most.

    Differs from expected error reduction in three ways: guesses are drawn by their probability, not
    always the likeliest; the labelled rows, whose answer is known, count too; costs a pair of
    classes are used. Formula: ``utility = J(now) - sum_y p(y | x) J(after x is y)`` with
    ``J = sum_labelled sum_b C[y, b] p_b + sum_others sum_ab p_a C[a, b] p_b``. After the question x
    is one of the labelled rows. Keywords: shortlist, sample as for ``expected_error_log``; costs:
    a (k, k) array (1 for each error). Cost: as ``expected_error_log`` plus O(c L k^2).

    The model says each class's share of the labels. Now four rows, two of them labelled, each cost
    1/2: J = 2. After the answer, whichever it is, p = (2/3, 1/3): the three labelled rows cost 1/3,
    1/3 and 2/3, the other one 4/9, together 16/9:

    >>> from sklearn.dummy import DummyClassifier
    >>> X, y = np.array([[0.0], [1.0]]), np.array(["a", "b"])
    >>> query = Query(DummyClassifier().fit(X, y), np.array([[2.0], [3.0]]), X, y)
    >>> value_of_information(query).round(4)  # 2 - 16/9
    array([0.2222, 0.2222])
    """
    given = params(query, shortlist=None, sample=None)
    last = query.model[-1] if hasattr(query.model, "steps") else query.model
    chosen = plan(query, given["shortlist"], given["sample"])
    C = class_costs(query, last.classes_)
    scale = query.X_pool.shape[0] / len(chosen.reference)
    proba = np.asarray(query.proba, dtype=np.float64)
    with unnamed_columns():
        now = np.asarray(class_probabilities(last, chosen.X_labelled), dtype=np.float64)
    before = _known(now, C, chosen.codes) + scale * _open(proba[chosen.reference], C).sum()
    after = _costs_after(chosen, C, scale)
    found = before - (proba[chosen.candidates] * after).sum(axis=1)
    uncertainty = doubts(query.proba)
    return fill_below(np.empty(len(uncertainty)), chosen.candidates, found, uncertainty)


def _costs_after(chosen: Plan, C: Array, scale: float) -> Array:
    """Expected cost of all rows after each candidate has each class, (candidates, classes)."""
    n_ref = len(chosen.reference)
    n_known = n_ref + len(chosen.codes)
    seen = stack(chosen.X[chosen.reference], chosen.X_labelled)
    parts = []
    for rows, P in chosen.hypotheses(seen, own=True):
        others = _open(P[:, :, :n_ref], C)
        others *= (rows[:, None] != chosen.reference[None, :])[:, None]
        itself = np.einsum("nknc,kc->nk", P[:, :, n_known:], C)
        known = _known(P[:, :, n_ref:n_known], C, chosen.codes)
        parts.append(scale * others.sum(axis=2) + known + itself)
    return np.concatenate(parts)


def _open(P: Array, C: Array) -> Array:
    """Expected cost of rows whose answer is not known, (..., rows)."""
    return np.asarray(((P @ C) * P).sum(axis=-1))


def _known(P: Array, C: Array, codes: NDArray[np.intp]) -> Array:
    """Expected cost of the labelled rows together, (...,)."""
    return np.asarray((P * C[codes]).sum(axis=(-1, -2)))
