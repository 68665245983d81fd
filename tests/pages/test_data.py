"""The data page: from a dropped file to a started project, and every way it can go wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from al_core.projects import Project, list_projects
from tests.shared_data import shared_data

ROOT = Path(__file__).resolve().parents[2]
TICKETS = (
    "Ticket;Betreff;Nachricht\n"
    + "\n".join(f"{n};Größe {n % 7};Bitte prüfen Sie Rechnung {n * 37 % 101}" for n in range(60))
).encode("cp1252")

FILES = [
    ("telco_churn.csv", "Churn"),
    ("titanic.csv", "Survived"),
    ("sms_spam.csv", "label"),
    ("penguins.csv", "species"),
]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app on its first page, with no project yet."""
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()


def drop(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader(key="upload").upload(name, data).run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    """Everything that can be read in the main part of the page."""
    kinds = (app.text, app.markdown, app.caption, app.header, app.error)
    words = "\n".join(element.value for kind in kinds for element in kind)
    return words.replace("\\", "")


def answered(rows: int, of: int = 40) -> bytes:
    lines = [
        f"{n},{'ab'[n % 2]}{n * 7 % 13},{('yes', 'no')[n % 2] if n < rows else ''}"
        for n in range(of)
    ]
    return ("size,note,answer\n" + "\n".join(lines)).encode()


@pytest.mark.parametrize(("name", "column"), FILES, ids=[name for name, _ in FILES])
def test_the_best_guess_of_the_answer_column_needs_only_a_press_on_start(
    app: AppTest, name: str, column: str
) -> None:
    drop(app, name, shared_data(f"csv/{name}").read_bytes())
    assert app.selectbox(key="label_column").value == column
    assert app.radio(key="question_kind").value == "column"
    assert not app.button(key="start").disabled


def test_start_makes_a_project_of_the_file(app: AppTest, tmp_path: Path) -> None:
    drop(app, "half.csv", answered(20))
    app.button(key="start").click().run()
    assert not app.exception
    [info] = list_projects(tmp_path)
    assert (info.name, info.kind, info.n_labelled, info.n_rows) == ("half.csv", "live", 20, 40)


def test_a_full_column_proposes_a_rehearsal(app: AppTest, tmp_path: Path) -> None:
    drop(app, "full.csv", answered(40))
    assert "All 40 rows have an answer already." in texts(app)
    assert app.button(key="start").label == "Start rehearsal"
    app.button(key="start").click().run()
    assert [info.kind for info in list_projects(tmp_path)] == ["oracle"]


def test_a_new_question_leaves_the_old_answers_out_unless_they_are_wanted(app: AppTest) -> None:
    drop(app, "full.csv", answered(40))
    column = app.selectbox(key="label_column").value
    app.radio(key="full_column").set_value("Ask a new question").run()
    assert f"**{column}** holds an answer for every row already." in texts(app)
    assert f"{column} (your choice)" in texts(app)
    pills = next(group for group in app.pills if group.label == "Leave out")
    pills.set_value([]).run()
    assert f"{column} (your choice)" not in texts(app)


def test_a_column_chosen_by_hand_can_be_read_again_after_a_new_question(app: AppTest) -> None:
    lines = ["text,first,second"]
    lines += [f"note {i} on a parcel,{'ab'[i % 2]},{'xyz'[i % 3]}" for i in range(40)]
    drop(app, "two.csv", "\n".join(lines).encode())
    other = next(c for c in ("first", "second") if c != app.selectbox(key="label_column").value)
    app.selectbox(key="label_column").select(other).run()
    app.radio(key="full_column").set_value("Ask a new question").run()
    assert f"{other} (your choice)" in texts(app)
    pills = next(group for group in app.pills if group.label == "Leave out")
    pills.set_value([]).run()
    assert f"{other} (your choice)" not in texts(app)


def test_a_half_answered_column_says_how_many_rows_have_an_answer(app: AppTest) -> None:
    drop(app, "half.csv", answered(20))
    assert "20 of 40 rows have an answer already." in texts(app)
    assert "20 of 40 labelled." in texts(app)


def test_a_file_without_answers_asks_for_a_new_question(app: AppTest, tmp_path: Path) -> None:
    drop(app, "tickets.csv", TICKETS)
    assert "Größe" in "".join(app.dataframe[0].value.iloc[0])
    app.radio(key="question_kind").set_value("new").run()
    app.button(key="start").click().run()
    assert "Type at least two answers." in texts(app)
    assert not list_projects(tmp_path)

    app.text_input(key="question_text").set_value("Which team?")
    app.text_area(key="question_answers").set_value("Billing\nDelivery\nOther").run()
    assert "Delivery" in texts(app)
    app.button(key="start").click().run()
    assert not app.exception
    assert [info.n_labelled for info in list_projects(tmp_path)] == [0]


@pytest.mark.parametrize("typed", ["Billing", "Billing\nBilling", "Billing\nbilling \nBilling"])
def test_start_starts_nothing_and_says_why_while_the_answers_are_wrong(
    app: AppTest, typed: str, tmp_path: Path
) -> None:
    drop(app, "tickets.csv", TICKETS)
    app.radio(key="question_kind").set_value("new").run()
    app.text_area(key="question_answers").set_value(typed).run()
    app.button(key="start").click().run()
    assert "two answers" in texts(app) or "is there twice" in texts(app)
    assert not list_projects(tmp_path)


def test_the_press_that_sends_what_was_typed_also_starts(app: AppTest, tmp_path: Path) -> None:
    drop(app, "tickets.csv", TICKETS)
    app.radio(key="question_kind").set_value("new").run()
    app.text_area(key="question_answers").set_value("Billing\nDelivery")
    app.button(key="start").click().run()
    assert [info.n_labelled for info in list_projects(tmp_path)] == [0]


def test_answers_with_a_slash_are_shown_as_understood_before_a_press_starts_with_them(
    app: AppTest, tmp_path: Path
) -> None:
    drop(app, "tickets.csv", TICKETS)
    app.radio(key="question_kind").set_value("new").run()
    app.text_area(key="question_answers").set_value("Billing / Payments, and/or")
    app.button(key="start").click().run()
    assert not list_projects(tmp_path)
    shown = next(line for line in texts(app).split("\n") if line.startswith("Understood as:"))
    assert shown.index("1] Billing / Payments") < shown.index("2] and/or")
    app.button(key="start").click().run()
    [info] = list_projects(tmp_path)
    with Project.open(info.folder, background=False) as project:
        assert project.classes == ["Billing / Payments", "and/or"]


def test_choosing_a_column_says_that_the_answers_are_in_it(app: AppTest) -> None:
    drop(app, "half.csv", answered(20))
    app.radio(key="question_kind").set_value("new").run()
    app.selectbox(key="label_column").select("note").run()
    assert app.radio(key="question_kind").value == "column"


def test_a_continuous_column_is_refused_in_words_and_another_can_be_chosen(app: AppTest) -> None:
    drop(app, "wine.csv", shared_data("csv/wine_quality_red.csv").read_bytes())
    app.selectbox(key="label_column").select("density").run()
    assert app.error
    assert app.button(key="start").disabled
    app.selectbox(key="label_column").select("quality").run()
    assert not app.error
    assert not app.button(key="start").disabled


def test_spellings_taken_as_one_answer_are_said(app: AppTest) -> None:
    drop(app, "spelt.csv", shared_data("messy/29_label_whitespace.csv").read_bytes())
    app.selectbox(key="label_column").select("label").run()
    assert "Taken as one answer" in texts(app)


def test_spellings_are_kept_apart_by_a_tick_and_in_the_project(
    app: AppTest, tmp_path: Path
) -> None:
    rows = "".join(
        f"{i * 7 % 13},{('yes', 'Yes', 'no')[i % 3] if i < 30 else ''}\n" for i in range(40)
    )
    drop(app, "spelt.csv", f"size,answer\n{rows}".encode())
    app.selectbox(key="label_column").select("answer").run()
    [box] = [box for box in app.checkbox if box.label == "Keep these apart"]
    box.check().run()
    assert "Taken as one answer" not in texts(app)
    app.button(key="start").click().run()
    assert not app.exception
    [info] = list_projects(tmp_path)
    project = Project.open(info.folder, background=False)
    assert sorted(project.classes) == ["Yes", "no", "yes"]
    project.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [("12_empty.csv", "empty"), ("14_header_only.csv", "row"), ("20_png_renamed.csv", "PNG")],
)
def test_a_file_that_is_no_table_is_refused_where_it_was_dropped(
    app: AppTest, name: str, words: str
) -> None:
    drop(app, name, shared_data(f"messy/{name}").read_bytes())
    assert words in app.error[0].value
    assert app.file_uploader(key="upload").value is not None


