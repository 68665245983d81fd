"""Where storage will not last, the app says so; nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pages.components.around import storage
from pages.components.around.storage import not_kept

HERE = Path(__file__).resolve().parent
NOWHERE = Path("/a-place-that-nobody-mounted/home")


@pytest.fixture
def in_a_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "mark"
    mark.touch()
    monkeypatch.setattr(storage, "_MARKS", (str(mark),))


@pytest.fixture
def on_a_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_MARKS", (str(tmp_path / "nowhere"),))


def test_a_container_without_a_volume_says_that_projects_do_not_last(in_a_container: None) -> None:
    assert "project file" in not_kept(NOWHERE, HERE, "0.0.0.0", {})


@pytest.mark.skipif(sys.platform != "linux", reason="needs a place that is surely mounted")
def test_a_container_with_its_projects_on_a_volume_says_nothing(in_a_container: None) -> None:
    assert not_kept(Path("/proc"), HERE, "0.0.0.0", {}) == ""
    assert not_kept(Path("/proc/sys/projects"), HERE, "0.0.0.0", {}) == ""


def test_a_container_that_serves_only_itself_says_nothing(in_a_container: None) -> None:
    assert not_kept(NOWHERE, HERE, "localhost", {}) == ""


@pytest.mark.parametrize("address", ["localhost", "0.0.0.0", ""])
def test_a_computer_of_ones_own_says_nothing(on_a_computer: None, address: str) -> None:
    assert not_kept(NOWHERE, HERE, address, {}) == ""


def test_streamlits_own_cloud_says_it_by_its_place_or_its_name(on_a_computer: None) -> None:
    assert not_kept(NOWHERE, Path("/mount/src/labels"), "localhost", {})
    assert not_kept(NOWHERE, HERE, "", {"HOSTNAME": "streamlit"})
