"""The labelled file: one final column, in the format that a person wants."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from al_core.errors import SettingsError, TableError
from al_core.projects import FORMATS, Project, Wanted, formats_for, import_project, projects_of
from al_core.projects.records import Download
from al_core.projects.takeaways.filled import FilledRows
from al_core.projects.takeaways.outcome import Given, outcome_of
from al_core.tables import Role, guess_roles, label_candidates, read_table
from al_core.tables.formats.writing.sheet import MOST_ROWS, as_workbook
from tests.projects_cases import FEATURES, answer, live

GERMAN = (
    "Nr;Größe;Team;Notiz\r\n"
    '1;"1.234,56";A;"=1+1"\r\n'
    "2;7,5;;Straße\r\n"
    "3;0,25;B;\r\n"
    '4;1,0;;"a;b"\r\n'
    "5;2,0;;x"
)


def german(folder: Path, encoding: str = "cp1252", question: bool = False) -> Project:
    table = read_table(GERMAN.encode(encoding), name="teams.csv", encoding=encoding)
    roles = {"Größe": Role("number", "test"), "Notiz": Role("category", "test")}
    settings: dict[str, object] = {"model": "logistic_regression", "check_share": 0}
    if question:
        settings["classes"] = ["A", "B"]
    else:
        roles["Team"] = Role("label", "test")
    return Project.create(folder, table, roles, settings, background=False)


def file_of(project: Project, kind: str, **more: object) -> Download:
    return project.export_file(Wanted(kind, **more))  # type: ignore[arg-type]


def test_a_chosen_column_gets_its_blanks_filled_and_every_other_byte_stays(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        project.label(1, "B")
        project.dont_know(3)
        got = file_of(project, "csv", with_record=False)
    expected = GERMAN.replace("2;7,5;;", "2;7,5;B;").replace("4;1,0;;", "4;1,0;can't tell;")
    assert got.data == expected.encode("cp1252")
    assert "every byte" in got.note


def test_how_a_file_is_written_is_known_before_it_is_made(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        project.label(1, "B")
        for kind in FORMATS:
            assert project.how_written(Wanted(kind)) == file_of(project, kind).note


def test_putting_cells_into_the_file_tells_how_far_it_is(tmp_path: Path) -> None:
    heard: list[float] = []
    with german(tmp_path / "p") as project:
        project.label(1, "B")
        project.export_file(Wanted("csv"), lambda share, what: heard.append(share))
    assert heard == sorted(heard)
    assert len({share for share in heard if 0 < share < 1}) > 3


def test_the_record_stands_behind_with_numbers_as_the_file_writes_them(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        project.label(1, "B")
        got = file_of(project, "csv").data.decode("cp1252")
    rows = list(csv.DictReader(io.StringIO(got, newline=""), delimiter=";"))
    assert [row["Team"] for row in rows] == ["A", "B", "B", "", ""]
    assert [row["al_source"] for row in rows] == ["file", "person", "file", "", ""]
    assert rows[3]["al_confidence"].startswith("0,")
    assert rows[3]["al_prediction"] in ("A", "B")


def test_a_new_question_gets_a_column_under_the_name_that_was_typed(tmp_path: Path) -> None:
    with german(tmp_path / "p", question=True) as project:
        project.label(0, "A")
        assert project.final_name() == ("answer", False)
        lines = file_of(project, "csv", with_record=False, name="Zu ständig").data.decode("cp1252")
        with pytest.raises(SettingsError, match="already"):
            file_of(project, "csv", name="Team")
    assert lines.split("\r\n")[:2] == ["Nr;Größe;Team;Notiz;Zu ständig", '1;"1.234,56";A;"=1+1";A']


def test_an_answer_that_the_file_s_letters_cannot_write_is_said_and_written_anew(
    tmp_path: Path,
) -> None:
    with german(tmp_path / "p", question=True) as project:
        project.add_class("Ωmega")
        project.label(0, "Ωmega")
        wanted = Wanted("csv", with_record=False)
        before, got = project.how_written(wanted), project.export_file(wanted)
    assert "Ω" in before
    assert "written anew" in before
    assert got.note.startswith(before)
    assert "Ωmega" in got.data.decode("utf-8")


def test_without_the_file_as_it_came_it_is_written_anew_and_says_so(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        (tmp_path / "p" / "table" / "original.zst").unlink()
        project.label(1, "B")
        assert "not kept" in project.how_written(Wanted("csv"))
        got = file_of(project, "csv", with_record=False)
    assert "not kept" in got.note
    rows = list(csv.reader(io.StringIO(got.data.decode("cp1252"), newline=""), delimiter=";"))
    assert rows[2] == ["2", "7,5", "B", "Straße"]


def test_csv_for_excel_has_a_mark_and_no_formulas(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        data = file_of(project, "excel_csv").data
    assert data.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in data.decode("utf-8-sig")


def test_a_workbook_is_typed_frozen_filtered_and_its_formulas_are_text(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        project.label(1, "B")
        got = file_of(project, "xlsx")
    assert got.ending == ".xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(got.data)).active
    names = [cell.value for cell in sheet[1]]
    assert names[:5] == ["Nr", "Größe", "Team", "Notiz", "al_label"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(len(names))}6"
    assert (sheet["B2"].value, sheet["D2"].value, sheet["D2"].data_type) == (1234.56, "=1+1", "s")
    assert sheet["C3"].value == "B"
    sure = sheet.cell(5, names.index("al_confidence") + 1).value
    assert isinstance(sure, float)


def test_a_workbook_too_long_for_excel_is_refused_in_words() -> None:
    with pytest.raises(TableError, match="holds 1,048,575 rows"):
        as_workbook(pd.DataFrame({"a": range(MOST_ROWS + 1)}))


def test_parquet_and_json_lines_are_typed(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        project.label(1, "B")
        parquet, lines = file_of(project, "parquet").data, file_of(project, "jsonl").data
    frame = pd.read_parquet(io.BytesIO(parquet))
    assert frame["Größe"].tolist() == [1234.56, 7.5, 0.25, 1.0, 2.0]
    assert str(frame["al_time"].dtype).startswith("datetime64")
    rows = [json.loads(line) for line in lines.decode().splitlines()]
    assert (rows[1]["Team"], rows[3]["Team"], rows[0]["Größe"]) == ("B", None, 1234.56)


def test_a_column_of_numbers_that_was_chosen_stays_one_of_numbers(tmp_path: Path) -> None:
    text = "x,y,good\n" + "\n".join(f"{i}.5,1,{['0', '1', ''][i % 3]}" for i in range(12))
    roles = {**FEATURES, "good": Role("label", "test")}
    table = read_table(text.encode(), name="codes.csv")
    with Project.create(tmp_path / "p", table, roles, {}, background=False) as project:
        project.label(2, "1")
        frame = pd.read_parquet(io.BytesIO(file_of(project, "parquet").data))
    assert frame["good"].tolist()[:3] == [0.0, 1.0, 1.0]


def test_filled_guesses_stand_in_the_final_column_and_a_person_wins(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        project.label(1, "B")
        given = Given(
            project.table,
            project.labels(),
            project.predictions(),
            {},
            (3,),
            FilledRows({1: "A", 3: "A", 4: "A"}),
            "Team",
        )
    found = outcome_of(given)
    assert found.final.cells == {1: "B", 3: "A", 4: "A"}
    assert found.record["al_source"].tolist() == ["file", "person", "file", "filled", "filled"]


def test_an_answer_of_the_file_that_was_renamed_has_its_new_name_in_every_row(
    tmp_path: Path,
) -> None:
    with german(tmp_path / "p") as project:
        project.rename_class("A", "Alpha")
        project.label(1, "Alpha")
        got = file_of(project, "csv", with_record=False).data.decode("cp1252")
    assert '1;"1.234,56";Alpha;' in got
    assert "2;7,5;Alpha;" in got


def test_an_answer_of_the_file_that_a_person_took_away_is_gone(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        project.remove_label(0)
        project.label(2, "A")
        got = file_of(project, "csv", with_record=False).data.decode("cp1252")
    assert got.split("\r\n")[1:4] == ['1;"1.234,56";;"=1+1"', "2;7,5;;Straße", "3;0,25;A;"]


@pytest.mark.parametrize("question", [True, False])
@pytest.mark.parametrize("kind", ["csv", "excel_csv", "xlsx"])
def test_a_file_with_its_record_leads_back_to_its_project(
    tmp_path: Path, kind: str, question: bool
) -> None:
    with german(tmp_path / "home" / "mine", "utf-8", question) as project:
        project.label(1, "B")
        project.dont_know(3)
        data = file_of(project, kind).data
    again = read_table(data, name="again")
    if kind != "xlsx":  # a workbook writes numbers as numbers, so its cells are others
        assert [info.id for info in projects_of(again, tmp_path / "home")] == ["mine"]
    used = {name for name, role in guess_roles(again).items() if role.kind not in ("ignored",)}
    assert not used & {"answer", "al_label", "al_prediction"}
    if question:
        assert "answer" not in [one.column for one in label_candidates(again)]


def test_a_file_without_its_record_is_known_again_by_its_digest(tmp_path: Path) -> None:
    with german(tmp_path / "home" / "mine", "utf-8") as project:
        project.label(1, "B")
        path = tmp_path / "back.csv"
        path.write_bytes(file_of(project, "csv", with_record=False).data)
    again = read_table(path)
    assert projects_of(again, tmp_path / "home") == []
    found = projects_of(again, tmp_path / "home", file=path)
    assert [info.id for info in found] == ["mine"]


def test_the_guesses_for_every_row_are_written_as_the_file_writes_numbers(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        lines = project.predictions_bytes().decode("utf-8-sig").splitlines()
    rows = list(csv.DictReader(lines, delimiter=";"))
    assert [row["line"] for row in rows] == ["2", "3", "4", "5", "6"]
    assert all(row["confidence"][:2] in ("0,", "1,") for row in rows)


def test_the_file_as_it_came_travels_with_the_project_file(tmp_path: Path) -> None:
    with german(tmp_path / "p") as project:
        project.label(1, "B")
        data, expected = project.project_file_bytes(), file_of(project, "csv", with_record=False)
    place = import_project(data, tmp_path / "home")
    with Project.open(place, background=False) as project:
        assert file_of(project, "csv", with_record=False) == expected


def test_the_format_of_the_file_is_offered_first(tmp_path: Path) -> None:
    book = as_workbook(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}))
    assert formats_for(read_table(book))[0] == "xlsx"
    assert formats_for(read_table(GERMAN.encode()))[0] == "csv"
    assert "csv" not in formats_for(read_table(book))


def test_the_file_of_a_whole_project_reads_again_row_by_row(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 15)
        labels = project.labels().set_index("row")["label"]
        again = read_table(file_of(project, "csv").data)
        final = again.text[project.final_name()[0]]
    assert {row: final[row] for row in labels.index} == labels.to_dict()
    assert (final.drop(labels.index) == "").all()
