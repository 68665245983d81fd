"""Argilla's records as JSON: nested as of version 2, and those of text classification before."""

from __future__ import annotations

from typing import Any

from al_core.tables.formats.exports.agreement import Answers, best_of, in_words, is_sent
from al_core.tables.formats.exports.marks import RECORD, Opened

_BESIDE = ("responses", "suggestions")
_OLD = ("annotation_agent", "prediction_agent", "multi_label")


def open_argilla(rows: list[dict[str, Any]]) -> Opened | None:
    """One row a record: its fields, an answer a question, the suggestions apart."""
    if all(isinstance(row.get("fields"), dict) for row in rows):
        if any(isinstance(row.get(k), dict | list) for row in rows for k in _BESIDE):
            return _records(rows)
    elif all("annotation" in row and "prediction" in row for row in rows) and any(
        name in rows[0] for name in _OLD
    ):
        return _classified(rows)
    return None


def _records(rows: list[dict[str, Any]]) -> Opened:
    opened = Answers("Argilla")
    for record in rows:
        facts = {"id": record["id"]} if "id" in record else {}
        opened.add(facts | record["fields"] | _under("metadata", record.get("metadata")))
        for name, given in _by_question(record.get("responses")).items():
            opened.answer(name, [in_words(_values(one)) for one in given if is_sent(one)])
        for name, made in _by_question(record.get("suggestions")).items():
            opened.guess(name, *best_of((in_words(_values(o)), o.get("score")) for o in made))
        if "status" in record:
            opened.put("status", record["status"], RECORD)
    return opened.opened()


def _by_question(found: Any) -> dict[str, list[dict[str, Any]]]:
    """Answers or suggestions under the names of their questions, in either way of writing them."""
    if isinstance(found, list):
        named: dict[str, list[dict[str, Any]]] = {}
        for one in (item for item in found if isinstance(item, dict)):
            if isinstance(one.get("values"), dict):  # one person's answers to all questions
                state = {"status": one.get("status")}
                for name, value in one["values"].items():
                    answer = value if isinstance(value, dict) else {"value": value}
                    named.setdefault(name, []).append({**answer, **state})
            else:
                named.setdefault(str(one.get("question_name", "label")), []).append(one)
        return named
    if not isinstance(found, dict):
        return {}
    each = {name: one if isinstance(one, list) else [one] for name, one in found.items()}
    return {
        name: [one if isinstance(one, dict) else {"value": one} for one in several]
        for name, several in each.items()
    }


def _values(one: dict[str, Any]) -> list[Any]:
    value = one.get("value")
    return value if isinstance(value, list) else [value]


def _classified(rows: list[dict[str, Any]]) -> Opened:
    """Records of text classification: one annotation, and predictions as pairs or objects."""
    opened = Answers("Argilla")
    for record in rows:
        facts = {"id": record["id"]} if record.get("id") is not None else {}
        opened.add(facts | _text(record) | _under("metadata", record.get("metadata")))
        given = record["annotation"]
        listed = given if isinstance(given, list) else [given]
        opened.answer("annotation", [in_words(listed)] if is_sent(record) else [])
        made = record["prediction"] if isinstance(record["prediction"], list) else []
        opened.guess("annotation", *best_of(map(_pair, made)))
    return opened.opened()


def _text(record: dict[str, Any]) -> dict[str, Any]:
    inputs = record.get("inputs")
    if record.get("text") or not isinstance(inputs, dict):
        return {"text": record.get("text") or inputs}
    return inputs


def _pair(one: Any) -> tuple[str, Any]:
    if isinstance(one, dict):
        return str(one.get("label", "")), one.get("score")
    return (str(one[0]), one[1]) if isinstance(one, list) and len(one) == 2 else (str(one), None)


def _under(name: str, found: Any) -> dict[str, Any]:
    return {f"{name}.{key}": v for key, v in found.items()} if isinstance(found, dict) else {}
