"""How fast and how lean a large CSV opens, and whether memory grows over many uploads.

    python -m benchmarks.read_table

A generated 110 MB file of 14 mixed columns: wall time beside pandas.read_csv on the same file, and
peak memory of a process of its own that does nothing else. Then 1,000 uploads of a 50 kB file.
"""

from __future__ import annotations

import argparse
import gc
import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

MB = 110
PANDAS = ("import pandas as pd", "pd.read_csv(sys.argv[1])")
OURS = ("from al_core.tables import read_table", "read_table(sys.argv[1])")
IMPORTS = (OURS[0], "pass")
MEASURE = """
import sys, time, resource
{imports}
start = time.perf_counter()
{work}
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def generate(n_rows: int, seed: int = 0) -> pd.DataFrame:
    """14 columns: ids, whole numbers, decimals, blanks, categories, dates, words, quoted text."""
    rng = np.random.default_rng(seed)
    words = np.array(["parcel", "came late", "nobody", "could say", "where", "it had been"])
    return pd.DataFrame(
        {
            "id": np.arange(n_rows),
            "account": [f"{n:08d}" for n in rng.integers(0, 10**8, n_rows)],
            "age": rng.integers(18, 95, n_rows),
            "income": rng.gamma(2, 20_000, n_rows).round(2),
            "balance": np.where(
                rng.random(n_rows) < 0.1, np.nan, rng.normal(0, 900, n_rows).round(3)
            ),
            "rate": rng.random(n_rows).round(5),
            "visits": rng.poisson(3, n_rows),
            "plan": rng.choice(["basic", "plus", "family", "business"], n_rows),
            "city": rng.choice(["Zürich", "Köln", "Łódź", "Málaga", "Oslo"], n_rows),
            "active": rng.choice(["yes", "no"], n_rows),
            "since": pd.Timestamp("2015-01-01")
            + pd.to_timedelta(rng.integers(0, 4000, n_rows), "D"),
            "channel": rng.choice(["shop", "web", "phone"], n_rows),
            "comment": [", ".join(row) for row in rng.choice(words, (n_rows, 5))],
            "churn": rng.choice(["stays", "leaves"], n_rows, p=[0.8, 0.2]),
        }
    )


def write_file(path: Path) -> int:
    """Write the large CSV; its size in bytes."""
    frame = generate(20_000)
    text = frame.to_csv(index=False).encode()
    head, body = text.split(b"\n", 1)
    copies = int(np.ceil((MB * 1e6 - len(head)) / len(body)))
    with path.open("wb") as file:
        file.write(head + b"\n")
        for _ in range(copies):
            file.write(body)
    return path.stat().st_size


def run(code: tuple[str, str], path: Path) -> tuple[float, float]:
    """Seconds of the reading alone (imports are done before) and peak MiB of the process."""
    script = MEASURE.format(imports=code[0], work=code[1])
    out = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[1],
    )
    seconds, mebibytes = map(float, out.stdout.split())
    return seconds, mebibytes


def large_file() -> bool:
    """Whether time and memory of the large file keep their gates."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        size = write_file(path) / 1e6
        base = run(IMPORTS, path)[1]
        theirs = min(run(PANDAS, path) for _ in range(3))
        ours = min(run(OURS, path) for _ in range(3))
    times, peak = ours[0] / theirs[0], ours[1] * 1.048576 / size
    print(
        f"{size:.0f} MB, 14 columns: ours {ours[0]:.2f} s, pandas {theirs[0]:.2f} s: "
        f"{times:.1f} times (gate: 4)"
    )
    print(
        f"peak memory {ours[1]:.0f} MB, {peak:.1f} times the file (gate: 5); imports alone "
        f"{base:.0f} MB; pandas {theirs[1]:.0f} MB"
    )
    return times <= 4 and peak <= 5


def many_uploads(n: int = 1_000) -> bool:
    """Whether memory stays where it is over many uploads."""
    from al_core.tables import read_table

    data = generate(400).to_csv(index=False).encode()
    marks = []
    for i in range(n + 1):
        read_table(io.BytesIO(data), name="upload.csv")
        if i % (n // 5) == 0:
            gc.collect()
            marks.append(rss())
    print(f"{n} uploads of {len(data) / 1e3:.0f} kB: {' '.join(f'{m:.0f}' for m in marks)} MB")
    return marks[-1] - marks[1] < 10


def wide(n_rows: int, n_columns: int, words: bool) -> bool:
    """Whether a table of many columns takes at most five times the processor time of pandas."""
    from al_core.tables import guess_roles, read_table

    rng = np.random.default_rng(0)
    cells = rng.choice(["yes", "no", "maybe"], (n_rows, n_columns))
    frame = pd.DataFrame(cells if words else rng.normal(size=cells.shape).round(4)).add_prefix("g")
    data = frame.to_csv(index=False).encode()
    theirs = min(cpu(lambda: pd.read_csv(io.BytesIO(data))) for _ in range(3))
    ours = min(cpu(lambda: read_table(data, name="wide.csv")) for _ in range(3))
    table = read_table(data, name="wide.csv")
    roles = min(cpu(lambda: guess_roles(table)) for _ in range(3))
    print(
        f"{n_rows} rows x {n_columns:,} {'words' if words else 'decimals'}: pandas {theirs:.2f} s, "
        f"ours {ours:.2f} s: {ours / theirs:.1f} times (gate: 5); roles {roles:.2f} s"
    )
    return ours <= 5 * theirs


def cpu(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def rss() -> float:
    """Megabytes of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    start = time.perf_counter()
    good = [large_file(), many_uploads()]
    good += [wide(n, m, words) for n, m in ((60, 2_000), (3, 9_074)) for words in (False, True)]
    print("gates hold" if all(good) else "a gate does NOT hold", end=" ")
    print(f"({time.perf_counter() - start:.0f} s)")
    sys.exit(0 if all(good) else 1)
