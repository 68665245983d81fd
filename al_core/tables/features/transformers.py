"""Small transformers that stand any cell: missing, infinite, unseen, of another type than before.

Each takes a frame of its columns and gives float32 numbers, or clean text for a scikit-learn part
to go on with. All are plain classes with array attributes, so that skops can save them.
"""

from __future__ import annotations

from typing import Any, Self, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin

# A choice: far beyond any measurement, and still fit for 32-bit floats (3.4e38).
LARGEST = 1e30
# Seconds of a day.
DAY = 86_400.0
DATE_PARTS = {"year": "year", "month": "month", "weekday": "day_of_week", "hour": "hour"}


def as_numbers(frame: pd.DataFrame) -> NDArray[np.float64]:
    """Any frame as float64 of the same shape; infinite and unreadable cells are NaN."""
    if all(dtype.kind in "iufb" for dtype in frame.dtypes):
        values = frame.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        values = np.column_stack([_numbers(frame[name]) for name in frame.columns])
    values = np.array(values, dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    return np.clip(values, -LARGEST, LARGEST, out=values)


def _numbers(column: pd.Series[Any]) -> NDArray[np.float64]:
    if column.dtype.kind == "M":
        return moments(column)
    return np.asarray(pd.to_numeric(column, errors="coerce"), dtype=np.float64)


def moments(column: pd.Series[Any]) -> NDArray[np.float64]:
    """Moments as seconds since 1970 (UTC where a zone is known), NaN where missing."""
    stamps = column
    if stamps.dtype.kind != "M":
        stamps = pd.to_datetime(stamps, errors="coerce", format="mixed", utc=True)
    if stamps.dt.tz is not None:
        stamps = stamps.dt.tz_convert("UTC").dt.tz_localize(None)
    raw = stamps.to_numpy(dtype="datetime64[us]")
    seconds: NDArray[np.float64] = raw.astype(np.int64).astype(np.float64) / 1e6
    seconds[np.isnat(raw)] = np.nan
    return seconds


def as_texts(column: pd.Series[Any]) -> NDArray[np.object_]:
    """Any column as an object array of str; missing cells "", whole numbers without ``.0``."""
    if column.dtype.kind == "f":
        whole = column.dropna() % 1 == 0
        if bool(whole.all()) and bool((column.dropna().abs() < LARGEST).all()):
            column = column.astype("Int64")
    texts = column.astype("str").astype(object).where(column.notna(), "")
    return np.asarray(texts, dtype=object)


class NumberEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Numbers: wild outliers clipped, median imputed with a missing flag, scaled to unit variance.

    Clipping: to the middle 99 % of the values, widened by its own width on both sides. A column
    gets a flag feature only where cells were missing when it was fitted.
    """

    def fit(self, frame: pd.DataFrame, y: object = None) -> Self:
        """Learn medians, limits and scales; ``frame`` is (n_rows, n_columns)."""
        values = as_numbers(frame)
        self.columns_ = np.asarray([str(name) for name in frame.columns], dtype=object)
        missing = np.isnan(values)
        self.flagged_ = np.flatnonzero(missing.any(axis=0) & ~missing.all(axis=0))
        values[:, missing.all(axis=0)] = 0.0
        low, self.median_, high = np.nanquantile(values, [0.005, 0.5, 0.995], axis=0)
        width = high - low
        self.low_ = np.where(width > 0, low - width, np.nanmin(values, axis=0))
        self.high_ = np.where(width > 0, high + width, np.nanmax(values, axis=0))
        filled = self._filled(values)
        self.mean_ = filled.mean(axis=0)
        spread = filled.std(axis=0)
        self.scale_ = np.where(spread > 0, spread, 1.0)
        return self

    def _filled(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        filled = np.where(np.isnan(values), self.median_, values)
        return np.clip(filled, self.low_, self.high_, out=filled)

    def transform(self, frame: pd.DataFrame) -> NDArray[np.float32]:
        """(n_rows, n_columns + n_flags) float32."""
        values = as_numbers(frame)
        scaled = (self._filled(values) - self.mean_) / self.scale_
        flags = np.isnan(values[:, self.flagged_])
        return np.hstack([scaled, flags]).astype(np.float32)

    def get_feature_names_out(self, names: object = None) -> NDArray[np.object_]:
        """The column's name, and ``name is blank`` for each flag."""
        flags = [f"{name} is blank" for name in self.columns_[self.flagged_]]
        return np.asarray([*self.columns_, *flags], dtype=object)


class PixelEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Grey values as shares of the largest one seen; missing points are black."""

    def fit(self, frame: pd.DataFrame, y: object = None) -> Self:
        """Learn the largest value; ``frame`` is (n_rows, n_points)."""
        values = np.nan_to_num(as_numbers(frame))
        self.columns_ = np.asarray([str(name) for name in frame.columns], dtype=object)
        self.scale_ = float(values.max(initial=0.0)) or 1.0
        return self

    def transform(self, frame: pd.DataFrame) -> NDArray[np.float32]:
        """(n_rows, n_points) float32 from 0 to 1."""
        return np.clip(np.nan_to_num(as_numbers(frame)) / self.scale_, 0, 1).astype(np.float32)

    def get_feature_names_out(self, names: object = None) -> NDArray[np.object_]:
        """The columns' names."""
        return self.columns_


class DateEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Dates as elapsed time, year, month, weekday and hour, each scaled; missing ones flagged."""

    def fit(self, frame: pd.DataFrame, y: object = None) -> Self:
        """Learn scales; ``frame`` is (n_rows, n_columns)."""
        self.columns_ = np.asarray([str(name) for name in frame.columns], dtype=object)
        self.numbers_ = NumberEncoder().fit(self._parts(frame))
        return self

    def _parts(self, frame: pd.DataFrame) -> pd.DataFrame:
        parts = {}
        for name in frame.columns:
            seconds = moments(frame[name])
            stamps = pd.DatetimeIndex(seconds.astype("datetime64[s]"))
            parts[f"{name} elapsed"] = seconds / DAY
            for part, field in DATE_PARTS.items():
                numbers = np.asarray(getattr(stamps, field), dtype=np.float64)
                parts[f"{name} {part}"] = np.where(np.isnan(seconds), np.nan, numbers)
        return pd.DataFrame(parts)

    def transform(self, frame: pd.DataFrame) -> NDArray[np.float32]:
        """(n_rows, 5 per column, and flags) float32."""
        return np.asarray(self.numbers_.transform(self._parts(frame)), dtype=np.float32)

    def get_feature_names_out(self, names: object = None) -> NDArray[np.object_]:
        """``Created month`` and so on."""
        return np.asarray(self.numbers_.get_feature_names_out(), dtype=object)


class Finish(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """The last step: float32, C-contiguous or CSR, and no NaN whatever came in."""

    def fit(self, X: Any, y: object = None) -> Self:
        """Nothing to learn."""
        self.n_features_ = int(X.shape[1])
        return self

    def transform(self, X: Any) -> Any:
        """The same numbers as float32."""
        if sp.issparse(X):
            matrix = sp.csr_matrix(cast(Any, X), dtype=np.float32)
            matrix.sum_duplicates()
            return matrix
        return np.ascontiguousarray(np.nan_to_num(X, posinf=0.0, neginf=0.0), dtype=np.float32)
