"""What makes a learner an estimator to scikit-learn: clone, cross_val_score, a grid search."""

from __future__ import annotations

from typing import Any

from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import get_tags

from al_core.errors import SettingsError


class _Plain(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """What scikit-learn is told of an estimator that says nothing of itself."""


class Parameters:
    """``get_params`` and its kin for a class that notes its settings in ``_given``.

    Labels are no setting: a clone has none, and is taught by ``fit`` or ``teach``.
    """

    _given: dict[str, Any]

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The settings as they were given; deep: those of the estimator too (estimator__C)."""
        params = dict(self._given)
        inner: Any = self._given.get("estimator")
        if deep and hasattr(inner, "get_params"):
            params |= {f"estimator__{name}": value for name, value in inner.get_params().items()}
        return params

    def set_params(self, **params: Any) -> Any:
        """Change settings and refit the rows taught before; SettingsError for an unknown name."""
        unknown = sorted(set(params) - set(self.get_params()))
        if unknown:
            raise SettingsError(
                f"There is no setting named {unknown[0]!r}. Known: {', '.join(self._given)}."
            )
        given = {**self._given, **{k: v for k, v in params.items() if "__" not in k}}
        inner = {k.partition("__")[2]: v for k, v in params.items() if "__" in k}
        if inner:
            given["estimator"] = given["estimator"].set_params(**inner)
        known = getattr(self, "X_training", None), getattr(self, "y_training", None)
        self.__init__(**given)  # type: ignore[misc]
        if params and known[0] is not None:
            self.teach(*known)  # type: ignore[attr-defined]
        return self

    def __sklearn_tags__(self) -> Any:
        model = self._told_by()
        return get_tags(model if hasattr(model, "__sklearn_tags__") else _Plain())

    def _told_by(self) -> Any:
        """The estimator that says what is learned."""
        raise NotImplementedError


def labels_in_words(answers: str, labels: Any, n_classes: int) -> str:
    """How many labels there are, for a ``repr``.

    >>> labels_in_words("classes", ["a", "b", "a"], 2)
    '3 labels of 2 classes'
    """
    n = 0 if labels is None else len(labels)
    told = f"{n} label{'' if n == 1 else 's'}"
    if not n or answers == "numbers":
        return told
    what = "class" if answers == "classes" else "tag"
    plural = f"{what}es" if what == "class" else f"{what}s"
    return f"{told} of {n_classes} {what if n_classes == 1 else plural}"


def strategy_in_words(query_strategy: Any) -> str:
    """The name by which a strategy is known, for a ``repr``."""
    name = getattr(query_strategy, "name", None) or getattr(query_strategy, "__name__", None)
    return repr(query_strategy if isinstance(query_strategy, str) else name or query_strategy)
