"""Free text as letters seen together, and as the topics they make."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import TruncatedSVD

from al_core.tables.features.ngrams import WordNgrams
from al_core.tables.features.transformers import as_texts

# Choices, which trade what a model can tell apart against memory and time of a fit.
MOST_NGRAMS = 30_000
DENSE_TOPICS = 30
SPARSE_TOPICS = 15
# Set on held-out splits of three text sets with 100 labels: n-grams of unit length alone are too
# faint for a linear model to find a rare class by, topics alone too coarse for sentiments.
NGRAM_WEIGHT = 4.0
TOPIC_WEIGHT = 2.0


class TextEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """One text column as TF-IDF of character n-grams and their truncated SVD.

    ``dense=True`` gives the SVD alone, as an array; otherwise both side by side, as CSR.
    """

    def __init__(self, dense: bool = False) -> None:
        self.dense = dense

    def fit(self, column: pd.Series[Any], y: object = None) -> Self:
        """Learn vocabulary and topics from n_rows texts."""
        self.fit_transform(column)
        return self

    def fit_transform(self, column: pd.Series[Any], y: object = None, **unused: Any) -> Any:
        """Learn and encode in one go; each different text is looked at once."""
        self.name_ = str(column.name)
        codes, texts = _different(column)
        self.ngrams_, ngrams = _vectorised(texts)
        n_topics = min(DENSE_TOPICS if self.dense else SPARSE_TOPICS, min(ngrams.shape) - 1)
        self.svd_ = TruncatedSVD(n_topics, random_state=0).fit(ngrams) if n_topics > 0 else None
        topics = self._topics(ngrams)
        self.scale_ = float(topics.std()) or 1.0
        return self._together(ngrams, topics, codes)

    def transform(self, column: pd.Series[Any] | pd.DataFrame) -> Any:
        """(n_rows, n_features) float32, CSR or dense."""
        series = column.iloc[:, 0] if isinstance(column, pd.DataFrame) else column
        codes, texts = _different(series)
        # Models of the first version hold a vectoriser of scikit-learn, under another name.
        vectoriser = self.ngrams_ if hasattr(self, "ngrams_") else self.tfidf_
        ngrams = sp.csr_matrix(vectoriser.transform(texts))
        return self._together(ngrams, self._topics(ngrams), codes)

    def _topics(self, ngrams: Any) -> NDArray[np.float32]:
        if self.svd_ is None:
            return np.asarray(ngrams.toarray(), dtype=np.float32)
        return np.asarray(self.svd_.transform(ngrams), dtype=np.float32)

    def _together(self, ngrams: Any, topics: Any, codes: NDArray[np.intp]) -> Any:
        topics = topics * np.float32(TOPIC_WEIGHT / self.scale_)
        if self.dense:
            return topics[codes]
        weighted = sp.csr_matrix(ngrams * np.float32(NGRAM_WEIGHT))
        return sp.csr_matrix(sp.hstack([weighted, sp.csr_matrix(topics)], format="csr"))[codes]

    def get_feature_names_out(self, names: object = None) -> NDArray[np.object_]:
        """``Message: "refu"`` for an n-gram, ``Message topic 1`` for a topic."""
        n_topics = len(self.ngrams_.names_) if self.svd_ is None else len(self.svd_.components_)
        topics = [f"{self.name_} topic {i + 1}" for i in range(n_topics)]
        grams = [f'{self.name_}: "{gram}"' for gram in self.ngrams_.get_feature_names_out()]
        return np.asarray(topics if self.dense else [*grams, *topics], dtype=object)


def _different(column: pd.Series[Any]) -> tuple[NDArray[np.intp], list[str]]:
    codes, texts = pd.factorize(as_texts(column))
    return codes.astype(np.intp), [str(text) for text in texts]


def _vectorised(texts: list[str]) -> tuple[WordNgrams, sp.csr_matrix]:
    """Fitted n-grams and what they make of ``texts``; blank ones alone give one feature."""
    # A choice: in 50 texts an n-gram that comes once says nothing of the others.
    ngrams = WordNgrams(2 if len(texts) >= 50 else 1, MOST_NGRAMS)
    try:
        return ngrams, sp.csr_matrix(ngrams.fit_transform(texts))
    except ValueError:  # no n-gram comes twice, or there is no letter at all
        ngrams.set_params(min_df=1).fit(["blank", *texts])
        return ngrams, sp.csr_matrix(ngrams.transform(texts))
