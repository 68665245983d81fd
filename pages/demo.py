"""Why it works: the same points, the same number of answers, picked at random and by the app."""

import streamlit as st

from pages.components.around.frame import page_frame
from pages.components.demo.picture import choose_picture, draw_runs, frames_of, runs_of
from pages.components.demo.player import picture_player
from pages.components.demo.words import moral, verdict_sentences
from pages.components.shell import state

page_frame("demo", needs_project=False)

st.title("Why it works", anchor=False)
st.text("Same points, same number of answers. Left: picked at random. Right: picked by the app.")
key, seed = choose_picture()
frames, runs = frames_of(key, seed), runs_of(key)
picture_player(frames, f"{key} {seed}", verdict_sentences(runs))
lesson = moral(runs, 30)
st.text(lesson if key == "chessboard" else f"{lesson} It does not always win: see the chessboard.")
draw_runs(frames, runs)

with st.container(horizontal=True):
    st.text("Next:")
    if st.button("Now with handwritten digits", key="to_digits", icon=":material/arrow_forward:"):
        state.put("lab_data", "digits")
        state.switch("compare")
    if st.button("Try your own file", key="to_data", icon=":material/arrow_forward:"):
        state.switch("data")
