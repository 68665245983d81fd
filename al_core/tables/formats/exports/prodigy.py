"""Prodigy's JSON lines: one task a line, with accept, reject or ignore."""

from __future__ import annotations

from typing import Any

from al_core.tables.formats.exports.agreement import Answers, dicts, in_words
from al_core.tables.formats.exports.marks import GUESS, RECORD, Opened

_SAID = ("accept", "reject", "ignore")
_TASK = ("_input_hash", "_task_hash", "accept", "label", "spans", "options")
_DROPPED = ("options", "tokens", "config", "accept", "answer", "label", "html")
_SCORES = ("score", "priority")


def open_prodigy(rows: list[dict[str, Any]]) -> Opened | None:
    """One row a text: what was chosen, or the label that was accepted; None for other records.

    What was ignored has no answer. Of a single label that was asked about in all rows the answer is
    accept or reject; of several a row has the one that was accepted.
    """
    if not all(row.get("answer") in _SAID and any(key in row for key in _TASK) for row in rows):
        return None
    labels = {row["label"] for row in rows if isinstance(row.get("label"), str)}
    opened = Answers("Prodigy")
    for task in _grouped(rows):
        opened.add(_facts(task[0]))
        _answer(opened, task, labels)
        _records(opened, task[0])
    found = opened.opened()
    if len(labels) > 1 and any(row["answer"] == "reject" for row in rows):
        found.notices.append("Rows whose label was rejected have no answer.")
    return found


def _grouped(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Rows about one text together: other people's answers, or other labels."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(str(row.get("_input_hash", f"row {place}")), []).append(row)
    return list(groups.values())


def _facts(task: dict[str, Any]) -> dict[str, Any]:
    """What was labelled: the task without what the tool has added."""
    facts: dict[str, Any] = {}
    for name, value in task.items():
        if name == "meta" and isinstance(value, dict):
            facts |= {f"meta.{key}": v for key, v in value.items() if key not in _SCORES}
        elif name not in (*_DROPPED, *_SCORES, "spans", "relations") and not name.startswith("_"):
            facts[name] = value
    return facts


def _answer(opened: Answers, tasks: list[dict[str, Any]], labels: set[str]) -> None:
    if any("accept" in task for task in tasks):
        opened.answer("label", [_chosen(task) for task in tasks])
    elif len(labels) == 1:
        said = [str(task["answer"]) for task in tasks]
        opened.answer(f"{next(iter(labels))}?", ["" if one == "ignore" else one for one in said])
    elif labels:
        opened.answer("label", [in_words(_accepted(tasks))])
    else:
        said = [str(task["answer"]) for task in tasks]
        opened.answer("answer", ["" if one == "ignore" else one for one in said])


def _accepted(tasks: list[dict[str, Any]]) -> list[Any]:
    return [task.get("label") for task in tasks if task["answer"] == "accept"]


def _chosen(task: dict[str, Any]) -> str:
    """The options that were chosen, by the words that stood on them."""
    if task["answer"] != "accept" or not isinstance(task.get("accept"), list):
        return ""
    options = dicts(task.get("options"))
    words = {str(one.get("id")): one.get("text") or one.get("id") for one in options}
    return in_words(words.get(str(one), one) for one in task["accept"])


def _records(opened: Answers, task: dict[str, Any]) -> None:
    meta = task.get("meta") if isinstance(task.get("meta"), dict) else {}
    for name in _SCORES:
        score = task.get(name, (meta or {}).get(name))
        if score is not None:
            opened.put(f"{name} (guess)", score, GUESS)
    for name, value in task.items():
        if name in ("spans", "relations") and value:
            opened.put(name, value, RECORD)
        elif name in ("_annotator_id", "_session_id", "_timestamp"):
            opened.put(name.lstrip("_"), value, RECORD)
