"""What an answer may be: one of some classes, a number, or any number of tags at once.

What is asked decides what a model learns, how it is scored and which strategies can ask. An
estimator says by itself which answers it learns from; a classifier that serves both one class and
several tags a row (one model a class, say) is told by the shape of the labels.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import ClassifierMixin, RegressorMixin, is_regressor
from sklearn.multiclass import OneVsRestClassifier
from sklearn.multioutput import ClassifierChain, MultiOutputClassifier

from al_core.errors import LabelError
from al_core.learning.matrices import as_labels

Answers = Literal["classes", "numbers", "tags"]
EVERY: tuple[Answers, ...] = ("classes", "numbers", "tags")


def answers_of(estimator: Any, y: Any = None) -> Answers:
    """Which answers ``estimator`` learns from; ``y``, if given, tells tags from classes.

    >>> from sklearn.linear_model import LinearRegression, LogisticRegression
    >>> answers_of(LinearRegression()), answers_of(LogisticRegression())
    ('numbers', 'classes')
    """
    said = getattr(estimator, "answers", None)
    if said in EVERY:
        return said  # type: ignore[no-any-return]
    if _is_regressor(estimator):
        return "numbers"
    last = _last_step(estimator)
    if isinstance(last, ClassifierChain | MultiOutputClassifier):
        return "tags"
    if getattr(last, "answers", None) == "tags":
        return "tags"
    shape: Any = getattr(y, "shape", None)
    if shape is None and y is not None:
        first = next(iter(y), None) if hasattr(y, "__iter__") else None
        shape = (len(y), len(first)) if isinstance(first, list | tuple) else ()
    several = shape is not None and len(shape) == 2 and shape[1] > 1
    return "tags" if several and _takes_tags(estimator) else "classes"


def _is_regressor(estimator: Any) -> bool:
    estimator = _last_step(estimator)
    # What a class says of itself is known at once; to ask scikit-learn takes longer than a query.
    if isinstance(estimator, RegressorMixin | ClassifierMixin):
        return isinstance(estimator, RegressorMixin)
    has_tags = hasattr(estimator, "__sklearn_tags__") and not isinstance(estimator, type)
    return has_tags and bool(is_regressor(estimator))


def _takes_tags(estimator: Any) -> bool:
    """Whether a classifier learns a table of 0 and 1 as well; one that does not say may."""
    if isinstance(_last_step(estimator), OneVsRestClassifier):
        return True  # it does not say so
    if not hasattr(estimator, "__sklearn_tags__") or isinstance(estimator, type):
        return True
    said = estimator.__sklearn_tags__().classifier_tags
    return said is None or bool(said.multi_label)


def _last_step(estimator: Any) -> Any:
    return estimator.steps[-1][1] if hasattr(estimator, "steps") else estimator


def labels_as(answers: Answers, y: ArrayLike) -> NDArray[Any]:
    """Labels in the form of their kind: classes (n,), numbers (n,) float64, tags (n, k) of 0 and 1.

    Raises LabelError for numbers that are none, and for tags that are no table of 0 and 1.

    >>> labels_as("numbers", [[1], [2]]), labels_as("tags", [[True, False]])
    (array([1., 2.]), array([[1, 0]], dtype=int8))
    """
    if answers == "numbers":
        return _numbers(y)
    return _tags(y) if answers == "tags" else as_labels(y)


def _numbers(y: ArrayLike) -> NDArray[np.float64]:
    try:
        numbers = np.asarray(y, dtype=np.float64)
    except (TypeError, ValueError):
        raise LabelError(
            f"A regressor learns numbers and got labels such as {np.ravel(np.asarray(y))[0]!r}. "
            "Give a number a row, or use a classifier."
        ) from None
    if numbers.ndim == 2 and numbers.shape[1] == 1:
        numbers = numbers[:, 0]
    return numbers[None] if numbers.ndim == 0 else numbers


def _tags(y: ArrayLike) -> NDArray[np.int8]:
    try:
        tags = np.asarray(y.toarray() if hasattr(y, "toarray") else y)
    except ValueError:  # lists of different lengths are names, not columns
        tags = np.empty(0, dtype=object)
    if tags.ndim != 2 or tags.dtype.kind not in "biuf" or not np.isin(tags, (0, 1)).all():
        raise LabelError(
            f"Tags are a table of 0 and 1, a row a line and a column a tag; got {y!r:.80}. "
            "sklearn.preprocessing.MultiLabelBinarizer makes one of lists of names; a row of 0 is "
            "a row without any tag."
        )
    return tags.astype(np.int8)


def guesses_as(answers: Answers, found: Any) -> NDArray[Any]:
    """What a model predicts, a class or a number a row (n,); CatBoost gives them in a column.

    >>> guesses_as("classes", [["a"], ["b"]]).tolist(), guesses_as("tags", [[1], [0]]).tolist()
    (['a', 'b'], [[1], [0]])
    """
    guesses = np.asarray(found)
    column = guesses.ndim == 2 and guesses.shape[1] == 1 and answers != "tags"
    return guesses[:, 0] if column else guesses


def only_class(answers: Answers, labels: NDArray[Any]) -> bool:
    """Whether these are labels of one class alone, from which nothing can be learned.

    One number teaches a regressor, and one row of tags a model of tags.

    >>> only_class("classes", np.array(["a", "a"])), only_class("numbers", np.array([1.0]))
    (True, False)
    """
    return answers == "classes" and bool((labels == labels[0]).all())
