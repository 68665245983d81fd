"""Settings that can change at any time, each with one plain sentence; a change is an event."""

from __future__ import annotations

from typing import Any

import streamlit as st

from al_core.learning import MODELS, STRATEGIES, models_for, why_recommended
from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.opening.focus import draw_focus
from pages.components.desk.opening.menu import GOAL_FIELD, REDRAWN
from pages.components.desk.row.fields import seen_columns
from pages.components.shell import state
from pages.components.shell.text import plain


@presses.known_press
def change(project: Project, setting: str, key: str) -> None:
    """Write one setting from the widget under ``key`` into the project."""
    value: Any = state.get(key)
    if value is None:
        return
    value = tuple(value) if isinstance(value, list) else value
    if value == getattr(project.settings, setting):
        return  # nothing changed, so nothing is said
    project.change(**{setting: value})
    later = "" if setting == "budget" else " It counts from the next row on."
    presses.say(f"Changed.{later}", "note")
    st.rerun(REDRAWN)


def _on_change(project: Project, setting: str) -> dict[str, Any]:
    key = f"set_{setting}"
    return {"key": key, "on_change": change, "args": (project, setting, key)}


def draw_goal(project: Project) -> None:
    """How many rows to label before the app stops and says how good it is."""
    st.number_input(
        "Stop and look after this many rows",
        min_value=1,
        max_value=project.table.n_rows,
        value=min(project.settings.budget, project.table.n_rows),
        step=10,
        width=260,
        **_on_change(project, "budget"),
    )
    st.caption("Only a place to stop and look; you can go on or stop at any time.")
    draw_focus("goal", GOAL_FIELD)


def draw_choosing(project: Project) -> None:
    """How the next row is chosen."""
    names = [name for name, one in STRATEGIES.items() if one.menu]
    now = project.settings.strategy
    names = names if now in names else [now, *names]
    chosen = choose.select(
        "How the next row is chosen",
        names,
        index=names.index(now),
        words=lambda name: STRATEGIES[name].title,
        width=420,
        **_on_change(project, "strategy"),
    )
    st.caption(plain(STRATEGIES[chosen or now].summary))


def draw_model(project: Project) -> None:
    """Which model learns; those that cannot take this table are hidden, with the reason."""
    n_rows, n_features = project.X.shape
    sparse = not hasattr(project.X, "strides")
    known = models_for(n_rows, n_features, sparse)
    fit = [spec.name for spec, reason in known if not reason]
    names = ["auto", *fit]
    now = project.settings.model
    chosen = choose.select(
        "Model",
        names,
        index=names.index(now) if now in names else 0,
        words=lambda name: "Recommended for this table" if name == "auto" else _title(name),
        width=420,
        **_on_change(project, "model"),
    )
    if chosen is not None and chosen in MODELS:
        st.caption(plain(MODELS[chosen].summary))
    elif chosen is not None:
        st.caption(plain(why_recommended(n_rows, n_features, sparse)))
    for spec, reason in known:
        if reason:
            st.caption(f"{plain(spec.title)}: {plain(reason)}")


def _title(name: str) -> str:
    return str(MODELS[name].title)


def draw_checks(project: Project) -> None:
    """How often a check row is asked, and why there are any."""
    st.text(
        "Check rows are picked at random and used only to test. Without them the score would be a "
        "guess. They are in your download like all others."
    )
    st.number_input(
        "After the first ones, one question in how many is a check row",
        min_value=2,
        max_value=100,
        value=max(2, project.settings.check_every),
        width=420,
        **_on_change(project, "check_every"),
    )
    st.number_input(
        "Every second question is a check row until there are this many",
        min_value=0,
        max_value=2000,
        value=project.settings.check_first,
        width=420,
        **_on_change(project, "check_first"),
    )


def draw_columns(project: Project) -> None:
    """Which columns stand on the card, in the order chosen."""
    names = seen_columns(project)
    shown = project.settings.columns_shown or [
        n for n in names if project.roles[n].kind != "ignored"
    ]
    choose.several(
        "Columns on the card, in this order",
        names,
        [name for name in shown if name in names],
        **_on_change(project, "columns_shown"),
    )
    st.checkbox(
        "Load pictures from web addresses in the table (this tells their owner that you look)",
        value=project.settings.allow_images,
        **_on_change(project, "allow_images"),
    )


def draw_guess_switch(project: Project) -> None:
    """Whether the app's guess is said after an answer, or before it."""
    st.checkbox(
        "Show what the app thinks before I answer",
        value=project.settings.show_guess,
        **_on_change(project, "show_guess"),
    )
    st.caption(
        "It stands ready then: Enter takes it, any other key corrects it, and the grid comes "
        "filled in. Off by default: people who see a guess tend to agree with it."
    )
