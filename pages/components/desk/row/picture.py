"""Pixel columns of a row as a picture, drawn into the page itself (no file, no second request)."""

from __future__ import annotations

import base64
import io

import numpy as np
import streamlit as st
from PIL import Image

from al_core.projects import Project
from al_core.tables import Picture, pictures
from pages.components.desk.row.html import image_html

# Pixels; a choice: a picture and the answers under it fit a small window.
WIDTH = 260
"""Pixels on the screen; each pixel of the file becomes a square."""


def picture_images(project: Project, row: int, width: int = WIDTH) -> list[str]:
    """Every picture the table holds of this row, as HTML."""
    return [
        image_html(
            picture_address(project, picture, row),
            picture_words(project, picture, row),
            width,
        )
        for picture in pictures(project.roles)
    ]


def draw_pictures(project: Project, row: int, width: int = WIDTH) -> None:
    """Every picture the table holds of this row."""
    for picture in pictures(project.roles):
        st.image(
            picture_address(project, picture, row),
            width=width,
            alt=picture_words(project, picture, row),
        )


def picture_words(project: Project, picture: Picture, row: int) -> str:
    """What the picture is, for those who cannot see it."""
    size = f"{picture.width} by {picture.height} pixels"
    return f"Picture of {project.row_names.short(row)}, {size}"


def picture_address(project: Project, picture: Picture, row: int) -> str:
    """The row's pixels as a PNG data address; blank pixels are black."""
    cells = project.table.frame.loc[row, list(picture.columns)]
    values = np.nan_to_num(np.asarray(cells, dtype=np.float64))
    shades = np.clip(values / picture.scale * 255, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(shades.reshape(picture.height, picture.width)).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
