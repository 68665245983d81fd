"""Colours, dashes and markers that every figure shares, and the escaping of foreign text.

The colours are those of Okabe and Ito (Color Universal Design, 2008) that stand out on white and on
near-black alike. Lines differ by dash and marker as well, so colour is never the only sign.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
VERMILION, SKY, PURPLE, GREY = "#D55E00", "#56B4E9", "#CC79A7", "#8A8A8A"

# The same on near-black: each at least 6 : 1 on the dark page, where the blue above is 3.4 : 1.
_ON_DARK = {
    BLUE: "#56B4E9",
    VERMILION: "#F2894B",
    GREEN: "#2FBF93",
    PURPLE: "#E39AC4",
    ORANGE: "#F0B840",
    SKY: "#8FA8FF",
    GREY: "#A9B2BC",
}

_COLOURS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)
_DASHES = ("solid", "dash", "dashdot", "longdash", "longdashdot")
_MARKERS = ("circle", "diamond", "triangle-up", "square", "x", "star", "cross")


@dataclass(frozen=True)
class LineStyle:
    """How one line is told from the others; ``fill`` is its band, see-through."""

    colour: str
    dash: str
    marker: str

    @property
    def fill(self) -> str:
        """The line's colour at 18 per cent, for the area between its bounds."""
        return see_through(self.colour, 0.18)


RANDOM = LineStyle(GREY, "dot", "square-open")


def line_style(index: int) -> LineStyle:
    """The style of the ``index``-th line that is not random; after 30 lines they repeat.

    >>> line_style(0).colour, line_style(0).dash, line_style(6) == line_style(0)
    ('#0072B2', 'solid', False)
    """
    return LineStyle(
        _COLOURS[index % len(_COLOURS)],
        _DASHES[index % len(_DASHES)],
        _MARKERS[index % len(_MARKERS)],
    )


def see_through(colour: str, opacity: float) -> str:
    """A hex colour as rgba text.

    >>> see_through("#0072B2", 0.2)
    'rgba(0,114,178,0.2)'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def escape(text: str) -> str:
    """Text of a person's file, harmless in a plotly label, which renders a little HTML.

    >>> escape("<b>5 & 6</b>")
    '&lt;b&gt;5 &amp; 6&lt;/b&gt;'
    """
    return html.escape(text, quote=False)


def on_dark(figure: go.Figure) -> go.Figure:
    """The figure in brighter colours, for a dark page; areas stay as see-through as they were.

    >>> on_dark(go.Figure(go.Scatter(y=[1], line={"color": BLUE}))).data[0].line.color
    '#56B4E9'
    """
    brighter: go.Figure = go.Figure(_brighter(figure.to_dict()))
    return brighter


def _brighter(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _brighter(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_brighter(value) for value in part]
    if not isinstance(part, str):
        return part
    for plain, bright in _ON_DARK.items():
        if plain in part or _rgb(plain) in part:
            # One alone: a bright twin may be another colour's plain one.
            return part.replace(plain, bright).replace(_rgb(plain), _rgb(bright))
    return part


def _rgb(colour: str) -> str:
    """The start of a see-through colour."""
    return see_through(colour, 0).removesuffix("0)")


def layout(**more: Any) -> dict[str, Any]:
    """The layout that all charts start from: see-through, so that light and dark both work."""
    common: dict[str, Any] = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": GREY, "activecolor": BLUE},
        "hovermode": "x unified",
        "uirevision": "keep",
    }
    return common | more
