"""Keywords of a fit that hold one number a row, such as weights: they follow their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from al_core.errors import LabelError
from al_core.learning.matrices import take_rows
from al_core.learning.records import Rows


def check_weights(keywords: Mapping[str, Any], n_rows: int, only_new: bool) -> None:
    """Refuse weights of another length than the rows that are fitted (LabelError)."""
    for name, weights in keywords.items():
        if name.split("__")[-1] != "sample_weight" or weights is None:
            continue
        if np.shape(weights) != (n_rows,):
            n = np.shape(weights)[0] if np.ndim(weights) else 1
            which = "the new ones" if only_new else "those taught before first, then the new ones"
            raise LabelError(
                f"Got {n} weights in {name} and fit {n_rows} rows. Give one a row that is fitted: "
                f"{which}."
            )


def drawn_keywords(keywords: Mapping[str, Any], drawn: Rows, n_rows: int) -> dict[str, Any]:
    """The keywords with those that hold one value a row cut to the rows drawn, in their order.

    >>> drawn_keywords({"sample_weight": np.array([1.0, 9.0]), "w": "ab"}, np.array([1, 1]), 2)
    {'sample_weight': array([9., 9.]), 'w': 'ab'}
    """
    return {
        name: take_rows(_as_rows(value), drawn) if _is_a_row_each(value, n_rows) else value
        for name, value in keywords.items()
    }


def _is_a_row_each(value: Any, n_rows: int) -> bool:
    if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__len__"):
        return False
    shape = getattr(value, "shape", None)
    return (shape[0] if shape else len(value)) == n_rows


def _as_rows(value: Any) -> Any:
    return value if hasattr(value, "shape") else np.asarray(value)
