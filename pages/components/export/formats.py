"""In which format a file is wanted: one choice, and a line on what it does with the cells."""

from __future__ import annotations

from al_core.projects import FORMATS, formats_for
from al_core.tables import Table
from pages.components.choosing import choose


def choose_format(table: Table, key: str) -> str:
    """The format: like the file first."""
    offered = formats_for(table)
    picked = choose.select(
        "As",
        offered,
        words=lambda one: title_of(str(one), first=one == offered[0]),
        key=key,
        width=260,
    )
    return str(picked or offered[0])


def title_of(kind: str, *, first: bool) -> str:
    """The format in words; that of the person's own file says so."""
    title = FORMATS[kind][0]
    if kind == "csv":
        return f"{title} (CSV)"
    return f"Like your file ({title})" if first else title


def ending_of(kind: str) -> str:
    """The end of the file's name."""
    return FORMATS[kind][1]


def media_of(kind: str) -> str:
    """The media type of the file."""
    return FORMATS[kind][2]
