"""Categories as one feature for each frequent value and one for all the others."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from al_core.tables.features.transformers import as_texts

BLANK = "(blank)"


class CategoryEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """One-hot with a cap: at most ``most`` values a column, each in ``rarest`` rows or more.

    Rarer values share the feature "other"; values never seen join them, or give zeros where the
    column had no rare ones. A column of two values gets one feature. Blank is a value.
    """

    def __init__(self, most: int = 40, rarest: int = 2) -> None:
        self.most = most
        self.rarest = rarest

    def fit(self, frame: pd.DataFrame, y: object = None) -> Self:
        """Choose the values to keep; ``frame`` is (n_rows, n_columns)."""
        self.columns_ = np.asarray([str(name) for name in frame.columns], dtype=object)
        self.kept_: list[list[str]] = []
        self.other_: list[bool] = []
        for name in frame.columns:
            codes, found = _coded(frame[name])
            counts = np.bincount(codes, minlength=len(found))
            kept, other = self._choose(found, counts)
            self.kept_.append(kept)
            self.other_.append(other)
        return self

    def _choose(self, found: list[str], counts: NDArray[np.intp]) -> tuple[list[str], bool]:
        order = sorted(range(len(found)), key=lambda i: (-int(counts[i]), found[i]))
        kept = [found[i] for i in order if counts[i] >= self.rarest][: self.most]
        if len(kept) == len(found) == 2:
            return sorted(kept)[1:], False
        return sorted(kept), len(kept) < len(found)

    def transform(self, frame: pd.DataFrame) -> NDArray[np.float32]:
        """(n_rows, n_features) of 0 and 1."""
        widths = [len(k) + other for k, other in zip(self.kept_, self.other_, strict=True)]
        X = np.zeros((len(frame), sum(widths)), dtype=np.float32)
        rows, start = np.arange(len(frame)), 0
        for place, name in enumerate(self.columns_):
            kept, other = self.kept_[place], self.other_[place]
            codes, found = _coded(frame[name])
            where = {value: at for at, value in enumerate(kept)}
            unseen = len(kept) if other else -1
            feature = np.asarray([where.get(value, unseen) for value in found], dtype=np.intp)[
                codes
            ]
            there = feature >= 0
            X[rows[there], start + feature[there]] = 1.0
            start += widths[place]
        return X

    def get_feature_names_out(self, names: object = None) -> NDArray[np.object_]:
        """``Contract: Two year`` for each value kept, ``Contract: other`` for the rare ones."""
        found: list[str] = []
        for name, kept, other in zip(self.columns_, self.kept_, self.other_, strict=True):
            found += [f"{name}: {value}" for value in kept]
            found += [f"{name}: other"] if other else []
        return np.asarray(found, dtype=object)


def _coded(column: pd.Series[Any]) -> tuple[NDArray[np.intp], list[str]]:
    """Codes per row, and the different values without outer spaces (all different themselves)."""
    codes, found = pd.factorize(column, use_na_sentinel=False)
    tidy = [str(text).strip() or BLANK for text in as_texts(pd.Series(found))]
    again, values = pd.factorize(np.asarray(tidy, dtype=object))
    return again[codes].astype(np.intp), [str(value) for value in values]