def test_after_a_bad_file_a_good_one_can_be_dropped(app: AppTest) -> None:
    drop(app, "empty.csv", b"")
    assert app.error
    drop(app, "half.csv", answered(20))
    assert app.selectbox(key="label_column").value == "answer"


def test_lines_that_do_not_fit_are_listed_and_left_out_by_choice(app: AppTest) -> None:
    drop(app, "ragged.csv", shared_data("messy/10_ragged_rows.csv").read_bytes())
    assert list(app.dataframe[0].value["Line"]) == [21, 41]
    app.button(key="leave_out_bad_rows").click().run()
    assert "58 rows" in texts(app)
    assert app.selectbox(key="label_column")


def test_a_very_wide_file_does_not_draw_a_widget_a_column(app: AppTest) -> None:
    names = [f"m{n}" for n in range(1500)] + ["answer"]
    rows = [",".join([*(str((n * m) % 97) for m in range(1500)), "ab"[n % 2]]) for n in range(12)]
    drop(app, "wide.csv", "\n".join([",".join(names), *rows]).encode())
    widgets = sum(len(getattr(app, kind)) for kind in ("button", "checkbox", "selectbox", "radio"))
    assert widgets < 40
    assert "1,501 columns" in texts(app)


def test_column_names_are_shown_as_they_stand(app: AppTest) -> None:
    data = b"<b>a</b>,**b**,answer\n" + b"".join(
        b"%d,x%d,%d\n" % (n, n % 3, n % 2) for n in range(40)
    )
    drop(app, "odd.csv", data)
    assert "<b>a</b>" in texts(app)
    assert "**b**" in texts(app)


