"""Labels that a learner is taught: refused in words where it could not learn from them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import LabelError, PoolError
from al_core.learning.matrices import Matrix, is_gap, is_text, n_rows, take_rows
from al_core.learning.models.answers import Answers
from al_core.learning.simulation.splits import check_target, missing_labels


def check_new_labels(
    labels: NDArray[Any],
    n: int,
    known: NDArray[Any] | None,
    declared: NDArray[Any] | None,
    answers: Answers = "classes",
) -> None:
    """Refuse labels that do not fit their rows, the labels ``known`` or the classes ``declared``.

    Raises LabelError; PoolError where there is no row at all.
    """
    check_one_a_row(labels, n)
    if len(labels) == 0:
        raise PoolError("Got no row to learn from. Give one or more.")
    if answers != "tags" and labels.ndim > 1:
        raise LabelError(
            f"Got {n} rows and labels of shape {labels.shape}. Give one label a row, or a model of "
            "several tags, such as TagModel(LogisticRegression())."
        )
    if answers == "tags":
        _check_tags(labels, known, declared)
        return
    if missing_labels(labels):
        raise LabelError(
            f"{missing_labels(labels)} labels are missing. Leave those rows out, or have them left "
            "out: skip_missing=True."
        )
    if answers == "numbers":
        if not np.isfinite(labels).all():
            raise LabelError("A label is infinite. Correct it, or leave that row out.")
        return
    check_target(labels)
    if known is not None and is_text(known) != is_text(labels):
        raise LabelError(
            f"Got the label {_plain(labels[0])!r} after labels such as {_plain(known[0])!r}. "
            "Give all labels as text, or all as numbers."
        )
    if declared is not None and (unknown := np.setdiff1d(labels, declared)).size:
        raise LabelError(
            f"The label {unknown[0]!s} is not among the classes: "
            f"{', '.join(map(str, declared))}. Correct it, or add it to classes."
        )


def check_one_a_row(labels: NDArray[Any], n: int) -> None:
    """Refuse more or fewer labels than rows (LabelError)."""
    if labels.shape[:1] != (n,) or labels.ndim > 2:
        raise LabelError(f"Got {n} rows and labels of shape {labels.shape}. Give one label a row.")


def _check_tags(
    labels: NDArray[Any], known: NDArray[Any] | None, declared: NDArray[Any] | None
) -> None:
    """Refuse a table of tags with another number of columns than the one before, or than names."""
    wanted = len(declared) if declared is not None else None if known is None else known.shape[1]
    if wanted is not None and labels.shape[1] != wanted:
        raise LabelError(
            f"Got {labels.shape[1]} columns of tags; there are {wanted} tags. Give a column a tag."
        )


def labelled_rows(X: Matrix, y: Any) -> tuple[Matrix, NDArray[Any]]:
    """The rows whose label is neither None nor nan nor "", and those labels.

    Of a table of tags a row with a gap in any column is left out.

    >>> labelled_rows(np.array([[1.0], [2.0], [3.0]]), ["a", None, ""])
    (array([[1.]]), array(['a'], dtype='<U1'))
    """
    labels = np.asarray(y, dtype=object)
    check_one_a_row(labels, n_rows(X))
    gaps = np.frompyfunc(lambda label: is_gap(label) or label == "", 1, 1)(labels).astype(bool)
    there = np.flatnonzero(~(gaps.any(axis=1) if gaps.ndim == 2 else gaps))
    kept = np.array(labels[there].tolist())
    return take_rows(X, there.astype(np.intp)), kept


def check_known_classes(known: NDArray[Any], declared: NDArray[Any]) -> None:
    """Refuse a fitted model that knows a class outside ``declared`` (LabelError)."""
    unknown = np.setdiff1d(known, declared)
    if unknown.size:
        raise LabelError(
            f"The estimator was fitted with the class {unknown[0]!s}, which is not among the "
            f"classes: {', '.join(map(str, declared))}. Add it to classes, or give an estimator "
            "that has not been fitted."
        )


def _plain(label: Any) -> Any:
    """A label as Python has it: text in quotes is read, np.str_('a') is not."""
    return label.item() if isinstance(label, np.generic) else label
