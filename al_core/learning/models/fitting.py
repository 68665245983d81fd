"""Fitting: a fresh copy of the estimator, seeded, adapted to the number of labels, on one thread.

A model is a function of the *set* of its labels and of the seed: whoever fits gives the rows in
ascending order.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy, deepcopy
from functools import partial
from typing import Any

from numpy.typing import ArrayLike
from sklearn.base import clone, is_classifier
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.exceptions import NotFittedError as SklearnNotFitted
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.utils.validation import check_is_fitted

from al_core.errors import NotFittedError, StrategyError
from al_core.learning.matrices import Matrix, told_gaps
from al_core.learning.models.answers import answers_of, labels_as, only_class
from al_core.learning.models.threads import one_thread
from al_core.learning.models.wide_logistic import fit_wide, is_wide

# scikit-learn's own defaults.
_LEAF, _NEIGHBOURS = 20, 5


def boosting_leaf(n_labels: int | None) -> int:
    """``min_samples_leaf`` for so many labels: with the default 20, fewer than 40 labels give one
    and the same probability for every row.

    >>> boosting_leaf(10), boosting_leaf(100), boosting_leaf(None)
    (1, 10, 20)
    """
    return _LEAF if n_labels is None else max(1, min(_LEAF, n_labels // 10))


def neighbours(n_labels: int | None, wanted: int = _NEIGHBOURS) -> int:
    """``n_neighbors`` for so many labels: never more than there are labelled rows."""
    return wanted if n_labels is None else max(1, min(wanted, n_labels))


def check_estimator(estimator: Any) -> None:
    """Refuse what neither classifies nor regresses (StrategyError): clusterers, bare classes.

    An object that says nothing of itself is one if it has ``fit``, ``predict`` and an opinion.
    """
    has_opinion = hasattr(estimator, "predict_proba") or hasattr(estimator, "decision_function")
    kind = _estimator_kind(estimator)
    # Some classifiers of scikit-learn get their ``predict`` by being fitted: what it says counts.
    says_so = kind in ("classifier", "regressor")
    fits = says_so or (kind is None and has_opinion and hasattr(estimator, "predict"))
    if isinstance(estimator, type) or not hasattr(estimator, "fit") or not fits:
        got = (
            f"the class {estimator.__name__}"
            if isinstance(estimator, type)
            else (f"a {type(estimator).__name__}" + (f" ({kind})" if kind else ""))
        )
        raise StrategyError(
            f"Got {got}, which is no classifier and no regressor. Give an object with fit and "
            "predict, such as LogisticRegression() or a Pipeline that ends in one."
        )


def _estimator_kind(estimator: Any) -> str | None:
    """What scikit-learn takes it for; None for an object that does not say."""
    if isinstance(estimator, type) or not hasattr(estimator, "__sklearn_tags__"):
        return None
    if is_classifier(estimator):
        return "classifier"
    return getattr(estimator.__sklearn_tags__(), "estimator_type", None)


_BOOSTING = (HistGradientBoostingClassifier, HistGradientBoostingRegressor)
_NEAREST = (KNeighborsClassifier, KNeighborsRegressor)


class Fitter:
    """Fits copies of one estimator; what does not change from fit to fit is worked out once.

    ``seed`` goes into every ``random_state`` that is None, however deep in a Pipeline. Gradient
    boosting and nearest neighbours are adapted to the number of labels at each fit.
    """

    def __init__(self, estimator: Any, seed: int) -> None:
        check_estimator(estimator)
        self.template = _copy(estimator)
        self._adaptions: list[Callable[[int], dict[str, Any]]] = []
        self._duplicate: Callable[[Any], Any] = deepcopy
        if not hasattr(self.template, "get_params"):
            return
        params = self.template.get_params()
        seeds = {
            name: int(seed) % 2**32
            for name, value in params.items()
            if value is None and name.split("__")[-1] == "random_state"
        }
        self.template.set_params(**seeds)
        for name, part in {"": self.template, **params}.items():
            self._note_adaption(f"{name}__" if name else "", part)
        if set(vars(self.template)) <= set(params) and all(map(_is_plain, params.values())):
            self._duplicate = copy  # nothing in it can change: 10 times faster still

    def _note_adaption(self, prefix: str, part: Any) -> None:
        if isinstance(part, _BOOSTING) and part.min_samples_leaf == _LEAF:
            self._adaptions.append(partial(_leaf_for, f"{prefix}min_samples_leaf"))
        elif isinstance(part, _NEAREST):
            name = f"{prefix}n_neighbors"
            self._adaptions.append(partial(_neighbours_for, name, part.n_neighbors))

    def unfitted(self, n_labels: int | None = None) -> Any:
        """A fresh copy, seeded, and sized for ``n_labels``."""
        # The template is our own and unfitted: a deep copy does what clone does, 5 times faster.
        estimator = self._duplicate(self.template)
        if n_labels is not None:
            for adaption in self._adaptions:
                estimator.set_params(**adaption(n_labels))
        return estimator

    def fit(self, X: Matrix, y: ArrayLike, **fit_kwargs: Any) -> Any:
        """A fitted copy.

        Raises NotFittedError where ``y`` holds fewer than two classes, or no number or row of tags,
        PoolError where ``X`` has gaps that the estimator refuses.
        """
        answers = answers_of(self.template, y)
        labels = labels_as(answers, y)
        if len(labels) == 0 or only_class(answers, labels):
            seen = f"only the class {labels[0]!s}" if len(labels) else "no label"
            raise NotFittedError(
                f"The model has seen {seen} so far and needs labels of at least two classes. "
                "Label more rows until a second one turns up."
                if answers == "classes"
                else "The model has seen no label so far. Label a row first."
            )
        with one_thread(), told_gaps(X, f"a {type(self.template).__name__}"):
            estimator = self.unfitted(len(labels))
            if not fit_kwargs and is_wide(estimator, X):
                return fit_wide(estimator, X, labels)
            return estimator.fit(X, labels, **fit_kwargs)


# Functions of the module, not of a method: a learner that holds them can be pickled.
def _leaf_for(name: str, n_labels: int) -> dict[str, Any]:
    return {name: boosting_leaf(n_labels)}


def _neighbours_for(name: str, wanted: int, n_labels: int) -> dict[str, Any]:
    return {name: neighbours(n_labels, wanted)}


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _copy(estimator: Any) -> Any:
    return clone(estimator) if hasattr(estimator, "get_params") else deepcopy(estimator)


def fit_model(estimator: Any, X: Matrix, y: ArrayLike, seed: int = 0) -> Any:
    """A fitted copy of ``estimator``; the one given stays as it is.

    X: (n, d), y: (n,) labels of any kind, both in ascending row number, so that the model depends
    on the set of labels and not on the order in which they came. Every ``random_state`` that is
    None is set to ``seed``. A regressor takes a number a row, a model of tags a table of 0 and 1.
    Raises NotFittedError for fewer than two classes and StrategyError for an estimator that is
    neither classifier nor regressor.

    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> model = fit_model(KNeighborsClassifier(5), [[0.0], [0.1], [1.0]], ["no", "no", "yes"])
    >>> model.predict([[0.2]]).tolist(), model.n_neighbors
    (['no'], 3)
    """
    return Fitter(estimator, seed).fit(X, y)


def is_fitted(estimator: Any) -> bool:
    """Whether an estimator came fitted: it knows classes, or, as a regressor, says so."""
    if hasattr(estimator, "classes_"):
        return True
    if not hasattr(estimator, "fit") or answers_of(estimator) == "classes":
        return False
    try:
        check_is_fitted(estimator)
    except (SklearnNotFitted, TypeError):
        return False
    return True
