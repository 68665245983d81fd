"""The library's doors: names that load their modules when they are first asked for."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOORS = [
    "al_core",
    "al_core.tables",
    "al_core.learning",
    "al_core.learning.demo",
    "al_core.projects",
    "al_core.figures",
]
HEAVY = ["numpy", "pandas", "pyarrow", "plotly", "scipy", "sklearn"]


def heavy_after(code: str) -> list[str]:
    """The heavy packages that a fresh interpreter has loaded after ``code``."""
    tell = f"\nimport json, sys\nprint(json.dumps([p for p in {HEAVY} if p in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", code + tell], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded: list[str] = json.loads(done.stdout.splitlines()[-1])
    return loaded


def typed_names(door: str) -> dict[str, str]:
    """The names that a type checker sees in a door, each with the module it comes from."""
    spec = find_spec(door)
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)
                and ast.unparse(node.test) == "TYPE_CHECKING"]  # fmt: skip
    return {
        alias.name: str(node.module)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


@pytest.mark.parametrize("door", DOORS)
def test_every_name_a_type_checker_sees_comes_from_the_same_module_at_run_time(door: str) -> None:
    module = import_module(door)
    homes = {name: home for home, names in module._HOMES.items() for name in names}
    for name, home in typed_names(door).items():
        if name in homes:
            assert f"{door}.{homes.pop(name)}" == home, name
            assert getattr(module, name) is getattr(import_module(home), name)
        else:
            assert getattr(module, name) is import_module(f"{home}.{name}")
    assert not homes, f"A type checker does not see {sorted(homes)}"


@pytest.mark.parametrize("door", DOORS)
def test_a_door_lists_every_name_it_hands_out_and_no_other(door: str) -> None:
    module = import_module(door)
    listed = set(module.__all__)
    assert set(typed_names(door)) <= listed <= set(dir(module))
    assert all(hasattr(module, name) for name in listed)
    with pytest.raises(AttributeError, match="no attribute 'no_such_name'"):
        module.no_such_name  # noqa: B018


@pytest.mark.parametrize("door", DOORS)
def test_no_name_is_hidden_by_a_module_of_the_same_name(door: str) -> None:
    """Importing the module would put it in the place of what the door hands out."""
    module = import_module(door)
    modules = {entry.stem for place in module.__path__ for entry in Path(place).iterdir()}
    names = {name for names in module._HOMES.values() for name in names}
    assert not names & modules


def test_importing_the_library_loads_nothing_heavy() -> None:
    doors = [f"import {door}" for door in DOORS]
    assert heavy_after("\n".join(doors)) == []


def test_a_strategy_is_found_whichever_module_was_imported_first() -> None:
    first = "from al_core.learning.querying.strategy import STRATEGIES, get_strategy"
    heavy_after(f"{first}\nassert get_strategy('margin').name == next(iter(STRATEGIES))")


def test_a_list_of_projects_and_of_demo_sets_needs_no_model_and_no_table() -> None:
    lists = "from al_core import projects, tables\nprojects.list_projects('.')\ntables.demo_sets()"
    assert heavy_after(lists) == ["numpy"]
