"""Why it works: never empty, no picker but the data, sentences that follow the numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.learning.demo.frames import PICTURES, draw_frames
from al_core.learning.demo.measured_runs import Runs, answers_needed, read_runs, verdict
from pages.components.demo.film import film_of
from pages.components.demo.words import moral, verdict_sentences

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    script = f"""
import runpy
from pages.components.shell import state
state.put("_framed", True)
runpy.run_path({str(ROOT / "pages" / "demo.py")!r})
"""
    return AppTest.from_string(script, default_timeout=120).run()


def words(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.text, app.caption, app.header) for e in kind)


def test_the_page_begins_with_the_moons_and_says_that_it_does_not_always_win(app):
    assert not app.exception
    assert app.get("segmented_control")[0].value == "moons"
    assert "needs fewer answers here" in words(app)
    assert "see the chessboard" in words(app)


def test_nothing_can_be_picked_but_the_points(app):
    pickers = [*app.selectbox, *app.slider, *app.number_input, *app.radio]
    assert pickers == []
    assert {b.key for b in app.button} == {"another_run", "to_digits", "to_data"}


def test_the_chessboard_is_told_as_a_loss(app):
    app.get("segmented_control")[0].set_value("chessboard").run()
    assert not app.exception
    assert "Here it loses" in words(app)


def test_another_run_is_drawn_without_a_fault(app):
    next(b for b in app.button if b.key == "another_run").click().run()
    assert not app.exception


def test_the_runs_can_be_had_as_a_picture_for_a_slide(app):
    labels = [app.get_by_key(f"slide_{kind}_picture_runs").proto.label for kind in ("png", "svg")]
    assert labels == ["PNG", "SVG"]


@pytest.mark.parametrize("key", PICTURES)
def test_each_number_of_answers_has_a_sentence_with_its_own_figures(key):
    runs = read_runs(key)
    told = verdict_sentences(runs)
    assert len(told) == len(runs.labels)
    thirty = verdict(runs, 30)
    assert f"better in {thirty.better} of 50" in told[28]
    needed = answers_needed(runs, 30)
    assert f"Right {needed.in_100} in 100 with" in told[28]


def test_what_is_measured_is_said_in_answers_and_not_in_decimals():
    told = verdict_sentences(read_runs("moons"))[28]
    assert told.startswith(
        "Right 98 in 100 with 22 answers picked by the app instead of 57 at random."
    )
    lost = verdict_sentences(read_runs("chessboard"))[28]
    assert "answers at random, more than 60 picked by the app" in lost


def test_a_lead_that_coins_could_give_is_no_win():
    level = read_runs("moons").random
    assert moral(Runs(level, level), 30) == "Here it hardly matters how the rows are picked."


def test_the_film_of_the_first_page_shows_the_run_that_it_leads_to():
    kept = json.loads((ROOT / "pages/components/demo/film.json").read_text("utf-8"))
    made = film_of(draw_frames("moons", 0))
    assert made.keys() == kept.keys()
    for side in ("chosen", "random"):
        assert kept[side]["rows"] == made[side]["rows"]
        assert kept[side]["scores"] == pytest.approx(made[side]["scores"], abs=0.02)
        assert len(kept[side]["fields"]) == len(made[side]["fields"])
    same = ("first", "last", "grid", "points", "answers", "low", "high")
    assert [kept[name] for name in same] == [made[name] for name in same]
