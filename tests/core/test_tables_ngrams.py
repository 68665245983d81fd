"""Letters seen together are counted as scikit-learn counts them, once for each different word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from al_core.tables.features.ngrams import WordNgrams

TEXTS = [
    "Where is my parcel, the PARCEL from Monday?",
    "  refund   please\n\nthe refund ",
    "",
    "a",
    "Straße İstanbul ẞ Ωmega naïve",
    "你好 世界 hello-world",
    "refund refund refund",
]


def by_scikit_learn(texts, min_df=1, max_features=30_000):
    """The same numbers by way of every text; (fitted vectoriser, matrix)."""
    vectoriser = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 4),
        min_df=min_df,
        max_features=max_features,
        sublinear_tf=True,
        dtype=np.float32,
    )
    return vectoriser, vectoriser.fit_transform(texts)


def check_same(texts, new, **limits):
    vectoriser, expected = by_scikit_learn(texts, **limits)
    ours = WordNgrams(**limits)
    np.testing.assert_allclose(ours.fit_transform(texts).toarray(), expected.toarray(), atol=1e-6)
    assert ours.get_feature_names_out().tolist() == vectoriser.get_feature_names_out().tolist()
    np.testing.assert_allclose(
        ours.transform(new).toarray(), vectoriser.transform(new).toarray(), atol=1e-6
    )


@pytest.mark.parametrize("limits", [{}, {"min_df": 2}, {"max_features": 12}], ids=str)
def test_the_numbers_are_those_of_scikit_learn(limits):
    check_same(TEXTS, ["a refund for the parcel", "", "zzz qqq"], **limits)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=8), st.text(max_size=20))
def test_the_numbers_are_those_of_scikit_learn_for_any_texts(texts, new):
    check_same([*texts, "some word"], [new])


def test_texts_without_a_word_get_a_row_of_zeros():
    ngrams = WordNgrams().fit(["parcel"])
    assert ngrams.transform(["", "  ", "\n"]).nnz == 0


def test_nothing_that_comes_often_enough_is_said():
    with pytest.raises(ValueError, match="no n-gram is in 2 texts"):
        WordNgrams(min_df=2).fit(["abc", "xyz"])
