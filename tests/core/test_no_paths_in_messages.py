"""What cannot be read or written is named, and the place of the server's files is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from al_core.apart.importing import import_project_apart
from al_core.apart.reading import read_table_apart
from al_core.errors import UserError
from al_core.projects import Project, import_project, move_to_bin
from al_core.projects.filling.kept import keep, read
from al_core.tables import load_table, read_table, save_table
from tests.projects_cases import answer, live, points

Act = Callable[[Path], object]


def exported_into_nothing(place: Path) -> None:
    with live(place / "p") as project:
        answer(project, 2)
        project.export(place / "nowhere" / "out.csv")


def exported_onto_a_folder(place: Path) -> None:
    with live(place / "q") as project:
        (place / "out.csv").mkdir()
        project.export(place / "out.csv")


def kept_where_a_file_stands(place: Path) -> None:
    (place / "filled").write_text("a file")
    keep(place, pd.DataFrame({"row": [1], "label": ["a"], "confidence": [0.5]}))


def imported_where_a_file_stands(place: Path) -> None:
    with live(place / "r") as project:
        data = project.project_file_bytes()
    (place / "home").write_text("a file")
    import_project(data, place / "home")


ACTS: dict[str, Act] = {
    "a table that is not there": lambda place: read_table(place / "a.csv"),
    "a folder as a table": read_table,
    "a table that is not there, read apart": lambda place: read_table_apart(place / "a.csv"),
    "a project file that is not there": lambda place: import_project_apart(place / "a.zip", place),
    "no saved table": load_table,
    "a table saved where a file stands": lambda place: save_table(points(5), _file(place / "t")),
    "exported into nothing": exported_into_nothing,
    "exported onto a folder": exported_onto_a_folder,
    "a list of filled rows that is missing": lambda place: read(place, "a" * 64, 3),
    "a list kept where a file stands": kept_where_a_file_stands,
    "a project that is not there": lambda place: Project.open(place / "none"),
    "no project put into the bin": lambda place: move_to_bin(place / "none"),
    "a project imported where a file stands": imported_where_a_file_stands,
}


def _file(path: Path) -> Path:
    path.write_text("a file")
    return path


@pytest.mark.parametrize("name", ACTS)
def test_a_message_names_the_file_and_not_where_it_lies(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        ACTS[name](tmp_path)
    assert str(tmp_path) not in str(told.value)
    assert str(told.value).strip()
