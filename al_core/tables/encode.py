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
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder

from al_core.errors import TableError
from al_core.tables.roles import Role
from al_core.tables.transformers import (
    CategoryCleaner,
    DateEncoder,
    Finish,
    NumberEncoder,
    PixelEncoder,
    TextCleaner,
)

MOST_CATEGORIES = 40
MOST_NGRAMS = 30_000
SVD_SIZE = 60


@dataclass(frozen=True, slots=True)
class Encoded:
    """``X`` float32 of shape (n_rows, n_features): a C-contiguous array, or CSR for wide text.

    ``transformer`` is fitted; its ``transform`` takes new rows of the same columns. It is made of
    scikit-learn parts and of classes importable from ``al_core.tables.transformers``.
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
        _parts(frame, by_kind, dense),
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
    frame: pd.DataFrame, by_kind: Mapping[str, list[str]], dense: bool
) -> list[tuple[str, Any, Any]]:
    parts: list[tuple[str, Any, Any]] = []
    if by_kind["number"]:
        parts.append(("number", NumberEncoder(), by_kind["number"]))
    if by_kind["pixels"]:
        parts.append(("pixels", PixelEncoder(), by_kind["pixels"]))
    if by_kind["date"]:
        parts.append(("date", DateEncoder(), by_kind["date"]))
    if by_kind["category"]:
        parts.append(("category", _categories(len(frame)), by_kind["category"]))
    for place, name in enumerate(by_kind["text"]):
        parts.append((f"text {place}", _text(frame[name], dense), name))
    return parts


def _categories(n_rows: int) -> Pipeline:
    """One-hot with at most 40 values a column; those in fewer than 1 in 1,000 rows are "other"."""
    one_hot = OneHotEncoder(
        handle_unknown="infrequent_if_exist",
        max_categories=MOST_CATEGORIES,
        min_frequency=max(2, n_rows // 1000) if n_rows >= 20 else None,
        drop="if_binary",
        sparse_output=True,
        dtype=np.float32,
    )
    return Pipeline([("clean", CategoryCleaner()), ("one_hot", one_hot)])


def _text(column: pd.Series[Any], dense: bool) -> Pipeline:
    steps: list[tuple[str, Any]] = [("clean", TextCleaner())]
    tfidf = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 4),
        max_features=MOST_NGRAMS,
        min_df=2 if len(column) >= 50 else 1,
        sublinear_tf=True,
        dtype=np.float32,
    )
    texts = TextCleaner().fit_transform(column)
    if not any(text.strip() for text in texts):
        texts = ["blank"]
    if tfidf.get_params()["min_df"] == 2 and len(set(texts)) < 10:
        tfidf.set_params(min_df=1)
    steps.append(("tfidf", tfidf))
    if dense:
        steps.append(("svd", TruncatedSVD(SVD_SIZE, random_state=0)))
    return Pipeline(steps)


def _names(columns: ColumnTransformer) -> list[str]:
    names: list[str] = []
    for part, step, chosen in columns.transformers_:
        if part == "remainder":
            continue
        if part.startswith("text "):
            names += _text_names(step, chosen)
        elif part == "category":
            names += _category_names(step["one_hot"], chosen)
        else:
            names += [str(name) for name in step.get_feature_names_out()]
    return names


def _text_names(step: Pipeline, column: str) -> list[str]:
    if "svd" in step.named_steps:
        return [f"{column} topic {i + 1}" for i in range(len(step["svd"].components_))]
    return [f'{column}: "{gram}"' for gram in step["tfidf"].get_feature_names_out()]


def _category_names(one_hot: OneHotEncoder, columns: list[str]) -> list[str]:
    """``Contract: Two year`` for each value kept, ``Contract: other`` for the rare ones."""
    names = []
    for name in one_hot.get_feature_names_out([f"{i}" for i in range(len(columns))]):
        place, value = str(name).split("_", 1)
        value = "other" if value == "infrequent_sklearn" else value
        names.append(f"{columns[int(place)]}: {value}")
    return names
