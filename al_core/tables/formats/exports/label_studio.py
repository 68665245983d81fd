"""Label Studio's JSON: a list of tasks with their data, annotations and predictions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from al_core.tables.formats.exports.agreement import Answers, best_of, dicts, in_words, number_of
from al_core.tables.formats.exports.marks import RECORD, Opened

_GIVEN = ("annotations", "completions")  # the second is the name of versions before 1.0
_TEXTS = {"textarea": "text", "pairwise": "selected"}  # kinds whose value stands under another name


def open_label_studio(rows: list[dict[str, Any]]) -> Opened | None:
    """One row a task: its data, an answer for each choice, the guesses apart; None for others."""
    keys = (*_GIVEN, "predictions")
    if not all(isinstance(row.get("data"), dict) for row in rows):
        return None
    if not any(isinstance(row.get(key), list) for row in rows for key in keys):
        return None
    opened = Answers("Label Studio")
    for task in rows:
        opened.add(({"id": task["id"]} if "id" in task else {}) | _facts(task))
        _annotations(opened, task)
        _predictions(opened, task)
    return opened.opened()


def _facts(task: dict[str, Any]) -> dict[str, Any]:
    meta = task.get("meta")
    return {**task["data"], **({"meta": meta} if isinstance(meta, dict) and meta else {})}


def _annotations(opened: Answers, task: dict[str, Any]) -> None:
    given = [one for key in _GIVEN for one in dicts(task.get(key)) if not one.get("was_cancelled")]
    given = [one for one in given if one.get("ground_truth")] or given
    people: dict[str, list[str]] = {}
    parts: dict[str, list[Any]] = {}
    for annotation in given:
        for name, texts in _answers(annotation).items():
            people.setdefault(name, []).append(in_words(texts))
        for name, value in _parts(annotation):
            parts.setdefault(name, []).append(value)
    for name, answers in people.items():
        opened.answer(name, answers)
    for name, values in parts.items():
        opened.put(name if name not in people else f"{name} (parts)", values, RECORD)


def _predictions(opened: Answers, task: dict[str, Any]) -> None:
    """The guesses of the surest model, the last of equals."""
    guessed: dict[str, list[tuple[str, Any]]] = {}
    for prediction in dicts(task.get("predictions")):
        scores = {name: item.get("score") for name, item in _items(prediction)}
        for name, texts in _answers(prediction).items():
            score = scores.get(name) or prediction.get("score")
            guessed.setdefault(name, []).append((in_words(texts), score))
    for name, pairs in guessed.items():
        opened.guess(name, *best_of(sorted(pairs, key=lambda pair: number_of(pair[1]))))


def _answers(annotation: dict[str, Any]) -> dict[str, list[str]]:
    """What was said of the whole row, by the name of the question."""
    found: dict[str, list[str]] = {}
    for name, item in _items(annotation):
        kind, value = _kind(item), item.get("value")
        if isinstance(value, dict) and not _is_part(kind, value):
            found.setdefault(name, []).extend(texts_of(kind, value))
    return found


def _parts(annotation: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What was said of parts of the row: spans of a text, boxes on a picture."""
    for name, item in _items(annotation):
        value = item.get("value")
        if value and isinstance(value, dict) and _is_part(_kind(item), value):
            yield name, value


def _is_part(kind: str, value: dict[str, Any]) -> bool:
    return set(value) > {_key(kind, value)} or _key(kind, value) not in value


def _key(kind: str, value: dict[str, Any]) -> str:
    key = _TEXTS.get(kind, kind)
    return next(iter(value)) if len(value) == 1 and key not in value else key


def texts_of(kind: str, value: dict[str, Any]) -> list[str]:
    """The answers in a value: choices, a rating, a number, typed text, a path in a taxonomy.

    >>> texts_of("choices", {"choices": ["a"]}), texts_of("taxonomy", {"taxonomy": [["a", "b"]]})
    (['a'], ['a / b'])
    """
    found = value.get(_key(kind, value))
    listed = found if isinstance(found, list) else [found]
    return [
        " / ".join(map(str, one)) if isinstance(one, list) else "" if one is None else str(one)
        for one in listed
    ]


def _items(annotation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    items = dicts(annotation.get("result"))
    return [(str(item.get("from_name") or _kind(item) or "label"), item) for item in items]


def _kind(item: dict[str, Any]) -> str:
    return str(item.get("type", "")).lower()
