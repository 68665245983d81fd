"""DiscriminativeAL: rows that a classifier tells apart from the labelled ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression

from al_core.learning.models.probabilities import class_probabilities
from al_core.learning.querying.dense_or_csr import stack
from al_core.learning.querying.distances import model_space, sample_rows
from al_core.learning.querying.keywords import needs_labels, params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.disagreement._members import seeded


@strategy(
    "discriminative",
    title="Surely not like the labelled rows",
    deterministic=False,
    max_pool=1_000_000,
    paper="Gissin, Shalev-Shwartz 2019, Discriminative Active Learning",
    menu=False,
)
def discriminative(query: Query) -> NDArray[np.float64]:
    """Asks the rows that a second classifier, labelled or not labelled, is surest are not labelled.

    Formula: ``utility = p(not labelled | x)`` of a logistic regression with balanced classes
    (keyword discriminator: another classifier) fitted on labelled and pool rows (keyword sample:
    20,000 of them). Cost: one fit of the discriminator. The paper asks a batch in small steps with
    a fit each; ask small batches, or pick them diversely, for the same end.

    >>> X = np.array([[0.0], [5.0]])
    >>> int(discriminative(Query(None, X, np.array([[0.1]]), np.array(["a"]))).argmax())
    1
    """
    given = params(query, discriminator=None, sample=20_000)
    needs_labels(query)
    pool, labelled = model_space(query, query.X_pool), model_space(query, query.X_labelled)
    some = pool[sample_rows(pool.shape[0], given["sample"], query.rng)]
    X = stack(labelled, some)
    target = np.repeat([0, 1], [labelled.shape[0], some.shape[0]])
    model = given["discriminator"]
    if model is None:
        model = LogisticRegression(class_weight="balanced", max_iter=1000)
    fitted = seeded(clone(model), query.rng).fit(X, target)
    return np.asarray(class_probabilities(fitted, pool)[:, 1], dtype=np.float64)
