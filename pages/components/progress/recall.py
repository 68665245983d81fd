"""Have they all been found? The search for a rare answer: its price, its start, its result."""

from __future__ import annotations

import streamlit as st

from al_core.learning import RECALL_LEVELS
from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.shell import final_check, state
from pages.components.shell.text import count, in_100, plain

_TITLE = "Have we found them all?"


def draw_recall(project: Project) -> None:
    """Folded, and nothing at all where no answer is rare: the price first, then the press."""
    rare = project.rare_answers()
    came_for = state.get(f"{final_check.SEARCHED}{project.id}")
    if came_for in project.classes and came_for not in rare:
        rare = [came_for, *rare]
    if not rare or final_check.progress(project) is not None:
        return
    with st.expander(_TITLE, key=final_check.SEARCH, on_change="rerun") as found:
        if found.open:
            _draw_choice(project, rare)


def _draw_choice(project: Project, rare: list[str]) -> None:
    """The answer, the share, what it takes, and the button."""
    st.text(
        "Rows picked at random from all that are left show whether many with a rare answer were "
        "missed."
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="recall_choice"):
        answer = rare[0]
        if len(rare) > 1:
            picked = choose.select(
                "Answer", rare, key=f"{final_check.SEARCH_OF}{project.id}", width=240
            )
            answer = picked or answer
        level = choose.radio(
            f"Found of all \u201c{plain(answer)}\u201d",
            list(RECALL_LEVELS),
            index=1,
            words=lambda share: f"at least {in_100(share)}",
            horizontal=True,
            key=f"recall_level_{project.id}",
        )
    if level is None:
        return
    plan = project.plan_recall_check(answer, level)
    st.markdown(plain(plan.sentence, 400))
    st.button(
        f"Read {count(plan.to_read, 'row')} at random",
        key="recall_start",
        disabled=not plan.possible,
        on_click=final_check.take_up,
        args=(project, (answer, level)),
    )


def draw_searches(project: Project) -> None:
    """How the open search stands, and what those before have shown, the last one first."""
    known = [one for one in reversed(project.recall_checks()) if one.state != "dropped"]
    if not known:
        return
    with st.container(key="recall_result", border=True, gap="xsmall"):
        mark = "verified" if known[0].state == "done" else "search"
        st.markdown(f":material/{mark}: **{plain(known[0].sentence, 600)}**")
        if more := " ".join(one.sentence for one in known[1:]):
            st.caption(plain(f"Before: {more}", 600))
