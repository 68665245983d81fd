"""A figure of ours as a still picture: for a slide, or for a report that needs no network.

It reads the plotly figure that stands on the page, so that both say the same: lines, their areas,
thin marks across, and counts in cells. Nothing else is in our figures of numbers.
"""

from __future__ import annotations

import html
import re
from typing import Any

import plotly.graph_objects as go

from al_core.figures.still.axes import Frame, draw_axes, round_range
from al_core.figures.still.ink import INK, PAPER, Path, Picture, Words, width_of
from al_core.figures.still.ink import as_svg as as_svg
from al_core.figures.still.png import as_png as as_png
from al_core.wording import short

SLIDE = (1280.0, 720.0)
"""16 : 9, in pixels."""
_DASHES = {
    "dot": (2.0, 4.0),
    "dash": (9.0, 5.0),
    "longdash": (16.0, 6.0),
    "dashdot": (9.0, 4.0, 2.0, 4.0),
    "longdashdot": (16.0, 5.0, 2.0, 5.0),
}
_AREA = re.compile(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)")
# Letters of a title and of a name in the legend, choices: what fits a line.
_TITLE, _NAME = 90, 60


def still_picture(
    figure: go.Figure,
    title: str = "",
    source: str = "",
    size: tuple[float, float] = SLIDE,
) -> Picture:
    """The figure with a title above and a line on where it comes from below; both may be blank."""
    letter = max(12.0, size[0] / 72)
    picture = Picture(*size, title=title)
    top = 1.2 * letter
    if title:
        top += 2.2 * letter
        words = short(title, _TITLE)
        picture.parts.append(Words(2 * letter, top - letter, words, 1.55 * letter, bold=True))
    foot = size[1] - (2.2 * letter if source else 0.5 * letter)
    if source:
        line = short(source, int(size[0] / (0.5 * letter)))
        at = size[1] - letter
        picture.parts.append(Words(2 * letter, at, line, 0.85 * letter, colour="#57606A"))
    if any(isinstance(trace, go.Heatmap) for trace in figure.data):
        _cells(picture, figure, (2 * letter, top, size[0] - 2 * letter, foot), letter)
    else:
        _lines(picture, figure, (top, foot), letter)
    return picture


def _lines(picture: Picture, figure: go.Figure, edges: tuple[float, float], size: float) -> None:
    traces = [trace for trace in figure.data if trace.x is not None and len(trace.x)]
    top = _legend(picture, traces, edges[0], size)
    xs = [float(x) for trace in traces for x in trace.x if x is not None]
    ys = [float(y) for trace in traces for y in trace.y if y is not None]
    marks = list(figure.layout.shapes or ())
    ys += [float(mark.y0) for mark in marks if mark.xref != "x" and mark.y0 is not None]
    frame = Frame(
        5 * size,
        top,
        picture.width - 2 * size,
        edges[1] - 3.4 * size,
        round_range(xs, from_zero=True),
        round_range(ys),
    )
    across, up = (
        html.unescape(axis.title.text or "") for axis in (figure.layout.xaxis, figure.layout.yaxis)
    )
    draw_axes(picture, frame, across, up, size)
    for trace in traces:
        points = tuple(frame.at(float(x), float(y)) for x, y in zip(trace.x, trace.y, strict=True))
        picture.parts += _area(trace, points) if trace.fill == "toself" else _line(trace, points)
    for number, mark in enumerate(marks):
        _mark(picture, frame, figure, number, mark, size)


def _area(trace: Any, points: Any) -> list[Path]:
    found = _AREA.fullmatch(trace.fillcolor or "")
    if found is None or len(points) < 3:
        return []
    colour = "#" + "".join(f"{int(part):02X}" for part in found.groups()[:3])
    return [Path(points, colour, filled=True, opacity=float(found[4]))]


def _line(trace: Any, points: Any) -> list[Path]:
    colour, width = trace.line.color, 1.2 * float(trace.line.width or 2)
    paths = (
        [Path(points, colour, width, _DASHES.get(trace.line.dash, ()))] if len(points) > 1 else []
    )
    if "markers" in (trace.mode or ""):
        symbol = str(trace.marker.symbol or "circle")
        paths += [part for point in points for part in marker(point, colour, symbol)]
    return paths


