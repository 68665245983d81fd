"""Answers: one spelling each, and columns that cannot be answers refused in words."""

from __future__ import annotations

import pandas as pd
import pytest

from al_core.errors import LabelError, TableError
from al_core.tables import (
    Table,
    check_answers,
    clean_labels,
    flag_leaks,
    guess_roles,
    label_candidates,
    read_classes,
    read_table,
)
from tests.shared_data import shared_data


def table_of(**columns: list[object]) -> Table:
    return read_table(pd.DataFrame(columns).to_csv(index=False).encode(), header=1)


def test_case_and_spaces_make_no_new_answer() -> None:
    found = clean_labels(pd.Series(["yes", "Yes", " yes ", "YES\xa0", "no", "no\u200b"]))
    assert found.classes == ["yes", "no"]
    assert found.merges == {"yes": ["Yes", " yes ", "YES\xa0"], "no": ["no\u200b"]}


def test_one_and_one_point_nought_are_one_answer() -> None:
    assert clean_labels(pd.Series(["1", "1.0", "0", "0.0"])).classes == ["0", "1"]
    assert clean_labels(pd.Series([1.0, 0.0, None])).classes == ["0", "1"]


def test_blank_and_words_for_missing_are_unlabelled() -> None:
    found = clean_labels(pd.Series(["a", "", "?", "n/a", "NaN", " ", None, "b"]))
    assert (found.unlabelled, found.n_classes) == (6, 2)
    assert found.values.tolist()[:2] == ["a", None]


def test_an_answer_with_one_row_is_said() -> None:
    assert clean_labels(pd.Series(["a", "a", "b"])).rare == ["b"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([f"{i / 7:.3f}" for i in range(60)], "60 different numbers"),
        (list(range(60)), "60 different numbers"),
        ([f"name {i}" for i in range(40)], "different in every row"),
        ([f"name {i // 2 if i < 20 else i}" for i in range(60)], "almost every row"),
        (["a;b", "a", "b", "b;c", "c", "a;c"] * 5, "several answers in one cell"),
        ([f"2024-01-{i % 9 + 1:02d}" for i in range(40)], "dates"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(values: list[object], words: str) -> None:
    with pytest.raises(LabelError, match=words):
        check_answers(table_of(x=[1] * len(values), label=values), "label")


def test_commas_inside_answers_are_no_list() -> None:
    values = ["Sales, north", "Sales, south", "Other"] * 10
    assert check_answers(table_of(x=[1] * 30, label=values), "label").n_classes == 3


def test_a_column_that_is_not_there_is_said() -> None:
    with pytest.raises(TableError, match='no column "z"'):
        check_answers(table_of(x=[1, 2], label=["a", "b"]), "z")


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("yes\nno", ["yes", "no"]),
        ("Billing / Delivery / Technical / Other", ["Billing", "Delivery", "Technical", "Other"]),
        ("a\tb\tc", ["a", "b", "c"]),
        ("a, b,c", ["a", "b", "c"]),
        ("first answer, with comma\nsecond", ["first answer, with comma", "second"]),
        ("Billing / Payments, and/or", ["Billing / Payments", "and/or"]),
        ("Billing / Payments; and/or", ["Billing / Payments", "and/or"]),
        ("Billing / Payments\tand/or", ["Billing / Payments", "and/or"]),
        ("Billing / Payments\nand/or", ["Billing / Payments", "and/or"]),
        ("Sales, north; Sales, south", ["Sales, north", "Sales, south"]),
        ("yes/no", ["yes", "no"]),
    ],
)
def test_answers_are_read_as_typed_or_pasted(text: str, classes: list[str]) -> None:
    assert read_classes(text) == classes


def test_no_answers_and_an_answer_given_twice_are_refused() -> None:
    with pytest.raises(LabelError, match="no answers yet"):
        read_classes(" \n ")
    with pytest.raises(LabelError, match='"Yes" is there twice'):
        read_classes("yes\nno\nYes")


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("telco_churn.csv", "Churn"),
        ("titanic.csv", "Survived"),
        ("penguins.csv", "species"),
        ("bank_additional_semicolon.csv", "y"),
        ("sms_spam.csv", "label"),
        ("sentiment_sentences.csv", "sentiment"),
        ("pendigits.csv", "digit"),
        ("wine_quality_red.csv", "quality"),
        ("german_credit_words.csv", "credit_risk"),
        ("adult_6k.csv", "income"),
    ],
)
def test_the_answer_column_of_real_files_comes_first(file: str, column: str) -> None:
    table = read_table(shared_data(f"csv/{file}"))
    assert label_candidates(table)[0].column == column
    roles = flag_leaks(table, guess_roles(table), column)
    assert not [name for name, role in roles.items() if "leak" in role.flags]


