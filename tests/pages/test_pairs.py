"""Two people in one project, as one sees it: a row asked of both, and how far they agree."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project, Question
from pages.components.shell.text import plain
from tests.core.test_projects_pairs import ANNA, BEN, OTHER, label_in_turns, of_two, opened, press
from tests.pages.one_page import ROOT, keys, words
from tests.projects_cases import truth_of

_PAGE = """
import runpy
from pathlib import Path
from al_core.projects import Project
from pages.components.shell import state
state.put("_framed", True)
if state.get("opened") is None:
    state.put("opened", True)
    state.keep_project(Project.open(Path({folder!r}), background=False, person={person!r}))
runpy.run_path({path!r})
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))


def page_of(folder: Path, person: str, page: str = "label") -> AppTest:
    """A page on the project, opened by that login."""
    path = str(ROOT / "pages" / f"{page}.py")
    app = AppTest.from_string(
        _PAGE.format(folder=str(folder / "p"), person=person, path=path), default_timeout=120
    )
    app.user = {"is_logged_in": True, "email": person}
    app.run()
    assert not app.exception
    return app


def before_a_shared_row(folder: Path) -> tuple[Project, Question]:
    """Anna has labelled; Ben's next row is one of hers, and stands on no screen."""
    anna, ben = of_two(folder / "p")
    label_in_turns([anna], 60)
    while (question := ben.ask()[0]).purpose != "shared":
        press(ben, question)
    ben.close()
    return anna, question


def on_the_row(app: AppTest) -> str:
    return next(text.value for text in app.text if text.value.isdigit())


def button(app: AppTest, words: str):
    return next(b for b in app.button if words in b.label)


def cards(app: AppTest) -> str:
    return "\n".join(piece.value for piece in app.get("html"))


def test_a_row_asked_of_both_says_so_and_gives_no_answer_away(tmp_path: Path) -> None:
    anna, question = before_a_shared_row(tmp_path)
    anna.change(show_guess=True)
    anna.add_note(question.row, "clearly so")
    said = str(anna.label_of(question.row))
    app = page_of(tmp_path, BEN)
    assert on_the_row(app) == str(question.row)
    assert "Asked of somebody else too" in cards(app)
    assert "Guess kept back: this row measures the app." in cards(app)
    assert "answered in another tab" not in words(app)
    app.session_state["desk_panel"] = "why"
    app.run()
    assert "a row that they have answered" in words(app)
    assert "The app's guess now" not in words(app)
    button(app, "Note").click().run()
    assert [area.value for area in app.text_area] == [""]
    button(app, f"] {OTHER[said]} ").click().run()
    assert not app.exception
    assert "has an answer of yours too. Its label stays." in words(app)
    assert " before" not in "".join(line.value for line in app.info)
    assert anna.label_of(question.row) == said
    assert anna.agreement_between()[0].differing == (question.row,)
    button(app, "Undo").click().run()
    assert on_the_row(app) == str(question.row)
    assert anna.agreement_between()[0].n == 0


def test_skip_and_cant_tell_leave_the_label_alone(tmp_path: Path) -> None:
    anna, question = before_a_shared_row(tmp_path)
    said = anna.label_of(question.row)
    app = page_of(tmp_path, BEN)
    button(app, "Skip for now").click().run()
    assert any("nothing changed" in line.value for line in app.warning)
    assert on_the_row(app) != str(question.row)
    assert anna.label_of(question.row) == said
    app = page_of(tmp_path, BEN)
    for _ in range(12):
        if "Asked of somebody else too" in cards(app):
            break
        button(app, "] yes ").click().run()
    row = int(on_the_row(app))
    before = anna.label_of(row)
    button(app, "Can't tell").click().run()
    assert anna.label_of(row) == before
    assert anna.agreement_between()[0].differing == (row,)


def test_several_at_once_keep_a_shared_rows_label_too(tmp_path: Path) -> None:
    anna, _ = before_a_shared_row(tmp_path)
    labels = anna.labels().set_index("row")["label"]
    app = page_of(tmp_path, BEN)
    app.session_state["desk_several"] = 9
    app.run()
    assert "Asked of somebody else too" in words(app)
    for one in [b for b in app.button if b.label == "No answer yet"]:
        app.button(key=one.key).click().run()
    button(app, "Save ").click().run()
    assert not app.exception
    now = anna.labels().set_index("row")["label"]
    assert now[labels.index].equals(labels)
    assert anna.agreement_between()[0].n >= 1


def test_finish_says_how_far_two_people_agree_with_a_way_to_the_rows_that_differ(
    tmp_path: Path,
) -> None:
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna], 60)
    app = page_of(tmp_path, BEN, "export")
    app.session_state["doubtful"] = True
    app.run()
    assert "agree with each other" not in words(app)
    rows: list[int] = []
    while len(rows) < 3:
        (question,) = ben.ask()
        press(ben, question, other=question.purpose == "shared" and bool(rows))
        rows += [question.row] if question.purpose == "shared" else []
    app.run()
    assert "How far do you agree with each other?" in words(app)
    told = "\n".join(one.value for one in app.markdown)
    assert plain(f"You and {ANNA} were both asked 3 rows so far.") in told
    assert "72 answered by several people" in words(app)
    assert app.get_by_key("look_between").label == "Look at 2 rows on which two people differ"
    (table,) = [one.value for one in app.dataframe]
    assert table["Who"].tolist() == [ANNA, ANNA]
    assert table["Who else"].tolist() == [BEN, BEN]
    assert table["Other answer"].tolist() == [OTHER[said] for said in table["Answer"]]
    for row in rows[1:]:
        anna.label(row, truth_of(anna.row_values(row)["x"]), purpose="chosen")
    app.run()
    assert "look_between" not in keys(app)


def test_history_says_who_answered(tmp_path: Path) -> None:
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna, ben], 6)
    app = page_of(tmp_path, BEN)
    app.session_state["desk_panel"] = "history"
    app.run()
    assert not app.exception
    (table,) = app.dataframe
    assert set(table.value["By"]) >= {ANNA, BEN}
    with opened(tmp_path / "p", "") as project:
        assert {item.by for item in project.history()} >= {ANNA, BEN}
