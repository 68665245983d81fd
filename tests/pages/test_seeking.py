"""Seeking a rare answer on the desk: the quiet way in, the bar, and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from al_core.tables import Role, read_table

ROOT = Path(__file__).resolve().parents[2]
LINES = "Message,Size\n" + "".join(
    f'"{"<b>Gewinn</b> für Sie" if i % 12 == 5 else "Where is my parcel"} {i}",{i}\n'
    for i in range(120)
)
ROLES = {"Message": Role("ignored", ""), "Size": Role("number", "")}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    settings = {"kind": "live", "classes": ("Ham", "*Spam*"), "model": "logistic_regression"}
    table = read_table(LINES.encode(), name="letters.csv")
    with Project.create(tmp_path / "letters", table, ROLES, settings, background=False) as made:
        made.label_many(made.check_rows.tolist()[:24], "Ham")
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.query_params["project"] = "letters"
    test.run()
    return test.switch_page("pages/label.py").run()


def words_on(test: AppTest) -> str:
    shown = (*test.markdown, *test.caption, *test.text, *test.warning, *test.info)
    return "\n".join(piece.value for piece in shown)


def keys_of(test: AppTest) -> list[str]:
    return [button.key or "" for button in test.button]


def test_a_rare_answer_is_proposed_in_one_line_and_sought_by_words(
    desk: AppTest, tmp_path: Path
) -> None:
    hint = desk.button(key="seek_hint_button")
    assert r"\*Spam\* is under 5 in 100" in hint.label
    hint.click().run()
    assert not desk.exception
    assert desk.selectbox(key="seek_answer").value is not None
    assert "0 of 24 random rows are" in words_on(desk)
    desk.text_input(key="seek_words").set_value("gewinn, zebra").run()
    assert "rows of the file hold your words" in words_on(desk)
    desk.button(key="seek_start").click().run()
    assert not desk.exception
    assert r"Seeking **\*Spam\***: 0 of 20 found" in words_on(desk)
    assert "seek_hint_button" not in keys_of(desk)
    assert "come first from the next row on" in words_on(desk)
    assert "rows with your words and rows unlike those seen so far" in words_on(desk)
    with Project.open(tmp_path / "letters", background=False) as project:
        seeking = project.seeking()
        assert seeking is not None
        assert (seeking.answer, seeking.words) == ("*Spam*", ("gewinn", "zebra"))


def test_words_that_no_row_holds_are_told_and_cannot_be_started_with(desk: AppTest) -> None:
    desk.session_state["desk_panel"] = "seek"
    desk.run()
    desk.text_input(key="seek_words").set_value("zebra").run()
    assert r"No row that can still be asked holds" in words_on(desk)
    assert desk.button(key="seek_start").disabled


def test_examples_are_labelled_and_a_number_that_is_no_row_is_said(
    desk: AppTest, tmp_path: Path
) -> None:
    desk.session_state["desk_panel"] = "seek"
    desk.run()
    index = desk.selectbox(key="seek_answer").options.index("*Spam*")
    desk.selectbox(key="seek_answer").select_index(index)
    desk.text_input(key="seek_examples").set_value("9999").run()
    desk.button(key="seek_start").click().run()
    assert "There is no row on line 9999" in words_on(desk)
    with Project.open(tmp_path / "letters", background=False) as project:
        assert project.seeking() is None
        tests = {*project.check_rows.tolist()}
        row = next(r for r in range(5, 120, 12) if r not in tests)
    desk.text_input(key="seek_examples").set_value(str(row + 2)).run()
    desk.button(key="seek_start").click().run()
    assert "1 of 20 found" in words_on(desk)
    with Project.open(tmp_path / "letters", background=False) as project:
        assert project.label_of(row) == "*Spam*"


def test_it_can_be_stopped_and_at_twenty_the_bar_leads_to_what_the_rest_takes(
    desk: AppTest, tmp_path: Path
) -> None:
    with Project.open(tmp_path / "letters", background=False) as project:
        project.start_seeking("*Spam*")
        tests = {*project.check_rows.tolist()}
        free = [row for row in range(120) if row not in tests][:20]
        project.label_many(free[:19], "*Spam*")
    desk.run()
    assert "19 of 20 found" in words_on(desk)
    with Project.open(tmp_path / "letters", background=False) as project:
        project.label_many(free[19:], "*Spam*")
    desk.run()
    assert r"**20 \*Spam\* found.** Rows come as usual again." in words_on(desk)
    desk.button(key="seek_rest_button").click().run()
    assert not desk.exception
    assert "20 found and" in words_on(desk)
    assert "Progress has the search" in words_on(desk)
    assert "seek_start" not in keys_of(desk)
    assert [one.value for one in desk.header if "rest" in one.value] == ["Finding the rest"]
    assert "The app guesses that" in words_on(desk)
    desk.button(key="stop_seeking_button").click().run()
    assert "stop_seeking_button" not in keys_of(desk)
    with Project.open(tmp_path / "letters", background=False) as project:
        assert project.seeking() is None


def test_finding_the_rest_leads_on_to_the_search_on_progress_opened(
    desk: AppTest, tmp_path: Path
) -> None:
    with Project.open(tmp_path / "letters", background=False) as project:
        project.start_seeking("*Spam*")
        tests = {*project.check_rows.tolist()}
        free = [row for row in range(120) if row not in tests][:20]
        project.label_many(free, "*Spam*")
        project.label_many([row for row in range(120) if row not in {*tests, *free}][:20], "Ham")
    desk.run()
    desk.button(key="seek_rest_button").click().run()
    desk.button(key="seek_to_search").click().run()
    assert not desk.exception
    assert [one.value for one in desk.title] == ["Progress"]
    assert "recall_start" in keys_of(desk)
    assert "20 found and" in words_on(desk)


def test_the_rarest_answer_is_proposed_and_none_where_none_is_rarer(
    desk: AppTest, tmp_path: Path
) -> None:
    desk.session_state["desk_panel"] = "seek"
    desk.run()
    assert desk.selectbox(key="seek_answer").value == "*Spam*"
    table = read_table(LINES.encode(), name="letters.csv")
    settings = {"kind": "live", "classes": ("Ham", "Spam"), "model": "logistic_regression"}
    with Project.create(tmp_path / "new", table, ROLES, settings, background=False):
        pass
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    other.query_params["project"] = "new"
    other.run()
    other.switch_page("pages/label.py").run()
    other.session_state["desk_panel"] = "seek"
    other.run()
    assert other.selectbox(key="seek_answer").value is None
    assert "seek_start" not in keys_of(other)


def test_rows_nearly_the_same_stand_together_and_none_is_ticked(tmp_path: Path) -> None:
    lines = [f"Your parcel {i} is late" if i % 2 else f"Hello {'dear ' * i}" for i in range(40)]
    table = read_table(("Message\n" + "\n".join(lines)).encode(), name="letters.csv")
    settings = {"kind": "live", "classes": ("Ham", "Spam"), "check_share": 0.0}
    roles = {"Message": Role("text", "")}
    with Project.create(tmp_path / "p", table, roles, settings, background=False) as project:
        page = AppTest.from_function(_near_panel, args=(str(ROOT), str(tmp_path / "p")))
        page.run(timeout=60)
        assert not page.exception
        [table_shown] = page.dataframe
        assert len(table_shown.value) == 19
        assert page.button(key="near_label").label == "0 ticked rows are Ham"
        assert page.button(key="near_label").disabled
        assert project.counts().spent == 0


def _near_panel(root: str, folder: str) -> None:
    from al_core.projects import Project
    from pages.components.desk.panels.near import draw_near
    from pages.components.shell import state

    state.put("desk_panel_row", 1)
    draw_near(Project.open(folder, background=False))
