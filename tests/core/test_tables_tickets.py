"""The demo set of support tickets: texts to read, each its own, that can be learned by and by."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from al_core.tables import demo_sets, guess_roles, load_demo

TEXTS = ["Subject", "Message"]


@pytest.fixture(scope="module")
def tickets() -> pd.DataFrame:
    return load_demo("tickets").text


def words_of(tickets: pd.DataFrame) -> pd.Series:
    return tickets["Subject"] + " " + tickets["Message"]


def test_there_are_enough_tickets_in_both_languages_with_all_four_answers(tickets):
    assert len(tickets) >= 400
    assert tickets["Language"].value_counts(normalize=True).min() > 0.3
    shares = tickets["Team"].value_counts(normalize=True)
    assert list(shares.index) == ["Billing", "Delivery", "Technical", "Other"]
    assert shares["Billing"] < 0.4
    assert shares["Other"] > 0.1


def test_a_ticket_is_written_in_the_language_that_it_names(tickets):
    german = tickets["Message"].str.contains(r"(?i)\b(?:ich|nicht|ist|und|der|die|das|ein)\b")
    english = tickets["Message"].str.contains(r"(?i)\b(?:the|and|is|of|my|it|you)\b")
    assert not (german & ~english)[tickets["Language"] == "English"].any()
    assert not (english & ~german)[tickets["Language"] == "German"].any()


def test_no_two_messages_are_alike(tickets):
    """Two fillings of one template share most of their letters; two people's words do not."""
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    vectors = letters.fit_transform(tickets["Message"])
    alike = (vectors @ vectors.T).toarray() - np.eye(len(tickets))
    first, second = np.unravel_index(alike.argmax(), alike.shape)
    pair = tickets["Message"].iloc[[first, second]].tolist()
    assert alike.max() < 0.5, pair


def test_messages_differ_in_length_as_people_do(tickets):
    lengths = tickets["Message"].str.split().str.len()
    assert lengths.quantile(0.1) < 15
    assert lengths.max() > 100


def test_a_ticket_seldom_names_its_own_team(tickets):
    for team, rows in words_of(tickets).groupby(tickets["Team"]):
        named = rows.str.contains(rf"(?i)\b{team}\b")
        assert named.mean() <= 0.05, rows[named].tolist()


def test_the_texts_are_used_and_the_number_of_the_ticket_is_not():
    kinds = {name: role.kind for name, role in guess_roles(load_demo("tickets")).items()}
    assert {name for name, kind in kinds.items() if kind == "text"} == set(TEXTS)
    assert kinds["Ticket no"] == "ignored"


def test_the_answers_can_be_learned_but_neither_at_once_nor_without_fault(tickets):
    """A learning curve has something to show: mean accuracy over five random splits."""
    X = TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(words_of(tickets))
    y = tickets["Team"].to_numpy()
    right: dict[int, list[float]] = {20: [], 300: []}
    with threadpool_limits(1):
        for seed in range(5):
            order = np.random.default_rng(seed).permutation(len(y))
            test, rest = order[:120], order[120:]
            for n, scores in right.items():
                model = LogisticRegression(C=10, max_iter=1_000).fit(X[rest[:n]], y[rest[:n]])
                scores.append(float(model.score(X[test], y[test])))
    assert 0.34 < np.mean(right[20]) < 0.6
    assert 0.78 < np.mean(right[300]) < 0.92


def test_a_set_for_labelling_can_be_had_without_its_answers():
    demo = next(demo for demo in demo_sets() if demo.key == "tickets")
    known, to_label = load_demo("tickets"), load_demo("tickets", with_answers=False)
    assert set(demo.answers) == set(known.text["Team"])
    for part in (to_label.frame, to_label.text):
        assert list(part.columns) == [name for name in known.columns if name != "Team"]
    assert to_label.n_rows == known.n_rows
