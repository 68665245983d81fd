"""Guesses from elsewhere on the pages: said on Data, told on Progress, used on Finish."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project, beside_app, list_projects
from al_core.tables import guess_role, guess_roles, is_to_check, label_candidates, read_table
from pages.components.data.columns.roles import refuse_guesses, roles_now, word_of
from pages.components.data.draft import GUESSES, Draft
from tests.core.test_projects_guesses import guessed, started
from tests.pages.one_page import keys, page_alone, words
from tests.projects_cases import FEATURES, answer, live

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))


def file_of(column: str, odd: str = "", answers: int = 0, n: int = 60) -> bytes:
    """A file with guesses in every row (``odd`` in one of them), and answers in some."""
    lines = []
    for row in range(n):
        guess = odd if odd and row == 7 else ("ham", "spam")[row % 3 == 0]
        mine = ("ham", "spam")[row % 2] if row < answers else ""
        lines.append(f"message {row * 37 % 101} of this,{row * 7 % 13},{guess},{mine}")
    return (f"text,size,{column},mine\n" + "\n".join(lines)).encode()


def dropped(data: bytes) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.file_uploader(key="upload").upload("guessed.csv", data).run()
    assert not app.exception
    return app


def begun(app: AppTest, tmp_path: Path) -> Project:
    app.button(key="start").click().run()
    assert not app.exception
    [info] = list_projects(tmp_path)
    return Project.open(info.folder, background=False)


def test_a_column_named_like_guesses_is_proposed_as_such_and_starts_a_question_of_its_answers(
    tmp_path: Path,
) -> None:
    app = dropped(file_of("gpt_guess"))
    app.selectbox(key="label_column").set_value("gpt_guess").run()
    assert app.radio(key="guesses").value is True
    assert "60 of 60 rows have a guess." in words(app)
    assert "gpt_guess (guesses, to be checked)" in words(app)
    assert app.button(key="start").label == "Start labelling"
    with begun(app, tmp_path) as project:
        assert project.kind == "live"
        assert project.classes == ["ham", "spam"]
        assert project.data.guess_columns == ["gpt_guess"]
        assert project.counts().labelled == 0
        assert "gpt_guess" not in project.ask()[0].values


def test_any_column_may_be_said_to_hold_guesses_and_answers_again(tmp_path: Path) -> None:
    app = dropped(file_of("team"))
    app.selectbox(key="label_column").set_value("team").run()
    assert app.radio(key="guesses").value is False
    assert app.button(key="start").label == "Start rehearsal"
    app.radio(key="guesses").set_value(True).run()
    assert app.button(key="start").label == "Start labelling"
    app.radio(key="guesses").set_value(False).run()
    assert app.button(key="start").label == "Start rehearsal"
    app.radio(key="guesses").set_value(True).run()
    with begun(app, tmp_path) as project:
        assert project.data.guess_columns == ["team"]


def test_a_value_that_is_none_of_the_answers_is_told_before_the_start(tmp_path: Path) -> None:
    app = dropped(file_of("gpt_guess", odd="can't *say*"))
    app.selectbox(key="label_column").set_value("gpt_guess").run()
    told = "gpt_guess says in 1 row what is none of your answers: \u201ccan't *say*\u201d 1."
    assert f"{told} That counts as wrong." in words(app)
    assert "1 column of guesses and records is not shown before you answer." in words(app)
    with begun(app, tmp_path) as project:
        assert project.classes == ["ham", "spam"]


def test_beside_a_column_of_answers_the_guesses_are_checked_too(tmp_path: Path) -> None:
    app = dropped(file_of("gpt_guess", odd="unsure", answers=20))
    app.selectbox(key="label_column").set_value("mine").run()
    assert app.radio(key="guesses").value is False
    assert "20 of 60 rows have an answer already." in words(app)
    assert "gpt_guess says in 1 row what is none of your answers: \u201cunsure\u201d 1." in words(
        app
    )
    with begun(app, tmp_path) as project:
        assert project.data.guess_columns == ["gpt_guess"]
        assert project.counts().file_labels == 20


def test_the_rows_on_the_first_page_do_not_show_the_guesses(tmp_path: Path) -> None:
    app = dropped(file_of("gpt_guess"))
    app.selectbox(key="label_column").set_value("gpt_guess").run()
    assert "gpt_guess" not in app.dataframe[0].value.columns
    app.radio(key="guesses").set_value(False).run()
    assert "gpt_guess" in app.dataframe[0].value.columns


def test_the_list_of_columns_makes_any_column_guesses_and_takes_a_proposal_back() -> None:
    table = read_table(file_of("gpt_guess", answers=20), name="guessed.csv")
    draft = Draft(table, guess_roles(table), label_candidates(table))
    assert is_to_check(roles_now(draft, "mine")["gpt_guess"])
    draft.used_as = {"gpt_guess": "category", "size": GUESSES}
    roles = roles_now(draft, "mine")
    assert (roles["gpt_guess"].kind, is_to_check(roles["gpt_guess"])) == ("category", False)
    assert is_to_check(roles["size"])
    assert word_of(roles["size"]) == "guesses, to be checked"
    assert not is_to_check(roles_now(draft, "size")["size"])  # it is the answer then
    assert "different in every row" in refuse_guesses(draft, ["text"])
    assert refuse_guesses(draft, ["size"]) == ""


def ready(folder: Path, labels: int = 60, **cells: str) -> None:
    with started(folder / "p", guessed(400, **cells)) as project:
        answer(project, labels)


def test_progress_says_side_by_side_how_often_their_guesses_are_right(tmp_path: Path) -> None:
    ready(tmp_path, row_3="maybe")
    app = page_alone("curves")
    with Project.open(tmp_path / "p", background=False) as project:
        first, second = project.guess_scores()
    said = words(app).replace("*", "")
    assert f"Guesses that are right: gpt_guess {first.words} · second {second.words}" in said
    assert "answered without seeing them" in said
    assert "Finish says where they and the app differ." in said
    assert "gpt_guess says in 1 row what is none of your answers: \u201cmaybe\u201d 1." in said


def test_progress_says_nothing_of_guesses_before_the_first_score_nor_where_there_are_none(
    tmp_path: Path,
) -> None:
    ready(tmp_path, labels=6)
    said = words(page_alone("curves"))
    assert "Guesses that are right" not in said
    assert "The guesses in" not in said


def test_one_column_of_guesses_is_told_in_one_sentence(tmp_path: Path) -> None:
    roles = {**FEATURES, "gpt_guess": guess_role()}
    with started(tmp_path / "p", guessed(400), roles) as project:
        answer(project, 60)
        (one,) = project.guess_scores()
    said = words(page_alone("curves")).replace("*", "")
    assert f"The guesses in gpt_guess are right {one.words}" in said


def unfolded(app: AppTest) -> AppTest:
    app.session_state["filling"] = True
    app.run()
    assert not app.exception
    return app


def test_finish_says_where_they_agree_and_sends_the_others_to_the_desk_blind(
    tmp_path: Path,
) -> None:
    ready(tmp_path)
    app = unfolded(page_alone("export"))
    with Project.open(tmp_path / "p", background=False) as project:
        found = project.beside_guesses("gpt_guess")
        alone = next(one.alone for one in project.guess_scores() if one.column == "gpt_guess")
    assert found is not None
    assert f"It says what the app says of {found.agree} rows" in words(app)
    assert alone is not None
    assert beside_app("gpt_guess", *alone) in words(app)
    app.get_by_key("look_disagreeing").click().run()
    waiting = app.session_state["desk_queue"]
    assert [one.row for one in waiting.rows] == list(found.differ)
    assert not any(one.guess for one in waiting.rows)


def test_finish_fills_in_only_where_they_agree_and_says_so(tmp_path: Path) -> None:
    ready(tmp_path)
    app = unfolded(page_alone("export"))
    app.get_by_key("only_agreeing_p").set_value(True).run()
    with Project.open(tmp_path / "p", background=False) as project:
        plan = project.plan_fill(agreeing_with="gpt_guess")
    assert f"The surest {plan.count} rows" in words(app).replace("*", "")
    app.get_by_key("fill").click().run()
    assert "gpt_guess says the same of them" in words(app)
    with Project.open(tmp_path / "p", background=False) as project:
        filled = project.filled()
        assert filled is not None
        assert (filled.count, filled.agreeing_with) == (plan.count, "gpt_guess")


def test_the_line_and_the_limit_stay_while_the_desk_was_looked_at(tmp_path: Path) -> None:
    ready(tmp_path)
    page = "'pages/' + st.session_state.get('shown', 'export') + '.py'"
    script = "import runpy, streamlit as st\nst.session_state['_framed'] = True\n"
    app = AppTest.from_string(script + f"runpy.run_path({page})", default_timeout=120)
    app.query_params["project"] = "p"
    app = unfolded(app.run())
    app.get_by_key("only_agreeing_p").set_value(True).run()
    app.selectbox(key="fill_limit").set_value(0.1).run()
    with Project.open(tmp_path / "p", background=False) as project:
        lowest = round(100 * project.plan_fill(agreeing_with="gpt_guess").lowest)
    app.slider(key="line").set_value(lowest + 3).run()
    app.session_state["shown"] = "label"
    app.run()
    assert "line" not in {one.key for one in app.slider}
    app.session_state["shown"] = "export"
    unfolded(app)
    assert app.slider(key="line").value == lowest + 3
    assert app.selectbox(key="fill_limit").value == 0.1
    app.run()
    assert app.slider(key="line").value == lowest + 3


def test_a_project_without_guesses_has_none_of_this_on_finish(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=300, check_every=2) as project:
        answer(project, 50)
    app = unfolded(page_alone("export"))
    assert "look_disagreeing" not in keys(app)
    assert not [one for one in app.toggle if (one.key or "").startswith("only_agreeing")]
