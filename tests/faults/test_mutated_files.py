"""Files of every kind with random bytes of them changed: each is read, or refused in words.

``AL_FAULT_FILES`` sets how many of each kind are tried, for long runs: other ones than CI tries.
They are read apart, as the app reads them, so that none can take more than its limit.
"""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from al_core.apart.importing import import_project_apart
from al_core.apart.limits import ReadLimits
from al_core.apart.reading import read_table_apart
from al_core.errors import ProjectError, TableError
from al_core.projects import Project, import_project
from tests.projects_cases import answer, live

TRIED = int(os.environ.get("AL_FAULT_FILES", "30"))
SEED = 0 if "AL_FAULT_FILES" not in os.environ else random.SystemRandom().randrange(10**9)
LIMITS = ReadLimits(600_000_000, 20.0)
BROKE = "broke off"  # what is said where the reading raised anything but a sentence


def frame() -> pd.DataFrame:
    """A small table of all that cells can be."""
    return pd.DataFrame(
        {
            "n": range(20),
            "x": [n / 7 if n % 5 else None for n in range(20)],
            "day": pd.date_range("2024-01-31 10:00", periods=20),
            "text": [f'é "{n}", x\ny' for n in range(20)],
            "yes": [n % 2 == 0 for n in range(20)],
            "answer": ["no", "yes"] * 10,
        }
    )


def written(how: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    how(out)
    return out.getvalue()


def nested() -> bytes:
    rows = [{"a": n, "b": {"c": [n, None, "x"]}, "d": 1e300 * n, "e": "é\u2028"} for n in range(20)]
    return json.dumps({"data": rows}).encode()


SOURCES: dict[str, Callable[[], bytes]] = {
    "csv": lambda: frame().to_csv(index=False).encode(),
    "xlsx": lambda: written(lambda out: frame().to_excel(out, index=False)),
    "parquet": lambda: written(lambda out: frame().to_parquet(out)),
    "json": nested,
    "jsonl": lambda: frame().to_json(orient="records", lines=True, date_format="iso").encode(),
}


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with a few of them flipped, cut out, doubled, or put over others."""
    found = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 8])):
        at, to = sorted(rng.randrange(len(found) + 1) for _ in range(2))
        to = min(to, at + rng.choice([1, 4, 64, 10_000]))
        kind = rng.randrange(6)
        if kind == 0:
            found[at:to] = bytes(b ^ (1 << rng.randrange(8)) for b in found[at:to])
        elif kind == 1:
            del found[at:to]
        elif kind == 2:
            found[at:at] = found[at:to] * rng.choice([1, 3])
        elif kind == 3:
            found[at:to] = rng.choice([b"\xff", b"\x00", b"9", b'"', b"\n", b"["]) * (to - at)
        elif kind == 4:
            found[at : at + 8] = rng.choice([2**31 - 1, 2**63 - 1, 0]).to_bytes(8, "little")
        else:
            found[at:to] = rng.randbytes(to - at)
    return bytes(found)


def mutated_inside(data: bytes, rng: random.Random) -> bytes:
    """A zip of which one part was changed as a forger does it: its checksum is right."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, mutated(part, rng) if name == chosen else part)
    return out.getvalue()


def tries(name: str) -> list[tuple[Callable[[bytes, random.Random], bytes], random.Random]]:
    """How each file is changed: those that are zips on the outside and the inside in turn."""
    ways = [mutated, mutated_inside] if name in ("xlsx", "project") else [mutated]
    return [(ways[n % len(ways)], random.Random(f"{name} {SEED} {n}")) for n in range(TRIED)]


@pytest.mark.parametrize("name", SOURCES)
def test_a_file_with_changed_bytes_is_read_or_refused_in_words(name: str) -> None:
    data = SOURCES[name]()
    whole = read_table_apart(data, name=f"p.{name}")
    assert whole.n_rows == 20
    raw = []
    for change, rng in tries(name):
        changed = change(data, rng)
        try:
            table = read_table_apart(changed, name=f"p.{name}", limits=LIMITS)
            assert table.frame.shape == table.text.shape
        except TableError as problem:
            if BROKE in str(problem):
                raw.append((str(problem), kept(changed, name)))
    assert raw == []


def kept(data: bytes, name: str) -> str:
    """Where a file that broke the reader lies, to be looked into; with long runs alone."""
    if "AL_FAULT_FILES" not in os.environ:
        return f"{len(data)} bytes"
    path = Path(f"broke.{abs(hash(data))}.{name}")
    path.write_bytes(data)
    return str(path)


def test_a_project_file_with_changed_bytes_is_a_project_or_refused_in_words(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p", 40) as project:
        answer(project, 6)
        project.add_note(1, "a note")
        project.add_class("maybe")
        data = project.project_file_bytes()
    path, home, raw = tmp_path / "p.zip", tmp_path / "home", []
    for change, rng in tries("project"):
        changed = change(data, rng)
        path.write_bytes(changed)
        try:
            place = import_project_apart(path, home, limits=LIMITS)
        except ProjectError as problem:
            if BROKE in str(problem):
                raw.append((str(problem), kept(changed, "zip")))
            assert list(home.iterdir()) == []
            continue
        with Project.open(place, background=False) as project:
            project.ask()
            project.export_bytes()
            project.project_file_bytes()
        place.rename(tmp_path / f"done{len(list(tmp_path.iterdir()))}")
    assert raw == []
    assert import_project(data, home).is_dir()
