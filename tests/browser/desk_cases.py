"""Projects for the browser tests of desk and map, and what their journals say afterwards."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from al_core.projects import HistoryItem, Project
from al_core.tables import guess_roles, read_table

WORDS = ("parcel late", "invoice wrong", "cannot log in", "thank you")


def tickets(n: int = 120, text: str = "") -> bytes:
    """A CSV of short messages with a number and a date; ``text`` stands before each message."""
    rows = ["Message,Amount,Created"]
    for i in range(n):
        rows.append(f'"{text}{WORDS[i % 4]} number {i}",{i * 3 % 50},2026-11-{1 + i % 28:02d}')
    return "\n".join(rows).encode()


def make_project(
    home: Path,
    classes: tuple[str, ...] = ("Billing", "Delivery"),
    n: int = 120,
    text: str = "",
    **settings: Any,
) -> str:
    """A live project in ``home``; its id."""
    table = read_table(tickets(n, text), name="tickets.csv")
    given = {"kind": "live", "classes": classes, "model": "logistic_regression", **settings}
    project = Project.create(
        home / "tickets", table, guess_roles(table), given, background=False, name="tickets"
    )
    project.close()
    return "tickets"


def journal(home: Path) -> list[HistoryItem]:
    """Every event of the project's journal that a person or the app made, oldest first."""
    with copied(home) as project:
        return project.history()[::-1]


@contextmanager
def copied(home: Path) -> Iterator[Project]:
    """A copy of the project as it is on disk at this moment, opened.

    Opening the project itself would take over the questions of a server that was killed: the one
    that is started again could not ask them any more, and the presses of its page were lost.
    """
    with tempfile.TemporaryDirectory() as place:
        folder, others = Path(place) / "tickets", ("openers", "journal.sqlite3*")
        shutil.copytree(home / "tickets", folder, ignore=shutil.ignore_patterns(*others))
        name = "journal.sqlite3"
        with (
            closing(sqlite3.connect(home / "tickets" / name)) as journal_there,
            closing(sqlite3.connect(folder / name)) as journal_here,
        ):
            journal_there.backup(journal_here)
        with Project.open(folder, background=False) as project:
            yield project


def answers(home: Path) -> list[tuple[int | None, str | None]]:
    """(row, answer) of the labelling events that stand, oldest first."""
    return [
        (item.row, item.label)
        for item in journal(home)
        if item.what == "labelled" and not item.undone
    ]


def labels(home: Path) -> pd.DataFrame:
    """The labels as they stand."""
    with copied(home) as project:
        return project.labels()


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for a condition; the assertion afterwards says what is wrong."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.05)


# In the browser: whether the app has been connected and idle for this many milliseconds.
IDLE = """(still) => {
    const app = document.querySelector("[data-testid=stApp]")?.dataset ?? {};
    const idle = app.testScriptState === "notRunning" && app.testConnectionState === "CONNECTED";
    window.idleSince = idle ? (window.idleSince ?? performance.now()) : null;
    return idle && performance.now() - window.idleSince >= still;
}"""


def drawn(page: Any, still: int = 400) -> None:
    """Wait until the app is connected and has drawn nothing for so many milliseconds."""
    page.evaluate("window.idleSince = null")
    page.wait_for_function(IDLE, arg=still, polling=50)


def row_on(page: Any) -> int:
    """The number of the row that the page shows."""
    return int(page.locator(".st-key-row_id").inner_text())


def spent_on(page: Any) -> int:
    """The number of labels that the page shows."""
    text = page.locator(".st-key-labels_spent [data-testid=stMetricValue]").inner_text()
    return int(text.replace(",", ""))


def press(page: Any, key: str) -> None:
    """Press a key, and wait until another row (or card) is there with its own buttons."""
    before = row_on(page)
    page.keyboard.press(key)
    until(lambda: page.locator(".st-key-row_id").all_inner_texts() != [str(before)])
    page.wait_for_timeout(100)


def open_desk(page: Any, server: Any, path: str = "/label?project=tickets") -> Any:
    """The label desk, ready for the first press."""
    page.goto(server.url + path)
    page.locator(".st-key-answers button").first.wait_for()
    page.locator(".st-key-desk_keys").wait_for(state="attached")
    drawn(page)
    return page


def more(page: Any, name: str) -> None:
    """Open an entry under More."""
    page.locator(".st-key-more button").click()
    page.locator(".st-key-more_groups button", has_text=name).click()
