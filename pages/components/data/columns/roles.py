"""What columns are used for, in the words of the screen; and what a person may change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from al_core import UserError, tables
from pages.components.data.draft import GUESSES, Draft
from pages.components.data.question.plan import answers_of

if TYPE_CHECKING:
    from al_core.tables import Table

WORDS = {
    "text": "text",
    "category": "one of several values",
    "number": "number",
    "date": "date",
    "pixels": "picture",
    GUESSES: "guesses, to be checked",
    "ignored": "left out",
}
ANSWER = "the answer"
KINDS = {word: kind for kind, word in WORDS.items()}


_SWAYING = ("guess", "own")


@dataclass(frozen=True)
class Line:
    """One line of the list of columns: a column, or all columns of one picture."""

    title: str
    columns: list[str]
    role: tables.Role


def roles_now(draft: Draft, label_column: str | None) -> dict[str, tables.Role]:
    """Every column's role: the guess, then the person's changes, then the answer column."""
    roles = guessed(draft, label_column)
    for column in roles:
        if draft.holds_guesses(column) and roles[column].kind != "pixels":
            roles[column] = tables.guess_role()
    for column, kind in draft.used_as.items():
        if column in roles and kind not in (GUESSES, roles[column].kind):
            roles[column] = replace(roles[column], kind=kind, reason="your choice", group=None)
    for column in draft.left_out & set(roles):
        roles[column] = replace(roles[column], kind="ignored", reason="your choice", group=None)
    if label_column is not None:
        apart, said = label_column in draft.apart, draft.words_of(label_column)
        roles[label_column] = tables.label_role(ANSWER, apart, said)
    return roles


def guessed(draft: Draft, label_column: str | None) -> dict[str, tables.Role]:
    """The app's guess, with columns flagged that give the answer away."""
    if label_column is None:
        return dict(draft.roles)
    flagged = draft.once(
        f"leaks of {label_column}",
        lambda: tables.flag_leaks(draft.table, draft.roles, label_column),
    )
    return dict(flagged)


def leaks(roles: dict[str, tables.Role]) -> dict[str, tables.Role]:
    """The columns that alone predict the answer."""
    return {name: role for name, role in roles.items() if "leak" in role.flags}


def lines(roles: dict[str, tables.Role], *, with_answer: bool = False) -> list[Line]:
    """The list of columns, with the many columns of a picture taken together."""
    drawn = {
        picture.columns[0]: picture.columns for picture in tables.pictures(roles) if picture.columns
    }
    hidden = {name for columns in drawn.values() for name in columns[1:]}
    return [
        Line(_title(name, drawn.get(name)), drawn.get(name, [name]), role)
        for name, role in roles.items()
        if name not in hidden and (with_answer or role.kind != "label")
    ]


def word_of(role: tables.Role) -> str:
    """What a column is used for, as it stands in the list.

    >>> word_of(tables.guess_role()), word_of(tables.Role("ignored", "always the same"))
    ('guesses, to be checked', 'left out')
    """
    return WORDS.get(GUESSES if tables.is_to_check(role) else role.kind, ANSWER)


def _title(name: str, columns: list[str] | None) -> str:
    return f"{name} … {columns[-1]}" if columns else name


def refuse_guesses(draft: Draft, columns: list[str]) -> str:
    """Why columns cannot hold guesses to be checked; "" where they can."""
    if len(columns) > 1:
        return f"{columns[0]} and the columns after it are a picture: no guesses."
    found = answers_of(draft, columns[0])
    return str(found) if isinstance(found, UserError) else ""


def refuse_kind(table: Table, columns: list[str], kind: str) -> str:
    """Why columns cannot be used as ``kind``; "" where they can."""
    from pandas.api import types  # the page without a file is drawn before pandas is loaded

    first = columns[0]
    if table.marks.get(first) in _SWAYING and kind != "ignored":
        return f"{first} holds guesses or labels of an earlier round: the app never reads those."
    dtype = table.frame[first].dtype
    if kind == "number" and not types.is_numeric_dtype(dtype):
        return f"{first} holds more than numbers, so it cannot be used as a number."
    if kind == "date" and not types.is_datetime64_any_dtype(dtype):
        return f"{first} holds more than dates, so it cannot be used as a date."
    if kind == "pixels" and len(columns) == 1:
        return f"{first} alone makes no picture: that takes a run of columns, one a point."
    return ""
