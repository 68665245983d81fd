"""A row sorted for reading: long texts, short facts, pictures. No Streamlit here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from al_core.projects import Project
from al_core.tables import Role
from pages.components.shell.text import short

# Letters above which a value is shown as text to read; a choice: about one line.
LONG = 80
"""Signs; a text column with a value longer than this is read in the wide reading column."""
# Choices: one value in 100 is unusual, unless more than one row in ten holds such values: then they
# are what is usual, as in a column of customers.
RARE, MOST_RARE = 0.01, 0.1
_POINT_ZERO = re.compile(r"(?<=\d)[.,]0{1,2}\s*$")


@dataclass(frozen=True)
class Fact:
    """A short value beside its column's name; ``mark``: high, low or rare, else empty."""

    name: str
    text: str
    mark: str = ""


@dataclass(frozen=True)
class RowView:
    """What the card shows of one row, in order of weight."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    left_out: int = 0


@dataclass(frozen=True)
class Usual:
    """What is usual in each column: the 1st and 99th percentile, and the rare values.

    ``whole``: columns of numbers without a fraction, though ``196.0`` may stand in the file.
    """

    ranges: dict[str, tuple[float, float]]
    rare: dict[str, frozenset[str]]
    whole: frozenset[str] = frozenset()


def usual_values(project: Project) -> Usual:
    """Measured once when a project is opened; never on the way of a press."""
    frame, text = project.table.frame, project.table.text
    numbers = [n for n, r in project.roles.items() if r.kind == "number"]
    numbers = [n for n in numbers if pd.api.types.is_numeric_dtype(frame[n])]
    ranges = {}
    for name in numbers:
        low, high = frame[name].quantile([RARE, 1 - RARE])
        ranges[name] = (float(low), float(high))
    rare = {}
    for name in (n for n, r in project.roles.items() if r.kind == "category"):
        shares = text[name].value_counts(normalize=True)
        few = shares[shares < RARE]
        rare[name] = frozenset(map(str, few.index)) if few.sum() <= MOST_RARE else frozenset()
    whole = (name for name in numbers if frame[name].dropna().mod(1).eq(0).all())
    return Usual(ranges, rare, frozenset(whole))


def seen_columns(project: Project) -> list[str]:
    """All columns that a card may show in words: not the answer, nor what would sway it."""
    hidden = project.data.hidden
    return [n for n, role in project.roles.items() if role.kind != "pixels" and n not in hidden]


def shown_columns(project: Project) -> list[str]:
    """The person's choice of columns, or all that the app reads, in the file's order."""
    chosen = project.settings.columns_shown
    if chosen:
        return [name for name in chosen if name in project.roles]
    hidden = ("label", "ignored", "pixels")
    return [name for name, role in project.roles.items() if role.kind not in hidden]


def rows_in_words(project: Project, rows: Sequence[int], limit: int) -> list[str]:
    """Each row in few letters: its first text, or what its first columns hold."""
    shown = [n for n in shown_columns(project) if n not in project.data.hidden]
    texts = [name for name in shown if project.roles[name].kind == "text"][:1]
    names = texts or [name for name in shown if project.roles[name].kind != "pixels"][:3]
    part = project.table.text[names].iloc[list(rows)].astype(str)
    if texts:
        return [short(text, limit) for text in part[texts[0]].tolist()]
    return [
        short(", ".join(f"{name} {cell}" for name, cell in zip(names, cells, strict=True)), limit)
        for cells in part.itertuples(index=False, name=None)
    ]


def read_row(
    project: Project, row: int, values: dict[str, str], usual: Usual, *, everything: bool
) -> RowView:
    """Sort the cells of one row: texts in full, facts short, unusual ones marked."""
    names = [n for n in values if project.roles[n].kind != "pixels"]
    if not everything:
        names = [name for name in shown_columns(project) if name in values]
    texts, facts = [], []
    for name in names:
        role, text = project.roles[name], values[name]
        if role.kind == "text" or len(text) > LONG or "\n" in text:
            texts.append((name, text))
        else:
            facts.append(_fact(project, row, name, role, text, usual))
    return RowView(texts, facts, len(values) - len(names))


def _fact(project: Project, row: int, name: str, role: Role, text: str, usual: Usual) -> Fact:
    if not text.strip():
        return Fact(name, "")
    if role.kind == "date":
        return Fact(name, date_words(project.table.frame[name].iloc[row], text))
    if name in usual.ranges:
        text = _POINT_ZERO.sub("", text) if name in usual.whole else text
        return Fact(name, text, _number_mark(project.table.frame[name].iloc[row], usual, name))
    rare = text in usual.rare.get(name, frozenset())
    return Fact(name, text, "rare" if rare else "")


def _number_mark(value: object, usual: Usual, name: str) -> str:
    low, high = usual.ranges[name]
    if not isinstance(value, int | float) and not hasattr(value, "__float__"):
        return ""
    number = float(value)
    return "high" if number > high else "low" if number < low else ""


def date_words(value: object, text: str) -> str:
    """A date as a person writes it, with the time of day where there is one.

    >>> date_words(pd.Timestamp("2026-11-03"), "03.11.2026")
    '3 Nov 2026'
    """
    if not isinstance(value, pd.Timestamp):
        return text
    day = f"{value.day} {value:%b %Y}"
    return day if value == value.normalize() else f"{day}, {value:%H:%M}"
