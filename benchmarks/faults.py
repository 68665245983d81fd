"""What becomes of a project when it is killed, cut, flipped, put back, or the disk is full.

    python -m benchmarks.faults [--short] [--json] [--kills N] [--every N] [--log N] [--flips N] ...

Without a setting: the long run, whose table stands in docs/reliability.md. ``--short`` is what CI
runs. The seed is fixed, the moments of the kills are not. Needs ``os.fork``: Linux or macOS.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.fault_cases.damage import Broken
from benchmarks.fault_cases.judging import Outcome
from benchmarks.fault_cases.kills import full_disk, kills

# Kills of each verb, one in so many of the places 64 bytes apart at which the database and its log
# are cut, flips of each file, pairs put back, full disks.
LONG = {"kills": 200, "every": 1, "log": 1, "flips": 2000, "swaps": 200, "full": 100}
SHORT = {"kills": 4, "every": 40, "log": 600, "flips": 25, "swaps": 12, "full": 5}


def outcomes(home: Path, n: dict[str, int], seed: int = 0) -> Iterator[Outcome]:
    """All faults, one after the other."""
    rng = random.Random(seed)
    yield from kills(home, n["kills"], rng)
    yield from full_disk(home, n["full"], rng)
    broken, other = Broken(home, 0), Broken(home, 1)
    yield from broken.cuts(n["every"], n["log"])
    yield from broken.flips(n["flips"], rng)
    yield from broken.swaps(other, n["swaps"], rng)


def line_of(outcome: Outcome) -> str:
    """One line of the table."""
    one = outcome
    counts = (one.tried, one.whole, one.told, one.refused, one.lost, one.changed, one.raw)
    return f"| {one.fault} | {' | '.join(f'{count:,}' for count in counts)} |"


def main() -> None:
    """Try everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--json", action="store_true", help="one JSON object a fault")
    for name in LONG:
        parser.add_argument(f"--{name}", type=int)
    given = vars(parser.parse_args())
    usual = SHORT if given["short"] else LONG
    n = {name: usual[name] if given[name] is None else given[name] for name in LONG}
    started = time.monotonic()
    if not given["json"]:
        print("| fault | tried | whole | told | refused | lost in silence | changed | raw errors |")
        print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        for outcome in outcomes(Path(home), n):
            print(json.dumps(asdict(outcome)) if given["json"] else line_of(outcome), flush=True)
            for wrong in outcome.wrong if not given["json"] else ():
                print(f"    {wrong}", flush=True)
    if not given["json"]:
        print(f"{time.monotonic() - started:.0f} s, {n}")


if __name__ == "__main__":
    main()
