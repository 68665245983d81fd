"""The model to take away: it works elsewhere, on another file, and says what it cannot read."""

from __future__ import annotations

import json
import tomllib
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from al_core.errors import ProjectError, TableError
from al_core.learning import MODELS, get_model
from al_core.projects import Project, guesses_csv, load_model
from al_core.projects.takeaways.model.wheel import NEEDS, own_wheel
from al_core.tables import Role, Table, read_table
from tests.elsewhere import unpacked
from tests.projects_cases import answer, live

ROOT = Path(__file__).resolve().parents[2]
FIRST = ROOT / "tests" / "first_version"


def shop(n: int, seed: int, decimal: str = ",") -> Table:
    """Prices as Germans write them, a region as a number, a date and a few words."""
    rng = np.random.default_rng(seed)
    rows = ["Preis;Region;Bestellt;Grund"]
    for _ in range(n):
        price = rng.uniform(900, 2_000)
        written = f"{price:,.2f}".replace(",", " ").replace(".", decimal).replace(" ", ".")
        word = "zu spät geliefert" if price > 1_400 else "falsche Größe bekommen"
        day = f"{rng.integers(1, 28):02d}.03.2026"
        rows.append(
            f"{written};{rng.integers(1, 4)};{day};{word} und mehr Worte {rng.integers(99)}"
        )
    return read_table("\n".join(rows).encode(), name="shop.csv")


ROLES = {
    "Preis": Role("number", "test"),
    "Region": Role("category", "test"),
    "Bestellt": Role("date", "test"),
    "Grund": Role("text", "test"),
}


def labelled(folder: Path, model: str = "logistic_regression") -> Project:
    given = {"classes": ["spät", "falsch"], "model": model, "read_meaning": False}
    project = Project.create(folder, shop(80, 0), ROLES, given, background=False)
    for row in range(40):
        word = project.row_values(row)["Grund"]
        project.label(row, "spät" if "spät" in word else "falsch")
    project.wait()
    return project


@pytest.mark.parametrize("model", sorted(MODELS))
def test_a_model_of_the_menu_loads_from_its_zip_and_guesses_as_the_app_does(
    tmp_path: Path, model: str
) -> None:
    with labelled(tmp_path / "p", model) as project:
        project.export_model(tmp_path / "model.zip")
        here = project.taken_model().guesses(shop(30, 1)).frame
        known = project.predictions()
        own = project.taken_model().guesses(project.table).frame
    there = load_model(tmp_path / "model.zip").guesses(shop(30, 1)).frame
    assert there["prediction"].tolist() == here["prediction"].tolist()
    assert np.allclose(there["confidence"], here["confidence"], atol=1e-6)
    assert own["prediction"].tolist() == known["prediction"].tolist()
    assert np.allclose(own["confidence"], known["confidence"], atol=1e-6)
    assert get_model(model).name == model


