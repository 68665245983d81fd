"""Download: the labelled file first; predictions, model, report and project more quietly."""

from __future__ import annotations

import streamlit as st

from pages.components.around.frame import page_frame
from pages.components.export.doubtful import draw_doubtful
from pages.components.export.downloads import labelled_file, other_files, what_is_in_it
from pages.components.export.filling import draw_filling
from pages.components.shell.numbers import note_drawn

project = page_frame("export", needs_project=True)
if project is not None:
    st.title("Download", anchor=False)
    now = project.summary()
    note_drawn(project, now)
    what_is_in_it(project, now.counts)
    labelled_file(project)
    draw_filling(project)
    draw_doubtful(project)
    other_files(project)
