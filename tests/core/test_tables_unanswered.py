"""Words that may say "nobody has answered yet" are found, and count as the person says."""

from __future__ import annotations

from pathlib import Path

import pytest

from al_core.projects import Project
from al_core.tables import (
    Doubt,
    Table,
    check_answers,
    doubtful_answers,
    guess_roles,
    label_role,
    read_table,
    words_not_answered,
)

TEXTS = [f"parcel {i} came late and was {'wet' if i % 3 else 'dry'}" for i in range(30)]


def answered(*cells: str) -> Table:
    """A table whose answers are these, over and over."""
    rows = [f"{text},{cells[i % len(cells)]}" for i, text in enumerate(TEXTS)]
    return read_table("\n".join(["note,answer", *rows]).encode())


def asked(*cells: str) -> list[str]:
    """The words that nobody but the person can tell."""
    return [doubt.word for doubt in doubtful_answers(answered(*cells), "answer") if doubt.must_ask]


@pytest.mark.parametrize(
    "word",
    [
        "TODO", "to do", "pending", "Pending", "not labelled", "Not Labeled", "unlabeled",
        "unlabelled", "unannotated", "[]", "{}", "tbd", "skipped", "to be labelled", "Unassigned",
        "offen", "not yet annotated",
    ],
)  # fmt: skip
def test_words_for_not_yet_are_asked_about(word: str) -> None:
    assert asked("yes", "no", word) == [word]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("0", "1", "-1"), ["-1"]),
        (("0", "1", "2", "-1"), ["-1"]),
        (("spam", "ham", "-1"), ["-1"]),
        (("1", "2", "-99"), ["-99"]),
        (("1", "-1"), []),
        (("1", "0", "-1", "-2"), []),
        (("0", "1"), []),
        (("yes", "no", "maybe"), []),
        (("none", "unknown", "other"), []),
        (("high", "low", "open"), []),
    ],
)
def test_a_number_below_zero_is_asked_about_beside_counts_and_words(
    cells: tuple[str, ...], words: list[str]
) -> None:
    assert asked(*cells) == words


def test_a_word_is_counted_over_its_spellings_and_words_for_missing_are_told_beside() -> None:
    table = answered("yes", "no", "pending", "Pending", "pending", "n/a")
    assert doubtful_answers(table, "answer") == [
        Doubt("pending", 15, True),
        Doubt("n/a", 5, False),
    ]


@pytest.mark.parametrize(
    ("said", "classes", "unlabelled"),
    [
        ({}, ["no", "pending", "yes"], 0),
        ({"Pending": True}, ["no", "yes"], 10),
        ({"pending": False}, ["no", "pending", "yes"], 0),
    ],
)
def test_a_word_counts_as_the_person_says(
    said: dict[str, bool], classes: list[str], unlabelled: int
) -> None:
    found = check_answers(answered("yes", "no", "pending"), "answer", not_answered=said)
    assert (sorted(found.classes), found.unlabelled) == (classes, unlabelled)


def test_a_word_for_missing_is_an_answer_where_the_person_says_so() -> None:
    table = answered("yes", "no", "N/A")
    assert check_answers(table, "answer").unlabelled == 10
    found = check_answers(table, "answer", not_answered={"N/A": False})
    assert (sorted(found.classes), found.unlabelled) == (["N/A", "no", "yes"], 0)


def test_what_was_said_is_part_of_the_project_and_stays_when_it_is_opened_again(
    tmp_path: Path,
) -> None:
    table = answered("yes", "no", "-1")
    role = label_role("the answer", not_answered={"-1": True})
    roles = {**guess_roles(table), "answer": role}
    with Project.create(tmp_path / "p", table, roles, background=False) as project:
        assert (project.kind, project.classes) == ("live", ["no", "yes"])
        assert project.counts().file_labels == 20
    with Project.open(tmp_path / "p", background=False) as project:
        assert words_not_answered(project.roles["answer"]) == {"-1": True}
        assert project.counts().file_labels == 20
        assert "Counted as not answered" in project.report_bytes().decode()


def test_what_databases_write_for_no_value_is_blank_in_text_and_stays_as_it_stood() -> None:
    rows = [f"{i},{text if i % 4 else chr(92) + 'N'}" for i, text in enumerate(TEXTS)]
    table = read_table("\n".join(["id,note", *rows]).encode())
    assert table.frame["note"].isna().sum() == 8
    assert table.text["note"][0] == r"\N"
    assert any("note" in notice and r"\N" in notice for notice in table.notices)
    assert guess_roles(table)["note"].kind == "text"


def test_a_backslash_and_n_within_a_text_is_text() -> None:
    table = answered("yes", "no", r"\Note")
    assert table.frame["answer"].notna().all()
