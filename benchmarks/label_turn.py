"""Press of a key to the next row painted, in real Chromium, beside a one-button Streamlit page.

    python -m benchmarks.label_turn                              # 1,000 rows, recommended model
    python -m benchmarks.label_turn --rows 1000 100000 1000000 --models auto
    python -m benchmarks.label_turn --rows 100000 --text         # short messages
    python -m benchmarks.label_turn --rows 100000 --reading      # ... while their meaning is read
    python -m benchmarks.label_turn --beside    # guesses shown, what the answers mean open beside

The yardstick is a page in a server process of its own that imports only streamlit: one button with
a shortcut, one line of text. Both pages take turns, in blocks of presses, and the figures are the
median and the 95th percentile of the ratios block by block, so that a busy machine slows both.
Presses answer real questions: the script stops with an error unless models were swapped in and
check rows asked while it measured. Then a burst of 30 presses at 8 a second: how many of them stand
in the journal with the row that was on the screen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from al_core.projects import Project
from al_core.projects.starting.files import MEANING_FOLDER
from al_core.tables import guess_roles, read_table
from al_core.tables.features.meaning.features import FEATURES_FILE
from al_core.tables.features.meaning.reading import n_read

ROOT = Path(__file__).resolve().parents[1]

YARDSTICK = """
import streamlit as st
{freeze}
n = st.session_state.get("n", 0)
if st.button("Next", shortcut="1"):
    n += 1
    st.session_state["n"] = n
