"""The pictures of README's story, from file to report, taken anew by one command.

    python -m docs.take_story                   those of README, into docs/screenshots
    python -m docs.take_story --every FOLDER    every page, 1400 and 420 pixels, light and dark

The support tickets that come with the app are answered as their own answers say, in a real
Chromium; README shows a desktop in light and a phone in dark.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from al_core.projects import Project
from al_core.tables import Role, Table, guess_roles, load_demo
from benchmarks.label_turn import BROWSER, serve

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "screenshots"
SIZES = {1400: 900, 420: 860}  # a desktop and a phone
LONGEST = 300_000  # milliseconds a curve may take on a busy machine; ten seconds are usual
# A choice: an hour's answers; and colours of a picture, beyond which nobody sees a difference.
ANSWERED, COLUMN, COLOURS = 140, "Team", 128
STATIONS = {
    "data": "/",
    "desk": "/label?project=tickets",
    "progress": "/curves?project=tickets",
    "map": "/map?project=tickets",
    "compare": "/compare?project=tickets",
    "finish": "/export?project=tickets",
    "demo": "/demo",
}
PAGES = (*STATIONS, "report")
EVERY = [(name, width, look) for name in PAGES for width in SIZES for look in ("light", "dark")]
STORY = [
    *((name, 1400, "light") for name in ("data", "desk", "progress", "finish", "report")),
    *((name, 420, "dark") for name in ("finish", "report")),
]


def make_project(home: Path, table: Table) -> Path:
    """A project about the tickets' team as it is when a person comes to Finish; its report."""
    truth = table.text[COLUMN].tolist()
    roles = {**guess_roles(table), COLUMN: Role("ignored", "the answer")}
    settings = {
        "classes": tuple(sorted(set(truth))),
        "question": "Which team should handle this?",
        "budget": 200,
    }
    place = home / "tickets"
    with Project.create(place, table, roles, settings, background=False, name="tickets") as project:
        for _ in range(ANSWERED):
            [question] = project.ask()
            project.label(question.row, truth[question.row], token=question.token)
        project.fill(project.plan_fill().line)
        project.wait()
        report = home / "report.html"
        report.write_bytes(project.report_page())
    return report


def photograph(tab: Any, path: Path) -> None:
    """The tab as a picture of few colours, which is small."""
    tab.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB", flush=True)


def settled(tab: Any) -> None:
    """Wait until the page has been drawn."""
    tab.wait_for_selector(".st-key-menu")
    tab.wait_for_function(
        "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
    )
    tab.wait_for_timeout(4_000)


def take(chromium: Any, address: str, name: str, width: int, scheme: str, path: Path) -> None:
    """One page as one person sees it."""
    size = {"width": width, "height": SIZES[width]}
    tab = chromium.new_page(viewport=size, color_scheme=scheme)
    tab.goto(address)
    if name != "report":
        settled(tab)
    if name == "progress":
        tab.locator(".st-key-stop_work").wait_for(state="hidden", timeout=LONGEST)
        settled(tab)
    photograph(tab, path)
    tab.close()


def main() -> None:
    """Take all of them."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=Path, help="a folder for pictures of every page")
    every = parser.parse_args().every
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        report = make_project(home, load_demo("tickets"))
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=BROWSER
        )
        with serve(ROOT / "app.py", home) as url:
            places = {name: url + path for name, path in STATIONS.items()}
            places["report"] = report.as_uri()
            for name, width, scheme in EVERY if every else STORY:
                named = f"{name}_{width}_{scheme}" if every else f"story_{name}_{width}"
                out = every or OUT
                out.mkdir(parents=True, exist_ok=True)
                take(chromium, places[name], name, width, scheme, out / f"{named}.png")


if __name__ == "__main__":
    main()
