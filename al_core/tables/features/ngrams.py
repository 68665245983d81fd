"""Letters seen together, counted once for each different word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

# Letters of an n-gram; a choice: longer ones multiply the columns.
LENGTHS = (2, 4)
_FILLER = "blank"


class WordNgrams(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """TF-IDF of the character n-grams within words, as CSR float32 of unit length.

    The numbers of ``TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)``
    with these ``min_df`` and ``max_features``. Words come again and again in a column of texts, so
    the n-grams of a word are counted once: counts of words a text times counts of n-grams a word.
    """

    def __init__(self, min_df: int = 1, max_features: int = 30_000) -> None:
        self.min_df = min_df
        self.max_features = max_features

    def fit(self, texts: Iterable[str], y: object = None) -> Self:
        """Learn the n-grams and their weights."""
        self.fit_transform(texts)
        return self

    def fit_transform(self, texts: Iterable[str], y: object = None, **unused: Any) -> Any:
        """(n_texts, n_features). Raises ValueError where no n-gram is in ``min_df`` texts."""
        by_word, words = _words(texts)
        letters = _letters()
        in_words = letters.fit_transform(words)
        total = np.asarray(by_word.sum(axis=0)).ravel() @ in_words
        often = np.flatnonzero(total >= self.min_df)  # the rest cannot be in ``min_df`` texts
        counts = sp.csr_matrix(by_word @ in_words[:, often])
        kept = self._kept(total[often], np.bincount(counts.indices, minlength=len(often)))
        names: NDArray[np.object_] = letters.get_feature_names_out()
        self.names_ = names[often[kept]]
        self.letters_ = _letters(self.names_.tolist())
        self.weights_ = TfidfTransformer(sublinear_tf=True)
        return self.weights_.fit_transform(_in_order(counts[:, kept]))

    def transform(self, texts: Iterable[str]) -> Any:
        """(n_texts, n_features); n-grams not learned are left out."""
        by_word, words = _words(texts)
        return self.weights_.transform(_in_order(by_word @ self.letters_.transform(words)))

    def get_feature_names_out(self, names: object = None) -> NDArray[np.object_]:
        """The n-grams, in the order of the columns; a blank is the edge of a word."""
        return np.asarray(self.names_)

    def _kept(self, total: NDArray[np.int64], in_texts: NDArray[np.int64]) -> NDArray[np.intp]:
        enough = np.flatnonzero(in_texts >= self.min_df)
        if not len(enough):
            raise ValueError(f"no n-gram is in {self.min_df} texts")
        return np.sort(enough[(-total[enough]).argsort()[: self.max_features]])


def _in_order(counts: Any) -> sp.csr_matrix:
    """Sorted within each row, so that sums over a row come out the same whoever made it."""
    matrix = sp.csr_matrix(counts, dtype=np.float32)
    matrix.sort_indices()
    return matrix


def _words(texts: Iterable[str]) -> tuple[sp.csr_matrix, list[str]]:
    """How often each word is in each text, and the words. A text without words has none."""
    counter = CountVectorizer(analyzer=str.split, dtype=np.int32)
    # A word of our own first: without any word at all scikit-learn refuses the texts.
    counts = counter.fit_transform([_FILLER, *(text.lower() for text in texts)])
    return counts[1:], counter.get_feature_names_out().tolist()


def _letters(names: list[str] | None = None) -> CountVectorizer:
    return CountVectorizer(
        analyzer="char_wb", ngram_range=LENGTHS, lowercase=False, vocabulary=names, dtype=np.int32
    )