def marker(at: tuple[float, float], colour: str, symbol: str, radius: float = 4.5) -> list[Path]:
    """One point in its shape; an open one is hollow."""
    x, y = at
    shapes: dict[str, tuple[tuple[float, float], ...]] = {
        "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
        "triangle-up": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "cross": ((-0.4, -1.2), (0.4, -1.2), (0.4, 1.2), (-0.4, 1.2)),
    }
    circle = tuple((_ROUND[i], _ROUND[(i + 12) % 16]) for i in range(16))
    shape = shapes.get(symbol.removesuffix("-open"), circle)
    points = tuple((x + radius * a, y + radius * b) for a, b in shape)
    if symbol.endswith("-open"):
        return [Path(points, PAPER, filled=True), Path((*points, points[0]), colour, 1.5)]
    return [Path(points, colour, filled=True)]


_ROUND = (1.0, 0.924, 0.707, 0.383, 0.0, -0.383, -0.707, -0.924,
          -1.0, -0.924, -0.707, -0.383, 0.0, 0.383, 0.707, 0.924)  # fmt: skip
"""The cosines of sixteen steps round a circle."""


def _mark(
    picture: Picture, frame: Frame, figure: go.Figure, number: int, mark: Any, size: float
) -> None:
    """A line across: a target, or a moment in the run; its words where plotly has put some."""
    if mark.xref == "x":
        a, b = frame.at(mark.x0, frame.y_range[0]), frame.at(mark.x0, frame.y_range[1])
    else:
        a, b = frame.at(frame.x_range[0], mark.y0), frame.at(frame.x_range[1], mark.y0)
    picture.parts.append(Path((a, b), mark.line.color or INK, 1.2, _DASHES["dash"]))
    notes = list(figure.layout.annotations or ())
    if number < len(notes):
        words = html.unescape(notes[number].text or "")
        x, y = (a[0] + 6, a[1] - 6)
        picture.parts.append(Words(x, y, words, 0.85 * size, colour="#57606A"))


def _legend(picture: Picture, traces: list[Any], top: float, size: float) -> float:
    """The names of the lines, beside one another, in as many rows as they need; their end."""
    x, y, left = 5 * size, top + size, 5 * size
    for trace in traces:
        if trace.fill == "toself" or trace.showlegend is False:
            continue
        name = short(html.unescape(trace.name or ""), _NAME)
        needed = 4.6 * size + width_of(name, size)
        if x > left and x + needed > picture.width - 2 * size:
            x, y = left, y + 1.6 * size
        middle = y - 0.35 * size
        ends = ((x, middle), (x + 2.6 * size, middle))
        picture.parts += _line(trace, ends)[:1]
        if "markers" in (trace.mode or ""):
            symbol = str(trace.marker.symbol or "circle")
            picture.parts += marker((x + 1.3 * size, middle), trace.line.color, symbol)
        picture.parts.append(Words(x + 3.1 * size, y, name, size))
        x += needed
    return y + 1.1 * size


def _cells(
    picture: Picture, figure: go.Figure, box: tuple[float, float, float, float], size: float
) -> None:
    """Counts in cells: true answers down, guesses across; the shade is the share of a row."""
    heat = figure.data[0]
    names = [html.unescape(str(name)) for name in heat.y]
    fits = max(6, int((box[2] - box[0]) * 0.3 / (0.56 * size)))
    shown = [short(name, min(fits, 24)) for name in names]
    left = box[0] + max(width_of(name, size) for name in shown) + 2.2 * size
    top, n = box[1] + 3.4 * size, max(1, len(names))
    width, height = (box[2] - left) / n, min((box[3] - top) / n, 3.4 * size)
    across = int(width / (0.6 * size))
    picture.parts += [
        Words((left + box[2]) / 2, box[1] + size, "The app's guess", size, "middle"),
        Words(box[0] + size, top + n * height / 2, "True answer", size, "middle", turned=True),
    ]
    for row, name in enumerate(shown):
        middle = top + (row + 0.5) * height + 0.35 * size
        picture.parts.append(Words(left - 0.6 * size, middle, name, size, "end"))
        head = short(names[row], max(2, across))
        at = left + (row + 0.5) * width
        picture.parts.append(Words(at, top - 0.6 * size, head, size, "middle"))
        for column in range(n):
            x, y = left + column * width + 1, top + row * height + 1
            corner = (x + width - 2, y + height - 2)
            square = ((x, y), (corner[0], y), corner, (x, corner[1]))
            share = float(heat.z[row][column])
            picture.parts.append(Path(square, "#0072B2", filled=True, opacity=0.04 + 0.8 * share))
            ink = PAPER if share > 0.55 else INK
            words = str(heat.text[row][column])
            place = x + width / 2 - 1, middle
            picture.parts.append(Words(*place, words, size, "middle", colour=ink))
