"""Progress: what is said, and what is not said yet, as labels come in."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project, new_project_folder
from al_core.tables import Role, guess_roles, read_table

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"model": "logistic_regression", "seed": 3}


def flowers(answered: int | None = None) -> bytes:
    """120 rows of two numbers and an answer that they nearly tell; the rest left blank."""
    rng = np.random.default_rng(0)
    kind = rng.integers(0, 2, 120)
    frame = pd.DataFrame({"length": kind + rng.normal(0, 0.6, 120), "width": rng.normal(size=120)})
    frame["kind"] = np.where(kind == 1, "rose", "*tulip* <b>")
    frame.loc[frame.index[answered or 120 :], "kind"] = ""
    return frame.to_csv(index=False).encode()


def a_project(kind: str, **settings: object) -> Project:
    table = read_table(flowers(), name="flowers.csv")
    roles = guess_roles(table)
    roles = {n: replace(r, kind="number") if r.kind == "label" else r for n, r in roles.items()}
    roles["kind"] = Role("label", "the answer") if kind == "oracle" else Role("ignored", "")
    classes = {} if kind == "oracle" else {"classes": ("rose", "*tulip* <b>")}
    folder = new_project_folder("flowers")
    return Project.create(
        folder, table, roles, {"kind": kind, **SETTINGS, **classes, **settings}, background=False
    )


def answer(project: Project, n: int) -> None:
    truth = project.table.text["kind"]
    for _ in range(n):
        question = project.ask()[0]
        project.label(question.row, truth[question.row], token=question.token)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))


CLAIM = re.compile(
    r"chosen \d|Choosing rows is|is ahead|is behind|Too close to call|rows chosen by the app"
    r"|Saved: \d|Nothing saved here|nothing to save|did not get there"
)


FRAMED = f"""
import runpy
from pages.components.shell import state
state.put("_framed", True)
runpy.run_path({str(ROOT / "pages" / "curves.py")!r})
"""


def open_page(project: Project) -> AppTest:
    """The page itself: below the app's frame AppTest loses presses to the cold-link guard."""
    project.close()
    app = AppTest.from_string(FRAMED, default_timeout=120)
    app.query_params["project"] = project.id
    return settled(app.run())


def settled(app: AppTest) -> AppTest:
    """Run again until nothing is being worked out any more, and once more, as the page does.

    The work may end while its numbers are being drawn; a browser asks for the page again then.
    """
    quiet = 0
    for _ in range(300):
        assert not app.exception
        working = any(b.key == "stop_work" for b in app.button) or "One moment" in words(app)
        quiet = 0 if working else quiet + 1
        if quiet == 2:
            return app
        Event().wait(0.3)
        app.run()
    raise AssertionError(words(app))


def words(app: AppTest) -> str:
    kinds = (app.text, app.markdown, app.caption, app.header, app.error)
    return "\n".join(e.value for kind in kinds for e in kind).replace("\\", "")


def has_chart(app: AppTest, key: str = "learning_curve") -> bool:
    return any(key in chart.proto.id for chart in app.get("plotly_chart"))


def button(app: AppTest, key: str):  # type: ignore[no-untyped-def]
    return next(b for b in app.button if b.key == key)


def keys(app: AppTest) -> set[str]:
    return {b.key for b in app.button}


def test_before_twelve_check_rows_no_number_is_said():
    project = a_project("live")
    answer(project, 10)
    app = open_page(project)
    assert "First score after 12 check rows: 7 to go." in words(app)
    assert "to_label" in keys(app)
    assert "With the first score a curve begins here" in words(app)
    assert not has_chart(app)
    assert not app.metric


def test_from_twelve_check_rows_on_there_is_a_number_and_a_curve():
    project = a_project("live")
    answer(project, 30)
    n_check = project.score().n_check
    assert 12 <= n_check < 20
    app = open_page(project)
    assert f"{n_check} check." in words(app)
    assert "The curve is drawn after" not in words(app)
    assert has_chart(app)
    assert not app.get_by_key("slide_svg_learning_curve").proto.disabled


