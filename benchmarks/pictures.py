"""Play 50 runs of each picture of the page "Why it works" and keep what they gave.

Run from the project's root: ``python -m benchmarks.pictures``. Writes
``al_core/learning/demo/measured_runs.json`` and prints one table. Takes a few minutes on one core.
"""

from __future__ import annotations

import argparse

from al_core.learning.demo.frames import PICTURES
from al_core.learning.demo.measured_runs import N_RUNS, measure, read_runs, verdict

AT = (10, 30, 60)


def table() -> str:
    """Mean share of new points that are right, and runs in which the app's picks were better."""
    lines = [
        "| picture | answers | picked by the app | at random | better in |",
        "|---|---|---|---|---|",
    ]
    for key in PICTURES:
        for n in AT:
            v = verdict(read_runs(key), n)
            lines.append(
                f"| {key} | {n} | {v.chosen:.3f} | {v.random:.3f} | {v.better} of {v.n_runs} |"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    measure(on_run=lambda key, seed: print(f"\r{key} {seed + 1} of {N_RUNS}  ", end="", flush=True))
    print("\r" + table())
