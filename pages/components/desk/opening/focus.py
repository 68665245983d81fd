"""A field that opens takes the focus, with what was typed meanwhile; closing it gives it back."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_focus = st.components.v2.component(
    "label_desk_focus", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def draw_focus(name: str, field: str) -> None:
    """Lead into a field once for each name; ``field``: the selector that finds it."""
    key = f"focus_{field.split()[0].removeprefix('.st-key-')}"
    _focus(key=key, data={"name": name, "field": field}, height="content")
