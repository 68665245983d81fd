"""The two moving pictures of "Why it works".

The one thing on screen that Streamlit's stock widgets cannot do: step through frames in the browser
by slider, keys and play button without waiting for the server, stacked on a narrow screen, full
screen for a presenter. All frames are sent once; nothing is sent back. No foreign text gets here.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from al_core.learning import demo

_HERE = Path(__file__)
# Answers shown at first, half of all; a choice.
_START = 30


@st.cache_resource
def _component() -> Any:
    html, css, js = (_HERE.with_suffix(end).read_text("utf-8") for end in (".html", ".css", ".js"))
    js = _HERE.with_name("drawing.js").read_text("utf-8") + js
    return st.components.v2.component("picture_player", html=html, css=css, js=js)


def picture_player(frames: demo.Frames, run: str, verdicts: Sequence[str]) -> None:
    """Draw both learners of a run. ``run`` names it; ``verdicts`` has one sentence a frame."""
    data = {
        "run": run,
        "first": demo.FIRST,
        "last": demo.LAST,
        "start": _START,
        "grid": demo.GRID,
        "points": frames.points.round(3).tolist(),
        "answers": frames.answers.tolist(),
        "low": frames.low,
        "high": frames.high,
        "chosen": _side(frames.chosen),
        "random": _side(frames.random),
        "verdicts": list(verdicts),
    }
    _component()(key="pictures", data=data)


def _side(side: demo.Side) -> dict[str, Any]:
    return {
        "rows": side.rows.tolist(),
        "scores": side.scores.round(4).tolist(),
        "fields": base64.b64encode(side.fields.tobytes()).decode("ascii"),
    }
