"""One way to show a figure: full width, Streamlit's theme, a button that saves it as a picture."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from al_core.figures import on_dark


def show_chart(figure: go.Figure, key: str, *, file_name: str = "chart") -> None:
    """Draw ``figure`` under a stable key; the camera in its corner saves it at twice the size."""
    options = {"format": "png", "filename": file_name, "scale": 2}
    buttons = ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"]
    config = {
        "displaylogo": False,
        "toImageButtonOptions": options,
        "modeBarButtonsToRemove": buttons,
    }
    if st.context.theme.type == "dark":
        figure = on_dark(figure)
    st.plotly_chart(figure, key=key, config=config)
