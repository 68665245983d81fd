"""Every select box, pill and radio of the app: what comes back is the thing that was picked.

Streamlit sends the *label* of an option to the browser and back, and takes the last of two options
with equal labels. Here no two labels are alike, and a label that changes while its option is chosen
is told to the browser at once, which would otherwise send back words that nobody has any more.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

import streamlit as st

from pages.components.choosing.told_apart import told_apart
from pages.components.shell import state
from pages.components.shell.text import plain

T = TypeVar("T", bound=Hashable)
Words = Callable[[Any], object]

_SHOWN = "_shown_in_"
IN_A_MENU, IN_A_TAG, ON_A_BUTTON = 120, 60, 40
"""The longest label, in signs: a menu is cut by its box, tags and buttons grow with their words."""
_PIXELS, _AROUND = 7, 60
"""Pixels of a letter, and round the words of a select box, at Streamlit's 14 pixels of type."""


def labels_of(
    options: Iterable[T], words: Words = str, limit: int = ON_A_BUTTON, sight: int | None = None
) -> dict[T, str]:
    """The label of each option, no two alike; text, so escape it where markdown is read."""
    known = list(dict.fromkeys(options))
    return dict(zip(known, told_apart([words(one) for one in known], limit, sight), strict=True))


def marked_up(options: Iterable[T], words: Words = str, limit: int = ON_A_BUTTON) -> dict[T, str]:
    """The label of each option for a place that reads markdown."""
    return {one: plain(label, limit) for one, label in labels_of(options, words, limit).items()}


def in_sight(width: int) -> int:
    """How many signs can be seen in a select box of so many pixels."""
    return max(12, (width - _AROUND) // _PIXELS)


def select(
    title: str,
    options: Sequence[T],
    *,
    key: str,
    words: Words = str,
    index: int | None = 0,
    sight: int | None = None,
    **rest: Any,
) -> T | None:
    """A select box. ``sight``: signs that can be seen in it, by default reckoned from ``width``."""
    if sight is None:
        sight = in_sight(rest["width"]) if isinstance(rest.get("width"), int) else ON_A_BUTTON
    shown = labels_of(options, words, IN_A_MENU, sight)
    if _renamed(key, shown):
        index = 0  # the choice is in the session; a default beside it would be refused
    picked = st.selectbox(title, options, index, _from(shown), key, **rest)
    return cast("T | None", picked)


def radio(
    title: str, options: Sequence[T], *, key: str, words: Words = str, index: int = 0, **rest: Any
) -> T | None:
    """Round buttons, one of which is pressed."""
    shown = marked_up(options, words, IN_A_MENU)
    if _renamed(key, shown):
        index = 0
    return cast("T | None", st.radio(title, options, index, _from(shown), key, **rest))


def several(
    title: str,
    options: Sequence[T],
    default: Sequence[T],
    *,
    key: str,
    words: Words = str,
    **rest: Any,
) -> list[T]:
    """A box that takes several options, in the order in which they are picked."""
    shown = labels_of(options, words, IN_A_TAG, ON_A_BUTTON)
    given = None if _renamed(key, shown) else default
    return st.multiselect(title, options, given, _from(shown), key, **rest)


def pills(
    title: str,
    options: Sequence[T],
    default: Sequence[T],
    *,
    key: str,
    words: Words = str,
    **rest: Any,
) -> list[T]:
    """Small buttons, any number of which are pressed."""
    shown = marked_up(options, words)
    return st.pills(
        title,
        options,
        selection_mode="multi",
        default=default,
        format_func=_from(shown),
        key=key,
        **rest,
    )


def segments(
    title: str,
    options: Sequence[T],
    default: T | None,
    *,
    key: str,
    words: Words = str,
    before: Mapping[T, str] | None = None,
    **rest: Any,
) -> T | None:
    """Buttons side by side, one of which is always pressed. before: markdown before each label."""
    shown = {o: (before or {}).get(o, "") + label for o, label in marked_up(options, words).items()}
    picked = st.segmented_control(
        title, options, default=default, required=True, format_func=_from(shown), key=key, **rest
    )
    return cast("T | None", picked)


def _from(shown: dict[T, str]) -> Callable[[Any], str]:
    """The label of an option; what is no option (typed, or from before) stays as it is."""
    return lambda one: shown.get(one, str(one))


def _renamed(key: str, shown: dict[T, str]) -> bool:
    """Whether what is chosen has another label than it had; then it is put into the session anew.

    That is what makes Streamlit send the browser the new label of the choice.
    """
    before: dict[T, str] = state.get(_SHOWN + key, {})
    state.put(_SHOWN + key, shown)
    now = state.get(key)
    chosen = [one for one in (now if isinstance(now, list) else [now]) if one in shown]
    if not any(before.get(one, shown[one]) != shown[one] for one in chosen):
        return False
    state.put(key, chosen if isinstance(now, list) else now)
    return True