def test_another_file_can_be_used_instead(app: AppTest) -> None:
    drop(app, "half.csv", answered(20))
    [back] = [button for button in app.button if button.label == "Use another file"]
    back.click().run()
    drop(app, "full.csv", answered(40))
    assert "All 40 rows" in texts(app)


def test_a_demo_set_is_one_press_from_its_question(app: AppTest) -> None:
    [iris] = [button for button in app.container(key="demo_set").button if "Iris" in button.label]
    iris.click().run()
    assert not app.exception
    assert not app.button(key="start").disabled


def tickets_button(app: AppTest) -> Button:
    [found] = [b for b in app.container(key="demo_set").button if "tickets" in b.label]
    return found


def test_the_support_tickets_are_one_press_from_the_first_row_to_label(
    app: AppTest, tmp_path: Path
) -> None:
    tickets_button(app).click().run()
    assert not app.exception
    [info] = list_projects(tmp_path)
    project = app.session_state["_open_project"]
    assert (project.kind, info.name) == ("live", "Support tickets")
    assert project.settings.question == "Which team should handle this?"
    assert project.settings.classes == ("Billing", "Delivery", "Technical", "Other")
    assert project.counts().labelled == 0
    assert any("Billing" in button.label for button in app.button)
    assert any(button.label.startswith("Can't tell") for button in app.button)


def test_a_project_of_the_support_tickets_does_not_hold_the_answers_it_asks_for(
    app: AppTest, tmp_path: Path
) -> None:
    tickets_button(app).click().run()
    data = app.session_state["_open_project"].data
    assert "Team" not in data.table.columns
    assert "Team" not in data.roles


def test_where_the_tickets_cannot_start_their_question_and_answers_are_there_to_go_on_with(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("where a folder for projects should be")
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path / "a file"))
    tickets_button(app).click().run()
    assert not app.exception
    assert app.error
    assert app.text_input(key="question_text").value == "Which team should handle this?"
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    app.button(key="start").click().run()
    assert [info.kind for info in list_projects(tmp_path)] == ["live"]


def test_an_earlier_project_can_be_renamed_binned_and_brought_back(
    app: AppTest, tmp_path: Path
) -> None:
    drop(app, "half.csv", answered(20))
    app.button(key="start").click().run()
    [info] = list_projects(tmp_path)

    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    assert "20 of 40 rows labelled" in texts(again)
    again.text_input(key=f"name_{info.id}").set_value("My tickets")
    again.button(key=f"rename_{info.id}").click().run()
    assert [info.name for info in list_projects(tmp_path)] == ["My tickets"]

    app.session_state["_open_project"].close()
    again.button(key=f"bin_{info.id}").click().run()
    assert list_projects(tmp_path) == []
    again.button(key="undo_bin").click().run()
    assert [info.name for info in list_projects(tmp_path)] == ["My tickets"]


def test_a_project_file_that_is_dropped_goes_on_as_a_project_of_its_own(
    app: AppTest, tmp_path: Path
) -> None:
    drop(app, "half.csv", answered(20))
    app.button(key="start").click().run()
    data = app.session_state["_open_project"].project_file_bytes()

    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    again.file_uploader(key="upload").upload("half.alproject.zip", data).run()
    assert not again.exception
    assert [info.n_labelled for info in list_projects(tmp_path)] == [20, 20]


def test_a_second_press_on_the_tickets_asks_and_starting_anew_leads_to_the_desk(
    app: AppTest, tmp_path: Path
) -> None:
    tickets_button(app).click().run()
    app.session_state["_open_project"].close()
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    tickets_button(again).click().run()
    assert len(list_projects(tmp_path)) == 1
    assert any("You have a project of this demo set" in text.value for text in again.text)
    again.button(key="start_anew").click().run()
    assert not again.exception
    assert len(list_projects(tmp_path)) == 2
    assert any(button.label.startswith("Can't tell") for button in again.button)
