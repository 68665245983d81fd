"""A still picture as PNG: painted with Pillow at twice the size and made small again."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from PIL import Image, ImageColor, ImageDraw, ImageFont

from al_core.figures.still.ink import PAPER, Path, Picture, Points, Words

# Painted so many times larger, so that edges come out smooth; a choice.
_FINER = 2
# Pixels of a PNG for one of the picture; 1,280 wide becomes 1,920, a full slide.
SCALE = 1.5
_PLAIN = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "Helvetica.ttc")
_BOLD = ("DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf", "Arial Bold.ttf", "arialbd.ttf")
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def as_png(picture: Picture, scale: float = SCALE) -> bytes:
    """The picture as PNG bytes. Fonts of the machine are taken where there are any, else Pillow's
    own, which knows Latin letters."""
    fine = scale * _FINER
    size = round(picture.width * fine), round(picture.height * fine)
    image = Image.new("RGB", size, PAPER)
    for part in picture.parts:
        if isinstance(part, Words):
            _write(image, part, fine)
        elif part.filled:
            _fill(image, part, fine)
        else:
            _draw(image, part, fine)
    small = image.resize((size[0] // _FINER, size[1] // _FINER), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _scaled(points: Points, fine: float) -> list[tuple[float, float]]:
    return [(x * fine, y * fine) for x, y in points]


def _fill(image: Any, part: Path, fine: float) -> None:
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).polygon(_scaled(part.points, fine), fill=round(255 * part.opacity))
    image.paste(Image.new("RGB", image.size, ImageColor.getrgb(part.colour)), mask=mask)


def _draw(image: Any, part: Path, fine: float) -> None:
    pen, width = ImageDraw.Draw(image), max(1, round(part.width * fine))
    points = _scaled(part.points, fine)
    dash = tuple(length * fine for length in part.dash)
    for piece in _dashes(points, dash) if dash else [points]:
        pen.line(piece, fill=part.colour, width=width, joint="curve")


def _dashes(
    points: list[tuple[float, float]], dash: tuple[float, ...]
) -> Iterator[list[tuple[float, float]]]:
    """The pieces of a line that are drawn."""
    place, left, drawn = 0, dash[0], True
    for (ax, ay), (bx, by) in pairwise(points):
        length, done = math.hypot(bx - ax, by - ay), 0.0
        while length - done > 1e-9:
            step = min(left, length - done)
            if drawn:
                yield [
                    (ax + (bx - ax) * s / length, ay + (by - ay) * s / length)
                    for s in (done, done + step)
                ]
            done, left = done + step, left - step
            if left <= 1e-9:
                place = (place + 1) % len(dash)
                left, drawn = dash[place], not drawn


def _write(image: Any, part: Words, fine: float) -> None:
    font = _font(round(part.size * fine), part.bold)
    anchor = _ANCHORS[part.anchor]
    if not part.turned:
        pen = ImageDraw.Draw(image)
        pen.text((part.x * fine, part.y * fine), part.text, part.colour, font, anchor)
        return
    length = round(font.getlength(part.text)) + 4
    height = round(part.size * fine * 1.5)
    strip = Image.new("L", (length, height), 0)
    ImageDraw.Draw(strip).text((length / 2, height * 0.75), part.text, 255, font, "ms")
    strip = strip.rotate(90, expand=True)
    at = round(part.x * fine - height * 0.75), round(part.y * fine - length / 2)
    image.paste(Image.new("RGB", strip.size, ImageColor.getrgb(part.colour)), at, strip)


@lru_cache(maxsize=32)
def _font(size: int, bold: bool) -> Any:
    for name in _BOLD if bold else _PLAIN:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
