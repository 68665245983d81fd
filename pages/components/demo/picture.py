"""Which picture is shown, its frames, and the many runs beside it."""

from __future__ import annotations

import streamlit as st

from al_core.figures import run_and_band
from al_core.learning import demo
from pages.components.choosing import choose
from pages.components.present.slide import picture_for_a_slide
from pages.components.progress.chart import show_chart
from pages.components.shell import state

_SEED, _PICTURE = "picture_seed", "picture"


@st.cache_resource(max_entries=40, show_spinner="Drawing the pictures")
def frames_of(key: str, seed: int) -> demo.Frames:
    """All frames of one run, worked out once for everyone (under a second)."""
    return demo.draw_frames(key, seed)


def runs_of(key: str) -> demo.Runs:
    """The many measured runs of a picture."""
    return demo.read_runs(key)


def choose_picture() -> tuple[str, int]:
    """The picture and run to show; the run begins with the first of the measured ones."""
    left, right = st.columns([5, 1], vertical_alignment="center")
    titles = {key: picture.title for key, picture in demo.PICTURES.items()}
    with left:
        key = choose.segments(
            "Points",
            list(titles),
            "moons",
            words=titles.__getitem__,
            label_visibility="collapsed",
            key=_PICTURE,
        )
    right.button("Another run", key="another_run", on_click=_next_run, width="stretch")
    return str(key), int(state.get(_SEED, 0))


def _next_run() -> None:
    state.put(_SEED, (int(state.get(_SEED, 0)) + 1) % demo.N_RUNS)


def draw_runs(shown: demo.Frames, runs: demo.Runs) -> None:
    """This run as two thin lines over the median and band of the many."""
    st.header(f"One run proves little: this one, and {len(runs.chosen)}", anchor=False)
    figure = run_and_band(
        runs.labels.tolist(),
        shown.chosen.scores.tolist(),
        shown.random.scores.tolist(),
        runs.bands(),
    )
    show_chart(figure, "picture_runs", file_name="many runs")
    title = "Picked by the app, and at random: the same points, the same number of answers"
    said = f"This run and {len(runs.chosen)}; scores on 1,000 new points"
    picture_for_a_slide(lambda: figure, title, said, key="picture_runs")
    st.caption(
        "Scores on 1,000 new points. Thick: median; band: 90 in 100 of the runs; thin: this run."
    )
