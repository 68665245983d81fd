"""The frame of a chart: where numbers lie on it, round steps, grid and words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from al_core.figures.still.ink import INK, PALE, Path, Picture, Words

# About so many steps on an axis; a choice: fewer than a person can read at a glance.
_STEPS = 6


@dataclass(frozen=True)
class Frame:
    """The drawing area in pixels and the numbers at its edges; y grows upwards."""

    left: float
    top: float
    right: float
    bottom: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point lies, held to the area."""
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        across = min(max((x - x0) / (x1 - x0), 0.0), 1.0)
        up = min(max((y - y0) / (y1 - y0), 0.0), 1.0)
        return (
            self.left + across * (self.right - self.left),
            self.bottom - up * (self.bottom - self.top),
        )


def round_range(values: Sequence[float], *, from_zero: bool = False) -> tuple[float, float]:
    """A range that holds the values and ends at round numbers.

    >>> round_range([61.5, 92.0]), round_range([3, 58], from_zero=True), round_range([])
    ((60.0, 100.0), (0.0, 60.0), (0.0, 1.0))
    """
    good = [value for value in values if math.isfinite(value)]
    if not good:
        return 0.0, 1.0
    low, high = (0.0 if from_zero else min(good)), max(good)
    if low == high:
        low, high = low - 1, high + 1
    step = step_of(low, high)
    return math.floor(low / step) * step, math.ceil(high / step) * step


def step_of(low: float, high: float) -> float:
    """A round step between grid lines: 1, 2 or 5 times a power of ten.

    >>> step_of(60, 92), step_of(0, 58), step_of(0, 1000)
    (10.0, 10.0, 200.0)
    """
    rough = (high - low) / _STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    return float(next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999))


def draw_axes(picture: Picture, frame: Frame, x_title: str, y_title: str, size: float) -> None:
    """Grid, numbers and titles."""
    _ticks(picture, frame, size)
    middle = (frame.top + frame.bottom) / 2
    below = frame.bottom + 2.9 * size
    picture.parts += [
        Words((frame.left + frame.right) / 2, below, x_title, size, "middle"),
        Words(frame.left - 3.2 * size, middle, y_title, size, "middle", turned=True),
    ]


def _ticks(picture: Picture, frame: Frame, size: float) -> None:
    for value in _between(frame.y_range):
        x, y = frame.at(frame.x_range[0], value)
        picture.parts.append(Path(((x, y), (frame.right, y)), PALE))
        picture.parts.append(Words(x - 0.6 * size, y + 0.35 * size, _said(value), size, "end"))
    for value in _between(frame.x_range):
        x, y = frame.at(value, frame.y_range[0])
        picture.parts.append(Path(((x, y), (x, y + 5)), INK))
        picture.parts.append(Words(x, y + 1.4 * size, _said(value), size, "middle"))
    ends = (
        frame.at(frame.x_range[0], frame.y_range[0]),
        frame.at(frame.x_range[1], frame.y_range[0]),
    )
    picture.parts.append(Path(ends, INK))


def _between(ends: tuple[float, float]) -> list[float]:
    step = step_of(*ends)
    first = math.ceil(ends[0] / step - 1e-9)
    return [n * step for n in range(first, math.floor(ends[1] / step + 1e-9) + 1)]


def _said(value: float) -> str:
    return f"{round(value, 6):,g}"
