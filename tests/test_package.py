"""What the package says of itself: what it needs, its version, and where its app is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import al_core
from al_core.command import app_file

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def needed(name: str) -> list[str]:
    """The lines of a requirements file, without comments and what it builds on."""
    lines = (ROOT / name).read_text(encoding="utf-8").split("\n")
    bare = (line.split("#")[0].strip() for line in lines)
    return [line for line in bare if line and not line.startswith("-r ")]


@pytest.mark.parametrize(
    ("file", "extra"),
    [("requirements.txt", None), ("requirements-dev.txt", "test"),
     ("requirements-dask.txt", "dask"), ("requirements-peers.txt", "peers")],
)  # fmt: skip
def test_the_metadata_needs_what_the_requirements_need(file: str, extra: str | None) -> None:
    said = PROJECT["dependencies"] if extra is None else PROJECT["optional-dependencies"][extra]
    assert said == needed(file)


def test_the_library_tells_the_version_of_the_package() -> None:
    assert al_core.__version__ == PROJECT["version"]


def test_the_command_starts_the_app_of_this_checkout() -> None:
    assert app_file() == ROOT / "app.py"


def test_every_file_beside_the_modules_of_pages_is_read_by_one_of_them() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("pages/**/*.py"))
    for path in ROOT.glob("pages/**/*"):
        if path.suffix in {".js", ".css", ".html", ".svg"}:
            assert path.name in code or f'"{path.suffix}"' in code, path
