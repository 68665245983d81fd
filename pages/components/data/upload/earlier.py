"""A file of which there is a project already: go on with that, or start anew. Asked once a drop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from pages.components.data.draft import Draft
from pages.components.data.projects.list import choose_project
from pages.components.data.upload.at_once import fill_in
from pages.components.data.upload.drop import use_another_file
from pages.components.data.upload.own_labels import (
    labelled_before,
    leave_its_labels,
    or_its_labels,
    use_its_labels,
)
from pages.components.shell.text import count, plain, when

if TYPE_CHECKING:
    from al_core.projects import ProjectInfo

# Earlier projects of the same file named; a choice.
_MOST = 4


def ask_earlier(draft: Draft) -> None:
    """The question in a box above the page; who closes the box stays on the page to start anew."""
    if draft.earlier or draft.n_labels:
        box = st.dialog("Continue, or start anew?", on_dismiss=partial(_stay, draft))
        box(_question)(draft)


def _question(draft: Draft) -> None:
    what = "file" if draft.demo is None else "demo set"
    if not draft.earlier:
        _of_labels_alone(draft)
    elif len(draft.earlier) == 1:
        _of_one(draft, draft.earlier[0], what)
    else:
        _of_several(draft, what)


def _of_labels_alone(draft: Draft) -> None:
    labelled_before(draft)
    with st.container(horizontal=True):
        use_its_labels(draft, alone=True)
        _start_anew(draft)


def _of_one(draft: Draft, info: ProjectInfo, what: str) -> None:
    st.text(f"You have a project of this {what}: {_labelled(info)}.")
    st.caption(" · ".join(filter(None, [f"**{plain(info.name, 60)}**", *_about(info)])))
    or_its_labels(draft)
    with st.container(horizontal=True):
        _continue(draft, info, first=True)
        use_its_labels(draft, alone=False)
        _start_anew(draft)


def _of_several(draft: Draft, what: str) -> None:
    st.text(f"You have {count(len(draft.earlier), 'project')} of this {what}.")
    for info in draft.earlier[:_MOST]:
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            with st.container(gap=None):
                st.markdown(f"**{plain(info.name, 60)}**")
                st.caption(" · ".join(filter(None, [_labelled(info), *_about(info)])))
            _continue(draft, info, first=info is draft.earlier[0])
    if len(draft.earlier) > _MOST:
        st.caption("Older ones are on the Data page, under Continue.")
    or_its_labels(draft)
    with st.container(horizontal=True):
        use_its_labels(draft, alone=False)
        _start_anew(draft)


def _labelled(info: ProjectInfo) -> str:
    return f"{info.n_labelled:,} of {info.n_rows:,} labelled"


def _about(info: ProjectInfo) -> list[str]:
    """What else a person may know a project by; "" where there is nothing to say."""
    return [
        "rehearsal" if info.kind == "oracle" else "",
        "" if info.saved_at is None else when(info.saved_at),
        plain(info.question, 60),
    ]


def _continue(draft: Draft, info: ProjectInfo, *, first: bool) -> None:
    st.button(
        "Continue",
        key=f"go_on_{info.id}",
        type="primary" if first else "secondary",
        on_click=_go_on,
        args=(draft, info),
    )


def _start_anew(draft: Draft) -> None:
    st.button("Start anew", key="start_anew", on_click=_anew, args=(draft,))


def _go_on(draft: Draft, info: ProjectInfo) -> None:
    draft.settle()
    use_another_file()
    choose_project(info)
    st.rerun()  # the whole page: by itself a press in a box draws the box alone


def _stay(draft: Draft) -> None:
    draft.settle()
    fill_in(draft, start=False)


def _anew(draft: Draft) -> None:
    draft.settle()
    leave_its_labels(draft)
    fill_in(draft)
    st.rerun()
