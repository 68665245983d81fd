"""Picture for a slide: the figure of a page as SVG and PNG, 16:9, with a title and its source."""

from __future__ import annotations

import re
from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from al_core.figures import as_png, as_svg, still_picture

_MEDIA = {"png": "image/png", "svg": "image/svg+xml"}
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f.]+')


def picture_for_a_slide(
    figure: Callable[[], go.Figure], title: str, source: str, *, key: str
) -> None:
    """A quiet button that opens to both; nothing is drawn before one is pressed."""
    name = _UNSAFE.sub(" ", title).strip()[:60].strip() or "picture"
    with (
        st.container(key=f"not_presented_slide_{key}"),
        st.popover("Picture for a slide", icon=":material/image:", type="tertiary"),
    ):
        st.text("The figure as it stands, 16:9, with a title and where it comes from.")
        with st.container(horizontal=True):
            _download(
                f"{name}.png", lambda: as_png(still_picture(figure(), title, source)), key=key
            )
            _download(
                f"{name}.svg", lambda: as_svg(still_picture(figure(), title, source)), key=key
            )


def _download(file: str, data: Callable[[], bytes | str], *, key: str) -> None:
    """A button named by the end of the file's name."""
    kind = file.rsplit(".", 1)[1]
    st.download_button(
        kind.upper(),
        data,
        file_name=file,
        mime=_MEDIA[kind],
        key=f"slide_{kind}_{key}",
        on_click="ignore",
    )