st.container(key="row_id").text(str(n))
"""
FREEZE = "import gc\nif not gc.get_freeze_count():\n    gc.collect(); gc.freeze()"
PROBE = """() => {
  const row = () => document.querySelector(".st-key-row_id")?.innerText
  let begun = null, before = null
  window.turns = []
  window.seen = []
  document.addEventListener("keydown", (e) => {
    begun = e.timeStamp
    before = row()
    window.seen.push([row(), e.key])
  }, true)
  new MutationObserver(() => {
    if (begun === null || row() === undefined || row() === before) return
    const since = begun
    begun = null
    requestAnimationFrame(() => {
      const painted = new MessageChannel()
      painted.port1.onmessage = () => window.turns.push(performance.now() - since)
      painted.port2.postMessage(0)
    })
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}"""
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
WORDS = ["parcel", "invoice", "refund", "login", "late", "wrong", "broken", "order", "team"]


def pool(n: int, text: bool, seed: int = 0) -> pd.DataFrame:
    """``n`` rows of 20 numbers, or of one short message."""
    rng = np.random.default_rng(seed)
    if text:
        picked = rng.choice(WORDS, size=(n, 9))
        return pd.DataFrame({"message": [f"{i} {' '.join(row)}" for i, row in enumerate(picked)]})
    numbers = rng.normal(size=(n, 20)).astype(np.float32).round(3)
    return pd.DataFrame(numbers, columns=[f"x{i}" for i in range(20)])


def make_project(
    home: Path, n: int, model: str, text: bool, reading: bool = False, beside: bool = False
) -> str:
    """A live project without labels; its id.

    reading: its texts are left to whoever opens it. beside: guesses are shown, and it is written
    down what the answers mean.
    """
    frame = pool(n, text)
    source = frame.to_csv(index=False).encode()
    table = read_table(source, name="pool.csv")
    settings = {"kind": "live", "classes": ("no", "yes"), "model": model, "budget": 100_000}
    settings["show_guess"] = beside
    folder = home / f"{'text' if text else 'numbers'}_{n}_{model}"
    # In the background nothing is read in the first seconds, and here it is closed by then.
    project = Project.create(folder, table, guess_roles(table), settings, background=reading)
    for answer in project.classes if beside else ():
        project.write_guideline(answer, f"Where a reader would say {answer}. In doubt: no.")
    project.close()
    return folder.name


@contextmanager
def serve(script: Path, home: Path) -> Iterator[str]:
    """A Streamlit server in a process of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    command += ["--server.port", str(port), "--browser.gatherUsageStats", "false"]
    environment = {**os.environ, "AL_WORKBENCH_HOME": str(home)}
    process = subprocess.Popen(
        command, cwd=script.parent, env=environment, stdout=subprocess.DEVNULL, stderr=None
    )
    try:
        url = f"http://localhost:{port}"
        _wait_for(url)
        yield url
    finally:
        process.kill()
        process.wait()


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def open_tab(browser: Any, url: str, seconds: float) -> Any:
    """A tab on ``url`` that measures its own turns."""
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.goto(url)
    tab.wait_for_selector(".st-key-row_id", timeout=1000 * seconds)
    time.sleep(1.5)
    tab.evaluate(PROBE)
    return tab


def block(tab: Any, presses: int, pause: float, turn: int) -> list[float]:
    """Milliseconds of each of ``presses`` turns, with a pause to read between them."""
    tab.bring_to_front()
    times = []
    for i in range(presses):
        done = tab.evaluate("window.turns.length")
        key = "1" if tab.locator(".st-key-answers").count() == 0 else "12"[(turn + i) % 2]
        tab.keyboard.press(key)
        tab.wait_for_function(f"window.turns.length > {done}", polling=5, timeout=20_000)
        times.append(tab.evaluate("window.turns.at(-1)"))
        time.sleep(pause)
    return times


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return float(np.percentile(values, 95))


def compare(tabs: dict[str, Any], blocks: int, presses: int, pause: float) -> dict[str, Any]:
    """Blocks of every tab in turn: name -> list of blocks."""
    found: dict[str, list[list[float]]] = {name: [] for name in tabs}
    for tab in tabs.values():
        block(tab, 3, pause, 0)
    for number in range(blocks):
        for name, tab in tabs.items():
            found[name].append(block(tab, presses, pause, number * presses))
    return found


def ratio(
    desk: list[list[float]], yard: list[list[float]], of: Callable[[list[float]], float]
) -> float:
    """The median over blocks of one statistic of the desk by that of the yardstick."""
    return statistics.median(of(a) / of(b) for a, b in zip(desk, yard, strict=True))


def burst(tab: Any, presses: int = 30, each: float = 0.125) -> list[tuple[int, str]]:
    """Press at a fixed pace and let the server catch up; (row shown, class) of every press."""
    tab.evaluate("window.seen = []")
    begun = time.monotonic()
    for i in range(presses):
        tab.keyboard.press("12"[i % 2])
        time.sleep(max(0.0, begun + (i + 1) * each - time.monotonic()))
    time.sleep(20)
    return [(int(row), {"1": "no", "2": "yes"}[key]) for row, key in tab.evaluate("window.seen")]


def labelled_as_shown(home: Path, name: str, presses: list[tuple[int, str]]) -> int:
    """How many of the last presses stand in the journal, in order, for the rows that were shown."""
    project = Project.open(home / name)  # in the background: nothing waits for texts
    items = [item for item in reversed(project.history()) if item.what == "labelled"]
    project.close()
    stand = [(item.row, item.label) for item in items if not item.undone][-len(presses) :]
    if stand != presses:
        print(f"shown:    {presses}\njournal:  {stand}", file=sys.stderr)
    return sum(press in stand for press in presses)


def training_happened(home: Path, name: str) -> tuple[int, int]:
    """(models that questions were asked from, check rows answered), from the journal."""
    project = Project.open(home / name)  # in the background: nothing waits for texts
    known = {event.known_labels for event in _asked(project)}
    checks = int((project.labels()["purpose"] == "check").sum())
    project.close()
    return len(known - {0}), checks


def _asked(project: Project) -> list[Any]:
    from al_core.projects.journal.events import Asked

    recorded = (item.event for item in project._opened.journal.read_after(0))
    return [event for event in recorded if isinstance(event, Asked)]


def measure(arguments: argparse.Namespace, n: int, model: str, chromium: Any) -> None:
    """One line of the table."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        text = arguments.text or arguments.reading
        name = make_project(home, n, model, text, arguments.reading, arguments.beside)
        pages = {"desk": ROOT / "app.py"}
        for yard, freeze in (("yardstick", ""), ("frozen", FREEZE)):
            pages[yard] = home / f"{yard}.py"
            pages[yard].write_text(YARDSTICK.format(freeze=freeze))
        urls = {key: stack.enter_context(serve(script, home)) for key, script in pages.items()}
        urls["desk"] += f"/label?project={name}"
        tabs = {key: open_tab(chromium, url, 120) for key, url in urls.items()}
        if arguments.beside:
            tabs["desk"].keyboard.press("g")
            tabs["desk"].wait_for_selector(".st-key-panel_open .al-means")
        kept = home / name / MEANING_FOLDER
        while arguments.reading and not n_read(kept):
            time.sleep(0.5)  # its process is of low priority: on a busy machine it begins late
        before = n_read(kept)
        found = compare(tabs, arguments.blocks, arguments.presses, arguments.pause)
        told = _told_of_reading(kept, before) if arguments.reading else ""
        presses = burst(tabs["desk"])
        for tab in tabs.values():
            tab.close()
        labelled = labelled_as_shown(home, name, presses)
        models, checks = training_happened(home, name)
    told += ", guesses and meanings shown" if arguments.beside else ""
    _print_line(f"{n:,}{' texts' if text else ''} {model}{told}", found, len(presses), labelled)
    if models < 5 or not checks:
        raise SystemExit(f"No honest figure: {models} models, {checks} check rows meanwhile.")


def _told_of_reading(kept: Path, before: int) -> str:
    """How many texts were read meanwhile."""
    after = n_read(kept)
    if after == before or (kept / FEATURES_FILE).exists():
        raise SystemExit(f"No honest figure: {before:,} to {after:,} texts were read meanwhile.")
    return f", read {before:,} to {after:,}"


def _print_line(name: str, found: dict[str, Any], pressed: int, labelled: int) -> None:
    desk, yard, frozen = found["desk"], found["yardstick"], found["frozen"]
    flat = sorted(turn for turns in desk for turn in turns)
    base = sorted(turn for turns in yard for turn in turns)
    print(
        f"{name:32} {statistics.median(flat):6.0f} {p95(flat):6.0f} "
        f"{statistics.median(base):9.0f} {p95(base):6.0f} "
        f"{ratio(desk, yard, statistics.median):10.2f} {ratio(desk, yard, p95):6.2f} "
        f"{ratio(desk, frozen, statistics.median):10.2f} {ratio(desk, frozen, p95):6.2f} "
        f"{labelled:6} of {pressed}",
        flush=True,
    )


def main() -> None:
    """Measure every size with every model."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1000])
    parser.add_argument("--models", nargs="+", default=["auto"])
    parser.add_argument("--text", action="store_true", help="short messages, not 20 numbers")
    parser.add_argument("--reading", action="store_true", help="texts, while they are read")
    parser.add_argument("--beside", action="store_true", help="guesses and meanings are shown")
    parser.add_argument("--blocks", type=int, default=5)
    parser.add_argument("--presses", type=int, default=10)
    parser.add_argument("--pause", type=float, default=0.25, help="seconds between presses")
    arguments = parser.parse_args()
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    print(
        f"{'pool, model':32} {'desk':>6} {'p95':>6} {'yardstick':>9} {'p95':>6} "
        f"{'ratio':>10} {'p95':>6} {'to frozen':>10} {'p95':>6} {'burst':>6}"
    )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=BROWSER)
        for n in arguments.rows:
            for model in arguments.models:
                measure(arguments, n, model, chromium)


if __name__ == "__main__":
    main()
