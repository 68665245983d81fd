"""What a person takes away: the labelled file, the model, the report, the project file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
import skops.io

from al_core.errors import NotFittedError, ProjectError, ProjectTooNew
from al_core.projects import Project, import_project, list_projects
from al_core.projects.takeaways.labelled_csv import COLUMNS
from al_core.tables import Role, Table, read_table
from tests.projects_cases import FEATURES, answer, live

TRICKY = "\n".join(
    [
        "id,x,y,note",
        '1,0.5,1.5,"two\nlines, ""quoted"""',
        '2,-0.5,2.5,"=HYPERLINK(""http://a.b"")"',
        "3,1.5,-1.25,@SUM(A1)",
        "4,-2.5,0.25,-",
        "5,2.5,0.75,+49 30 1234",
        "6,-1.5,0.5,  spaced",
    ]
)


def _rows(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def _tricky(folder: Path, text: str = TRICKY) -> Project:
    table = read_table(text.encode(), name="tricky.csv")
    given = {"classes": ["=yes", "no"], "model": "logistic_regression", "check_share": 0}
    return Project.create(folder, table, FEATURES, given, background=False)


def test_the_labelled_file_keeps_every_row_and_cell_in_order(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 15)
        project.export(tmp_path / "out.csv")
        table = project.table
        rows = _rows((tmp_path / "out.csv").read_bytes())
    assert [[row[c] for c in table.columns] for row in rows] == table.text.to_numpy().tolist()
    assert list(rows[0])[-7:] == list(COLUMNS)


def test_labels_stand_by_their_rows_and_opinions_by_the_rest(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 15)
        labels = project.labels().set_index("row")
        rows = _rows(project.export_bytes())
    for number, row in enumerate(rows):
        if number in labels.index:
            assert row["al_label"] == labels.loc[number, "label"]
            assert (row["al_source"], row["al_prediction"]) == ("person", "")
            assert row["al_time"].endswith("Z")
        else:
            assert row["al_label"] == row["al_source"] == row["al_time"] == ""
            assert row["al_prediction"] in ("yes", "no")
            assert 0.5 <= float(row["al_confidence"]) <= 1


def test_notes_stand_in_a_column_of_their_own_once_there_is_one(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        assert "al_note" not in project.export_bytes().decode("utf-8-sig")
        project.label(3, "yes", note="=odd, but clear")
        project.add_note(5, "ask Ada")
        rows = _rows(project.export_bytes())
    assert list(rows[0])[-8:] == [*COLUMNS, "al_note"]
    assert {n: row["al_note"] for n, row in enumerate(rows) if row["al_note"]} == {
        3: "'=odd, but clear",
        5: "ask Ada",
    }


def test_without_any_label_the_columns_are_empty(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        rows = _rows(project.export_bytes())
    assert {row[name] for row in rows for name in COLUMNS} == {""}


def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(tmp_path: Path) -> None:
    with _tricky(tmp_path / "p") as project:
        project.label(0, "=yes")
        rows = _rows(project.export_bytes())
    assert [row["note"] for row in rows] == [
        'two\nlines, "quoted"',
        '\'=HYPERLINK("http://a.b")',
        "'@SUM(A1)",
        "-",
        "+49 30 1234",
        project.table.text["note"][5],
    ]
    assert rows[1]["x"] == "-0.5"
    assert rows[0]["al_label"] == "'=yes"


def test_the_file_is_split_as_it_came(tmp_path: Path) -> None:
    text = TRICKY.replace("two\nlines, ", "two; ").replace(",", ";")
    with _tricky(tmp_path / "p", text) as project:
        data = project.export_bytes()
    assert data.startswith(b"\xef\xbb\xbfid;x;y;note;al_label;")
    assert _rows(data, ";")[0]["note"] == 'two; "quoted"'


def test_columns_that_are_taken_get_a_suffix(tmp_path: Path) -> None:
    text = "x,y,al_label\n" + "\n".join(f"{i}.5,{-i}.5,old" for i in range(9))
    table = read_table(text.encode(), name="again.csv")
    given = {"classes": ["a", "b"]}
    with Project.create(tmp_path / "p", table, FEATURES, given, background=False) as project:
        rows = _rows(project.export_bytes())
    assert rows[0]["al_label"] == "old"
    assert list(rows[0])[3:] == [f"{name}_2" for name in COLUMNS]


def test_the_model_can_be_loaded_and_gives_the_same_predictions(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 20)
        project.export_model(tmp_path / "model.zip")
        wanted = project.predictions()["prediction"].tolist()
        frame = project.table.frame
    with zipfile.ZipFile(tmp_path / "model.zip") as archive:
        data = archive.read("model.skops")
        about = json.loads(archive.read("about.json"))
    unknown = skops.io.get_untrusted_types(data=data)
    ours = ("al_core.tables.", "numpy.", "sklearn.", "scipy.")
    assert all(name.startswith(ours) for name in unknown)
    model = skops.io.loads(data, trusted=unknown)
    assert model.predict(frame).tolist() == wanted
    assert about["answers"] == ["no", "yes"]
    assert about["columns"]["x"]["kind"] == "number"
    assert {"scikit-learn", "python"} <= set(about["versions"])


def test_without_two_answers_there_is_no_model(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project, pytest.raises(NotFittedError, match="two answers"):
        project.model_bytes()


def test_the_report_says_the_score_its_range_and_how_it_was_measured(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=240, question="Is it *so*? <b>") as project:
        answer(project, 30)
        project.wait()
        report = project.report_bytes().decode()
        assert project.score().sentence in report
    assert "never learned from" in report
    assert "| yes | " in report
    assert r"Is it \*so\*? \<b\>" in report


def test_a_project_file_opens_elsewhere_exactly_as_it_was(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 12)
        project.undo()
        data, labels, counts = project.project_file_bytes(), project.labels(), project.counts()
    folder = import_project(data, tmp_path / "elsewhere")
    with Project.open(folder, background=False) as project:
        assert project.labels().equals(labels)
        assert project.counts() == counts
        assert len(project.history()) == 14
    assert [info.name for info in list_projects(tmp_path / "elsewhere")] == ["points.csv"]


def _changed(data: bytes, name: str, content: bytes) -> bytes:
    """A project file with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("../../escaped.txt", b"x", ProjectError),
        ("table/../../escaped.txt", b"x", ProjectError),
        ("/escaped.txt", b"x", ProjectError),
        ("extra.py", b"x", ProjectError),
        ("journal.jsonl", b"not json", ProjectError),
        ("journal.jsonl", b"", ProjectError),
        (
            "journal.jsonl",
            b'[1, "", "", "", "undone", null, null, "{\\"event\\": 1}"]',
            ProjectError,
        ),
        ("roles.json", b"[]", ProjectError),
        ("project.json", b'{"format": 99}', ProjectTooNew),
    ],
)
def test_a_project_file_that_is_not_as_it_should_be_is_refused_and_leaves_nothing(
    tmp_path: Path, name: str, content: bytes, error: type[Exception]
) -> None:
    with live(tmp_path / "p") as project:
        data = project.project_file_bytes()
    home = tmp_path / "deep" / "home"
    with pytest.raises(error):
        import_project(_changed(data, name, content), home)
    assert [path for path in home.rglob("*") if path.is_file()] == []
    assert not list(tmp_path.rglob("escaped.txt"))


def test_a_project_file_about_rows_that_do_not_exist_is_refused(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        data = project.project_file_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        lines = archive.read("journal.jsonl").decode()
    wrong = '[9, "2026-01-01T00:00:00+00:00", "", "", "label_removed", 500, null, "{}"]'
    changed = _changed(data, "journal.jsonl", f"{lines}\n{wrong}".encode())
    with pytest.raises(ProjectError, match="no project file"):
        import_project(changed, tmp_path / "home")


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no project file"):
        import_project(b"hello", tmp_path)


def test_an_answer_column_stays_in_the_file_beside_the_new_label(tmp_path: Path) -> None:
    text = "x,y,answer\n" + "\n".join(f"{i}.5,1,{['a', 'b', ''][i % 3]}" for i in range(12))
    table: Table = read_table(text.encode(), name="part.csv")
    roles = {**FEATURES, "answer": Role("label", "test")}
    with Project.create(tmp_path / "p", table, roles, {}, background=False) as project:
        rows = _rows(project.export_bytes())
    assert [row["answer"] for row in rows[:3]] == ["a", "b", ""]
    assert [row["al_label"] for row in rows[:3]] == ["a", "b", ""]
    assert rows[0]["al_source"] == "file"


def test_the_guesses_for_every_row_are_no_formulas_either(tmp_path: Path) -> None:
    with _tricky(tmp_path / "p") as project:
        project.label(0, "=yes")
        project.label(1, "no")
        frame, rows = project.predictions(), _rows(project.predictions_bytes())
    assert list(rows[0]) == ["line", *frame.columns[1:]]
    assert [row["prediction"] for row in rows] == [
        "'=yes" if guess == "=yes" else guess for guess in frame["prediction"]
    ]
    assert {row["prediction"] for row in rows} == {"'=yes", "no"}
