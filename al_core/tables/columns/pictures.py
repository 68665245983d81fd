"""Runs of numeric columns that make a square picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import isqrt
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Choices: fewer points show no picture, and so many rows show the range of a shade.
SMALLEST_SIDE = 6
ROWS_LOOKED_AT = 500
PIXEL_NAME = re.compile(r"pix|px|^img|image", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """Columns that together draw a picture, row by row; grey values run from 0 to ``scale``."""

    name: str
    columns: list[str]
    height: int
    width: int
    scale: float

    @property
    def group(self) -> str:
        """The picture as the group of a role: its name, height, width and scale."""
        return f"{self.name}|{self.height}|{self.width}|{self.scale:g}"


def picture_of(group: str, columns: list[str]) -> Picture | None:
    """The picture that a role's group describes; None where columns were taken out of it."""
    name, height, width, scale = group.rsplit("|", 3)
    if len(columns) != int(height) * int(width):
        return None
    return Picture(name, columns, int(height), int(width), float(scale))


def find_pictures(frame: pd.DataFrame) -> list[Picture]:
    """The square pictures of a table.

    A run of columns whose names differ only in their numbers, of a square count of at least 36,
    holding numbers from 0 up to one common scale, is a picture if its names say so or if points
    above each other are more alike than points anywhere.
    """
    found = [_as_picture(frame, template, run) for template, run in _runs(frame)]
    return [picture for picture in found if picture is not None]


def _runs(frame: pd.DataFrame) -> Iterator[tuple[str, list[str]]]:
    names = [str(name) for name in frame.columns]
    numeric = dict(zip(names, (dtype.kind in "if" for dtype in frame.dtypes), strict=True))

    def template(name: str) -> str:
        return re.sub(r"\d+", "#", name) if numeric[name] else ""

    for key, run in groupby(names, key=template):
        if "#" in key:
            yield key, list(run)


def _as_picture(frame: pd.DataFrame, template: str, run: list[str]) -> Picture | None:
    side = isqrt(len(run))
    if side < SMALLEST_SIDE or side * side != len(run):
        return None
    step = max(1, len(frame) // ROWS_LOOKED_AT)
    values = frame[run].iloc[::step].to_numpy(dtype=np.float64)
    if not np.isfinite(values).all() or values.min() < 0 or values.max() <= 0:
        return None
    if not PIXEL_NAME.search(template) and not _smooth(values, side):
        return None
    name = template.replace("#", "").strip(" _-.x") or "picture"
    return Picture(name, run, side, side, _scale(float(values.max())))


def _scale(largest: float) -> float:
    """The round grey scale that the largest value belongs to.

    >>> _scale(0.98), _scale(16), _scale(254)
    (1.0, 16.0, 255.0)
    """
    return next((s for s in (1.0, 16.0, 100.0, 255.0, 65535.0) if largest <= s), largest)


def _smooth(values: NDArray[np.float64], side: int) -> bool:
    """Whether points next to each other, down and across, are more alike than far ones."""
    cube: Any = values.reshape(-1, side, side)
    cube = cube[:, :, cube.std(axis=(0, 1)) > 0] if len(cube) > 4 else cube
    if len(values) < 8:
        return False
    spread = values.std() ** 2 * 2
    down = np.mean(
        (values.reshape(-1, side, side)[:, 1:] - values.reshape(-1, side, side)[:, :-1]) ** 2
    )
    across = np.mean(
        (values.reshape(-1, side, side)[:, :, 1:] - values.reshape(-1, side, side)[:, :, :-1]) ** 2
    )
    # Twice the variance is what points that have nothing to do with one another differ by; three
    # quarters of it is a choice.
    return bool(spread > 0 and down < 0.75 * spread and across < 0.75 * spread)
