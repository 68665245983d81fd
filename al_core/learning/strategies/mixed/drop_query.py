"""DropQuery: rows whose guess does not survive leaving features out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.models.answers import guesses_as
from al_core.learning.querying.dense_or_csr import is_sparse
from al_core.learning.querying.distances import model_space, row_slices, space, unnamed_columns
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.coverage._clusters import clustered_picks


@strategy(
    "drop_query",
    title="Its guess changes when features are left out",
    kind="set",
    deterministic=False,
    max_pool=500_000,
    paper="Gupte, Aklilu, Nirschl, Yeung-Levy 2024, Revisiting Active Learning in the Era of "
    "Vision Foundation Models",
    menu=False,
)
def drop_query(query: Query) -> NDArray[np.intp]:
    """Picks group middles among rows whose guess changes when random features are set to zero.

    Formula: the model guesses ``rounds`` (3) times with each feature dropped with chance ``rate``
    (0.75); rows whose guess differs in more than half of them (at least 10 an instance, by share)
    go to k-means with k = n_instances and the row nearest each centre is picked. Features are those
    that the model's last step sees. Cost: ``rounds`` predictions and k-means.

    >>> from sklearn.linear_model import LogisticRegression
    >>> X = np.array([[-2.0, 1.0], [2.0, 1.0]])
    >>> model = LogisticRegression().fit(X, ["a", "b"])
    >>> len(drop_query(Query(model, X, n_instances=2)))
    2
    """
    given = params(query, rate=0.75, rounds=3, least=10)
    last = query.model[-1] if hasattr(query.model, "steps") else query.model
    X = model_space(query, query.X_pool)
    with unnamed_columns():
        share = disagreement(last, X, float(given["rate"]), int(given["rounds"]), query.rng)
    n = query.n_instances
    size = min(len(share), max(int((share > 0.5).sum()), n, int(given["least"]) * n))
    lots = query.rng.random(len(share))
    chosen = np.sort(np.lexsort((lots, -share))[:size])
    points, _ = space(query)
    return clustered_picks(points, chosen, n, query.rng)


def disagreement(
    model: Any, X: Any, rate: float, rounds: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Share of rounds in which a row's guess differs with features dropped, (n,)."""
    share = np.zeros(X.shape[0])
    for rows in row_slices(X.shape[0], X.shape[1]):
        plain = guesses_as("classes", model.predict(X[rows]))
        for _ in range(rounds):
            dropped = guesses_as("classes", model.predict(_dropped(X[rows], rate, rng)))
            share[rows] += (dropped != plain) / rounds
    return share


def _dropped(X: Any, rate: float, rng: np.random.Generator) -> Any:
    X = X.copy()
    if is_sparse(X):
        X.data = X.data * (rng.random(len(X.data)) >= rate)
        return X
    return X * (rng.random(X.shape) >= rate)
