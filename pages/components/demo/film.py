"""A small silent film of the two pictures on the first page; it leads to Why it works.

Its frames lie in film.json, so that the first page needs no model: one run of "Why it works", every
second point of its plane. ``film_of`` makes them from that run's frames, and a test holds the two
together.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.components.shell import state

if TYPE_CHECKING:
    from al_core.learning import demo

_HERE = Path(__file__)
FIRST, LAST = 2, 32
"""Answers at the first and the last frame; a choice: twenty seconds."""
_THIN = 2  # every second point of the plane: the film is small
_HTML = """
<section id="film" aria-label="Two learners on the same points, a film without sound">
  <figure>
    <figcaption><span>Picked at random</span> <strong id="score-random"></strong></figcaption>
    <canvas id="random" role="img" aria-label="Not drawn yet"></canvas>
  </figure>
  <figure>
    <figcaption><span>Picked by the app</span> <strong id="score-chosen"></strong></figcaption>
    <canvas id="chosen" role="img" aria-label="Not drawn yet"></canvas>
  </figure>
</section>
<p><button id="pause" type="button">Pause</button> <output id="count"></output></p>
"""
_CSS = """
#film { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; }
#film, p { color: var(--st-text-color); font-family: var(--st-font); }
figure { margin: 0; min-width: 0; }
figcaption { font-size: 0.875rem; display: flex; flex-wrap: wrap; gap: 0 0.4rem; padding-bottom: 0.2rem; }
strong { font-weight: 600; font-variant-numeric: tabular-nums; }
canvas { display: block; width: 100%; aspect-ratio: 4 / 3; border-radius: var(--st-base-radius);
  border: 1px solid var(--st-border-color); }
p { margin: 0.4rem 0 0; font-size: 0.875rem; }
button { font: inherit; color: inherit; background: transparent; cursor: pointer; min-height: 2rem;
  min-width: 6rem; border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); }
button:focus-visible { outline: 3px solid currentcolor; outline-offset: 2px; }
"""  # noqa: E501


@st.cache_resource
def _component() -> Any:
    """Its frames are part of its script: Streamlit loads pandas to look at data that is sent."""
    drawing = _HERE.with_name("drawing.js").read_text("utf-8")
    frames = _HERE.with_suffix(".json").read_text("utf-8")
    js = f"{drawing}\nconst FRAMES = {frames};\n{_HERE.with_suffix('.js').read_text('utf-8')}"
    return st.components.v2.component("film", html=_HTML, css=_CSS, js=js)


def draw_film() -> None:
    """The film with its caption, and the way to the whole of it."""
    with st.container(key="film", gap="xsmall"):
        st.caption("The same points, the same number of answers. One run; it does not always win.")
        _component()(key="film_player")
        state.page_link("demo", "Why it works", icon=":material/lightbulb:")


def film_of(frames: demo.Frames) -> dict[str, Any]:
    """What film.json holds, from the frames of a run."""
    return {
        "first": FIRST,
        "last": LAST,
        "grid": frames.chosen.fields[0, ::_THIN].shape[0],
        "points": frames.points.round(2).tolist(),
        "answers": frames.answers.tolist(),
        "low": list(frames.low),
        "high": list(frames.high),
        "chosen": _side(frames.chosen),
        "random": _side(frames.random),
    }


def _side(side: demo.Side) -> dict[str, Any]:
    n = LAST - FIRST + 1
    fields = side.fields[:n, ::_THIN, ::_THIN]
    return {
        "rows": side.rows[:LAST].tolist(),
        "scores": side.scores[:n].round(3).tolist(),
        "fields": base64.b64encode(fields.tobytes()).decode("ascii"),
    }
