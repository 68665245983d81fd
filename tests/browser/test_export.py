"""Finish in a real browser: every file comes when its button is pressed."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from al_core.projects import Project
from al_core.tables import guess_roles, read_table

pytestmark = pytest.mark.browser

ROWS = b"size,note\n" + b"".join(b"%d,note %d\n" % (n, n * 7 % 13) for n in range(60))


def project_with_answers(home: Path) -> str:
    table = read_table(ROWS, name="notes.csv")
    settings = {"classes": ("good", "bad"), "question": "Good?"}
    project = Project.create(
        home / "notes", table, guess_roles(table), settings, background=False, name="notes.csv"
    )
    for label in ("good", "bad", "good"):
        [question] = project.ask()
        project.label(question.row, label, token=question.token)
    project.close()
    return project.id


def fetch(page, key: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.locator(f".st-key-{key} button").click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_every_file_comes_when_its_button_is_pressed(page, server, open_page) -> None:
    identity = project_with_answers(server.home)
    open_page(page, server, f"/export?project={identity}")

    name, data = fetch(page, "download_labels")
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert name == "notes_labelled.csv"
    assert [row["note"] for row in rows] == [f"note {n * 7 % 13}" for n in range(60)]
    assert sum(row["al_source"] == "person" for row in rows) == 3
    assert sum(row["answer"] in ("good", "bad") for row in rows) == 3

    page.locator(".st-key-with_record label").first.click()
    page.get_by_text("The blank ones carry").wait_for(state="hidden")
    name, data = fetch(page, "download_labels")
    bare = data.decode().splitlines()
    assert bare[0] == "size,note,answer"
    assert [line.rsplit(",", 1)[0] for line in bare] == ROWS.decode().splitlines()

    names = {}
    for fold in ("report", "model", "rest"):
        page.locator(f".st-key-more_{fold} summary").click()
    for key in ("report", "model", "guesses_for_every_row", "script", "project_file"):
        names[key] = fetch(page, f"download_{key}")
    assert names["report"][0] == "notes_report.html"
    assert b"<svg" in names["report"][1] or b"First score after" in names["report"][1]
    assert "predict.py" in zipfile.ZipFile(io.BytesIO(names["model"][1])).namelist()
    assert len(names["guesses_for_every_row"][1].decode("utf-8-sig").splitlines()) == 61
    assert names["script"][0] == "reproduce.py"
    assert zipfile.ZipFile(io.BytesIO(names["project_file"][1])).testzip() is None


def test_new_rows_are_guessed_and_come_in_the_format_of_their_file(
    page, server, open_page, tmp_path: Path
) -> None:
    identity = project_with_answers(server.home)
    open_page(page, server, f"/export?project={identity}")
    page.locator(".st-key-use_elsewhere button").click()
    new = tmp_path / "new.csv"
    new.write_bytes(b"size;note\r\n7;note 3\r\n8;note 90\r\n9;note 91\r\n")
    page.locator(".st-key-another_upload input[type=file]").set_input_files(new)
    page.get_by_text("3 rows guessed").wait_for()
    assert page.get_by_text("values were never seen").count() == 1
    name, data = fetch(page, "download_guesses")
    assert name == "new_guessed.csv"
    lines = data.decode().split("\r\n")
    assert lines[0] == "size;note;guess;how sure"
    assert all(
        line.startswith(start) for line, start in zip(lines[1:], ("7;", "8;", "9;"), strict=False)
    )
    page.locator(".st-key-back_to_finish button").click()
    page.locator(".st-key-download_labels button").wait_for()
