"""From the start of the program to its first page painted, beside a one-button Streamlit page.

    python -m benchmarks.first_page                 # 7 starts of each
    python -m benchmarks.first_page --starts 15

Every start is a process of its own, and app and yardstick take turns, so that a busy machine slows
both; the figures are medians, and the ratio is the median of the ratios turn by turn. Four lines:
``streamlit run`` until a headless Chromium has painted the page's buttons; the same page loaded
again; ``import al_core``; and ``import al_core`` with every name that it hands out asked for.
The yardstick of the last two is ``import sklearn, pandas``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.label_turn import BROWSER, NAMES, ROOT, serve

YARDSTICK = 'import streamlit as st\nst.container(key="demo_set").button("Next")\n'
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
BUTTON = ".st-key-demo_set button"
IMPORTS = {
    "yardstick": "import sklearn, pandas",
    "import": "import al_core",
    "every name": "import al_core\nfor name in al_core.__all__: getattr(al_core, name)",
}
Times = dict[str, list[float]]


def until_painted(tab: Any) -> None:
    """Wait until the last of the page's parts stands on the screen."""
    tab.wait_for_selector(BUTTON, timeout=120_000)
    tab.evaluate(PAINTED)


def start(script: Path, home: Path, browser: Any) -> tuple[float, float]:
    """Seconds from the start of a server to the page painted, and of loading it again."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    begun = time.perf_counter()
    with serve(script, home) as url:
        tab.goto(url)
        until_painted(tab)
        first = time.perf_counter() - begun
        time.sleep(5)  # what is loaded after the first page is loaded by now
        begun = time.perf_counter()
        tab.reload()
        until_painted(tab)
        again = time.perf_counter() - begun
    context.close()
    return first, again


def import_time(code: str) -> float:
    """Seconds of a process that runs ``code`` and ends."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    return time.perf_counter() - begun


def measure_pages(starts: int, home: Path, browser: Any) -> tuple[Times, Times]:
    """Seconds to the first page, and to the same again, of app and yardstick in turn."""
    yardstick = home / "yardstick.py"
    yardstick.write_text(YARDSTICK)
    scripts = {"app": ROOT / "app.py", "yardstick": yardstick}
    first: Times = {name: [] for name in scripts}
    again: Times = {name: [] for name in scripts}
    for turn in range(starts + 1):
        for name, script in scripts.items():
            times = start(script, home / "projects", browser)
            if turn:  # the first fills the disk's cache and writes compiled files
                first[name].append(times[0])
                again[name].append(times[1])
    return first, again


def measure_imports(starts: int) -> Times:
    """Seconds of each import, in turn."""
    found: Times = {name: [] for name in IMPORTS}
    for turn in range(starts + 1):
        for name, code in IMPORTS.items():
            seconds = import_time(code)
            if turn:
                found[name].append(seconds)
    return found


def line(what: str, ours: list[float], yard: list[float]) -> str:
    """One line of the table: medians in seconds, and the median ratio turn by turn."""
    ratio = statistics.median(a / b for a, b in zip(ours, yard, strict=True))
    return f"{what:24} {statistics.median(ours):7.2f} {statistics.median(yard):9.2f} {ratio:6.2f}"


def main() -> None:
    """Measure and print the table."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--starts", type=int, default=7)
    starts = parser.parse_args().starts
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    print(f"{'':24} {'seconds':>7} {'yardstick':>9} {'ratio':>6}")
    imports = measure_imports(starts)
    for name, what in (("import", "import al_core"), ("every name", "and every name of it")):
        print(line(what, imports[name], imports["yardstick"]), flush=True)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER)
        first, again = measure_pages(starts, home, browser)
    print(line("start to first page", first["app"], first["yardstick"]))
    print(line("the page loaded again", again["app"], again["yardstick"]))


if __name__ == "__main__":
    main()
