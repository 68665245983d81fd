"""The result of a comparison as one large line, and under it one small line with a way to more."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from al_core.learning import Comparison, Headline
from al_core.projects import Project
from pages.components.lab import runs
from pages.components.lab.settings import REPEATS, surer_than
from pages.components.present.present import draw_present
from pages.components.shell import state
from pages.components.shell.money import ask_price, kept_price, time_and_money
from pages.components.shell.text import count, minutes, plain, short

_STYLE = Path(__file__).with_name("headline.css")


def draw_title() -> None:
    """What the page is for; small, with *Present*, once there is a result to be read instead."""
    st.html(_STYLE)
    question = "Does choosing rows pay on this data?"
    if runs.current_lab() is None:
        st.title(question, anchor=False)
        st.text("The app plays through rows whose answers are known: chosen ones, and random ones.")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="asked"):
        st.title(question, anchor=False)
        draw_present("presented")


def draw_headline(lab: runs.Lab, comparison: Comparison) -> None:
    """The big line, or what it waits for; then repeats, range, saving, and *Be surer*."""
    head = comparison.headline()
    with st.container(key="headline", gap="xsmall"):
        if head is None:
            st.header(_waiting(lab, comparison), anchor=False)
            return
        st.header(f"{plain(head.goal, 300)}: **{plain(head.line, 300)}**", anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", key="headline_detail"):
            st.text(f"{short(lab.data.name, 60)}, {head.detail}{_worth(head)}", width="content")
            if runs.running() is None:
                _be_surer(lab)


def _waiting(lab: runs.Lab, comparison: Comparison) -> str:
    if runs.running() is None:
        lines = comparison.sentences()
        return plain(lines[0], 600) if lines else "No run was finished."
    what = plain(lab.data.name, 60)
    return f"Playing through {what}: the first figures after two of {count(lab.n_seeds, 'repeat')}."


def _worth(head: Headline) -> str:
    """What the rows that are saved at least would take, where a pace or a price is known."""
    if head.at_least is None:
        return ""
    told = time_and_money(head.at_least, pace())
    return f" That is {told}{' at your pace' if pace() else ''}." if told else ""


def pace() -> float | None:
    """Seconds that a row takes the person, from the open project; None where it is not known."""
    project = state.kept_project()
    return None if project is None else project.pace().seconds_per_label


def _be_surer(lab: runs.Lab) -> None:
    """More repeats of the very same comparison; those that are done are kept."""
    more = surer_than(lab.n_seeds)
    if more is None:
        return
    name = next(name for name, n in REPEATS.items() if n == more)
    pressed = st.button(
        f"Be surer: {more} repeats",
        key="be_surer",
        on_click=state.put,
        args=("lab_repeats", name),
        help="Goes on with the same settings; the repeats that are done are kept.",
    )
    if pressed:
        runs.start(lab.data, lab.plan, more, lab.target)
        st.rerun()


def draw_worth(project: Project | None) -> None:
    """One field for a wage or the price of a label, and what is reckoned with."""
    seconds = project.pace().seconds_per_label if project is not None else None
    price = kept_price()
    with st.expander("Time and money", key="worth"):
        ask_price("lab_price")
        if seconds is not None:
            st.caption(f"Your pace: {seconds:.0f} s a row, the middle of your presses.")
        elif price is None or price.hourly:
            st.caption(
                "Your pace is taken from the project you have open, once you have labelled a few "
                "rows in it."
            )
        _per_row(seconds)


def _per_row(seconds: float | None) -> None:
    price = kept_price()
    if price is None:
        return
    worth = price.worth(1000, seconds)
    if worth:
        hours = f", {minutes(1000 * seconds)}" if seconds else ""
        st.caption(plain(f"1,000 rows come to {worth}{hours}."))
