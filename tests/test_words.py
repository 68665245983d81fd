"""What is said in one way is said in one place, and the library speaks without the screen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE = sorted(ROOT.glob("al_core/**/*.py"))
CODE = [*CORE, *sorted(ROOT.glob("pages/**/*.py"))]
WORDING = ROOT / "al_core" / "wording.py"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def templates(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in the code as it stands there, {} for what is put in, with its line."""
    code = tree(path)
    parts = {id(part) for node in ast.walk(code) if isinstance(node, ast.JoinedStr)
             for part in ast.walk(node) if part is not node}  # fmt: skip
    for node in ast.walk(code):
        if id(node) in parts:
            continue
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "{}"
                    for part in node.values
                ),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def places(pattern: str) -> list[str]:
    """Where a text of the code matches, but for the file that is meant to say it."""
    return [
        f"{path.relative_to(ROOT)}:{line}"
        for path in CODE
        if path != WORDING
        for line, text in templates(path)
        if re.search(pattern, text)
    ]


def test_how_many_more_there_are_is_said_by_one_function() -> None:
    assert not places(r"\band \{\} more\b")


def test_so_many_in_100_is_said_by_one_function() -> None:
    rounded = re.compile(r"round\(100 \* |100 \* \w+:\.0f\}")
    found = [
        str(path.relative_to(ROOT))
        for path in CODE
        if path != WORDING
        for line in path.read_text(encoding="utf-8").splitlines()
        if rounded.search(line) and " in 100" in line
    ]
    assert not found


def test_helpers_for_words_are_written_once() -> None:
    names = {node.name for node in tree(WORDING).body if isinstance(node, ast.FunctionDef)}
    again = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in CODE
        if path != WORDING
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and node.name.lstrip("_") in names
    ]
    assert names >= {"count", "in_100", "ordinal", "listed"}
    assert not again


def test_wording_imports_nothing_of_the_project() -> None:
    modules = {
        name
        for node in ast.walk(tree(WORDING))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or node.names[0].name]
    }
    assert not [name for name in modules if name.split(".")[0] in {"al_core", "pages"}]


@pytest.mark.parametrize(
    ("alias", "home"),
    [
        ("Rows", "al_core/learning/records.py"),
        ("Progress", "al_core/progress.py"),
        ("Step", "al_core/progress.py"),
    ],
)
def test_a_name_for_a_type_has_one_home(alias: str, home: str) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in CODE
        for node in tree(path).body
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == alias for target in node.targets)
    ]
    assert found == [home]


def test_the_key_of_several_at_once_is_written_once() -> None:
    assert len(places(r"^desk_several$")) == 1


def test_a_quote_inside_a_cell_is_doubled_in_one_place() -> None:
    found = [
        path.name for path in CODE if ".replace('\"', '\"\"')" in path.read_text(encoding="utf-8")
    ]
    assert found == ["quoting.py"]


PAGE = "Data|Label|Progress|Finish|Compare|Map"
OF_THE_SCREEN = re.compile(
    rf"\b({PAGE}) page\b|\b(on|in|to|from|under|at|of|open|press|see) (the )?({PAGE}|More)\b"
    r"(?! [A-Z])"  # in the title of a paper all words begin so
    r"|Why it works|Reads wrong|\b(Solid|Quick|Thorough)\b"
)


@pytest.mark.parametrize("path", CORE, ids=[str(path.relative_to(ROOT)) for path in CORE])
def test_the_library_names_no_page_and_no_button(path: Path) -> None:
    said = [(line, text) for line, text in templates(path) if OF_THE_SCREEN.search(text)]
    assert not said


@pytest.mark.parametrize(
    "text",
    [
        "run Solid to be sure",
        "Choose another on the Data page.",
        "Find such rows on Label under More",
        "See Why it works.",
    ],
)
def test_a_word_of_the_screen_is_seen_in_a_sentence(text: str) -> None:
    assert OF_THE_SCREEN.search(text)


def test_figures_draw_records_and_hand_on_no_statistics() -> None:
    said = {
        f"{path.name}: {node.module}"
        for path in ROOT.glob("al_core/figures/*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("al_core.learning")
        and node.module != "al_core.learning.records"
    }  # fmt: skip
    assert not said


@pytest.mark.parametrize("beginning", [r"^To be right\b", r"^Saves at least\b"])
def test_what_choosing_rows_saves_is_said_by_the_comparison_alone(beginning: str) -> None:
    found = {place.split(":")[0] for place in places(beginning)}
    assert found == {"al_core/learning/comparison/words.py"}


@pytest.mark.parametrize(
    "phrase",
    [
        r"chang(ed|ing) its mind on",
        r"wide enough for whatever",
        r"\{\} behind\.",
        r"By now number",
        r"\(utility \{\}\)",
        r"Balance of misses",
        r"[Aa]nswer in hand",
        r"times in 100: \{\} rows",
    ],
)
def test_what_needed_a_second_reading_is_not_said_any_more(phrase: str) -> None:
    assert not places(phrase)