def test_a_live_project_shows_curve_and_random_rows_and_says_nothing_of_savings():
    project = a_project("live", check_every=2)
    answer(project, 60)
    app = open_page(project)
    assert has_chart(app)
    n_check = project.score().n_check
    assert f"Better than random rows? {n_check} check rows cannot tell this apart." in words(app)
    assert "Compare measures it where every answer is known." in words(app)


@pytest.mark.parametrize("seed", range(3))
def test_a_project_that_chooses_at_random_is_never_told_how_choosing_did(seed: int):
    project = a_project("live", check_every=2, strategy="random", seed=seed)
    folder = project.folder
    for _ in range(3):
        answer(project, 20)
        said = project.report_bytes().decode()
        app = open_page(project)
        assert not CLAIM.search(words(app) + said)
        project = Project.open(folder, background=False)
    assert has_chart(app)
    assert "cannot tell this apart" in words(app)
    project.close()


def test_no_words_of_a_project_name_a_winner_or_rows_saved():
    """Compare alone may: it plays many starts and tests the difference."""
    folders = ("al_core/figures", "al_core/projects", "pages/components/progress")
    for path in [path for folder in folders for path in (ROOT / folder).glob("*.py")]:
        said = [
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        found = [text for text in said if CLAIM.search(text)]
        assert not found, path


@pytest.mark.parametrize(
    "claim",
    [
        "After 20 rows: chosen 78, random 75 right in 100. Too close to call.",
        "Choosing rows is ahead.",
        "Choosing rows is behind here.",
        "To be right 90 times in 100: 80 rows chosen by the app, 140 at random.",
        "Saved: 60 rows (35 to 75 in 5 repeats).",
    ],
)
def test_what_was_said_before_counts_as_a_claim(claim: str):
    assert CLAIM.search(claim)


def test_teach_and_check_labels_are_told_apart():
    project = a_project("live")
    answer(project, 30)
    counts = project.counts()
    app = open_page(project)
    assert f"{counts.teach} teach, {counts.check} check" in words(app)


def test_a_rehearsal_begins_with_the_three_buttons_and_nothing_measured():
    app = open_page(a_project("oracle"))
    assert {"answer_1", "answer_10", "answer_100"} <= keys(app)
    assert "stand in for a person" in words(app)
    assert not has_chart(app)


def test_a_rehearsal_says_what_may_be_claimed_however_often_it_is_looked_at():
    project = a_project("oracle")
    project.answer_with_oracle(20)
    claim = project.claim()
    assert claim is not None
    assert claim.sentence in words(open_page(project))


def test_answering_from_the_file_draws_the_curve_and_claims_no_winner():
    app = open_page(a_project("oracle"))
    button(app, "answer_10").click().run()
    settled(app)
    assert "10 rows answered from the file." in words(app)
    assert not app.metric
    assert "label_more" not in keys(app)
    assert has_chart(app)
    assert "Better than random rows? Repeats from one start cannot tell this apart." in words(app)
    assert not CLAIM.search(words(app))


def test_a_rehearsal_stops_where_no_rows_are_left():
    app = open_page(a_project("oracle"))
    button(app, "answer_100").click().run()
    settled(app)
    assert "Every row is answered or set aside." in words(app)
    assert button(app, "answer_1").disabled


def test_a_change_of_metric_measures_the_whole_curve_anew():
    project = a_project("oracle")
    project.answer_with_oracle(12)
    app = open_page(project)
    app.radio[0].set_value("balanced_accuracy").run()
    settled(app)
    assert "Each answer counts the same:" in words(app)
    assert "Right about" not in words(app)


def test_the_table_holds_the_numbers_of_the_curve():
    project = a_project("oracle")
    project.answer_with_oracle(12)
    rounds = project.rounds()
    app = open_page(project)
    table = app.dataframe[0].value
    shown = table.set_index("Rows learned from")["Score in 100"]
    for played in rounds:
        assert shown[played.n_labels] == pytest.approx(100 * played.score)


def test_mixed_up_answers_are_the_check_rows_that_score():
    project = a_project("oracle")
    project.answer_with_oracle(12)
    project.ask()
    matrix, names = project.mixups()
    assert matrix.sum() == len(project.test_rows)
    assert np.trace(matrix) / matrix.sum() == pytest.approx(project.score().score)
    assert names == sorted(project.classes)


def test_measuring_that_was_stopped_says_so_and_goes_on_when_asked(monkeypatch):
    project = a_project("live", check_every=2)
    answer(project, 60)
    project.close()
    held = Event()
    measured = Project.baseline

    def slow(self, on_progress=None, cancelled=None):  # type: ignore[no-untyped-def]
        held.wait(30)
        return measured(self, on_progress, cancelled)

    monkeypatch.setattr(Project, "baseline", slow)
    app = AppTest.from_string(FRAMED, default_timeout=120)
    app.query_params["project"] = project.id
    app.run()
    button(app, "stop_work").click().run()
    held.set()
    settled(app)
    assert "stopped before it was measured" in words(app)
    assert "being measured" not in words(app)
    again = AppTest.from_string(FRAMED, default_timeout=120)
    again.query_params["project"] = project.id
    settled(again.run())
    assert "stopped before it was measured" in words(again)
    button(again, "go_on_measuring").click().run()
    settled(again)
    assert "stopped" not in words(again)
    assert "cannot tell this apart" in words(again)


def test_more_answers_can_be_asked_for_while_the_file_answers(monkeypatch):
    held = Event()
    played = Project.answer_with_oracle

    def slow(self, *args, **more):  # type: ignore[no-untyped-def]
        held.wait(30)
        return played(self, *args, **more)

    monkeypatch.setattr(Project, "answer_with_oracle", slow)
    app = open_page(a_project("oracle"))
    button(app, "answer_10").click().run()
    assert not button(app, "answer_10").disabled
    button(app, "answer_10").click().run()
    button(app, "answer_1").click().run()
    held.set()
    settled(app)
    assert "21 rows answered from the file." in words(app)


def test_the_headline_says_where_the_rows_come_from_that_it_is_tested_on():
    project = a_project("oracle")
    project.answer_with_oracle(12)
    n_test, said = len(project.test_rows), project.score().sentence
    app = open_page(project)
    assert app.header[0].value.replace("\\", "").replace("\u00a0", " ") == said
    assert f"Tested on {n_test} check rows, set aside from the file." in words(app)


def test_a_check_row_without_an_answer_is_told_once_and_plainly():
    project = a_project("live")
    answer(project, 20)
    question = project.ask()[0]
    while question.purpose != "check":
        project.label(question.row, "rose", token=question.token)
        question = project.ask()[0]
    project.skip(question.row)
    answer(project, 12)
    app = open_page(project)
    told = "check rows got no answer: the range counts it once as right and once as wrong."
    assert words(app).count(told) == 1
    assert "no answer" not in app.header[0].value


def test_one_button_is_blue_and_no_figure_stands_twice():
    project = a_project("live", check_every=2)
    answer(project, 60)
    app = open_page(project)
    blue = [b.key for b in app.button if b.proto.type == "primary"]
    assert blue in (["label_more"], ["finish"])
    assert not app.metric


def test_time_and_money_are_told_once_a_wage_is_typed():
    project = a_project("live", check_every=2)
    answer(project, 60)
    app = open_page(project)
    app.text_input(key="progress_price").set_value("2 EUR a label").run()
    assert any("120 EUR" in one.label for one in app.expander)


def test_label_fifty_more_raises_the_goal():
    project = a_project("live")
    answer(project, 30)
    folder = project.folder
    app = open_page(project)
    button(app, "label_more").click().run()
    reopened = Project.open(folder, background=False)
    assert reopened.settings.budget == 80
    reopened.close()


def test_without_a_project_the_page_leads_to_one():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page("pages/curves.py").run()
    assert "No project open" in words(app)