def test_a_number_is_read_as_in_the_file_that_was_learned_from(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        model = project.taken_model()
    one = "Preis;Region;Bestellt;Grund\n{};1;02.03.2026;zu spät geliefert und mehr Worte\n"
    thousands = read_table((one.format("1.234") * 1).encode())
    assert thousands.frame["Preis"][0] == 1.234  # by itself it would be read so
    written = read_table((one.format("1.234,00")).encode())
    assert model.guesses(thousands).frame.equals(model.guesses(written).frame)


def test_a_cell_that_is_no_number_is_told_and_counts_as_blank(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        model = project.taken_model()
    text = "Preis;Region;Bestellt;Grund\n" + "".join(
        f"{price};1;02.03.2026;zu spät geliefert und mehr Worte\n"
        for price in ("1.234,56", "auf Anfrage", "1.500,00", "1.100,00")
    )
    found = model.guesses(read_table(text.encode()))
    assert any("Preis: 1 cell is no number" in one for one in found.warnings)
    assert found.frame["prediction"].notna().all()


def test_columns_that_look_unlike_are_named_in_plain_words(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        model = project.taken_model()
    text = "Preis;Region;Bestellt;Grund\n" + "".join(
        f"{9_000 + n};{n};02.03.2026;zu spät geliefert und mehr Worte\n" for n in range(1, 6)
    )
    warnings = model.guesses(read_table(text.encode())).warnings
    assert "Region: 40 in 100 values were never seen." in warnings
    assert any(one.startswith("Preis: 100 in 100 numbers lie outside of") for one in warnings)


def test_a_file_like_the_one_learned_from_gives_no_warning(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        assert project.taken_model().guesses(shop(200, 5)).warnings == []


def test_missing_columns_are_named_and_other_capitals_are_taken(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        model = project.taken_model()
    with pytest.raises(TableError, match=r"lacks 2 columns .*Bestellt, Grund"):
        model.guesses(read_table(b"Preis;Region\n1,5;2\n2,5;3"))
    table = read_table(b"PREIS;region;Bestellt ;grund\n1,5;2;02.03.2026;etwas\n2,5;3;03.03.2026;zu")
    assert len(model.guesses(table).frame) == 2


def test_a_model_zip_of_the_first_version_still_loads_and_guesses_the_same() -> None:
    found = load_model(FIRST / "model.zip").guesses(read_table(FIRST / "rows.csv")).frame
    known = pd.read_csv(FIRST / "predictions.csv")
    assert found["prediction"].tolist() == known["prediction"].tolist()
    assert np.allclose(found["confidence"], known["confidence"], atol=1e-6)


def test_a_type_that_is_not_on_the_list_is_refused(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 20)
        project.export_model(tmp_path / "model.zip")
    with pytest.raises(ProjectError, match="types that are not ours"):
        load_model(tmp_path / "model.zip", trusted=[])
    with pytest.raises(ProjectError, match="no model of this app"):
        load_model(FIRST / "rows.csv")


def test_the_zip_holds_all_that_is_needed_and_says_what_it_is(tmp_path: Path) -> None:
    with live(tmp_path / "p", question="Is it *so*?") as project:
        answer(project, 30)
        project.wait()
        project.export_model(tmp_path / "model.zip")
        sentence = project.score().sentence
    with zipfile.ZipFile(tmp_path / "model.zip") as archive:
        names, card = archive.namelist(), archive.read("card.md").decode()
        needs = archive.read("requirements.txt").decode().split()
        program = archive.read("predict.py").decode()
        wheel = next(name for name in names if name.endswith(".whl"))
        size = archive.getinfo(wheel).file_size
    assert sentence in card
    assert r"Is it \*so\*?" in card
    assert {"## Data", "## Answers", "## How good it is", "## Limits"} <= set(card.splitlines())
    assert needs[0] == f"./{wheel}"
    assert all("==" in one for one in needs[1:])
    assert "al_core.tables.features.transformers.NumberEncoder" in program
    assert size < 1_000_000


def test_what_the_wheel_needs_is_what_the_app_needs_of_it() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted = tomllib.load(file)["project"]["dependencies"]
    assert set(NEEDS) <= set(wanted)


def test_the_wheel_is_the_same_each_time_and_holds_every_module() -> None:
    data = own_wheel()
    assert data == own_wheel()
    with zipfile.ZipFile(__import__("io").BytesIO(data)) as archive:
        names = archive.namelist()
    modules = [p.relative_to(ROOT).as_posix() for p in (ROOT / "al_core").rglob("*.py")]
    assert set(modules) <= set(names)
    assert not [name for name in names if name.endswith(".csv") or "measured_runs.json" in name]
    assert len(data) < 800_000  # all of the library is in it; it grows with it


def test_guesses_stand_behind_the_cells_of_the_file(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 20)
        project.wait()
        model, table = project.taken_model(), read_table(b"x,y,guess\n1,2,=1\n-1,2,b")
    lines = guesses_csv(table, model.guesses(table)).decode("utf-8-sig").splitlines()
    assert lines[0] == "x,y,guess,guess 2,how sure 2"
    assert lines[1].startswith("1,2,'=1,yes,")


TICKETS = """
from al_core.errors import TableError
from al_core.tables import load_demo
try:
    load_demo("tickets")
except TableError as problem:
    print(problem)
"""


def test_the_zip_works_in_an_environment_without_this_checkout(tmp_path: Path) -> None:
    """As a colleague would: unpack, install what it names, run the program on another file."""
    with labelled(tmp_path / "p") as project:
        project.export_model(tmp_path / "model.zip")
        expected = project.taken_model().guesses(shop(25, 9)).frame
    elsewhere = unpacked(tmp_path / "model.zip", tmp_path / "elsewhere")
    folder = elsewhere.folder
    shop(25, 9).text.to_csv(folder / "new.csv", sep=";", index=False)
    where = elsewhere.run("-c", "import al_core; print(al_core.__file__)")
    assert not Path(where.strip()).is_relative_to(ROOT)
    assert "25 rows guessed" in elsewhere.run("predict.py", "new.csv", "out.csv")
    said = elsewhere.run("-c", TICKETS)
    assert said.startswith("The tickets are not in this copy of al_core")
    out = read_table(folder / "out.csv")
    assert out.text["guess"].tolist() == expected["prediction"].tolist()
    code = (
        "import json; from al_core.projects import load_model; "
        "from al_core.tables import read_table; "
        "print(json.dumps(load_model('.').guesses(read_table('new.csv'))"
        ".frame['confidence'].tolist()))"
    )
    sure = json.loads(elsewhere.run("-c", code))
    assert np.allclose(sure, expected["confidence"], atol=1e-6)
