"""Labels that a learner is taught: refused in words where it could not learn from them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import LabelError, PoolError
from al_core.learning.splits import check_target, missing_labels


def check_new_labels(
    labels: NDArray[Any],
    n_rows: int,
    known: NDArray[Any] | None,
    declared: NDArray[Any] | None,
) -> None:
    """Refuse labels that do not fit their rows, the labels ``known`` or the classes ``declared``.

    Raises LabelError; PoolError where there is no row at all.
    """
    if labels.shape != (n_rows,):
        raise LabelError(
            f"Got {n_rows} rows and labels of shape {labels.shape}. Give one label a row."
        )
    if len(labels) == 0:
        raise PoolError("Got no row to learn from. Give one or more.")
    if missing_labels(labels):
        raise LabelError(f"{missing_labels(labels)} labels are missing. Leave those rows out.")
    check_target(labels)
    if known is not None and (known.dtype.kind in "US") != (labels.dtype.kind in "US"):
        raise LabelError(
            f"Got the label {labels[0]!r} after labels such as {known[0]!r}. "
            "Give all labels as text, or all as numbers."
        )
    if declared is not None and (unknown := np.setdiff1d(labels, declared)).size:
        raise LabelError(
            f"The label {unknown[0]!s} is not among the classes: "
            f"{', '.join(map(str, declared))}. Correct it, or add it to classes."
        )
