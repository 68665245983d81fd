"""A typed table with roles in, a float32 matrix out, with the transformer that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp

from al_core.tables.roles import Role


@dataclass(frozen=True, slots=True)
class Encoded:
    """``X`` float32 of shape (n_rows, n_features): a C-contiguous array, or CSR for wide text.

    ``transformer`` is fitted and takes new rows of the same columns (:func:`transform_rows`);
    it is made of scikit-learn parts and of classes importable from ``al_core.tables``.
    """

    X: np.ndarray | sp.csr_matrix
    transformer: Any
    feature_names: list[str]


def encode(frame: pd.DataFrame, roles: Mapping[str, Role], *, dense: bool = False) -> Encoded:
    """Encode the columns with roles number, category, text, date and pixels; labels are not seen.

    ``dense=True`` reduces text by truncated SVD, for models that cannot take a sparse matrix.
    Raises TableError where no column is left to learn from, or a column is missing.
    """
    raise NotImplementedError
