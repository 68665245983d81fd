"""Section 2: which columns the app reads, why others are left out, and a way to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from al_core import UserError, tables
from pages.components.choosing import choose
from pages.components.data.columns.glance import MOST_LINES, glance_config, glance_frame, say_limits
from pages.components.data.columns.roles import (
    KINDS,
    Line,
    guessed,
    leaks,
    lines,
    refuse_guesses,
    refuse_kind,
    roles_now,
)
from pages.components.data.draft import GUESSES, Draft
from pages.components.data.question.plan import answers_of
from pages.components.shell import state
from pages.components.shell.text import count, listed, plain, show_error

if TYPE_CHECKING:
    import pandas as pd

    from al_core.tables import Role

# Columns named in a line; a choice.
_NAMED = 8
_LEFT_OUT = 3


def ask_columns(draft: Draft, label_column: str | None) -> dict[str, Role]:
    """Draw the section; returns every column's role as it stands after it."""
    _leaks(draft, label_column)
    place = st.container(gap="xsmall")
    panel = st.expander(
        "Change columns", type="compact", on_change="rerun", key=f"columns_{draft.token}"
    )
    if panel.open:
        with panel:
            _editor(draft, label_column)
    roles = roles_now(draft, label_column)
    with place:
        _sentences(roles)
    return roles


def _sentences(roles: dict[str, Role]) -> None:
    """What is read and what is not, short enough for a glance."""
    read = [line for line in lines(roles) if line.role.kind != "ignored"]
    left = [line for line in lines(roles) if line.role.kind == "ignored"]
    left.sort(key=lambda line: not tables.is_to_check(line.role))  # what was said comes first
    n_read = sum(len(line.columns) for line in read)
    st.header(f"2 · The app reads {n_read:,} of {count(len(roles), 'column')}", anchor=False)
    if read:
        st.text(listed([line.title for line in read], _NAMED))
    if left:
        st.caption("Left out: " + plain(_left_out(left), 400))
    if not read and not left:
        st.caption("There is no other column.")


def _left_out(left: list[Line]) -> str:
    named = [f"{line.title} ({line.role.reason})" for line in left]
    return listed(named, _LEFT_OUT)


def _leaks(draft: Draft, label_column: str | None) -> None:
    """Columns that give the answer away: a warning, and the choice left to the person."""
    flagged = leaks(guessed(draft, label_column))
    found = {name: role for name, role in flagged.items() if not draft.holds_guesses(name)}
    warnings = {name: f"{plain(r.reason)}." for name, r in found.items()}
    if label_column is None:
        warnings = dict.fromkeys(_answers_before(draft), "holds an answer for every row already.")
    if not warnings:
        return
    with st.container(border=True, key="leaks", gap="xsmall"):
        for name, warning in list(warnings.items())[:_LEFT_OUT]:
            st.markdown(
                f":material/warning: **{plain(name)}** {warning} "
                "Would you know it before you know the answer?"
            )
        out = choose.pills(
            "Leave out",
            list(warnings),
            [name for name in warnings if name in draft.left_out],
            key=f"leaks_{draft.token}_{label_column}",
        )
        draft.left_out = (draft.left_out - set(warnings)) | set(out)


def _answers_before(draft: Draft) -> list[str]:
    """The column that was asked about before a new question, where it is full."""
    column = state.get("label_column", draft.best_column)
    if column not in draft.roles or draft.roles[column].kind == "ignored":
        return []
    if draft.holds_guesses(column):
        return []
    cleaned = answers_of(draft, column)
    return [] if isinstance(cleaned, UserError) or cleaned.unlabelled else [column]


def _refuse(draft: Draft, line: Line, kind: str) -> str:
    if kind == GUESSES:
        return refuse_guesses(draft, line.columns)
    return refuse_kind(draft.table, line.columns, kind)


def _editor(draft: Draft, label_column: str | None) -> None:
    """One table for all columns; a widget a column would choke on a wide file.

    What it starts from stays the same while it is edited, so that no edit is lost.
    """
    shape = f"{label_column} {sorted(draft.left_out)} {sorted(draft.guesses.items())}"
    base: list[Line] = draft.once(f"editor {shape}", lambda: _editable(draft, label_column))
    before = glance_frame(draft, base)
    after = st.data_editor(
        before,
        hide_index=True,
        height=min(420, 38 + 35 * len(before)),
        column_config=glance_config(),
        disabled=[name for name in before.columns if name != "Used as"],
        key=f"roles_{draft.token}_{shape}",
        alt="What each column is used for",
    )
    say_limits(len(base))
    for problem in _take(draft, base[:MOST_LINES], after):
        show_error(problem)


def _editable(draft: Draft, label_column: str | None) -> list[Line]:
    roles = roles_now(draft, label_column)
    return [line for line in lines(roles) if line.columns[0] not in draft.left_out]


def _take(draft: Draft, base: list[Line], after: pd.DataFrame) -> list[str]:
    """Keep what was changed; returns what cannot be done, in words."""
    problems = []
    for line, word in zip(base, after["Used as"], strict=True):
        kind = KINDS.get(word, line.role.kind)
        guess = draft.roles[line.columns[0]].kind
        if draft.proposed_as_guesses(line.columns[0]):
            guess = GUESSES
        problem = "" if kind == guess else _refuse(draft, line, kind)
        if problem:
            problems.append(problem)
        elif kind != guess:
            draft.used_as.update(dict.fromkeys(line.columns, kind))
        else:
            for column in line.columns:
                draft.used_as.pop(column, None)
    return problems
