"""What one press costs the core: label() + ask() + counts(), whatever the size of the pool.

    python -m benchmarks.journal_turn [rows ...]        default: 1000 100000 1000000

A live project of so many rows by 20 numbers in a temporary folder, the default model, training in
the background meanwhile, 200 answers with 50 ms between them. Prints one line a size: median, 95th
percentile and worst in milliseconds, and how many models came in.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from al_core.projects import Project
from al_core.tables import Role, Table

PRESSES = 200
PAUSE = 0.05
WIDTH = 20


def table(n: int) -> Table:
    """``n`` rows of 20 normal numbers."""
    values = np.random.default_rng(0).normal(size=(n, WIDTH)).round(4)
    frame = pd.DataFrame(values, columns=[f"c{i}" for i in range(WIDTH)])
    return Table(frame=frame, text=frame.astype(str), name=f"{n}.csv")


def turns(project: Project) -> list[float]:
    """Milliseconds of each press; the answer is the sign of the first two columns' sum."""
    taken = []
    (question,) = project.ask()
    for _ in range(PRESSES):
        label = "yes" if float(question.values["c0"]) + float(question.values["c1"]) > 0 else "no"
        time.sleep(PAUSE)
        start = time.perf_counter()
        project.label(question.row, label, token=question.token)
        (question,) = project.ask()
        project.counts()
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def measure(n: int) -> str:
    """One line of the table."""
    roles = {f"c{i}": Role("number", "benchmark") for i in range(WIDTH)}
    settings = {"classes": ["no", "yes"]}
    points = table(n)
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        project = Project.create(Path(folder) / "p", points, roles, settings)
        created = time.perf_counter() - started
        taken = turns(project)
        project.wait(30)
        swaps, model = project.freshness().swaps, project.model_name
        project.close()
    p95 = statistics.quantiles(taken, n=20)[-1]
    return (
        f"{n:>9,} {model:<20} {statistics.median(taken):>8.2f} {p95:>8.2f} {max(taken):>8.2f} "
        f"{swaps:>6} {created:>8.1f}"
    )


def main() -> None:
    """Measure every size given."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rows", type=int, nargs="*")
    sizes = parser.parse_args().rows or [1_000, 100_000, 1_000_000]
    heads = f"{'median':>8} {'p95':>8} {'worst':>8} {'swaps':>6} {'start s':>8}"
    print(f"{'rows':>9} {'model':<20} {heads}")
    for n in sizes:
        print(measure(n), flush=True)


if __name__ == "__main__":
    main()
