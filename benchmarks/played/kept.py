"""Long runs that may be stopped: what is found of a project is kept in a file as soon as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed


def each_project(
    one: Callable[[int], Any], seeds: Sequence[int], jobs: int, name: str, keep: Path | None
) -> list[Any]:
    """What ``one`` finds (as JSON can say it) of each seed, in their order.

    keep: a file of JSON lines; what stands there under this ``name`` is not played again. It knows
    nothing of the code: begin another file when that has changed.
    """
    found = _kept(keep, name) if keep else {}
    to_go = [seed for seed in seeds if seed not in found]
    run = Parallel(jobs, return_as="generator_unordered")(delayed(_named)(one, s) for s in to_go)
    for seed, text in run:
        found[seed] = json.loads(text)
        if keep:
            with keep.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps([name, seed, found[seed]]) + "\n")
    return [found[seed] for seed in seeds]


def _named(one: Callable[[int], Any], seed: int) -> tuple[int, str]:
    return seed, json.dumps(one(seed), default=_plain)


def _plain(value: Any) -> Any:
    """Numbers and flags of numpy as JSON has them."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"Got {type(value).__name__}. Give numbers, texts, lists and dictionaries.")


def _kept(keep: Path, name: str) -> dict[int, Any]:
    lines = keep.read_text(encoding="utf-8").splitlines() if keep.exists() else []
    return {seed: found for of, seed, found in map(json.loads, lines) if of == name}
