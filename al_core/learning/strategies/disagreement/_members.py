"""The opinions of a committee about the pool, in chunks of rows.

Members come, in this order, from a ``Committee``, from the trees of one forest or bagging model at
no extra fit, or from ``n_members`` copies of the estimator fitted on bootstrap samples of the
labelled rows. Members that know different classes are brought to one list of classes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.learning.models.balanced_vote import BalancedVote
from al_core.learning.models.probabilities import class_probabilities
from al_core.learning.querying.distances import row_slices
from al_core.learning.querying.keywords import needs_estimator, needs_labels, params
from al_core.learning.querying.strategy import Query

Member = Callable[[Any], NDArray[Any]]


def align(proba: NDArray[Any], known: NDArray[Any], classes: NDArray[Any]) -> NDArray[np.float64]:
    """Columns of ``known`` classes put where they stand in ``classes``; 0 for those not known.

    >>> align(np.array([[0.3, 0.7]]), np.array(["b", "c"]), np.array(["a", "b", "c"]))
    array([[0. , 0.3, 0.7]])
    """
    if len(known) == len(classes) and (known == classes).all():
        return np.asarray(proba, dtype=np.float64)
    wide = np.zeros((len(proba), len(classes)))
    wide[:, np.searchsorted(classes, known)] = proba
    return wide


def member_probabilities(query: Query, n_members: int = 10) -> Iterator[NDArray[np.float64]]:
    """Probabilities of all members for successive chunks of the pool: (members, rows, classes)."""
    members, n_classes = _members(query, n_members)
    n = query.X_pool.shape[0]
    for rows in row_slices(n, len(members) * n_classes):
        X = _rows(query.X_pool, rows)
        yield np.stack([member(X) for member in members])


def each_row(
    query: Query, value: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """One number a pool row from ``value`` of (members, rows, classes) probabilities."""
    n_members = int(params(query, n_members=10)["n_members"])
    return np.concatenate([value(P) for P in member_probabilities(query, n_members)])


def _rows(X: Any, rows: slice) -> Any:
    return X.iloc[rows] if hasattr(X, "iloc") else X[rows]


def _members(query: Query, n_members: int) -> tuple[list[Member], int]:
    model = query.model
    if hasattr(model, "learner_list"):
        models = [getattr(one, "estimator", one) for one in model.learner_list]
        return _aligned(models, np.asarray(model.classes_)), len(model.classes_)
    last = model[-1] if hasattr(model, "steps") else model
    if isinstance(last, BalancedVote):
        last = last.trees_  # ten votes fitted anew would take a second and more
    if _is_ensemble(last):
        return _ensemble(model, last), len(last.classes_)
    models = bootstrap_members(query, n_members)
    classes = np.unique(np.concatenate([m.classes_ for m in models]))
    return _aligned(models, classes), len(classes)


def _aligned(models: list[Any], classes: NDArray[Any]) -> list[Member]:
    def member(model: Any) -> Member:
        return lambda X: align(class_probabilities(model, X), np.asarray(model.classes_), classes)

    return [member(model) for model in models]


def _is_ensemble(model: Any) -> bool:
    """A forest or a bagging classifier: members that each judge all classes by themselves."""
    from sklearn.ensemble import BaggingClassifier, ExtraTreesClassifier, RandomForestClassifier

    return isinstance(model, BaggingClassifier | ExtraTreesClassifier | RandomForestClassifier)


def _ensemble(model: Any, last: Any) -> list[Member]:
    """Members of a forest; inside, they know the classes by number."""
    prepare = model[:-1].transform if hasattr(model, "steps") else (lambda X: X)
    numbers = np.arange(len(last.classes_))
    columns = getattr(last, "estimators_features_", [None] * len(last.estimators_))

    def member(tree: Any, use: Any) -> Member:
        def judge(X: Any) -> NDArray[Any]:
            X = prepare(X)
            X = X.to_numpy() if hasattr(X, "to_numpy") else X
            X = X if use is None else X[:, use]
            known = np.asarray(tree.classes_).astype(np.intp)
            return align(class_probabilities(tree, X), known, numbers)

        return judge

    return [member(t, c) for t, c in zip(last.estimators_, columns, strict=True)]


def bootstrap_members(query: Query, n_members: int) -> list[Any]:
    """Copies of the estimator, each fitted on as many labelled rows drawn with replacement.

    Of a regressor any rows; of a classifier two classes among them.
    """
    from sklearn.base import clone, is_regressor

    needs_labels(query)
    estimator = needs_estimator(query)
    y = np.asarray(query.y_labelled)
    models = []
    for _ in range(n_members):
        rows = bootstrap_rows(np.zeros(len(y)) if is_regressor(estimator) else y, query.rng)
        model = seeded(clone(estimator), query.rng)
        models.append(model.fit(_take(query.X_labelled, rows), y[rows]))
    return models


def bootstrap_rows(y: NDArray[Any], rng: np.random.Generator) -> NDArray[np.intp]:
    """Sorted rows drawn with replacement, at least two classes among them where y has two.

    A random row and another one of a different class are kept and the others are drawn, so that
    every model that needs two classes can be fitted however few labels there are. What the classes
    are called makes no difference: nothing is drawn in their order.
    """
    kept = [int(rng.integers(len(y)))] if len(y) else []
    others = np.flatnonzero(y != y[kept[0]]) if kept else np.empty(0, dtype=np.intp)
    kept += [int(rng.choice(others))] if len(others) else []
    drawn = rng.integers(len(y), size=max(len(y) - len(kept), 0))
    return np.sort(np.concatenate([np.asarray(kept, dtype=np.intp), drawn]))


def seeded(model: Any, rng: np.random.Generator) -> Any:
    """The model with every ``random_state`` that is None set from ``rng``."""
    seeds = {
        name: int(rng.integers(2**31))
        for name, value in sorted(model.get_params(deep=True).items())
        if name.split("__")[-1] == "random_state" and value is None
    }
    return model.set_params(**seeds)


def _take(X: Any, rows: NDArray[np.intp]) -> Any:
    return X.iloc[rows] if hasattr(X, "iloc") else X[rows]


def vote_shares(P: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of members that vote for each class, (rows, classes), from their probabilities.

    >>> vote_shares(np.array([[[0.9, 0.1]], [[0.4, 0.6]], [[0.3, 0.7]]])).round(2)
    array([[0.33, 0.67]])
    """
    votes = P.argmax(axis=2)
    return np.stack([(votes == c).mean(axis=0) for c in range(P.shape[2])], axis=1)


class KnownCommittee:
    """A stand-in for a committee whose probabilities are written down, for doctests and examples.

    proba: (members, rows, classes). Row i of the pool has the number i as its first feature.
    """

    def __init__(self, proba: ArrayLike) -> None:
        from al_core.learning.strategies.uncertainty._scores import Known

        self.learner_list = [Known(member) for member in np.asarray(proba)]
        self.classes_ = self.learner_list[0].classes_
