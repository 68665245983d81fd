"""A file that was labelled with this app: go on with the labels in it, as a project of its own."""

from __future__ import annotations

import streamlit as st

from al_core import tables
from pages.components.data.draft import Draft, propose
from pages.components.shell.text import count


def labelled_before(draft: Draft) -> None:
    """What is known of such a file, where no project of it is here."""
    st.text(f"This file was labelled with this app: {_so_many(draft)} a label.")
    st.caption("The guesses in it are left out, and not shown before you answer.")


def or_its_labels(draft: Draft) -> None:
    """The same in a line under the projects of the file; nothing for a file without labels."""
    if draft.n_labels:
        st.caption(f"In the file itself {_so_many(draft)} a label: they can start a new project.")


def use_its_labels(draft: Draft, *, alone: bool) -> None:
    """The button; ``alone``: there is no project to continue instead."""
    if draft.n_labels:
        st.button(
            "Continue" if alone else "Use the file's labels",
            key="go_on_labels",
            type="primary" if alone else "secondary",
            on_click=_use,
            args=(draft,),
        )


def leave_its_labels(draft: Draft) -> None:
    """Start anew: the labels of the file are no answers, and a new question is proposed."""
    if tables.own_label(draft.table) is not None:
        draft.own_left = True
        propose(draft)


def _so_many(draft: Draft) -> str:
    has = "has" if draft.n_labels == 1 else "have"
    return f"{draft.n_labels:,} of {count(draft.table.n_rows, 'row')} {has}"


def _use(draft: Draft) -> None:
    draft.settle()
    propose(draft)
    st.rerun()  # the whole page: by itself a press in a box draws the box alone
