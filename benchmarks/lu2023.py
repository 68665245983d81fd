"""Ours beside the published table of Lu, Li and Lin (2023, arXiv 2306.08954).

    python -m benchmarks.lu2023                      the quick part: Heart, Sonar, Ionosphere
    python -m benchmarks.lu2023 --sets heart:100 german:20 --strategies random margin core_set
    python -m benchmarks.lu2023 --sets heart:20 --strategies vote_entropy expected_error_log
    python -m benchmarks.lu2023 --as-page            what the page Compare gives, to the last digit

Protocol of ../shared/data/README.md: SVC (RBF, gamma="auto", C=1) on standardised features, 60 %
pool and 40 % test split anew per seed, 20 random first labels, one query a round until the pool is
used up, AUBC by the number of points. Seeds are 0 to n-1. Query by committee is ``vote_entropy``
with its default committee: ten SVCs of the same settings, each on a bootstrap sample of the labels.
z = (ours - published) / sqrt(sd^2 / seeds + sd_published^2 / 100); one seed alone has no sd of its
own, and the published one stands in for it.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Hashable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from al_core.learning import RunStore, compare
from al_core.projects.starting.data import new_data
from al_core.tables import Role, guess_roles, read_table

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "lu2023"
QUICK = ["heart:100", "sonar:100", "ionosphere:20"]
# The paper's loss (expected error reduction) and committee (query by committee) are not known: the
# difference gates nothing. Ours: both losses, and ten copies of the same SVC on bootstrap samples.
PUBLISHED_AS = {
    "expected_error_log": "expected_error_reduction",
    "expected_error_01": "expected_error_reduction",
    "vote_entropy": "qbc",
}
GATED = {"random", "margin", "core_set"}


def load(name: str, as_page: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Standardised features and labels of one data set; as_page: as the app's page reads them."""
    if as_page:
        return load_as_page(name)
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    table = np.array(rows[1:], dtype=np.float64)
    return StandardScaler().fit_transform(table[:, :-1]), table[:, -1].astype(int)


def load_as_page(name: str) -> tuple[np.ndarray, np.ndarray]:
    """The same through the app's reader and encoder: 32-bit numbers, constant columns left out."""
    table = read_table(DATA / f"{name}.csv")
    roles = guess_roles(table) | {"label": Role("label", "the answer")}
    data = new_data(table, roles)
    return data.matrix("svm"), np.asarray(data.file_classes)[data.file_codes]


def published() -> dict[tuple[str, str], tuple[float, float]]:
    """(data set, strategy as published) -> (mean, standard deviation) of the AUBC."""
    with (DATA / "published_aubc.csv").open(encoding="utf-8") as file:
        return {
            (row["dataset"], row["strategy"]): (float(row["mean_aubc"]), float(row["std"]))
            for row in csv.DictReader(file)
        }


def run(name: str, seeds: int, args: argparse.Namespace) -> list[dict[Hashable, Any]]:
    """One line of figures a strategy."""
    X, y = load(name, args.as_page)
    comparison = compare(
        X,
        y,
        estimators={"svc": SVC(gamma="auto")},
        strategies=args.strategies,
        seeds=seeds,
        test=0.4,
        n_jobs=args.jobs,
        store=RunStore(args.store) if args.store else None,
    )
    for (_, strategy), errors in comparison.errors.items():
        print(f"# {name} {strategy}: {errors[0]}")
    return comparison.summary(norm="points").to_dict("records")


def show(name: str, line: dict[Hashable, Any], reference: tuple[float, float] | None) -> float:
    """Print one line; returns its z, nan where nothing was published."""
    mean, std, n = float(line["aubc_mean"]), float(line["aubc_std"]), int(line["seeds"])
    z, told = math.nan, "-"
    if reference is not None:
        spread = reference[1] if math.isnan(std) else std
        z = (mean - reference[0]) / math.sqrt(spread**2 / n + reference[1] ** 2 / 100)
        told = f"{reference[0]:.4f}"
    gain = f"{line['gain']:+.4f} ({line['gain_low']:+.4f} to {line['gain_high']:+.4f})"
    print(
        f"| {name} | {line['strategy']} | {n} | {mean:.4f} | {std:.4f} | {told} | {z:+.2f} | "
        f"{gain if line['strategy'] != 'random' else ''} | {line['seconds']:.1f} |",
        flush=True,
    )
    return z


def main() -> None:
    """Print the table, then how many gated cells are within 2 and beyond 4."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sets", nargs="+", default=QUICK, help="name:seeds")
    parser.add_argument("--strategies", nargs="+", default=["random", "margin"])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--as-page", action="store_true", help="read the files as the app does")
    parser.add_argument("--store", help="a file that keeps finished runs")
    args = parser.parse_args()
    table, started = published(), perf_counter()
    print(
        "| data set | strategy | seeds | AUBC | sd | published | z | gain over random | s a run |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    gated = []
    for entry in args.sets:
        name, seeds = entry.split(":")
        for line in run(name, int(seeds), args):
            strategy = str(line["strategy"])
            z = show(name, line, table.get((name, PUBLISHED_AS.get(strategy, strategy))))
            if strategy in GATED and not math.isnan(z):
                gated.append(abs(z))
    within, beyond = sum(z <= 2 for z in gated), sum(z > 4 for z in gated)
    print(f"\n{within} of {len(gated)} gated cells with |z| <= 2, {beyond} beyond 4; ", end="")
    print(f"{perf_counter() - started:.0f} s on {args.jobs} workers")


if __name__ == "__main__":
    main()
