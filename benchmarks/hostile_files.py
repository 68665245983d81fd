"""What a hostile file takes of memory and time, and how fast the desk of another session is then.

    python -m benchmarks.hostile_files [--short]

Each file is read as the app reads a dropped one, in a thread of this process, which is the server;
meanwhile rows are asked and answered in a project of it, one after the other. "memory": the most
that the reading process held beyond what it held before; "here": what this process gained. A turn
is one answer and the next question, without a browser. ``--short``: a tenth of each size.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import openpyxl
import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from al_core import import_project_apart, read_table_apart
from al_core.errors import UserError
from al_core.projects import Project
from benchmarks.fault_cases.judging import new_project

TURNS_ALONE = 100  # a choice: some seconds
_BETWEEN = 0.02  # seconds between two looks at memory


def parquet(size: int) -> bytes:
    """One text of 2,000 letters, said to stand in so many rows."""
    once = pa.DictionaryArray.from_arrays(np.zeros(size, np.int32), pa.array(["x" * 2_000]))
    out = io.BytesIO()
    pq.write_table(pa.table({"a": once}), out, store_schema=False)
    return out.getvalue()


def workbook(rows: str, merged: str = "") -> bytes:
    """A workbook whose first sheet has these rows and merged ranges, as XML."""
    out, changed = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(out)
    name = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet = f"{name}<sheetData>{rows}</sheetData>{merged}</worksheet>"
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, sheet if part.endswith("sheet1.xml") else old.read(part))
    return changed.getvalue()


def merged_ranges(size: int) -> bytes:
    """A sheet with so many merged ranges."""
    cells = "".join(f'<mergeCell ref="A{n}:B{n + 1}"/>' for n in range(1, 2 * size, 2))
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return workbook(row, f"<mergeCells>{cells}</mergeCells>")


def empty_rows(size: int) -> bytes:
    """A sheet of so many rows without a cell, and one at the end."""
    rows = "".join(f'<row r="{n}"/>' for n in range(1, size))
    return workbook(rows + f'<row r="{size}"><c r="A{size}"><v>1</v></c></row>')


def project_file(home: Path, size: int) -> bytes:
    """A project whose table is the Parquet file above."""
    with new_project(home / "packed") as project:
        data = project.project_file_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = parquet(size) if name == "table/text.parquet" else old.read(name)
            new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def files(home: Path, share: float) -> Iterator[tuple[str, bytes]]:
    """Each hostile file by its name; the sizes are those that took a server down once."""
    yield "one text 900,000 times.parquet", parquet(int(900_000 * share))
    yield "200,000 merged ranges.xlsx", merged_ranges(int(200_000 * share))
    yield "a million empty rows.xlsx", empty_rows(int(1_000_000 * share))
    yield "300 MB of commas.csv", b"," * int(300_000_000 * share)
    yield "a cell of 400 MB.csv", b"a,b\n1," + b"x" * int(400_000_000 * share) + b"\n"
    yield "a table of 900,000 rows.alproject.zip", project_file(home, int(900_000 * share))


@dataclass
class Watched:
    """What a piece of work in a thread took."""

    said: str = "read"
    seconds: float = 0.0
    memory: float = 0.0
    turns: list[float] = field(default_factory=list)


def watched(work: Callable[[], object], turn: Callable[[], float]) -> Watched:
    """Do the work in a thread; take turns meanwhile, and look at the reading process."""
    found, me = Watched(), psutil.Process()

    def do() -> None:
        begun = time.monotonic()
        try:
            work()
        except UserError as problem:
            found.said = str(problem).split(",")[0].split(";")[0]
        found.seconds = time.monotonic() - begun

    def look() -> None:
        before: dict[int, int] = {}
        while thread.is_alive():
            for child in me.children():
                try:
                    held = child.memory_info().rss
                except psutil.Error:
                    continue
                found.memory = max(found.memory, held - before.setdefault(child.pid, held))
            time.sleep(_BETWEEN)

    thread = threading.Thread(target=do)
    thread.start()
    threading.Thread(target=look).start()
    while thread.is_alive():
        found.turns.append(turn())
    return found


def turns_of(project: Project) -> Callable[[], float]:
    """One answer and the next question at a call; how many milliseconds that took."""
    (question,) = project.ask()

    def turn() -> float:
        nonlocal question
        begun = time.monotonic()
        project.label(question.row, "yes" if question.row % 2 else "no", token=question.token)
        (question,) = project.ask() or [question]
        return 1000 * (time.monotonic() - begun)

    return turn


def main() -> None:
    """Read each file and print a line of the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--short", action="store_true")
    share = 0.1 if parser.parse_args().short else 1.0
    read_table_apart(b"a,b\n1,2\n")  # a process waits from now on, as in the app
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with new_project(home / "p") as project:
            turn = turns_of(project)
            alone = [turn() for _ in range(TURNS_ALONE)]
        middle = statistics.median(alone)
        print(f"alone: median turn {middle:.0f} ms, longest {max(alone):.0f} ms\n")
        print("| file | bytes | memory MB | here MB | seconds | median, longest turn ms | said |")
        print("|---|---|---|---|---|---|---|")
        for number, (title, data) in enumerate(files(home, share)):
            print(_line(home / str(number), title, data), flush=True)


def _line(home: Path, title: str, data: bytes) -> str:
    home.mkdir()
    path = home / title
    path.write_bytes(data)
    size, before = len(data), psutil.Process().memory_info().rss
    del data
    with new_project(home / "p") as project:
        found = watched(lambda: _read(path, home), turns_of(project))
    here = (psutil.Process().memory_info().rss - before) / 1e6
    middle, longest = statistics.median(found.turns), max(found.turns)
    return (
        f"| {title} | {size:,} | {found.memory / 1e6:,.0f} | {here:,.0f} | {found.seconds:.1f} "
        f"| {middle:.0f}, {longest:.0f} | {found.said[:120]} |"
    )


def _read(path: Path, home: Path) -> object:
    return import_project_apart(path, home) if path.suffix == ".zip" else read_table_apart(path)


if __name__ == "__main__":
    main()
