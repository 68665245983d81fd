"""What was drawn round on the map: the way to the desk, one answer for all, the rows to read."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from al_core import UserError
from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.desk.panels.finder import add_column, rows_frame
from pages.components.desk.row.picture import draw_pictures, picture_images
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.once import drawing, once
from pages.components.shell.text import count, in_100, plain, show_error

# Rows listed, and pictures drawn; choices: more slow the browser down.
MOST, FEW = 1000, 24
_SAID, _SENT = "map_said", "map_sent"
_SIDE_BY_SIDE = "display: flex; flex-wrap: wrap; gap: 0.4rem; image-rendering: pixelated"


def draw_selection(project: Project, rows: list[int], now: pd.DataFrame) -> None:
    """The way to the desk and one answer for all; below, the rows, from which some may be taken."""
    st.header(f"{count(len(rows), 'row')} chosen", anchor=False)
    actions = st.container(key="chosen_actions")  # above what is read, filled once it was ticked
    st.caption(summary(now.iloc[rows]))
    if len(rows) > 1:
        _strip(project, rows[:FEW])
    ticked = _table(project, rows, now)
    if len(rows) == 1:
        _one_row(project, rows[0])
    with actions:
        _label_them(project, ticked)


def _table(project: Project, rows: list[int], now: pd.DataFrame) -> list[int]:
    """The rows with their texts first; those that are ticked, which at first are all."""
    listed = rows[:MOST]
    frame, part = rows_frame(project, listed), now.iloc[listed]
    add_column(frame, len(frame.columns), "The app's guess", part["prediction"].fillna("").array)
    sure = (100 * part["confidence"]).round().to_numpy()
    add_column(frame, len(frame.columns), "How sure, in 100", sure)
    event = st.dataframe(
        frame,
        key=f"chosen_{hash(tuple(rows))}",
        hide_index=True,
        height=min(420, 38 * (len(frame) + 1)),
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": list(range(len(listed)))}},
    )
    if len(rows) > MOST:
        st.caption(f"The table shows the first {MOST:,}; the others stay ticked.")
    ticked = sorted(place for place in event["selection"]["rows"] if place < len(listed))
    return [listed[place] for place in ticked] + rows[MOST:]


def summary(part: pd.DataFrame) -> str:
    """How many have which answer, how many none, and how sure the app is, in one line.

    >>> part = pd.DataFrame({"label": ["a", ""], "prediction": ["a", "b"], "confidence": [1, 0.5]})
    >>> summary(part)
    'Answered: a (1) · without an answer: 1 · guesses: b (1) · on average 50 in 100 sure'
    """
    answered = part.loc[part["label"] != "", "label"].value_counts()
    open_rows = part[part["label"] == ""]
    guesses = open_rows["prediction"].dropna().value_counts()
    pieces = [
        "Answered: " + (_counts(answered) or "none"),
        f"without an answer: {len(open_rows):,}",
    ]
    if len(guesses) and open_rows["confidence"].notna().any():
        pieces.append("guesses: " + _counts(guesses))
        pieces.append(f"on average {in_100(open_rows['confidence'].mean())} sure")
    return " · ".join(pieces)


def _counts(counted: pd.Series) -> str:
    words = choose.marked_up(map(str, counted.index))
    return ", ".join(f"{words[str(name)]} ({n:,})" for name, n in counted.head(6).items())


def _one_row(project: Project, row: int) -> None:
    draw_pictures(project, row, 160)
    drawn = {name for name, role in project.roles.items() if role.kind == "pixels"}
    cells = {k: v for k, v in project.row_values(row).items() if v and k not in drawn}
    words = choose.marked_up(cells, limit=60)
    st.table({words[k]: plain(v, 600) for k, v in cells.items()}, border="horizontal")


def _strip(project: Project, rows: list[int]) -> None:
    """The first rows as small pictures, where the table holds pictures."""
    images = "".join(image for row in rows for image in picture_images(project, row, 56))
    if images:
        st.html(f'<div style="{_SIDE_BY_SIDE}">{images}</div>')


def _label_them(project: Project, rows: list[int]) -> None:
    """One by one, on the grid, or one answer for all; untick rows to leave them out."""
    with st.container(horizontal=True):
        for title, together in (("One by one on the desk", False), ("On the grid", True)):
            st.button(
                title,
                key="map_on_grid" if together else "map_one_by_one",
                type="secondary" if together else "primary",
                disabled=not rows,
                on_click=_send,
                args=(project, rows, together),
            )
    if state.drop(_SENT):
        state.switch("label")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = choose.select(
            "Or one answer for all that are ticked",
            project.classes,
            index=None,
            key="map_answer",
            width=220,
        )
        clicked = st.button(
            f"Label these {count(len(rows), 'row')}",
            key="map_label",
            disabled=label is None or not rows,
        )
    if clicked and label is not None:
        _confirm(project, rows, label)


def _send(project: Project, rows: list[int], together: bool) -> None:
    queue.send(project, rows, "Rows from the map", together=together)
    state.put(_SENT, True)


@st.dialog("Label them all?")
def _confirm(project: Project, rows: list[int], label: str) -> None:
    had = project.labels()
    changed = int((had["row"].isin(rows) & (had["label"] != label)).sum())
    st.text(f"{count(len(rows), 'row')} will be {label}.")
    if changed:
        st.text(f"{count(changed, 'of them has', 'of them have')} another answer now.")
    st.caption("One press of Undo takes it all back.")
    with st.container(horizontal=True):
        if st.button(f"Label {count(len(rows), 'row')}", key="map_confirm", type="primary"):
            _save(project, rows, label)
        if st.button("Cancel", key="map_cancel"):
            st.rerun()


def _save(project: Project, rows: list[int], label: str) -> None:
    try:
        state.put(_SAID, project.label_many(rows, label).sentence)
    except UserError as problem:
        show_error(problem)
        return
    st.rerun()


def draw_said(project: Project) -> None:
    """What the last press did, with the one press that takes it back."""
    text = state.get(_SAID)
    if not text:
        return
    with st.container(key="map_said", horizontal=True, vertical_alignment="center"):
        st.info(plain(text, 300), icon=":material/check:", width="stretch")
        with st.container(key="undo", width="content"):
            st.button(
                "Undo", key="map_undo", shortcut="U", on_click=_undo, args=(project, drawing())
            )


@once
def _undo(project: Project) -> None:
    state.put(_SAID, project.undo().sentence)
