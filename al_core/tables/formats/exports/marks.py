"""What a column of a labelling tool's file is, and a file of one opened up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

ANSWER = "answer"  # what a person answered about the row
GUESS = "guess"  # what some model predicted
RECORD = "record"  # who answered, when, how long it took
OWN = "own"  # a column that this app added to a labelled file
MARKS = (ANSWER, GUESS, RECORD, OWN)


@dataclass(frozen=True, slots=True)
class Opened:
    """The records of a labelling tool as flat rows; ``marks`` by column, ``notices`` for a person.

    A column without a mark belongs to what was labelled.
    """

    rows: list[dict[str, Any]]
    marks: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


def free_name(name: str, taken: Collection[str], word: str) -> str:
    """The name itself, or with a word behind it where another column has it.

    >>> free_name("label", {"text"}, "answer"), free_name("text", {"text"}, "answer")
    ('label', 'text (answer)')
    """
    return f"{name} ({word})" if name in taken else name
