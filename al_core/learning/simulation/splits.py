"""Which rows test the model, which can be learned from, and which are labelled first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils.multiclass import type_of_target

from al_core.errors import LabelError, PoolError, SettingsError
from al_core.learning.matrices import Matrix, n_rows, take_rows
from al_core.learning.models.answers import Answers, labels_as
from al_core.learning.querying.cold_start import initial_rows, random_rows
from al_core.learning.records import Rows

Initial = Literal["random", "centres", "farthest", "density"] | Sequence[int] | Rows


def check_labels(X: Matrix, y: ArrayLike, answers: Answers = "classes") -> NDArray[Any]:
    """``y`` as (n,) class labels, or a LabelError: wrong length, missing, continuous, one class.

    Of other ``answers``: (n,) numbers, or a table (n, k) of tags.
    """
    labels = labels_as(answers, y)
    if labels.shape[:1] != (n_rows(X),) or labels.ndim != 1 + (answers == "tags"):
        raise LabelError(
            f"Got {n_rows(X)} rows and labels of shape {labels.shape}. Give one label a row."
        )
    if answers == "tags":
        return labels
    missing = missing_labels(labels)
    if missing:
        raise LabelError(
            f"{missing} of {len(labels)} rows have no label. "
            "Every row must have its answer here; leave those rows out."
        )
    if answers == "numbers":
        if not np.isfinite(labels).all():
            raise LabelError("A label is infinite. Correct it, or leave that row out.")
        return labels
    check_target(labels)
    if len(np.unique(labels)) < 2:
        raise LabelError(
            f"All {len(labels)} rows have the same label. At least two classes are needed."
        )
    return labels


def missing_labels(labels: NDArray[Any]) -> int:
    """How many labels are None or nan."""
    return int(is_missing(labels).sum())


def is_missing(labels: NDArray[Any]) -> NDArray[np.bool_]:
    """(n,): True where a label is None or nan."""
    if labels.dtype.kind == "f":
        return np.asarray(np.isnan(labels))
    if labels.dtype != object:
        return np.zeros(len(labels), dtype=bool)
    return np.asarray([label is None or label != label for label in labels], dtype=bool)


def check_target(labels: NDArray[Any]) -> None:
    """Refuse labels that are measurements or several answers a row (LabelError)."""
    if labels.ndim == 1 and labels.dtype.kind in "biuUS":
        return  # text and whole numbers are classes: no need to look at each, at every teach
    kind = type_of_target(labels) if labels.size else "binary"
    if kind not in ("binary", "multiclass"):
        raise LabelError(
            f"These labels are {kind.replace('-', ' ')}: {labels[:3].tolist()} ... "
            "Give one class a row, as whole numbers or text."
        )


def split_rows(
    y: NDArray[Any],
    test: float | Sequence[int] | Rows,
    test_cap: int | None,
    seed: int,
    answers: Answers = "classes",
) -> tuple[Rows, Rows]:
    """(rows to learn from, rows to test on), both ascending.

    A share is drawn at random by ``seed``; a class that would be in the test rows alone leaves one
    row to learn from.
    """
    n = len(y)
    if not isinstance(test, int | float):
        test_rows = check_rows(test, n, "test rows")
        return np.setdiff1d(np.arange(n), test_rows), test_rows
    if not 0 < test < 1:
        raise SettingsError(f"Got a test share of {test}. Give a share between 0 and 1.")
    n_test = rows_to_test(n, test, test_cap)
    order = np.random.default_rng([seed, 21]).permutation(n)
    is_test = np.zeros(n, dtype=bool)
    is_test[order[:n_test]] = True
    for label in np.setdiff1d(y[is_test], y[~is_test]) if answers == "classes" else ():
        is_test[np.flatnonzero(y == label)[0]] = False
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


def rows_to_test(n: int, share: float, test_cap: int | None = None) -> int:
    """How many of ``n`` rows a test share takes: at least 1, and 2 are left to learn from.

    >>> rows_to_test(208, 0.4), rows_to_test(3, 0.9)
    (83, 1)
    """
    return max(1, min(round(share * n), n - 2, test_cap or n))


def first_rows(
    X: Matrix,
    y: NDArray[Any],
    pool: Rows,
    initial: Initial,
    n_initial: int,
    seed: int,
    answers: Answers = "classes",
) -> Rows:
    """The row numbers labelled before the first query, drawn from ``pool``."""
    if not isinstance(initial, str):
        rows = check_rows(initial, len(y), "initial rows")
        outside = np.setdiff1d(rows, pool)
        if outside.size:
            raise PoolError(
                f"Initial row {outside[0]} is a test row. A row can teach or test, not both."
            )
        return np.asarray(initial, dtype=np.intp)
    if not 1 <= n_initial <= len(pool):
        raise PoolError(
            f"Asked for {n_initial} initial labels but {len(pool)} rows can be learned from. "
            f"Ask for 1 to {len(pool)}, or test on fewer rows."
        )
    if initial == "random":
        rng = np.random.default_rng([seed, 22])
        of_each = y[pool] if answers == "classes" else None
        return pool[random_rows(len(pool), n_initial, rng, of_each)]
    return pool[initial_rows(take_rows(X, pool), n_initial, initial, seed)]


def check_whole(value: Any, name: str) -> None:
    """Refuse a setting that is no whole number (SettingsError)."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise SettingsError(f"Got {name}={value!r}. Give a whole number.")


def check_batch_size(batch_size: Any) -> None:
    """Refuse a number of rows a round that is none (SettingsError)."""
    check_whole(batch_size, "batch_size")
    if batch_size < 1:
        raise SettingsError(f"Got a batch size of {batch_size}. Ask for 1 row a round or more.")


def check_rows(rows: ArrayLike, n: int, what: str) -> Rows:
    """Row numbers ascending, or a PoolError: none, twice, or outside 0 to n - 1."""
    index = np.asarray(rows)
    if index.ndim != 1 or index.size == 0 or index.dtype.kind not in "iu":
        raise PoolError(f"Got {index.tolist()!r} as {what}. Give one or more row numbers.")
    ascending = np.unique(index)
    if len(ascending) < len(index):
        raise PoolError(f"A row stands twice among the {what}. Give each row once.")
    if ascending[0] < 0 or ascending[-1] >= n:
        raise PoolError(f"Got {what} up to {ascending[-1]}. Rows are numbered 0 to {n - 1}.")
    return ascending.astype(np.intp)
