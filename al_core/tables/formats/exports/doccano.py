"""Doccano's JSON: answers as a list under ``label``, and as marks of users in its old versions."""

from __future__ import annotations

from typing import Any

from al_core.tables.formats.exports.agreement import Answers, in_words
from al_core.tables.formats.exports.marks import RECORD, Opened
from al_core.wording import listed

_PARTS = ("entities", "relations", "spans")
_LISTS = ("label", "labels", "annotations", "annotation", "cats", *_PARTS)
_RECORDS = ("Comments", "comments", "annotation_approver", "username", "is_confirmed")


def open_doccano(rows: list[dict[str, Any]]) -> Opened | None:
    """Records whose answers stand in a list: one is an answer, none is blank; None for others.

    Several of one person are joined. Spans of a text are no answers and stay as they are.
    """
    names = [name for name in _LISTS if _holds_lists(rows, name)]
    if not names:
        return None
    parts = [name for name in names if _holds_parts(rows, name)]
    if parts:
        return _with_parts(rows, parts)
    name = names[0]
    lists = [row.get(name) or [] for row in rows]
    opened = Answers("doccano or a tool like it")
    for row, answers in zip(rows, lists, strict=True):
        opened.add({k: v for k, v in row.items() if k != name and k not in _RECORDS})
        opened.answer(name, _people(answers))
        for record in _RECORDS:
            if row.get(record):
                opened.put(record, row[record], RECORD)
    return opened.opened()


def _users_answer(one: Any) -> tuple[str, str] | None:
    """Who answered, and what; None where it is a mark on a part of the text."""
    if isinstance(one, dict):
        whole = "label" in one and not any(k.startswith("start") for k in one)
        return (str(one.get("user", "")), str(one["label"])) if whole else None
    return None if isinstance(one, list) else ("", "" if one is None else str(one))


def _people(answers: list[Any]) -> list[str]:
    """Each person's answers to one row."""
    said: dict[str, list[str]] = {}
    for one in answers:
        user, text = _users_answer(one) or ("", "")
        said.setdefault(user, []).append(text)
    return [in_words(texts) for texts in said.values()]


def _holds_lists(rows: list[dict[str, Any]], name: str) -> bool:
    cells = [row.get(name) for row in rows]
    found = any(isinstance(cell, list) for cell in cells)
    return found and all(isinstance(cell, list | None) for cell in cells)


def _holds_parts(rows: list[dict[str, Any]], name: str) -> bool:
    """Whether the lists mark parts of a text, none of them a whole row."""
    ones = [one for row in rows for one in row.get(name) or []]
    return name in _PARTS or any(_users_answer(one) is None for one in ones)


def _with_parts(rows: list[dict[str, Any]], names: list[str]) -> Opened | None:
    """Marks on parts of a text: kept, but no feature and no answer."""
    if not any(isinstance(row.get("text", row.get("data")), str) for row in rows):
        return None
    told = f"{listed(names, 3)}: marks on parts of a text, kept as JSON text and left out."
    return Opened(rows, dict.fromkeys(names, RECORD), [told])
