"""What the model would say about the pool if a candidate had this or that label.

Steps of a Pipeline before the model are kept as they were fitted. Logistic regression and Gaussian
naive Bayes are updated, others are fitted anew; ``Plan`` says how many candidates that allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from al_core.errors import StrategyError
from al_core.learning.querying.dense_or_csr import is_sparse, stack
from al_core.learning.querying.distances import BLOCK, model_space, sample_rows
from al_core.learning.querying.keywords import needs_labels
from al_core.learning.querying.pick import pick
from al_core.learning.querying.strategy import Query
from al_core.learning.strategies.lookahead._gaussian import GaussianLookahead
from al_core.learning.strategies.lookahead._logistic import LogisticLookahead
from al_core.learning.strategies.lookahead._refits import Refits
from al_core.learning.strategies.uncertainty._scores import doubts

Array = NDArray[np.float64]


class Lookahead(Protocol):
    """Whatever can say probabilities after one more label."""

    def probabilities(self, rows: Any, codes: NDArray[np.intp], X_ref: Any) -> Array:
        """(B, n_ref, k) probabilities after adding row b with class ``codes[b]``, for each b."""
        ...


@dataclass(frozen=True)
class Plan:
    """Which rows are weighed (candidates), and on which rows (reference), of a pool."""

    candidates: NDArray[np.intp]
    reference: NDArray[np.intp]
    lookahead: Lookahead
    X: Any
    X_labelled: Any
    codes: NDArray[np.intp]

    def hypotheses(
        self, X_ref: Any, *, own: bool = False
    ) -> Iterator[tuple[NDArray[np.intp], Array]]:
        """Chunks of candidates with (chunk, class given, n_ref, class) probabilities after it.

        own: the chunk's candidates themselves follow the n_ref rows.
        """
        k = int(self.codes.max()) + 1
        step = min(256, max(1, BLOCK // (k * k * X_ref.shape[0])))
        for start in range(0, len(self.candidates), step):
            rows = self.candidates[start : start + step]
            X = self.X[np.repeat(rows, k)]
            seen = stack(X_ref, self.X[rows]) if own else X_ref
            proba = self.lookahead.probabilities(X, np.tile(np.arange(k), len(rows)), seen)
            yield rows, proba.reshape(len(rows), k, -1, k)


def plan(query: Query, shortlist: int | None, sample: int | None) -> Plan:
    """Choose candidates and reference rows; ``None`` means what is affordable for this model.

    Affordable: 2,000 candidates where the model can be updated, 200 where it is fitted anew. The
    shortlist takes the rows of smallest margin; the reference is a random sample.
    """
    needs_labels(query)
    last = query.model[-1] if hasattr(query.model, "steps") else query.model
    if not hasattr(last, "classes_") or hasattr(last, "learner_list"):
        raise StrategyError(
            "This strategy looks ahead with one fitted classifier and got "
            f"{type(last).__name__}. Use a scikit-learn classifier that has been fitted."
        )
    X, X_labelled = model_space(query, query.X_pool), model_space(query, query.X_labelled)
    codes = np.searchsorted(last.classes_, np.asarray(query.y_labelled))
    seen = np.isin(np.asarray(query.y_labelled), last.classes_)
    # Labels of a class that the model has forgotten (``teach(only_new=True)``) say nothing to it.
    X_labelled, codes = X_labelled[seen], codes[seen]
    lookahead, affordable = _lookahead(last, X_labelled, codes, query.rng)
    n = X.shape[0]
    size = min(n, affordable if shortlist is None else shortlist)
    short = size < n
    candidates = np.sort(pick(doubts(query.proba), size, query.rng)) if short else np.arange(n)
    reference = sample_rows(n, 1_000 if sample is None else sample, query.rng)
    return Plan(candidates, reference, lookahead, X, X_labelled, codes)


def _lookahead(
    model: Any, X: Any, codes: NDArray[np.intp], rng: np.random.Generator
) -> tuple[Lookahead, int]:
    """The cheapest way to look ahead with this model, and how many candidates it affords."""
    if not is_sparse(X):
        if LogisticLookahead.fits(model, X.shape[1]):
            return LogisticLookahead(model, X, codes), 2_000
        if GaussianLookahead.fits(model, X.shape[1]):
            return GaussianLookahead(model, X, codes), 2_000
    return Refits(model, X, codes, rng), 200


def fill_below(
    utilities: Array, rows: NDArray[np.intp], values: Array, uncertainty: Array
) -> Array:
    """Utilities of all rows: ``values`` for the weighed ``rows``, the others below them.

    Rows that were not weighed keep the order of their uncertainty among themselves.

    >>> fill_below(np.empty(3), np.array([1]), np.array([-0.2]), np.array([0.5, 0.9, 0.1]))
    array([-1.2, -0.2, -1.6])
    """
    utilities[:] = values.min() - 1.0 + (uncertainty - np.delete(uncertainty, rows).max(initial=0))
    utilities[rows] = values
    return utilities
