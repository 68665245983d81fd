"""Components that need no page: foreign text stays text, jobs can be stopped."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.errors import TableError
from al_core.projects.journal.store import FILE
from pages.components.shell.jobs import Job
from pages.components.shell.text import count, in_100, minutes, plain
from tests.projects_cases import live


@pytest.mark.parametrize(
    "text", ["**b**", ":red[x]", "<b>", "$x$", "[a](b)", "`c`", "a_b_c", "# h"]
)
def test_foreign_text_in_a_button_shows_every_sign(text: str) -> None:
    escaped = plain(text)
    assert escaped.replace("\\", "") == text
    assert all(escaped[i - 1] == "\\" for i, sign in enumerate(escaped) if sign in "*:<$[`_#")


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert plain("a" * 300, limit=10) == "a" * 9 + "…"


def test_numbers_read_as_a_person_says_them() -> None:
    assert (in_100(0.5), count(2, "class", "classes"), minutes(60 * 60 * 3)) == (
        "50 in 100",
        "2 classes",
        "3 h 0 min",
    )


ROOT = Path(__file__).resolve().parents[2]


def finished(job: Job) -> Job:
    for _ in range(500):
        if job.done:
            return job
        threading.Event().wait(0.01)
    raise AssertionError("the job did not end")


def test_a_job_ends_with_its_result() -> None:
    assert finished(Job(lambda progress, cancelled: 42)).result == 42


def test_a_cancelled_job_stops_at_its_next_step() -> None:
    begun, go = threading.Event(), threading.Event()

    def work(progress, cancelled) -> int:
        begun.set()
        go.wait()
        progress(0.5, "half")
        return 1

    job = Job(work)
    begun.wait()
    job.cancel()
    go.set()
    assert finished(job).result is None
    assert job.error is None


def test_a_job_keeps_the_sentence_of_a_user_error_and_hides_the_rest() -> None:
    def wrong_file(progress, cancelled) -> None:
        raise TableError("The file is empty (0 bytes).")

    def fault(progress, cancelled) -> None:
        raise ZeroDivisionError

    assert str(finished(Job(wrong_file)).error) == "The file is empty (0 bytes)."
    assert "Nothing saved is lost" in str(finished(Job(fault)).error)


def test_the_app_starts_on_the_data_page(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("name", ["label", "curves", "export", "map"])
def test_a_page_without_a_project_offers_to_open_one(
    name: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    app.switch_page(f"pages/{name}.py").run()
    assert not app.exception
    assert "No project open" in [heading.value for heading in app.header]


@pytest.mark.parametrize("name", ["label", "export"])
def test_an_address_without_a_project_opens_the_one_worked_on_last_and_says_which(
    name: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    for folder in ("older", "newer"):
        with live(tmp_path / folder) as project:
            project.rename(f"The *{folder}* one")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / FILE).write_bytes(b"no journal")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    app.switch_page(f"pages/{name}.py").run()
    assert not app.exception
    assert app.query_params["project"] in ("newer", ["newer"])
    said = r"Opened The \*newer\* one, the project you worked on last."
    assert said in [caption.value for caption in app.caption]
    app.run()
    assert said not in [caption.value for caption in app.caption], "said once"


def test_a_callback_that_is_called_twice_for_one_press_acts_once() -> None:
    def script() -> None:
        import streamlit as st

        from pages.components.shell.once import drawing, once

        @once
        def mark(row: int) -> None:
            marked = st.session_state.setdefault("marked", [])
            marked.remove(row) if row in marked else marked.append(row)

        def as_streamlit_does(*args: int) -> None:
            mark(*args)
            mark(*args)

        for row in (1, 2):
            st.button(f"row {row}", on_click=as_streamlit_does, args=(row, drawing()))

    app = AppTest.from_function(script, default_timeout=30).run()
    for button, marked in ((0, [1]), (1, [1, 2]), (0, [2])):
        app.button[button].click().run()
        assert app.session_state["marked"] == marked
