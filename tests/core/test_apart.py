"""A file is read in a process of its own: the same table, and one that asks too much is stopped."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from al_core.apart.limits import ReadLimits
from al_core.apart.reading import read_table_apart
from al_core.errors import TableError
from al_core.tables import Table, TooLargeError, read_table
from tests.projects_cases import answer, live
from tests.shared_data import SHARED

MESSY = sorted((SHARED / "messy").glob("*")) if (SHARED / "messy").is_dir() else []


def said(read: Any, path: Path, **wishes: Any) -> Any:
    """All that a reading says: of its table, or of its error."""
    try:
        table: Table = read(path, **wishes)
    except TableError as problem:
        return type(problem), str(problem), vars(problem)
    cells = [table.frame.to_dict("list"), table.text.to_dict("list")]
    types = [str(kind) for kind in table.frame.dtypes]
    rest = (table.notices, table.dialect, table.name, table.bad_rows, table.lines, table.marks)
    return repr(cells), types, rest, table.header, table.original, table.read_as


@pytest.mark.skipif(not MESSY, reason="shared data is not here")
@pytest.mark.parametrize("path", MESSY, ids=lambda path: path.name)
def test_a_file_reads_the_same_as_in_this_process(path: Path) -> None:
    assert said(read_table_apart, path) == said(read_table, path)


def test_wishes_reach_the_reading_process(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title;\n;\na;b\n1,5;2\n3,5;4\n")
    for wishes in ({"header": None}, {"header": (3, 3), "decimal": ","}, {"sample": 1, "seed": 4}):
        assert said(read_table_apart, path, **wishes) == said(read_table, path, **wishes)


def blown_up(path: Path, rows: int, letters: int) -> Path:
    """A small Parquet file that unpacks to ``rows`` times ``letters`` bytes."""
    once = pa.DictionaryArray.from_arrays(np.zeros(rows, np.int32), pa.array(["x" * letters]))
    pq.write_table(pa.table({"a": once}), path, store_schema=False)
    assert path.stat().st_size < 100_000
    return path


def test_a_small_file_that_unpacks_to_much_is_stopped_in_words(tmp_path: Path) -> None:
    path = blown_up(tmp_path / "bomb.parquet", 400_000, 2_000)
    mine = psutil.Process().memory_info().rss
    with pytest.raises(TooLargeError, match=r"more than 100 MB of memory.*nothing else"):
        read_table_apart(path, limits=ReadLimits(100_000_000))
    assert psutil.Process().memory_info().rss - mine < 50_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone refuses memory to a process")
def test_memory_that_is_asked_for_in_one_piece_is_refused_by_the_system() -> None:
    code = """
import numpy as np
from al_core.apart.limits import ReadLimits
ReadLimits(200_000_000).ask_the_system()
np.empty(100_000_000, np.uint8)
try:
    np.empty(5_000_000_000, np.uint8)
except MemoryError:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "refused"


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone refuses memory to a process")
def test_where_memory_ran_out_a_file_is_not_called_damaged(tmp_path: Path) -> None:
    blown_up(tmp_path / "text.parquet", 400_000, 2_000)
    read_table(b"a\nx\ny\n").frame.to_parquet(tmp_path / "table.parquet")
    (tmp_path / "table.json").write_text(
        '{"notices": [], "dialect": {}, "name": "", "bad_rows": []}'
    )
    code = f"""
import pyarrow as pa
from al_core.apart.limits import ReadLimits
from al_core.tables import load_table, read_table
read_table(b"a\\nx\\ny\\n")
ReadLimits(50_000_000).ask_the_system()
for read, what in ((read_table, "text.parquet"), (load_table, "")):
    try:
        read({str(tmp_path)!r} + "/" + what)
    except MemoryError:
        print("no memory")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[:-1] == ["no memory"] * 2, done.stderr


def test_a_reading_that_takes_too_long_is_stopped_in_words(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 2_000_000)
    with pytest.raises(TooLargeError, match=r"more than 0\.1 seconds of work"):
        read_table_apart(path, limits=ReadLimits(2_000_000_000, 0.1))


class Cancelled(Exception):
    """What a page raises where a person pressed Cancel."""


def readers() -> list[psutil.Process]:
    """Reading processes that this one has started."""
    own = psutil.Process().children()
    return [one for one in own if any("al_core.apart" in part for part in one.cmdline())]


def test_cancelling_ends_the_process_that_reads(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 2_000_000)
    reading: list[psutil.Process] = []

    def cancel(share: float, what: str) -> None:
        reading.extend(readers())
        raise Cancelled

    with pytest.raises(Cancelled):
        read_table_apart(path, on_progress=cancel)
    assert reading
    assert not any(one.is_running() and one.status() != "zombie" for one in reading)


def test_a_reading_whose_process_is_gone_says_so_and_the_next_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 2_000_000)

    def kill(share: float, what: str) -> None:
        for one in readers():
            one.kill()

    with pytest.raises(TableError, match="reading it broke off"):
        read_table_apart(path, on_progress=kill)
    path.write_bytes(b"a,b\n1,2\n")
    assert read_table_apart(path).n_rows == 1


def test_one_process_reads_file_after_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    read_table_apart(path)
    first = readers()
    read_table_apart(path)
    assert len(first) == 1
    assert readers() == first


def test_a_process_whose_starter_is_gone_before_it_is_ready_ends_without_a_word() -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "al_core.apart.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    assert started.stderr.read() == b""
    started.stderr.close()
    assert started.stdin is not None
    started.stdin.close()
    assert started.wait(60) == 0


def test_the_waiting_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    code = f"""
import os, psutil
from al_core.apart.reading import read_table_apart
read_table_apart({str(path)!r})
print(psutil.Process().children()[0].pid, flush=True)
os._exit(1)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    waiting = int(done.stdout)
    end = time.monotonic() + 30
    while psutil.pid_exists(waiting) and time.monotonic() < end:
        time.sleep(0.05)
    assert not psutil.pid_exists(waiting)


def test_a_project_is_answered_while_a_hostile_file_is_read(tmp_path: Path) -> None:
    path = blown_up(tmp_path / "bomb.parquet", 400_000, 2_000)
    said: list[str] = []

    def read() -> None:
        with pytest.raises(TooLargeError) as told:
            read_table_apart(path, limits=ReadLimits(400_000_000))
        said.append(str(told.value))

    with live(tmp_path / "p") as project:
        answer(project)  # all that is imported once
        reading, answered = threading.Thread(target=read), 1
        reading.start()
        while reading.is_alive() and answered < 100:
            answer(project)
            answered += 1
        reading.join()
        assert project.counts().spent == answered
    assert answered > 5
    assert "more than 400 MB of memory" in said[0]
