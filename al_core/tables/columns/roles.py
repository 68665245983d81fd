"""What each column is used for, with the reason in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.errors import TableError
from al_core.tables.columns.added import added_columns
from al_core.tables.columns.pictures import Picture, find_pictures, picture_of
from al_core.tables.formats.exports.marks import GUESS
from al_core.tables.table import Table
from al_core.wording import listed

KINDS = ("label", "number", "category", "text", "date", "pixels", "ignored")
ID_NAME = re.compile(
    r"(^|[\W_])(id|ids|uuid|guid|key|index|idx|rownum|row|nr|no|number|unnamed)(\W*\d*)?$"
    r"|[a-z](ID|Id|Nr|No)$|^unnamed",
)
# Choices: with more different values words are text rather than categories; with more rows hashing
# counts faster than sorting; up to so few rows a loop is faster than both.
MANY_VALUES = 50
MANY_NUMBERS = 10_000
NAMED = 8
"""Columns named where another one was asked for; a choice."""
# Up to so many rows Python counts a column faster than calls of Arrow and pandas do: 3 times at
# 500 words, 1.5 times at 3,000 (measured).
FEW_ROWS = 500
WORD = re.compile(r"[^\t\n\f\r ]+")  # what Arrow takes for letters of a word


@dataclass(frozen=True, slots=True)
class Role:
    """What a column is used for: one of ``KINDS``, why, and what is odd about it.

    ``group`` names the picture that a column of kind pixels belongs to. ``flags`` are id, constant,
    blank, all_different, leak; answer, guess, record and own of a labelling tool's columns; guess
    and to_check of guesses that a person wants checked; and of the label column keep_apart (its
    answers are not merged over spellings) and what :func:`label_role` adds.
    """

    kind: str
    reason: str
    group: str | None = None
    flags: tuple[str, ...] = ()


_BLANK, _ANSWER = "not_answered:", "answered:"  # flags of words, before the word itself
_TO_CHECK = "to_check"


def label_role(
    reason: str, keep_apart: bool = False, not_answered: Mapping[str, bool] | None = None
) -> Role:
    """The role of the answer column, with what was said about its answers.

    >>> label_role("the answer", not_answered={"pending": True, "N/A": False}).flags
    ('not_answered:pending', 'answered:N/A')
    """
    words = (not_answered or {}).items()
    flags = tuple(f"{_BLANK if blank else _ANSWER}{word}" for word, blank in words)
    return Role("label", reason, flags=(("keep_apart",) if keep_apart else ()) + flags)


def guess_role(reason: str = "guesses, to be checked") -> Role:
    """The role of a column of somebody's guesses: never read, never shown before an answer.

    >>> guess_role().kind, is_to_check(guess_role())
    ('ignored', True)
    """
    return Role("ignored", reason, flags=(GUESS, _TO_CHECK))


def is_to_check(role: Role) -> bool:
    """Whether a column holds guesses that are held against what the person answers."""
    return _TO_CHECK in role.flags


def words_not_answered(role: Role) -> dict[str, bool]:
    """Of words in the answer column, whether they stand for no answer, as its role says.

    >>> words_not_answered(label_role("the answer", not_answered={"pending": True}))
    {'pending': True}
    """
    said = {}
    for flag in role.flags:
        for start in (_BLANK, _ANSWER):
            if flag.startswith(start):
                said[flag.removeprefix(start)] = start == _BLANK
    return said


@dataclass(frozen=True, slots=True)
class Facts:
    """What the choice of a role rests on: counts over the rows that are not blank."""

    name: str
    n_rows: int
    n_filled: int
    n_distinct: int
    words: float
    length: float

    @property
    def all_different(self) -> bool:
        """Whether no value comes twice, over enough rows to say so."""
        return self.n_filled > 2 and self.n_distinct == self.n_filled


def guess_roles(table: Table, *, answer: str | None = None) -> dict[str, Role]:
    """A role for every column, in column order; TableError for an answer column it does not have.

    answer: the column that holds the answers, which gets the role ``label``; it is never guessed,
    for it is the person's choice.
    """
    if answer is not None and answer not in table.frame.columns:
        raise TableError(
            f'There is no column "{answer}". Choose one of: {listed(table.columns, NAMED)}.'
        )
    groups = {name: p for p in find_pictures(table.frame) for name in p.columns}
    roles: dict[str, Role] = {}
    added = added_columns(table)
    for name, column in zip(table.columns, (c for _, c in table.frame.items()), strict=True):
        if name == answer:
            roles[name] = Role("label", "the answer")
        elif name in added:
            roles[name] = Role("ignored", added[name].reason, flags=(added[name].flag,))
        elif name in groups:
            roles[name] = _pixel(groups[name])
        else:
            roles[name] = _guess(column, facts_of(name, column))
    return roles


def pictures(roles: Mapping[str, Role]) -> list[Picture]:
    """The pictures that the columns of kind pixels make, from their groups (``name|h|w|scale``)."""
    groups: dict[str, list[str]] = {}
    for name, role in roles.items():
        if role.kind == "pixels" and role.group:
            groups.setdefault(role.group, []).append(name)
    found = [picture_of(group, columns) for group, columns in groups.items()]
    return [picture for picture in found if picture is not None]


def _pixel(picture: Picture) -> Role:
    size = f"{picture.height} x {picture.width}"
    return Role(
        "pixels", f"one of {len(picture.columns)} points of a {size} picture", picture.group
    )


def facts_of(name: str, column: pd.Series[Any]) -> Facts:
    """Count what there is to know about one column."""
    if is_number(column):
        values = known_numbers(column)
        return Facts(name, len(column), len(values), _n_distinct(values), 0.0, 0.0)
    if len(column) <= FEW_ROWS and not is_date(column):
        return _facts_of_few(name, column)
    filled = column.dropna()
    words = length = 0.0
    if not is_date(column) and len(filled):
        # Some 2,000 cells tell the usual length as well as all: a choice.
        some = filled.iloc[:: max(1, len(filled) // 2000)]
        words = float(some.str.count(r"\S+").mean())
        length = float(some.str.len().mean())
    return Facts(name, len(column), len(filled), int(filled.nunique()), words, length)


def _facts_of_few(name: str, column: pd.Series[Any]) -> Facts:
    """The same counts of a short column of words, where a call of pandas takes longer than all."""
    cells = [cell for cell in column.to_numpy(dtype=object) if isinstance(cell, str)]
    n = max(1, len(cells))
    words = sum(len(WORD.findall(cell)) for cell in cells) / n
    return Facts(name, len(column), len(cells), len(set(cells)), words, sum(map(len, cells)) / n)


def known_numbers(column: pd.Series[Any]) -> NDArray[Any]:
    """The numbers of a column without the missing ones."""
    values = np.asarray(column.to_numpy())
    if values.dtype.kind in "biu":
        return values
    values = np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan))
    known: NDArray[Any] = values[~np.isnan(values)]
    return known


def _n_distinct(values: NDArray[Any]) -> int:
    """How many different numbers there are; by sorting where they are few, else by hashing."""
    if len(values) > MANY_NUMBERS:
        return len(pd.unique(values))
    ordered = np.sort(values)
    return int((ordered[1:] != ordered[:-1]).sum()) + min(1, len(values))


def is_number(column: pd.Series[Any]) -> bool:
    """Whether a typed column holds numbers."""
    return bool(pd.api.types.is_numeric_dtype(column.dtype))


def is_date(column: pd.Series[Any]) -> bool:
    """Whether a typed column holds moments."""
    return bool(pd.api.types.is_datetime64_any_dtype(column.dtype))


def _guess(column: pd.Series[Any], facts: Facts) -> Role:
    if facts.n_filled == 0:
        return Role("ignored", "every cell is blank", flags=("blank",))
    if facts.n_distinct == 1 and facts.n_filled == facts.n_rows:
        return Role("ignored", "always the same", flags=("constant",))
    if is_date(column):
        return Role("date", "every cell is a date")
    return _guess_number(column, facts) if is_number(column) else _guess_words(column, facts)


def _guess_number(column: pd.Series[Any], facts: Facts) -> Role:
    complete = facts.all_different and facts.n_filled == facts.n_rows
    if complete and _are_whole(known_numbers(column)):
        if facts.n_rows > 2 and _counts_up(column):
            return Role("ignored", "counts the rows", flags=("id", "all_different"))
        if named_like_id(facts.name):
            reason = "different in every row, and named like an id"
            return Role("ignored", reason, flags=("id", "all_different"))
    return Role("number", f"numbers, {facts.n_distinct:,} different ones")


def _are_whole(values: NDArray[Any]) -> bool:
    return values.dtype.kind != "f" or bool((np.floor(values) == values).all())


def _counts_up(column: pd.Series[Any]) -> bool:
    steps = np.diff(column.to_numpy(dtype=np.float64))
    return bool(len(steps) and steps[0] in (1, -1) and (steps == steps[0]).all())


def named_like_id(name: str) -> bool:
    """Whether a column's name says that it identifies rows.

    >>> [named_like_id(n) for n in ("customerID", "PassengerId", "ticket no", "paid", "Id")]
    [True, True, True, False, True]
    """
    return bool(ID_NAME.search(name) or re.search(r"[\W_](id|nr|no)$|^id$", name, re.IGNORECASE))


def _guess_words(column: pd.Series[Any], facts: Facts) -> Role:
    # The numbers here are choices: three words or 30 letters are running text; 20 values fit a
    # list; a fifth, a third and a half of different values part text, ids and categories.
    running = facts.words >= 3 or facts.length >= 30
    share = facts.n_distinct / facts.n_filled
    if facts.all_different and not (running and facts.words >= 2):
        flags = ("id", "all_different")
        return Role("ignored", "different in every row, and no running text", flags=flags)
    if running and (share > 0.2 and facts.n_distinct > 20):
        return Role("text", f"running text, about {max(1, round(facts.words))} words a row")
    if share <= 0.5 or facts.n_distinct <= 20:
        return Role("category", f"{facts.n_distinct:,} different values")
    if facts.words >= 2 and facts.n_distinct > MANY_VALUES:
        return Role("text", "words that rarely come twice")
    repeated = float(column.dropna().duplicated(keep=False).mean())
    if repeated < 0.3 and facts.n_filled > 20:
        return Role("ignored", "different in nearly every row, and no running text", flags=("id",))
    return Role("category", f"{facts.n_distinct:,} different values, most of them rare")
