"""Two answers that look alike: the question whether they are one, with a press for each reply."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from al_core import tables

Decide = Callable[[bool], None]
"""Called with whether the two are one answer."""


def is_it_one(first: str, second: str) -> str:
    """The question.

    >>> is_it_one("Yes", "yes"), is_it_one("yes", "yes")
    ('"Yes" and "yes" look alike. Is it one answer?', '"yes" is there twice. Is it one answer?')
    """
    if tables.look_the_same(first, second):
        return f'"{first}" is there twice. Is it one answer?'
    return f'"{first}" and "{second}" look alike. Is it one answer?'


def first_say(first: str, second: str) -> str:
    """Why it cannot go on before the question is answered.

    >>> first_say("Yes", "yes")
    'Say first whether "Yes" and "yes" are one answer or two answers.'
    """
    if tables.look_the_same(first, second):
        return f'"{first}" is there twice. Say first whether it is one answer.'
    return f'Say first whether "{first}" and "{second}" are one answer or two answers.'


def ask_if_one(first: str, second: str, decide: Decide, where: str = "") -> None:
    """The question, and its replies. Two that nobody could tell apart cannot stay two.

    where: begins the keys of the buttons, for a page on which it may be asked in two places.
    """
    with st.container(border=True, key=f"{where}alike", gap="xsmall"):
        st.text(is_it_one(first, second))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("One answer", key=f"{where}one_answer", on_click=decide, args=(True,))
            if tables.look_the_same(first, second):
                st.caption("If it is two, give one of them another name.")
            else:
                st.button("Two answers", key=f"{where}two_answers", on_click=decide, args=(False,))
