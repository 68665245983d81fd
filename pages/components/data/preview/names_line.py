"""Which line of the file the names were taken from, and one press to take another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from pages.components.choosing import choose
from pages.components.data.draft import Draft, DroppedFile, ReadAs, draft_of
from pages.components.shell import state
from pages.components.shell.text import short

if TYPE_CHECKING:
    from al_core.tables import HeaderChoice, HeaderOption

Read = Callable[[DroppedFile, ReadAs], None]

# Names of each line that are shown, and their letters; choices: a line of a phone holds no more.
_NAMES, _LETTERS = 5, 24
# Other lines in sight where it is uncertain; a choice: the likeliest ones.
_IN_SIGHT = 2
_WITH_LINES = ("csv", "xlsx")
ABOVE_LEFT_OUT = "The names stand on line"
"""How the notice begins that lines above the names were left out; this line says it as well."""


def names_line(draft: Draft, read: Read) -> None:
    """One quiet line with the other lines behind it; all in sight where it is uncertain."""
    header = draft.table.header
    if draft.file is None or draft.table.dialect.kind not in _WITH_LINES:
        return
    above = any(notice.startswith(ABOVE_LEFT_OUT) for notice in draft.table.notices)
    if not header.certain:
        with st.container(key="names_line", gap="xsmall"):
            st.text(f"{taken_from(header, above)} Is that right?")
            _chooser(draft, read, _IN_SIGHT)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="names_line"):
        st.caption(f":material/info: {taken_from(header, above)}", width="content")
        if header.others:
            with st.popover("Take another", type="tertiary", key="other_names"):
                _chooser(draft, read)


def taken_from(header: HeaderChoice, above: bool = False) -> str:
    """Where the names came from, in words. above: lines above them were left out.

    >>> from al_core.tables import HeaderChoice
    >>> taken_from(HeaderChoice((3,))), taken_from(HeaderChoice((2, 3)))
    ('Names taken from line 3.', 'Names taken from lines 2 and 3.')
    >>> taken_from(HeaderChoice((3,)), above=True)
    'Names taken from line 3; what stands above them was left out.'
    >>> taken_from(HeaderChoice())
    'There are no names in the file: columns are numbered.'
    """
    if not header.lines:
        return "There are no names in the file: columns are numbered."
    left_out = "; what stands above them was left out" if above else ""
    return f"Names taken from {_lines(header.lines)}{left_out}."


def _chooser(draft: Draft, read: Read, most: int | None = None) -> None:
    others = draft.table.header.others[:most]
    labels = [_now(draft), *map(_option, others)]
    choose.radio(
        "Names of the columns",
        range(len(labels)),
        words=lambda place: labels[place],
        key=_key(draft.token),
        label_visibility="collapsed",
        on_change=_take,
        args=(draft.token, read),
    )


def _key(token: str) -> str:
    return f"names_from_{token}"


def _take(token: str, read: Read) -> None:
    """Read the file again with the names from the line that was pressed."""
    draft, place = draft_of(token), int(state.get(_key(token)) or 0)
    if place and draft is not None and draft.file is not None:
        header = draft.table.header.others[place - 1].header
        read(draft.file, replace(draft.read_as, header=header))


def _now(draft: Draft) -> str:
    where = _lines(draft.table.header.lines) if draft.table.header.lines else "no names"
    return _with_names(where.capitalize(), draft.table.columns)


def _option(option: HeaderOption) -> str:
    """The lines, and the names that they would give."""
    if option.header == "auto":
        where = "As found"
    elif option.header is None:
        where = "No names"
    elif isinstance(option.header, tuple):
        where = _lines(option.header).capitalize()
    else:
        where = f"Line {option.header}"
    return _with_names(where, list(option.names))


def _with_names(where: str, names: list[str]) -> str:
    more = ", ..." if len(names) > _NAMES else ""
    return f"{where}: {', '.join(short(name, _LETTERS) for name in names[:_NAMES])}{more}"


def _lines(lines: tuple[int, ...]) -> str:
    if len(lines) == 1:
        return f"line {lines[0]}"
    between = "and" if lines[-1] == lines[0] + 1 else "to"
    return f"lines {lines[0]} {between} {lines[-1]}"
