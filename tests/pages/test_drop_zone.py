"""A dropped file leaves the server's memory once the page has no field that holds it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from pages.components.data.draft import Draft

ROOT = Path(__file__).resolve().parents[2]
FILE = b"note,size\n" + b"".join(b"parcel %d came late,%d\n" % (i, i * 7 % 13) for i in range(60))
NO_TABLE = b""


@pytest.fixture
def forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were taken out of memory, by their numbers, as they are."""
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    found: list[str] = []
    forget = MemoryUploadedFileManager.remove_file

    def noted(self: MemoryUploadedFileManager, session_id: str, file_id: str) -> None:
        found.append(file_id)
        forget(self, session_id, file_id)

    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", noted)
    return found


def first_page() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()


def drop(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader(key="upload").upload(name, data).run()
    assert not app.exception
    return app


def test_a_file_that_was_read_leaves_memory_and_can_be_read_again_in_another_way(
    forgotten: list[str],
) -> None:
    app = drop(first_page(), "parcels.csv", FILE).run()
    assert not app.file_uploader  # the table has its place
    assert len(forgotten) == 1
    app.session_state["reads_wrong_False"] = True
    app.run()
    app.selectbox(key="read_delimiter").set_value(";")
    next(one for one in app.button if one.label == "Read it this way").click().run()
    assert not app.exception
    app.run()
    assert len(app.session_state["_draft"].table.columns) == 1
    assert len(forgotten) == 1


def test_a_file_stays_while_its_field_shows_it(forgotten: list[str]) -> None:
    app = drop(first_page(), "no.csv", NO_TABLE).run().run()
    assert app.file_uploader(key="upload").value is not None
    assert forgotten == []
    drop(app, "parcels.csv", FILE).run()
    assert len(set(forgotten)) == 2


def test_a_file_on_a_page_that_was_left_leaves_memory(forgotten: list[str]) -> None:
    app = first_page()
    app.switch_page("pages/compare.py").run()
    app.selectbox(key="lab_data").set_value("upload").run()
    app.file_uploader(key="lab_upload").upload("parcels.csv", FILE).run()
    app.run()
    assert forgotten == []
    app.switch_page("pages/data.py").run()
    app.run()
    assert len(forgotten) == 1


def test_what_was_read_from_a_file_goes_with_it_when_another_is_dropped(
    forgotten: list[str],
) -> None:
    app = first_page()
    for number in range(4):
        drop(app, f"parcels{number}.csv", FILE + b"parcel 61 lost,%d\n" % number)
        next(b for b in app.button if b.label == "Use another file").click().run()
    gc.collect()
    assert sum(isinstance(one, Draft) for one in gc.get_objects()) <= 1
