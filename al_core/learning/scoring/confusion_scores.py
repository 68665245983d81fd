"""Scores of a table of confusion counts: row the true class, column the predicted one.

A class that no row has says nothing of how often it is found. It counts as if one row had it of
which half is right: 1/2 of what it would score if that row were right. So the score averages over
the same classes as its range, whose ends take that row as wrong and as right (``unseen`` 0 and 1).
To leave such a class out, as scikit-learn does for the mean recall, calls a model perfect that has
never been tested on a rare class; to count it 0 calls it bad.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Confusion = NDArray[np.int64]


def accuracy(counts: Confusion, unseen: float = 0.5) -> float:
    """Share of rows that are right; nan of no row. Classes without a row make no difference.

    >>> accuracy(np.array([[8, 2], [1, 9]]))
    0.85
    """
    total = counts.sum()
    return float(np.trace(counts) / total) if total else float("nan")


def balanced_accuracy(counts: Confusion, unseen: float = 0.5) -> float:
    """Mean recall over all classes; one without a row has the recall ``unseen``.

    >>> balanced_accuracy(np.array([[8, 2], [0, 9]])), balanced_accuracy(np.array([[9, 1], [0, 0]]))
    (0.9, 0.7)
    """
    total = counts.sum(axis=1)
    if not total.any():
        return float("nan")
    return float(np.where(total > 0, np.diag(counts) / np.maximum(total, 1e-12), unseen).mean())


def f1_macro(counts: Confusion, unseen: float = 0.5) -> float:
    """Mean F1 over all classes; one without a row has ``unseen`` times the F1 it would have if one
    more row had it and were right: its false alarms are known.

    >>> f1_macro(np.array([[6, 0], [0, 0]])), f1_macro(np.array([[3, 2], [0, 0]]))
    (0.75, 0.5)
    """
    total, predicted = counts.sum(axis=1), counts.sum(axis=0)
    if not total.any():
        return float("nan")
    f1 = 2 * np.diag(counts) / np.maximum(total + predicted, 1e-12)
    return float(np.where(total > 0, f1, unseen * 2 / (2 + predicted)).mean())
