"""Whatever a person types or pastes: a project goes out as its own file and comes back the same."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from al_core.learning.comparison.runs import Run
from al_core.learning.comparison.store import RunStore
from al_core.projects import Project, import_project, list_projects
from al_core.projects.measuring.kept import Kept
from al_core.tables import twin_of
from tests.core.test_projects_attacks import repacked
from tests.projects_cases import FEATURES, points

# Every sign that some reader takes for the end of a line: Python's str.splitlines knows them all.
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
ANY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(st.sampled_from(LINE_ENDS + 'aé日"\\\x00\t '), max_size=8),
)
NAMES = ANY.filter(lambda text: bool(text.strip()))
PAIRS = st.lists(NAMES, min_size=2, max_size=3, unique_by=lambda name: name.strip().casefold())
NUMBERS, TABLE = 12, points(12)


def _everything(project: Project) -> tuple[object, ...]:
    """What a person typed, and all that came of it."""
    labels = project.labels().astype(str).to_numpy().tolist()
    texts = [project.row_values(row) for row in range(project.data.n_rows)]
    typed = project.name, project.settings, project.classes, project.notes()
    return *typed, labels, texts, project.history(), project.counts()


@given(PAIRS, NAMES, NAMES, NAMES, ANY, ANY, ANY, NAMES)
@example(
    ["a\u2028b", "c\x85"], "n\u2029", "more\u2028", "new\x85", "q\u2028", "note\x85", "\u2029", "p"
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_project_with_any_text_comes_back_from_its_own_file_as_it_was(
    classes: list[str],
    name: str,
    added: str,
    renamed: str,
    question: str,
    note: str,
    with_label: str,
    by: str,
) -> None:
    given_ = {"model": "naive_bayes", "classes": classes, "question": question}
    with TemporaryDirectory() as home:
        place = Path(home) / "p"
        with Project.create(place, TABLE, FEATURES, given_, background=False, name=name) as first:
            first.label(1, classes[0], note=with_label, by=by)
            first.label_many([2, 3], classes[1], note=note)
            first.add_note(4, note)
            _if_new(first, added)
            first.rename_class(classes[1], _other(first, renamed))
            first.rename(name + "\u2028" + note + "!")
            before, packed = _everything(first), first.project_file_bytes()
        folder = import_project(packed, Path(home) / "elsewhere")
        assert [info.name for info in list_projects(folder.parent)] == [before[0]]
        with Project.open(folder, background=False) as again:
            assert _everything(again) == before
            assert again.project_file_bytes() != b""


def _if_new(project: Project, name: str) -> None:
    if twin_of(name, project.classes) is None:
        project.add_class(name)


def _other(project: Project, name: str) -> str:
    """The name, or one beside it that no answer has yet."""
    while name in project.classes:
        name += "\u2028x"
    return name


@given(ANY, ANY)
@example("a\u2028b", "c\x85d")
@settings(max_examples=25, deadline=None)
def test_what_was_measured_comes_back_whatever_it_is_called(key: str, text: str) -> None:
    with TemporaryDirectory() as folder:
        Kept(Path(folder)).add(key, [text])
        assert Kept(Path(folder)).values(key) == [[text]]
        store = RunStore(Path(folder) / "runs.jsonl")
        run = Run(key, text, 0, (1, 2), (0.5, 0.75), 0.1, text)
        store.add("print", run)
        store.add("print", run)
        assert store.load(["print"]) == [run]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_lines_of_a_project_file_may_end_as_another_program_ended_them(
    end: str, tmp_path: Path
) -> None:
    given_ = {"model": "naive_bayes", "classes": ["a\u2028", "b"]}
    with Project.create(tmp_path / "p", TABLE, FEATURES, given_, background=False) as first:
        first.label(1, "a\u2028")
        before, packed = _everything(first), first.project_file_bytes()

    def ended(name: str, part: bytes) -> bytes:
        lines = name == "journal.jsonl"
        return part.replace(b"\n", end.encode()) + end.encode() if lines else part

    folder = import_project(repacked(packed, ended), tmp_path / "home")
    with Project.open(folder, background=False) as again:
        assert _everything(again) == before
