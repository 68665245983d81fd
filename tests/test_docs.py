"""The documents are held to the code: links lead somewhere, commands are the ones CI runs."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import al_core

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            assert (path.parent / target.split("#")[0]).exists(), f"{path.name}: {target}"


def test_ci_runs_the_readmes_test_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = "pip install -r requirements-dev.txt && python -m pytest"
    assert command in readme
    assert command in (ROOT / ".ci/run").read_text(encoding="utf-8").replace(" -q", "")


def test_the_readmes_tree_names_only_what_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tree = re.search(r"```text\n(app\.py.*?)```", readme, re.DOTALL)
    assert tree
    for line in tree[1].splitlines():
        name = line.split()[0] if line.split() else ""
        if not line.startswith(" ") and name:
            assert (ROOT / name).exists(), name


ARCHITECTURE = ROOT / "docs/architecture.md"
FOLDERS = sorted(
    path.parent for root in ("al_core", "pages") for path in (ROOT / root).rglob("__init__.py")
)


def tree_of_architecture() -> dict[str, str]:
    """Each folder of the tree in docs/architecture.md, by its path, and the line beside it."""
    tree = re.search(r"```text\n(.*?)```", ARCHITECTURE.read_text(encoding="utf-8"), re.DOTALL)
    assert tree
    found, above = {}, list[str]()
    for indent, name, purpose in re.findall(r"^( *)(\w+)/ +(.+)$", tree[1], re.MULTILINE):
        above = [*above[: len(indent) // 4], name]
        found["/".join(above)] = purpose
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_tree_names_each_folder_with_the_purpose_it_gives_itself(folder: Path) -> None:
    module = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
    purpose = (ast.get_docstring(module) or "").split("\n")[0]
    assert purpose, "the folder does not say what it is for"
    assert tree_of_architecture().get(str(folder.relative_to(ROOT))) == purpose


def test_the_tree_names_only_folders_that_exist() -> None:
    for folder in tree_of_architecture():
        assert (ROOT / folder).is_dir(), folder


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_and_folder_a_document_names_by_its_path_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:al_core|pages|benchmarks|tests|docs|\.ci)/[\w./]*)`", text):
        assert (ROOT / path).exists(), path


def test_the_two_ways_name_the_functions_of_the_files_they_go_through() -> None:
    """A step is "`path`: `name`, `name`: what"; each name stands in that file."""
    text = ARCHITECTURE.read_text(encoding="utf-8")
    steps = re.findall(r"^\d+\. `([\w./]+)`: ((?:`\w+`(?:, )?)+)", text, re.MULTILINE)
    assert len(steps) == len(re.findall(r"^\d+\. ", text, re.MULTILINE)) > 20
    for path, names in steps:
        code = (ROOT / path).read_text(encoding="utf-8")
        for name in re.findall(r"`(\w+)`", names):
            assert re.search(rf"(def|class|function) {name}\b", code), f"{path}: {name}"


def test_every_public_name_says_what_it_is() -> None:
    for name in al_core.__all__:
        public = getattr(al_core, name)
        assert not callable(public) or public.__doc__, name


def test_each_decision_has_its_day_and_the_page_one_width() -> None:
    lines = (ROOT / "docs/decisions.md").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert len(line) <= 100 or line.startswith("|"), line
        if line.startswith("- "):
            assert re.match(r"- \*\*\d{4}-\d\d-\d\d · [`\w]", line), line


def test_every_dependency_has_its_reason() -> None:
    decisions = (ROOT / "docs/decisions.md").read_text(encoding="utf-8")
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").split("\n"):
        name = re.match(r"[a-z-]+", line)
        assert not name or name[0] in decisions, line


PYTHON_BLOCKS = [
    pytest.param(path, block, id=f"{path.relative_to(ROOT)}-{number}")
    for path in DOCUMENTS
    for number, block in enumerate(
        re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL), 1
    )
]


@pytest.mark.parametrize(("path", "block"), PYTHON_BLOCKS)
def test_every_example_in_the_documents_runs(
    path: Path, block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path / "home"))
    exec(compile(block, f"{path.name}", "exec"), {"__name__": "__main__"})
