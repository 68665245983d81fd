"""What a still picture is made of, and the same as SVG. Places are in pixels from the top left."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

FONT = "Helvetica, Arial, 'DejaVu Sans', sans-serif"
INK, PALE, PAPER = "#1F2328", "#D8DEE4", "#FFFFFF"
# A letter's mean width as a share of the font's size; a choice, on the wide side, for legends.
LETTER = 0.56
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Path:
    """A line through points, or with ``filled`` the area within; ``dash``: lengths drawn and left
    out in turn."""

    points: Points
    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()
    filled: bool = False
    opacity: float = 1.0


@dataclass(frozen=True)
class Words:
    """One line of text; ``anchor``: start, middle or end; ``turned``: read from below."""

    x: float
    y: float
    text: str
    size: float = 14.0
    anchor: str = "start"
    bold: bool = False
    colour: str = INK
    turned: bool = False


@dataclass
class Picture:
    """A picture of a size, painted in order."""

    width: float
    height: float
    parts: list[Path | Words] = field(default_factory=list)
    title: str = ""


def width_of(text: str, size: float) -> float:
    """About how wide a line of text is."""
    return LETTER * size * len(text)


def as_svg(picture: Picture) -> str:
    """The picture as SVG text, in which every foreign letter is escaped.

    >>> as_svg(Picture(10, 10, [Words(1, 2, "<b>")])).count("&lt;b&gt;")
    1
    """
    size = f'viewBox="0 0 {picture.width:g} {picture.height:g}"'
    fixed = f'width="{picture.width:g}" height="{picture.height:g}"'
    parts = [_path(part) if isinstance(part, Path) else _words(part) for part in picture.parts]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {fixed} role="img" '
        f'font-family="{FONT}"><title>{_safe(picture.title)}</title>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def _path(part: Path) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in part.points)
    seen = "" if part.opacity == 1 else f' opacity="{part.opacity:g}"'
    if part.filled:
        return f'<polygon points="{points}" fill="{part.colour}"{seen}/>'
    dash = f' stroke-dasharray="{" ".join(f"{d:g}" for d in part.dash)}"' if part.dash else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{part.colour}" '
        f'stroke-width="{part.width:g}" stroke-linejoin="round"{dash}{seen}/>'
    )


def _words(part: Words) -> str:
    bold = ' font-weight="bold"' if part.bold else ""
    turn = f' transform="rotate(-90 {part.x:.1f} {part.y:.1f})"' if part.turned else ""
    return (
        f'<text x="{part.x:.1f}" y="{part.y:.1f}" font-size="{part.size:g}" fill="{part.colour}" '
        f'text-anchor="{part.anchor}"{bold}{turn}>{_safe(part.text)}</text>'
    )


def _safe(text: str) -> str:
    return html.escape(_NO_XML.sub("\ufffd", text))
