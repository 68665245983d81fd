"""More than nine answers: a field whose first letters leave the answers that begin like them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HTML = """
<label>Filter answers
<input type="text" autocomplete="off" placeholder="/ then first letters, Enter answers"></label>
<span role="status"></span>
"""
_CSS = """
label { font-size: 0; }
input {
  font: inherit; font-size: 1rem; width: min(22rem, 100%); padding: 0.4rem 0.7rem;
  box-sizing: border-box; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid color-mix(in srgb, var(--st-text-color) 45%, transparent);
  border-radius: 0.5rem;
}
input::placeholder { color: inherit; opacity: 0.75; }
input:focus-visible { outline: 3px solid currentcolor; outline-offset: 2px; }
span { color: var(--st-text-color); font-size: 0.9rem; margin-inline-start: 0.6rem; }
"""
_field = st.components.v2.component(
    "label_answer_filter",
    html=_HTML,
    css=_CSS,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def draw_filter(classes: list[str], on_screen: str, *, on_grid: bool = False) -> None:
    """The field; it never takes the focus by itself, and begins empty for all that is on screen.

    on_screen: a name for the row or rows there. on_grid: the answers of the grid, which takes them.
    """
    with st.container(key="answer_filter"):
        _field(
            key="answer_filter_field",
            data={"names": classes, "row": on_screen, "grid": on_grid},
            height="content",
        )
