"""Rules of the house that no other tool checks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted([*ROOT.glob("al_core/**/*.py"), *ROOT.glob("pages/**/*.py"), ROOT / "app.py"])
PAGES = sorted(ROOT.glob("pages/*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in CODE]


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("path", CODE, ids=NAMES)
def test_nothing_reads_a_pickle(path: Path) -> None:
    assert not imports(path) & {"pickle", "cloudpickle", "dill"}


@pytest.mark.parametrize("path", CODE, ids=NAMES)
def test_no_bare_except_and_no_raw_html(path: Path) -> None:
    for node in nodes(path):
        assert not (isinstance(node, ast.ExceptHandler) and node.type is None), node.lineno
        assert not (isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html"), node.value


@pytest.mark.parametrize("path", CODE, ids=NAMES)
def test_functions_and_files_stay_short_enough_to_read(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    page = path in PAGES
    assert lines <= (60 if path.name == "app.py" else 120 if page else 350), lines
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            size = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert size <= 40, f"the body of {node.name} has {size} lines"


FOLDERS = sorted({path.parent for path in CODE if path.parent != ROOT})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_a_folder_tells_its_story_in_at_most_thirteen_names(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()} - {"__init__.py", "__pycache__"}
    assert len(names) <= 13, sorted(names)


@pytest.mark.parametrize(
    "folder",
    [folder for folder in FOLDERS if folder.name not in ("pages", "components")],
    ids=lambda folder: str(folder.relative_to(ROOT)),
)
def test_a_folder_says_in_its_first_line_what_it_is_for(folder: Path) -> None:
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert len(said.split("\n")[0].split()) >= 4, said


def test_no_part_of_a_project_inherits_from_another() -> None:
    parts: dict[str, ast.ClassDef] = {}
    for path in ROOT.glob("al_core/projects/**/*.py"):
        classes = [node for node in nodes(path) if isinstance(node, ast.ClassDef)]
        parts |= {one.name: one for one in classes}
    # Events are records of one kind: what happened. Everything else is given what it needs.
    for one in parts.values():
        bases = {base.id for base in one.bases if isinstance(base, ast.Name)} - {"Event"}
        assert not bases & set(parts), one.name


CALLED_BY_NAME = {
    "compare",
    "simulate",
    "read_table",
}  # people call them: settings by name, one a line


@pytest.mark.parametrize("path", CODE, ids=NAMES)
def test_what_travels_together_is_one_parameter(path: Path) -> None:
    for node in nodes(path):
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.name not in CALLED_BY_NAME
        ):
            given = node.args
            names = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
            assert len([name for name in names if name not in ("self", "cls")]) <= 8, node.name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_leaves_session_state_to_one_component(path: Path) -> None:
    assert "session_state" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path.name != "__init__.py"], ids=lambda path: path.name
)
def test_a_page_starts_with_the_frame(path: Path) -> None:
    assert f'page_frame("{path.stem}"' in path.read_text(encoding="utf-8")


CHOOSERS = {
    *(
        "selectbox",
        "multiselect",
        "radio",
        "pills",
        "segmented_control",
        "select_slider",
        "feedback",
    )
}


@pytest.mark.parametrize("path", CODE, ids=NAMES)
def test_every_chooser_of_the_app_is_one_that_tells_its_options_apart(path: Path) -> None:
    """Those of Streamlit give back the last option of equal label."""
    if path.name == "choose.py":
        return
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and node.attr in CHOOSERS:
            assert isinstance(node.value, ast.Name), (node.attr, node.lineno)
            assert node.value.id == "choose", (node.attr, node.lineno)
        if isinstance(node, ast.ImportFrom) and node.module == "streamlit":
            assert not CHOOSERS & {alias.name for alias in node.names}, node.lineno


def test_nothing_committed_is_left_for_later() -> None:
    left = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        assert not [word for word in left if word in text], path


WINGS = ("tables", "learning", "projects", "figures")
WINGS_AND_WORDS = (*WINGS, "wording", "progress")
DOORS = {"al_core": WINGS, **{f"al_core.{door}": () for door in WINGS_AND_WORDS}}
"""Where a page may take a name from, and the modules that it may take there."""


@pytest.mark.parametrize(
    "path",
    [path for path in CODE if "al_core" not in path.parts],
    ids=[name for name in NAMES if not name.startswith("al_core")],
)
def test_a_page_takes_the_library_by_its_doors(path: Path) -> None:
    """From al_core or one of its four wings, and only what is listed there."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            deeper = {alias.name for alias in node.names if alias.name.startswith("al_core.")}
            assert not deeper, f"line {node.lineno}: take the names from the wing itself"
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "al_core":
            assert node.module in DOORS, f"line {node.lineno}: {node.module} lies behind a door"
            listed = {*import_module(node.module).__all__, *DOORS[node.module]}
            missing = {alias.name for alias in node.names} - listed
            assert not missing, f"line {node.lineno}: {node.module} does not hand out {missing}"
