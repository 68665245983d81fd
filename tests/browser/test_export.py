"""The download page in a real browser: every file comes when its button is pressed."""

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
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert name == "notes_labelled.csv"
    assert len(rows) == 60
    assert [row["note"] for row in rows] == [f"note {n * 7 % 13}" for n in range(60)]
    assert sum(row["al_source"] == "person" for row in rows) == 3

    name, data = fetch(page, "download_guesses_for_every_row")
    assert len(data.decode("utf-8-sig").splitlines()) == 61
    name, data = fetch(page, "download_model")
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    name, data = fetch(page, "download_report")
    assert name == "notes_report.md"
    assert data.decode()
    name, data = fetch(page, "download_project_file")
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
