"""Tables of labelling tools known by the names of their columns: CSV, Excel, Parquet.

Mechanical Turk's names as in its batch results, Label Studio's as in its CSV and JSON-MIN exports,
Argilla's as its records come flat, and as in its older feedback sets.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from al_core.tables.formats.exports.marks import ANSWER, GUESS, RECORD

_STUDIO = ("annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement")
_ARGILLA = ("_server_id", "status", "external_id", "inserted_at", "updated_at")
_ARGILLA_GUESS = re.compile(r".+([.-]suggestion)([.-](metadata|score|agent|type))*")
_ARGILLA_RECORD = re.compile(r".+\.responses\.(users|status)")
PEOPLE = ".responses"
"""Ends the name of a column that holds several people's answers."""
_TURK_NAMES = """
    HITId HITTypeId Title Description Keywords Reward CreationTime MaxAssignments
    RequesterAnnotation AssignmentDurationInSeconds AutoApprovalDelayInSeconds Expiration
    NumberOfSimilarHITs LifetimeInSeconds AssignmentId WorkerId AssignmentStatus AcceptTime
    SubmitTime AutoApprovalTime ApprovalTime RejectionTime RequesterFeedback WorkTimeInSeconds
    LifetimeApprovalRate Last30DaysApprovalRate Last7DaysApprovalRate Approve Reject
"""
_TURK = frozenset(_TURK_NAMES.split())


def marks_by_name(names: list[str]) -> tuple[dict[str, str], list[str]]:
    """What a tool's columns are, and a line that says so; nothing for other tables.

    >>> marks_by_name(["HITId", "Input.text", "Answer.label"])[0]
    {'HITId': 'record', 'Answer.label': 'answer'}
    >>> marks_by_name(["text", "label"])
    ({}, [])
    """
    tools: list[tuple[str, Callable[[list[str]], dict[str, str]]]] = [
        ("Mechanical Turk", _turk),
        ("Label Studio", _studio),
        ("Argilla", _argilla),
    ]
    for tool, look in tools:
        marks = look(names)
        if marks:
            return {name: marks[name] for name in names if name in marks}, [_told(tool, marks)]
    return {}, []


def _told(tool: str, marks: dict[str, str]) -> str:
    answers = [name for name, mark in marks.items() if mark == ANSWER]
    if not answers:
        return f"This is an export of {tool}. Who labelled, and when, is left out."
    return f"This is an export of {tool}: answers in {', '.join(answers[:3])}."


def _turk(names: list[str]) -> dict[str, str]:
    answers = [name for name in names if name.startswith("Answer.")]
    if not answers or not ("HITId" in names or any(n.startswith("Input.") for n in names)):
        return {}
    return dict.fromkeys(answers, ANSWER) | {n: RECORD for n in names if n in _TURK}


def _studio(names: list[str]) -> dict[str, str]:
    """Between the task's id and its annotator stand the answers, unless the names are sorted."""
    if not {"annotator", "lead_time"} <= set(names):
        return {}
    first, last = names.index("id") + 1 if "id" in names else 0, names.index("annotator")
    between = names[first:last] if first and names != sorted(names) else []
    answers = {n: ANSWER for n in between if n not in _STUDIO}
    return answers | {n: RECORD for n in names if n in _STUDIO}


def _argilla(names: list[str]) -> dict[str, str]:
    guesses = [name for name in names if _ARGILLA_GUESS.fullmatch(name)]
    answers = [name for name in names if name.endswith(PEOPLE)]
    known = set(names)
    old = [name for name in names if f"{name}-suggestion" in known]
    if not (answers or old or ("_server_id" in names and guesses)):
        return {}
    marks = dict.fromkeys(answers + old, ANSWER) | dict.fromkeys(guesses, GUESS)
    return marks | {n: RECORD for n in names if n in _ARGILLA or _ARGILLA_RECORD.fullmatch(n)}
