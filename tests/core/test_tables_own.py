"""A file that was labelled with this app is known again: by its columns, whoever saved it since."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from al_core.projects import Project, projects_of
from al_core.tables import (
    Table,
    answers_in,
    guess_roles,
    label_candidates,
    label_role,
    load_table,
    own_label,
    read_table,
)
from al_core.tables.formats.exports.own.names import COLUMNS
from tests.shared_data import shared_data

TEXT = "note,size,team\n" + "\n".join(
    f"parcel {i} was {'late' if i % 3 else 'lost'},{i * 7 % 13},{['a', 'b', ''][i % 3]}"
    for i in range(60)
)
CLASSES = ("+ve", "-ve", "N/A", "yes", "Yes")


def made(folder: Path, table: Table, label: str | None = None, **settings: object) -> Project:
    roles = guess_roles(table) | ({label: label_role("the answer")} if label else {})
    given = {"model": "naive_bayes", "check_share": 0, **settings}
    return Project.create(folder, table, roles, given, background=False, apart=True)


@pytest.fixture
def downloaded(tmp_path: Path) -> bytes:
    """A labelled file of a project that is kept in the folder."""
    table = read_table(TEXT.encode(), name="parcels.csv")
    with made(tmp_path / "mine", table, classes=CLASSES) as project:
        for row in range(20):
            project.label(row, CLASSES[row % 5], by="Ada", note="odd" if row == 3 else "")
        return project.export_bytes()


def saved_again(data: bytes, how: str) -> bytes:
    """The same after another program has opened and saved it."""
    frame = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    if how == "semicolons":
        return frame.to_csv(index=False, sep=";", lineterminator="\r\n").encode("utf-8-sig")
    if how == "sorted":
        return frame.sort_values("note").to_csv(index=False).encode()
    if how == "with a column more":
        return frame.assign(mine="x").to_csv(index=False).encode()
    out = io.BytesIO()
    frame.to_excel(out, index=False) if how == "xlsx" else frame.to_parquet(out)
    return out.getvalue()


HOW = ["semicolons", "sorted", "with a column more", "xlsx", "parquet"]


@pytest.mark.parametrize("how", ["as it is", *HOW])
def test_our_columns_are_no_features_and_the_labels_are_as_they_were(
    downloaded: bytes, how: str
) -> None:
    table = read_table(downloaded if how == "as it is" else saved_again(downloaded, how))
    roles = guess_roles(table)
    assert {roles[name].kind for name in (*COLUMNS, "al_note")} == {"ignored"}
    assert [c.column for c in label_candidates(table)][:1] == ["al_label"]
    assert not {c.column for c in label_candidates(table)} & set(COLUMNS[1:])
    found = answers_in(table, "al_label")
    assert sorted(found.classes) == sorted(CLASSES)
    assert found.unlabelled == 40
    assert any("20 of 60 rows have a label" in notice for notice in table.notices)


def test_the_project_of_a_downloaded_file_is_found(downloaded: bytes, tmp_path: Path) -> None:
    for data in (downloaded, saved_again(downloaded, "semicolons")):
        assert [info.id for info in projects_of(read_table(data), tmp_path)] == ["mine"]
    other = downloaded.replace(b"parcel 7 ", b"packet 7 ")
    assert projects_of(read_table(other), tmp_path) == []


@pytest.mark.parametrize("how", ["as it is", "semicolons", "xlsx"])
def test_a_name_that_a_spreadsheet_would_run_is_as_it_was(tmp_path: Path, how: str) -> None:
    table = read_table(TEXT.replace("note,size", "@note,'=size").encode())
    with made(tmp_path / "mine", table, classes=["x", "y"]) as project:
        project.label(0, "x")
        data = project.export_bytes()
    again = read_table(data if how == "as it is" else saved_again(data, how))
    assert again.columns[:2] == ["@note", "'=size"]
    assert [info.id for info in projects_of(again, tmp_path)] == ["mine"]


def test_codes_with_an_apostrophe_of_their_own_are_as_they_were(tmp_path: Path) -> None:
    codes = "note,zip\n" + "\n".join(f"parcel {i} came late,'0{i:04}" for i in range(30))
    table = read_table(codes.encode())
    with made(tmp_path / "mine", table, classes=["'01", "'02"]) as project:
        for row in range(10):
            project.label(row, ("'01", "'02")[row % 2])
        again = read_table(project.export_bytes())
    assert again.text["zip"].equals(table.text["zip"])
    assert set(answers_in(again, "al_label").classes) == {"'01", "'02"}
    assert [info.id for info in projects_of(again, tmp_path)] == ["mine"]


def test_a_cell_of_millions_of_letters_reads_back(tmp_path: Path) -> None:
    table = read_table(f"note,size\n{'long ' * 600_000},1\nshort,2\nshorter,3\n".encode())
    with made(tmp_path / "mine", table, classes=["x", "y"]) as project:
        data = project.export_bytes()
    assert read_table(data).text["note"].equals(table.text["note"])


def test_what_a_rule_has_filled_in_is_no_answer(downloaded: bytes) -> None:
    frame = pd.read_csv(io.BytesIO(downloaded), dtype=str, keep_default_na=False)
    frame.loc[30:39, "al_label"] = "yes"
    frame.loc[30:34, "al_source"] = "guess above 0.9"
    table = read_table(frame.to_csv(index=False).encode())
    values = answers_in(table, "al_label").values
    assert values[30:35].isna().all()
    assert list(values[35:40]) == ["yes"] * 5  # typed in since, by hand
    assert answers_in(table, "al_label").unlabelled == 35


def test_words_typed_since_are_cleaned_as_everywhere(downloaded: bytes) -> None:
    frame = pd.read_csv(io.BytesIO(downloaded), dtype=str, keep_default_na=False)
    frame.loc[30:34, "al_label"] = [" YES ", "?", "null", "new", "+VE"]
    values = answers_in(read_table(frame.to_csv(index=False).encode()), "al_label").values
    assert [values[row] for row in (31, 32, 33)] == [None, None, "new"]
    assert values[34] == "+ve"


def test_nothing_of_an_earlier_round_is_seen_before_the_answer(
    downloaded: bytes, tmp_path: Path
) -> None:
    table = read_table(downloaded)
    for name, label in (("on", "al_label"), ("anew", None)):
        with made(tmp_path / name, table, label, classes=[*CLASSES, "new"]) as project:
            shown = {key for row in range(60) for key in project.row_values(row)}
            assert shown == {"note", "size", "team"}
            (question,) = project.ask()
            assert set(question.values) == shown
            assert project.find("Ada") == []
            features = [n for n, r in project.roles.items() if r.kind not in ("label", "ignored")]
            assert not [name for name in features if name.startswith("al_")]


def test_going_on_writes_one_set_of_columns_with_who_answered_when_and_the_notes(
    downloaded: bytes, tmp_path: Path
) -> None:
    with made(tmp_path / "on", read_table(downloaded), "al_label") as project:
        project.label(40, "yes", by="Bob")
        again = read_table(project.export_bytes())
    assert again.columns == ["note", "size", "team", *COLUMNS, "al_note"]
    before = read_table(downloaded).text
    kept = [name for name in again.columns if name not in ("al_prediction", "al_confidence")]
    assert again.text[kept].drop(index=40).equals(before[kept].drop(index=40))
    assert list(again.text.loc[40, ["al_label", "al_source", "al_by"]]) == ["yes", "person", "Bob"]


def test_starting_anew_keeps_the_earlier_round_and_the_last_one_is_told_from_it(
    downloaded: bytes, tmp_path: Path
) -> None:
    with made(tmp_path / "anew", read_table(downloaded), classes=["x", "y"]) as project:
        project.label(50, "x")
        again = read_table(project.export_bytes())
    assert own_label(again) == "al_label_2"
    assert answers_in(again, "al_label_2").classes == ["x"]
    assert {guess_roles(again)[n].kind for n in again.columns if n.startswith("al_")} == {"ignored"}
    found = {info.id for info in projects_of(again, tmp_path)}
    assert found == {"mine", "anew"}


def test_the_column_that_the_labels_came_from_is_no_feature(tmp_path: Path) -> None:
    with made(tmp_path / "part", read_table(TEXT.encode()), "team") as project:
        project.label(2, "a")
        again = read_table(project.export_bytes())
    assert guess_roles(again)["team"].kind == "ignored"
    assert guess_roles(again)["size"].kind == "number"


def test_a_round_with_one_answer_so_far_can_be_gone_on_with(tmp_path: Path) -> None:
    table = read_table(TEXT.encode())
    with made(tmp_path / "one", table, classes=["x", "y"]) as project:
        for row in range(3):
            project.label(row, "x")
        again = read_table(project.export_bytes())
    assert label_candidates(again)[0].column == "al_label"


def test_two_columns_of_another_file_that_are_called_alike_are_not_ours() -> None:
    rows = "\n".join(f"{i},{i * 3 % 7},{i % 2}" for i in range(20))
    table = read_table(f"al_time,al_by,answer\n{rows}".encode())
    assert table.marks == {}


def test_the_column_of_names_can_be_taken_out_and_the_rest_is_still_known(
    downloaded: bytes, tmp_path: Path
) -> None:
    rows = read_table(downloaded).text.drop(columns="al_by")
    table = read_table(rows.to_csv(index=False).encode())
    assert own_label(table) == "al_label"
    assert table.marks == dict.fromkeys([n for n in (*COLUMNS, "al_note") if n != "al_by"], "own")


def test_what_is_ours_is_kept_with_the_table(downloaded: bytes, tmp_path: Path) -> None:
    table = read_table(downloaded)
    with made(tmp_path / "on", table, "al_label"):
        kept = load_table(tmp_path / "on" / "table")
    assert kept.marks == table.marks == dict.fromkeys((*COLUMNS, "al_note"), "own")


def test_files_of_older_versions_read_well() -> None:
    escaped = read_table(shared_data("wild/32_own_export_escape.csv"))
    assert set(answers_in(escaped, "al_label").classes) == {"+ve", "-ve"}
    table = read_table(shared_data("wild/60_reimport.csv"))
    assert answers_in(table, "al_label").n_classes == 2
