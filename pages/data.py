"""Data: continue a project, drop a file or take a demo set; then the question, and start."""

from __future__ import annotations

import streamlit as st

from pages.components.around.frame import page_frame
from pages.components.data.columns.choose import ask_columns
from pages.components.data.draft import Draft, current_draft
from pages.components.data.preview.table import show_preview
from pages.components.data.projects.list import continue_project
from pages.components.data.question.ask import ask_question
from pages.components.data.question.start import start_section
from pages.components.data.upload.at_once import start_filled_in
from pages.components.data.upload.demo import choose_demo
from pages.components.data.upload.drop import (
    drop_file,
    read,
    read_otherwise,
    use_another_file,
)
from pages.components.data.upload.earlier import ask_earlier
from pages.components.demo.film import draw_film
from pages.components.shell.text import plain


def three_doors() -> None:
    """An earlier project, a file, a demo set."""
    st.title("Label fewer rows, and know how good the result is", anchor=False)
    st.text("The app asks for the rows that teach it most. You answer with one key.")
    doors, film = st.columns([3, 2], gap="large")
    with doors:
        continue_project()
        drop_file()
        choose_demo()
    with film:
        draw_film()


def prepare(draft: Draft) -> None:
    """What was read, the question, the columns, start."""
    start_filled_in(draft)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.title(plain(draft.table.name, 80), anchor=False)
        st.button("Use another file", icon=":material/arrow_back:", on_click=use_another_file)
    ask_earlier(draft)
    show_preview(draft, read)
    read_otherwise(draft)
    plan = ask_question(draft)
    roles = ask_columns(draft, plan.label_column)
    start_section(draft, plan, roles)


page_frame("data", needs_project=False)
ready = current_draft()
if ready is None:
    three_doors()
else:
    prepare(ready)
