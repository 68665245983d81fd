"""The pictures of the label desk in docs/screenshots, taken anew.

    python -m docs.take_screenshots [telco sms digits wide long]

Each table is opened as a person would, a few rows are answered from the file, and the desk is
photographed in a real Chromium at 1400 and 420 pixels, light and dark. The tables of telco and sms
lie outside the project; where they are absent these pictures are left as they are.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from al_core.projects import Project
from al_core.tables import Role, Table, guess_roles, load_demo, read_table
from benchmarks.label_turn import BROWSER, serve

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data" / "csv"
OUT = ROOT / "docs" / "screenshots"
SIZES = {1400: 900, 420: 860}
ANSWERED = 14
TEXT = (
    "the committee found that no further delay in the matter could be allowed and asked the "
    "office to report on costs staff and rooms before the end of the month"
)


def wide() -> Table:
    """300 rows of 200 columns."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(300, 199)).round(2), columns=_names(199))
    frame["verdict"] = np.where(frame["sensor 1"] + frame["sensor 2"] > 0, "pass", "fail")
    return read_table(frame.to_csv(index=False).encode(), name="measurements.csv")


def _names(n: int) -> list[str]:
    return [f"sensor {i + 1}" for i in range(n)]


def long() -> Table:
    """60 texts of 5,000 words in paragraphs."""
    rng = np.random.default_rng(0)
    words = np.array(TEXT.split())
    rows = []
    for i in range(60):
        paragraphs = [" ".join(rng.choice(words, 125)).capitalize() + "." for _ in range(40)]
        kind = "finance" if i % 2 else "law"
        rows.append({"minutes": f"Minutes on {kind}.\n\n" + "\n\n".join(paragraphs), "topic": kind})
    return read_table(pd.DataFrame(rows).to_csv(index=False).encode(), name="minutes.csv")


def tables() -> dict[str, tuple[Table, str]]:
    """Name of the picture -> table and the column that holds the answers."""
    found = {"digits": (load_demo("digits"), "digit"), "wide": (wide(), "verdict")}
    found["long"] = (long(), "topic")
    for name, file, column in (
        ("telco", "telco_churn.csv", "Churn"),
        ("sms", "sms_spam.csv", "label"),
    ):
        if (SHARED / file).exists():
            found[name] = (read_table(SHARED / file), column)
    return found


def make_project(home: Path, name: str, table: Table, column: str) -> None:
    """A live project about the column, with a few rows answered as the file says."""
    truth = table.text[column].tolist()
    roles = {**guess_roles(table), column: Role("ignored", "the answer")}
    settings = {"kind": "live", "classes": tuple(sorted(set(truth))), "question": f"{column}?"}
    with Project.create(
        home / name, table, roles, settings, background=False, name=table.name
    ) as project:
        for _ in range(ANSWERED):
            [question] = project.ask()
            project.label(question.row, truth[question.row], token=question.token)


def photograph(chromium: Any, url: str, name: str) -> None:
    """The desk at both widths, light and dark."""
    for scheme in ("light", "dark"):
        for width, height in SIZES.items():
            tab = chromium.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            tab.goto(f"{url}/label?project={name}")
            tab.locator(".st-key-answers button").first.wait_for(timeout=60_000)
            tab.wait_for_timeout(3_000)
            tab.screenshot(path=OUT / f"label_{name}_{width}_{scheme}.png")
            tab.close()


def main() -> None:
    """Take the pictures that are named, or all."""
    from playwright.sync_api import sync_playwright

    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=BROWSER
        )
        chosen = {n: found for n, found in tables().items() if not wanted or n in wanted}
        for name, (table, column) in chosen.items():
            make_project(home, name, table, column)
        with serve(ROOT / "app.py", home) as url:
            for name in chosen:
                photograph(chromium, url, name)
                print(name, flush=True)
        if "telco" in chosen:
            shutil.copy(OUT / "label_telco_1400_light.png", OUT / "readme_desk.png")


if __name__ == "__main__":
    main()
