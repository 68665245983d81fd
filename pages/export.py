"""Finish: the labelled file first; guesses, report, model and the rest folded beneath."""

from __future__ import annotations

import streamlit as st

from pages.components.around.frame import page_frame
from pages.components.export.another_file import another_file, is_open, link_to_it
from pages.components.export.doubtful import draw_doubtful
from pages.components.export.filling import draw_filling
from pages.components.export.final_file import final_file
from pages.components.export.more import more_to_take_away
from pages.components.shell.numbers import note_drawn

project = page_frame("export", needs_project=True)
if project is not None and is_open(project):
    another_file(project)
elif project is not None:
    st.title("Finish", anchor=False)
    now = project.summary()
    note_drawn(project, now)
    final_file(project, now.counts)
    draw_filling(project)
    draw_doubtful(project)
    more_to_take_away(project)
    link_to_it(project)