def test_a_column_answered_for_some_rows_only_comes_before_a_full_one_in_the_last_place() -> None:
    half = ["a", "b"] * 10 + [""] * 40
    table = table_of(survived=half, amount=list(range(60)), port=["S", "C", "Q"] * 20)
    assert [c.column for c in label_candidates(table)] == ["survived", "port"]


def test_an_empty_column_named_like_an_answer_waits_for_answers_and_comes_first() -> None:
    table = table_of(channel=["web", "phone", "shop"] * 20, topic=[""] * 60, days=list(range(60)))
    assert [c.column for c in label_candidates(table)] == ["topic", "channel"]


TWEETS = [f"@user{i} {'good' if i % 2 else 'bad'} thing, number {i * 7 % 11}" for i in range(60)]
FEW = [i % 8 for i in range(60)]
WORDS = ["web", "iPhone", "Android"] * 20


@pytest.mark.parametrize(
    "columns",
    [
        {"tweet": TWEETS, "size": FEW},
        {"tweet": TWEETS, "retweets": [i % 4 for i in range(60)]},
        {"tweet": TWEETS, "team_size": FEW},
        {"tweet": TWEETS, "prototypes": FEW},
        {"tweet": TWEETS, "response_days": FEW},
        {"tweet": TWEETS, "hours": [i % 8 / 2 for i in range(60)]},
        {"tweet": TWEETS, "children": ["", *FEW[1:40], *[""] * 20]},
        {"source": WORDS, "tweet": TWEETS},
        {"tweet": TWEETS, "source": WORDS},
        {"tweet": TWEETS, "status": ["sent", "seen"] * 30, "likes": FEW},
        {"a": ["yes", "no"] * 30, "tweet": TWEETS, "b": ["no", "yes", "yes"] * 20},
    ],
    ids=" ".join,
)
def test_a_place_alone_makes_no_answer_of_a_column(columns: dict[str, list[object]]) -> None:
    assert not label_candidates(table_of(**columns))


@pytest.mark.parametrize(
    ("columns", "answer"),
    [
        ({"tweet": TWEETS, "retweeted": [0, 1] * 30}, "retweeted"),
        ({"tweet": TWEETS, "aktiv": ["wahr", "falsch"] * 30}, "aktiv"),
        ({"a": range(60), "b": range(0, 120, 2), "c": range(0, 180, 3), "sort": WORDS}, "sort"),
        ({"tweet": TWEETS, "mine": ["web", "shop"] * 5 + [""] * 50}, "mine"),
        ({"status": ["sent", "seen"] * 30, "tweet": TWEETS}, "status"),
        ({"tweet": TWEETS, "team": WORDS, "likes": FEW}, "team"),
        ({"tweet": TWEETS, "rating": [1 + i % 5 for i in range(60)]}, "rating"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_column_with_more_to_say_for_it_than_its_place_is_proposed(
    columns: dict[str, list[object]], answer: str
) -> None:
    assert label_candidates(table_of(**columns))[0].column == answer


def test_a_column_with_one_answer_in_every_row_is_no_candidate_whatever_its_name() -> None:
    table = table_of(x=list(range(40)), label=["n", "y"] * 20, Label=["z"] * 40)
    assert [c.column for c in label_candidates(table)] == ["label"]


def test_a_column_that_gives_the_answer_away_is_flagged_and_kept() -> None:
    label = ["a", "b", "b", "a"] * 25
    code = {"a": "1", "b": "2"}
    table = table_of(x=list(range(0, 300, 3)), twin=[code[v] for v in label], label=label)
    roles = flag_leaks(table, guess_roles(table), "label")
    assert "leak" in roles["twin"].flags
    assert "gives the answer away" in roles["twin"].reason
    assert roles["twin"].kind == guess_roles(table)["twin"].kind
    assert "leak" not in roles["x"].flags


def test_answers_are_kept_apart_by_choice_but_for_blanks_nobody_sees() -> None:
    answers = pd.Series(["yes", "Yes", " yes ", "1", "1.0", "n/a"])
    assert clean_labels(answers, keep_apart=True).classes == ["yes", "1", "1.0", "Yes"]
    some = clean_labels(answers, keep_apart=["YES"])
    assert sorted(some.classes) == ["1", "Yes", "yes"]
    assert some.merges == {"yes": [" yes "], "1": ["1.0"]}


def test_an_answer_of_more_than_five_hundred_characters_is_none() -> None:
    table = table_of(a=["x" * 501, "no"] * 12, b=["x" * 500, "no"] * 12, n=list(range(24)))
    with pytest.raises(LabelError, match="501 characters; an answer has at most 500"):
        check_answers(table, "a")
    assert check_answers(table, "b").n_classes == 2
    assert "a" not in [candidate.column for candidate in label_candidates(table)]
    with pytest.raises(LabelError, match="has 600 characters; at most 500"):
        read_classes("short\n" + "y" * 600)
