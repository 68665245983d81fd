"""A typed table with roles in, a float32 matrix out, with the transformer that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline

from al_core.errors import TableError
from al_core.tables.columns.roles import Role
from al_core.tables.features.categories import CategoryEncoder
from al_core.tables.features.meaning.space import MeaningSpace
from al_core.tables.features.meaning.texts import TextMeaning
from al_core.tables.features.ngrams import WordNgrams
from al_core.tables.features.texts import TextEncoder
from al_core.tables.features.transformers import DateEncoder, Finish, NumberEncoder, PixelEncoder

# Columns a category may become, the rare values sharing one; a choice: detail against width.
MOST_CATEGORIES = 40


OWN_TYPES = tuple(
    f"{own.__module__}.{own.__qualname__}"
    for own in (
        CategoryEncoder,
        DateEncoder,
        Finish,
        MeaningSpace,
        NumberEncoder,
        PixelEncoder,
        TextEncoder,
        TextMeaning,
        WordNgrams,
    )
)
"""The types of ours in a saved transformer, for ``skops.io.load(file, trusted=...)``."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """``X`` float32 of shape (n_rows, n_features): a C-contiguous array, or CSR for wide text.

    ``transformer`` is fitted; its ``transform`` takes new rows of the same columns. It is made of
    scikit-learn parts and of our own, whose names :data:`OWN_TYPES` lists for skops.
    """

    X: NDArray[np.float32] | sp.csr_matrix
    transformer: Any
    feature_names: list[str]


def encode(frame: pd.DataFrame, roles: Mapping[str, Role], *, dense: bool = False) -> Encoded:
    """Encode the columns with roles number, category, text, date and pixels; labels are not seen.

    ``dense=True`` reduces text by truncated SVD, for models that cannot take a sparse matrix.
    Raises TableError where no column is left to learn from, or a column is missing.
    """
    by_kind = _columns_by_kind(frame, roles)
    columns = ColumnTransformer(
        _parts(len(frame), by_kind, dense),
        sparse_threshold=1.0 if by_kind["text"] and not dense else 0.0,
        verbose_feature_names_out=False,
    )
    transformer = Pipeline([("columns", columns), ("finish", Finish())])
    X = transformer.fit_transform(frame)
    return Encoded(X, transformer, _names(columns))


def _columns_by_kind(frame: pd.DataFrame, roles: Mapping[str, Role]) -> dict[str, list[str]]:
    by_kind: dict[str, list[str]] = {
        k: [] for k in ("number", "pixels", "category", "date", "text")
    }
    for name, role in roles.items():
        if role.kind not in by_kind:
            continue
        if name not in frame.columns:
            raise TableError(f'The column "{name}" is not in the table. Choose the columns again.')
        by_kind[role.kind].append(name)
    if not any(by_kind.values()):
        raise TableError("No column is left to learn from. Use at least one that is not left out.")
    if len(frame) == 0:
        raise TableError("The table has no rows to learn from.")
    return by_kind


def _parts(
    n_rows: int, by_kind: Mapping[str, list[str]], dense: bool
) -> list[tuple[str, Any, Any]]:
    parts: list[tuple[str, Any, Any]] = []
    if by_kind["number"]:
        parts.append(("number", NumberEncoder(), by_kind["number"]))
    if by_kind["pixels"]:
        parts.append(("pixels", PixelEncoder(), by_kind["pixels"]))
    if by_kind["date"]:
        parts.append(("date", DateEncoder(), by_kind["date"]))
    if by_kind["category"]:
        # A choice: a value in fewer than one row in 1,000 (or a single one) cannot be learned from.
        rarest = max(2, n_rows // 1000) if n_rows >= 20 else 1
        encoder = CategoryEncoder(MOST_CATEGORIES, rarest)
        parts.append(("category", encoder, by_kind["category"]))
    for place, name in enumerate(by_kind["text"]):
        parts.append((f"text {place}", TextEncoder(dense), name))
    return parts


def _names(columns: ColumnTransformer) -> list[str]:
    fitted = [step for part, step, _ in columns.transformers_ if part != "remainder"]
    return [str(name) for step in fitted for name in step.get_feature_names_out()]
