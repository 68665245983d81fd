"""Compare: what can be chosen, what it says of errors, and that runs are not done twice."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event
from time import monotonic

import numpy as np
import pytest
from sklearn.svm import SVC
from streamlit.testing.v1 import AppTest

from al_core.learning import compare
from al_core.projects.starting.data import new_data
from al_core.tables import Role, guess_roles, read_table
from pages.components.lab import runs
from pages.components.shell import state
from pages.components.shell.open_projects import OpenProjects
from tests.shared_data import shared_data

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = f"""
import runpy
from pages.components.shell import state
state.put("_framed", True)
runpy.run_path({str(ROOT / "pages" / "compare.py")!r})
"""
FAST = {"lab_data": "Iris", "lab_model": "Naive Bayes", "lab_upto": "40", "lab_repeats": "Quick 5"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    return tmp_path


def open_page(**settings: str) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=120)
    for name, value in settings.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    kinds = (app.text, app.markdown, app.caption, app.header, app.error)
    return "\n".join(e.value for kind in kinds for e in kind).replace("\\", "")


def run_button(app: AppTest):  # type: ignore[no-untyped-def]
    return next(b for b in app.button if b.key == "run_comparison")


def run(app: AppTest) -> AppTest:
    run_button(app).click().run()
    return run_on(app)


def run_on(app: AppTest) -> AppTest:
    for _ in range(300):
        assert not app.exception
        if not any(b.key == "stop_comparison" for b in app.button):
            return app.run()  # as a browser does: the runs may have ended while they were drawn
        Event().wait(0.3)
        app.run()
    raise AssertionError(words(app))


def test_it_begins_with_the_digits_random_against_between_two_answers(home):
    app = open_page(lab_model="Naive Bayes")
    assert app.selectbox(key="lab_data").value == "digits"
    assert app.multiselect(key="lab_ways").value == ["margin"]
    assert not run_button(app).disabled
    assert "You can go on labelling meanwhile." in words(app)


def test_the_address_holds_the_settings(home):
    app = open_page(**FAST)
    assert app.selectbox(key="lab_data").value == "iris"
    assert app.selectbox(key="lab_model").value == "naive_bayes"
    assert app.number_input(key="lab_upto").value == 40
    assert app.radio(key="lab_repeats").value == "Quick"
    link = app.code[0].value
    assert "lab_data=Iris" in link
    assert "lab_repeats=Quick+5" in link
    assert "lab_target=" in link


def test_without_a_way_of_choosing_the_button_says_why_it_is_off(home):
    app = open_page(**FAST)
    app.multiselect(key="lab_ways").set_value([]).run()
    assert run_button(app).disabled
    assert "Pick at least one way of choosing rows." in words(app)


def test_a_comparison_says_what_it_found_in_words_table_and_chart(home):
    app = run(open_page(**FAST))
    assert "To be right" in app.header[0].value
    assert "rows" in app.header[0].value
    assert "5 repeats" in words(app)
    assert "of 5 repeats" in words(app)
    assert list(app.dataframe[0].value["How rows are chosen"]) == [
        "Picked at random",
        "Between two answers",
    ]
    assert any("comparison_chart" in chart.proto.id for chart in app.get("plotly_chart"))
    assert not app.get_by_key("slide_png_comparison").proto.disabled


def test_runs_that_were_done_are_not_done_again(home):
    run(open_page(**FAST))
    kept = (home / ".comparisons" / "runs.jsonl").read_text()
    assert len(kept.splitlines()) == 10
    run(open_page(**FAST))
    assert (home / ".comparisons" / "runs.jsonl").read_text() == kept


def test_what_was_found_is_still_there_after_a_reload(home):
    before = run(open_page(**FAST))
    after = open_page(**FAST)
    assert after.header[0].value == before.header[0].value
    assert not any(b.key == "stop_comparison" for b in after.button)


def test_more_rows_than_there_are_ends_where_the_rows_end(home):
    app = open_page(**{**FAST, "lab_upto": "500"})
    assert "112 rows can be learned from here; runs end there." in words(app)


def upload(app: AppTest, text: str) -> AppTest:
    app.selectbox(key="lab_data").set_value("upload").run()
    assert "Pick data with all answers filled in." in words(app)
    app.file_uploader(key="lab_upload").upload("mine.csv", text.encode()).run()
    assert not app.exception
    return app


def test_a_file_of_ones_own_can_be_compared(home):
    lines = [f"{n % 7},{n * 3 % 11},{'ab'[n % 7 > 3]}" for n in range(120)]
    app = upload(open_page(**FAST), "x,y,kind\n" + "\n".join(lines))
    app = run(app)
    assert "To be right" in app.header[0].value
    assert "mine" in words(app)


def test_the_support_tickets_can_be_compared_on_their_known_answers(home):
    app = open_page(lab_data="Support tickets", lab_model="Logistic regression", lab_upto="500")
    assert app.selectbox(key="lab_data").value == "tickets"
    assert not run_button(app).disabled
    assert "338 rows can be learned from here; runs end there." in words(app)


def test_a_file_without_answers_is_refused_in_words(home):
    app = upload(open_page(**FAST), "x\n" + "\n".join(str(n * 1.37) for n in range(50)))
    assert "No column of mine.csv can hold the answers" in words(app)
    assert run_button(app).disabled


def test_an_answer_with_one_row_is_no_traceback(home):
    lines = [f"{n % 7},{'ab'[n % 7 > 3]}" for n in range(80)] + ["3,only once"]
    app = run(upload(open_page(**FAST), "x,kind\n" + "\n".join(lines)))
    assert "Something went wrong" not in words(app)


def test_what_a_label_costs_is_reckoned_with_and_nothing_is_run_anew(home):
    app = run(open_page(**FAST))
    kept = (home / ".comparisons" / "runs.jsonl").read_text()
    app.text_input(key="lab_price").set_value("0.20 a label").run()
    assert not app.exception
    assert ("That is" in words(app)) == ("Saves at least" in words(app))
    assert "1,000 rows come to 200" in words(app)
    app.text_input(key="lab_price").set_value("cheap").run()
    assert "Got 'cheap'. Type a wage or the price of a label" in words(app)
    assert (home / ".comparisons" / "runs.jsonl").read_text() == kept


PUBLISHED = {
    "lab_data": "A file of your own",
    "lab_model": "Support vector machine",
    "lab_gamma": "one over the number of columns",
    "lab_upto": "100000",
    "lab_first": "20",
    "lab_test": "40",
    "lab_every": "true",
    "lab_repeats": "Quick 5",
}


def test_the_protocol_of_the_published_table_can_be_set_and_gives_the_benchmarks_numbers(home):
    """benchmarks/lu2023.py --as-page makes the same call; five repeats, to the last digit."""
    path = shared_data("lu2023/heart.csv")
    app = open_page(**PUBLISHED)
    app.file_uploader(key="lab_upload").upload("heart.csv", path.read_bytes()).run()
    app = run(app)
    table = read_table(path)
    data = new_data(table, guess_roles(table) | {"label": Role("label", "the answer")})
    by_script = compare(
        data.matrix("svm"),
        np.asarray(data.file_classes)[data.file_codes],
        estimators={"svm": SVC(gamma="auto")},
        strategies=["random", "margin"],
        seeds=5,
        test=0.4,
    )
    kept = [json.loads(line) for line in (home / ".comparisons" / "runs.jsonl").open()]
    from_page = {(run["strategy"], run["seed"]): (run["n_labels"], run["scores"]) for run in kept}
    assert len(from_page) == 10
    for wanted in by_script.runs:
        n_labels, scores = from_page[wanted.strategy, wanted.seed]
        assert tuple(n_labels) == wanted.n_labels == tuple(range(20, 163))
        assert tuple(scores) == wanted.scores


def test_the_target_is_a_whole_number_that_is_fixed_before_the_run(home):
    app = open_page(**{**FAST, "lab_target": "80"})
    assert "lab_target=80" in app.code[0].value
    app = run(app)
    assert app.header[0].value.startswith("To be right 80 in 100")
    assert not app.slider
    app.number_input(key="lab_target").set_value(90).run()
    assert app.header[0].value.startswith("To be right 80 in 100")
    assert "The result on this page is of the settings before." in words(app)
    assert app.session_state["_comparison"].target_number == 1
    app = run(app)
    assert app.header[0].value.startswith("To be right 90 in 100")
    assert app.session_state["_comparison"].target_number == 2  # a further look, and said as one


def test_a_target_is_proposed_that_random_rows_reach_about_at_the_end(home):
    app = open_page(**FAST)
    proposed = int(app.number_input(key="lab_target").placeholder)
    assert 80 <= proposed <= 99
    assert app.number_input(key="lab_target").value is None
    app = run(app)
    assert app.header[0].value.startswith(f"To be right {proposed} in 100")


def test_after_a_run_the_settings_are_one_line_and_before_it_they_stand_open(home):
    app = open_page(**FAST)
    assert not [one for one in app.expander if "5 repeats" in one.label]
    app = run(app)
    folded = next(one for one in app.expander if "5 repeats" in one.label)
    assert "Naive Bayes" in folded.label
    assert "up to 40 rows" in folded.label
    assert not folded.proto.expanded


def test_to_be_surer_goes_on_with_the_same_settings_and_keeps_what_is_done(home):
    app = run(open_page(**FAST))
    first = (home / ".comparisons" / "runs.jsonl").read_text()
    next(b for b in app.button if b.key == "be_surer").click().run()
    app = run_on(app)
    kept = (home / ".comparisons" / "runs.jsonl").read_text()
    assert kept.startswith(first)
    assert len(kept.splitlines()) == 40
    assert app.radio(key="lab_repeats").value == "Solid"
    assert "20 repeats" in words(app)
    assert "lab_repeats=Solid+20" in app.code[0].value


def test_a_comparison_is_known_to_rest_where_it_has_workers_and_three_tabs_answer(monkeypatch):
    held = OpenProjects()
    monkeypatch.setattr(state, "_open_projects", lambda: held)
    lab = runs.Lab(None, None, 5, None, n_workers=2)
    assert not lab.rests
    for tab in ("one", "two", "three"):
        held.note_press(tab, monotonic())
    assert lab.rests
    assert not runs.Lab(None, None, 5, None).rests  # it is done in this process, and never rests
