"""Seeking a rare answer: which rows come, until when, and what stays as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from al_core.errors import LabelError, PoolError, ProjectError
from al_core.learning.querying.seeking import SOUGHT
from al_core.projects import Project, Question, ScoreNow, score_beside_rival
from al_core.projects.starting.check_rows import is_check_turn
from al_core.tables import Role, read_table

RARE = 40  # of N rows; each of them holds one of two words


def letters(n: int = 600, rare: int = RARE, seed: int = 0, lift: float = 1.5) -> Any:
    """Messages of which a few are offers; half of these say so in one language, half in another."""
    rng = np.random.default_rng(seed)
    words = ["parcel", "invoice", "late", "thanks", "hello", "broken", "colour", "where"]
    offers = set(rng.choice(n, rare, replace=False).tolist())
    lines = ["text,size,age"]
    for row in range(n):
        said = " ".join(rng.choice(words, 6))
        if row in offers:
            said += " GEWINN jetzt" if row % 2 else " Приз сейчас"
        size = rng.normal() + lift * (row in offers)
        lines.append(f"{said} {row},{size:.3f},{rng.normal():.3f}")
    return read_table("\n".join(lines).encode(), name="letters.csv")


# Words are looked for in what is seen; numbers alone are learned from, for speed.
ROLES = {
    "text": Role("ignored", ""),
    "size": Role("number", ""),
    "age": Role("number", ""),
}


def truth(question: Question) -> str:
    text = question.values["text"]
    return "offer" if "GEWINN" in text or "Приз" in text else "other"


def desk(folder: Path, **settings: Any) -> Project:
    given = {
        "classes": ["offer", "other"], "model": "logistic_regression", "read_meaning": False,
        **settings,
    }  # fmt: skip
    return Project.create(folder, letters(), ROLES, given, background=False)


def answer(project: Project, n: int) -> list[Question]:
    asked = []
    for _ in range(n):
        [question] = project.ask()
        project.label(question.row, truth(question), token=question.token)
        asked.append(question)
    return asked


def found(project: Project) -> int:
    return project.counts().per_class["offer"]


def test_words_lead_to_the_rows_that_hold_them_whatever_their_case(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project:
        plan = project.plan_seeking("offer", [" gewinn ", "ПРИЗ", ""])
        free = RARE - sum(truth_at(project, row) == "offer" for row in project.check_rows.tolist())
        assert (plan.possible, plan.hinted, plan.words) == (True, free, ("gewinn", "ПРИЗ"))
        project.start_seeking("offer", ["gewinn", "ПРИЗ"])
        asked = [q for q in answer(project, 12) if q.purpose != "check"]
        assert sum(truth(q) == "offer" for q in asked) >= 3
        assert any("holds words that you gave" in q.why for q in asked)


def test_rows_that_hold_the_words_are_counted_in_the_file_and_among_those_that_may_come(
    tmp_path: Path,
) -> None:
    with desk(tmp_path / "p") as project:
        words = ["gewinn", "приз"]
        held = {row for word in words for row in project.find(word, limit=1000)}
        checks = len(held & {*project.check_rows.tolist()})
        assert checks
        plan = project.plan_seeking("offer", words)
        assert f"{len(held)} rows of the file hold your words: {len(held) - checks} may" in (
            plan.sentence
        )


def test_a_row_says_whether_it_is_likely_or_one_the_model_is_torn_about(tmp_path: Path) -> None:
    with desk(tmp_path / "p", check_first=0, check_every=1000) as project:
        project.start_seeking("offer", ["gewinn", "приз"])
        standing = project.seeking()
        assert standing is not None
        assert standing.mix.startswith("Until the app has learned one: rows with your words")
        why = {question.why.split(", of ")[0] for question in answer(project, 24)}
        assert {
            "offer is sought: one of the rows likeliest to be it",
            "offer is sought: a row that may just be it or just not be, which teaches most",
            "offer is sought: this row holds words that you gave, the likeliest first.",
        } <= why
        standing = project.seeking()
        assert standing is not None
        assert standing.mix == "The rows likeliest to be it come first: enough is known of both."


def truth_at(project: Project, row: int) -> str:
    text = project.row_values(row)["text"]
    return "offer" if "GEWINN" in text or "Приз" in text else "other"


def test_with_words_rare_rows_are_found_that_the_model_could_not_tell(tmp_path: Path) -> None:
    found_by = []
    for words in (["gewinn", "приз"], None):
        table = letters(rare=18, lift=0.0)  # the columns that are learned from say nothing
        settings = {"classes": ["offer", "other"], "model": "logistic_regression"}
        folder = tmp_path / str(words)
        with Project.create(folder, table, ROLES, settings, background=False) as project:
            if words:
                project.start_seeking("offer", words)
            answer(project, 30)
            found_by.append(found(project))
    assert found_by[0] >= found_by[1] + 4


def test_seeking_stops_by_itself_once_twenty_are_found(tmp_path: Path) -> None:
    with desk(tmp_path / "p", check_first=0, check_every=1000) as project:
        project.start_seeking("offer", ["gewinn", "приз"])
        while found(project) < SOUGHT:
            standing = project.seeking()
            assert standing is not None
            assert (standing.found, standing.wanted, standing.done) == (found(project), 20, False)
            answer(project, 1)
        after = project.seeking()
        assert after is not None
        assert after.done
        [question] = project.ask()
        assert "sought" not in question.why
        project.undo()  # one is missing again, so it goes on
        assert project.seeking() is not None
        assert not project.seeking().done  # type: ignore[union-attr]


def test_stopping_by_hand_brings_back_the_rows_that_the_app_chooses(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project, desk(tmp_path / "q") as usual:
        for one in (project, usual):
            answer(one, 30)
        project.start_seeking("offer")
        assert project.stop_seeking()
        assert not project.stop_seeking()
        assert project.seeking() is None
        assert [q.row for q in project.ask(3)] == [q.row for q in usual.ask(3)]


def test_rows_asked_ahead_give_way_but_for_the_one_that_is_read(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project:
        before = project.ask(6)
        project.start_seeking("offer", ["gewinn"])
        after = project.ask(6)
        assert after[0] == before[0]
        assert [q.row for q in after] != [q.row for q in before]
        assert any("words that you gave" in q.why for q in after[1:])


def test_check_rows_keep_their_turns_and_are_never_sought(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project, desk(tmp_path / "q") as usual:
        project.start_seeking("offer", ["gewinn", "приз"])
        asked, as_usual = answer(project, 60), answer(usual, 60)
        turns = [q.purpose == "check" for q in asked]
        assert turns == [q.purpose == "check" for q in as_usual]
        checks = [q.row for q in asked if q.purpose == "check"]
        assert checks == project.check_rows[: len(checks)].tolist()
        assert not {q.row for q in asked if q.purpose != "check"} & {*project.check_rows.tolist()}
        waiting = 0
        for number, is_check in enumerate(turns):
            assert is_check == is_check_turn(sum(turns[:number]), waiting, 12, 5)
            waiting = 0 if is_check else waiting + 1


def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project, desk(tmp_path / "q") as other:
        for one in (project, other):
            one.start_seeking("offer", ["gewinn"])
            answer(one, 25)
        standing, going_on = project.seeking(), [q.row for q in answer(other, 10)]
    with Project.open(tmp_path / "p", background=False) as again:
        assert again.seeking() == standing
        assert [q.row for q in answer(again, 10)] == going_on


def test_examples_get_the_answer_and_teach_it(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project:
        checks = {*project.check_rows.tolist()}
        rows = [r for r in range(600) if r not in checks and truth_at(project, r) == "offer"][:3]
        standing = project.start_seeking("offer", examples=rows)
        assert standing.found == 3
        assert [project.label_of(row) for row in rows] == ["offer"] * 3
        project.undo()
        assert found(project) == 0
        project.label(rows[0], "other")
        with pytest.raises(LabelError, match="is other already"):
            project.start_seeking("offer", examples=rows)
        with pytest.raises(PoolError, match="no row 9999"):
            project.start_seeking("offer", examples=[9999])


def test_what_cannot_be_sought_is_refused_in_words(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project:
        with pytest.raises(LabelError, match="There is no answer 'spam'"):
            project.start_seeking("spam")
        plan = project.plan_seeking("offer", ["zebra"])
        assert not plan.possible
        with pytest.raises(ProjectError, match='No row that can still be asked holds "zebra"'):
            project.start_seeking("offer", ["zebra"])
        with pytest.raises(ProjectError, match="Got 21 words"):
            project.start_seeking("offer", [f"word{i}" for i in range(21)])
        rows = [row for row in range(600) if truth_at(project, row) == "offer"][:SOUGHT]
        project.label_many(rows, "offer")
        with pytest.raises(ProjectError, match="20 rows are offer already"):
            project.start_seeking("offer")
        assert project.seeking() is None


def test_what_the_rest_would_take_is_said_from_random_rows_alone(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project:
        assert project.plan_seeking("offer").rest == ""
        checks = [r for r in project.check_rows.tolist() if truth_at(project, r) == "other"]
        order = project.check_rows.tolist()
        n = next(place for place, row in enumerate(order) if row not in checks)
        for row in order[:n]:
            project.label(row, "other")
        plan = project.plan_seeking("offer")
        assert plan.rest.startswith(f"0 of {n} random rows are offer: up to ")
        share = 1 - 0.05 ** (1 / n)
        assert f"At most {int(600 * share)} of the {600 - n:,} left" in plan.rest


def test_an_answer_under_five_in_a_hundred_is_proposed_until_it_was_sought(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project:
        assert project.propose_seeking() is None
        for row in project.check_rows.tolist()[:45]:
            project.label(row, truth_at(project, row))
        share = project.labels()["label"].eq("offer").mean()
        assert share < 0.2
        for row in project.check_rows.tolist()[:45]:
            project.label(row, "other")
        assert project.propose_seeking() == "offer"
        project.start_seeking("offer")
        project.stop_seeking()
        assert project.propose_seeking() is None


def test_a_renamed_answer_is_sought_under_its_new_name(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project:
        project.start_seeking("offer", ["gewinn"])
        project.rename_class("offer", "advert")
        standing = project.seeking()
        assert standing is not None
        assert standing.answer == "advert"
        [told] = [one for one in project.history() if one.what == "seeking begun"]
        assert (told.label, told.note) == ("advert", "gewinn")


def test_the_screen_gets_rows_of_the_new_kind_once_the_model_seeks_as_well(tmp_path: Path) -> None:
    settings = {
        "classes": ["offer", "other"], "model": "logistic_regression", "read_meaning": False,
    }  # fmt: skip
    with Project.create(tmp_path / "p", letters(), ROLES, settings) as project:
        answer(project, 40)
        offers = [row for row in range(600) if truth_at(project, row) == "offer"]
        checks = {*project.check_rows.tolist()}
        project.label_many([row for row in offers if row not in checks][:2], "offer")
        assert project.wait(60)
        project.ask(5)
        project.start_seeking("offer")
        project.ask(5)
        assert project.wait(60)
        project.choose_again(keep=1)
        later = project.ask(5)[1:]
        assert all("offer is sought" in q.why for q in later if q.purpose == "learn")
        assert any(q.purpose == "learn" for q in later)
        assert not project.choose_again(keep=1)


def test_the_report_says_what_was_sought_by_what_and_how_far_it_came(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as project:
        assert "sought" not in project.report_bytes().decode()
        checks = {*project.check_rows.tolist()}
        rows = [r for r in range(600) if r not in checks and truth_at(project, r) == "offer"][:2]
        project.start_seeking("offer", ["gewinn", "<b>"], rows)
        answer(project, 15)
        project.stop_seeking()
        answer(project, 3)
        said = project.report_bytes().decode()
        assert "## What was sought" in said
        assert r"offer was sought by the words gewinn, \<b\> and 2 examples" in said
        assert f"Found so far: {found(project)} rows, after 15 questions" in said
        assert "random rows" in said.split("## What was sought")[1]
        assert "nobody has checked" in said
        page = project.report_page().decode()
        assert "<h2>What was sought</h2>" in page
        assert "&lt;b&gt;" in page


def test_the_plainest_rival_stands_beside_a_score_whose_range_holds_it() -> None:
    score = ScoreNow(1.0, 0.85, 1.0, 20, 0, "", True, 0, rival=0.95, rival_name="ham")
    assert score_beside_rival(score).endswith("(85 to 100). Always \u201cham\u201d: 95.")
    assert "Always" not in score_beside_rival(replace(score, rival=0.5))
    at_the_end = replace(score, rival=1.0, high=1.0 - 1e-12)
    assert score_beside_rival(at_the_end).endswith("Always \u201cham\u201d: 100.")
