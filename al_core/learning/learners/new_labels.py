"""Labels that a learner is taught: refused in words where it could not learn from them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import LabelError, PoolError
from al_core.learning.simulation.splits import check_target, missing_labels


def check_new_labels(
    labels: NDArray[Any],
    n_rows: int,
    known: NDArray[Any] | None,
    declared: NDArray[Any] | None,
) -> None:
    """Refuse labels that do not fit their rows, the labels ``known`` or the classes ``declared``.

    Raises LabelError; PoolError where there is no row at all.
    """
    check_one_a_row(labels, n_rows)
    if len(labels) == 0:
        raise PoolError("Got no row to learn from. Give one or more.")
    if missing_labels(labels):
        raise LabelError(f"{missing_labels(labels)} labels are missing. Leave those rows out.")
    check_target(labels)
    if known is not None and (known.dtype.kind in "US") != (labels.dtype.kind in "US"):
        raise LabelError(
            f"Got the label {_plain(labels[0])!r} after labels such as {_plain(known[0])!r}. "
            "Give all labels as text, or all as numbers."
        )
    if declared is not None and (unknown := np.setdiff1d(labels, declared)).size:
        raise LabelError(
            f"The label {unknown[0]!s} is not among the classes: "
            f"{', '.join(map(str, declared))}. Correct it, or add it to classes."
        )


def check_one_a_row(labels: NDArray[Any], n_rows: int) -> None:
    """Refuse more or fewer labels than rows (LabelError)."""
    if labels.shape != (n_rows,):
        raise LabelError(
            f"Got {n_rows} rows and labels of shape {labels.shape}. Give one label a row."
        )


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
