"""What would be started: the settings of a project, or why it cannot start yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from al_core.errors import LabelError, UserError
from al_core.tables import Cleaned, check_answers, read_classes
from pages.components.data.upload_draft import Draft
from pages.components.text import count

_FEWEST = 2


@dataclass(frozen=True)
class Plan:
    """``problem`` says why it cannot start, "" where it can. ``label_column``: in the file.

    ``is_typed``: the problem may be gone with what stands in a field and has not been sent yet.
    """

    kind: str = "live"
    label_column: str | None = None
    problem: str = ""
    n_answered: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    is_typed: bool = False


def new_question(question: str, answers: list[str], problem: str = "") -> Plan:
    """What a question with answers of its own would start."""
    settings = {"kind": "live", "question": question, "classes": tuple(answers)}
    return Plan("live", None, problem, 0, settings, is_typed=True)


def answers_of(draft: Draft, column: str) -> Cleaned | UserError:
    """The answers of a column, or why it cannot hold any."""

    apart = column in draft.apart

    def check() -> Cleaned | UserError:
        try:
            return check_answers(draft.table, column, keep_apart=apart)
        except UserError as problem:
            return problem

    found: Cleaned | UserError = draft.once(f"answers of {column}, {apart}", check)
    return found


def typed_answers(text: str | None, known: list[str] | None = None) -> tuple[list[str], str]:
    """Answers typed or pasted, beside those known already, and what is wrong with them.

    >>> typed_answers("Billing\\nDelivery")
    (['Billing', 'Delivery'], '')
    >>> typed_answers("Billing")
    (['Billing'], 'Type at least two answers.')
    """
    known = known or []
    if not (text or "").strip():
        return known, "" if len(known) >= _FEWEST else "Type at least two answers."
    try:
        typed = read_classes(text or "")
    except LabelError as problem:
        return known, str(problem)
    answers = known + [answer for answer in typed if answer not in known]
    return answers, "" if len(answers) >= _FEWEST else "Type at least two answers."


def counts_in_words(cleaned: Cleaned, n_rows: int) -> str:
    """How many rows have an answer, and which."""
    have = n_rows - cleaned.unlabelled
    if have == 0:
        return f"No row has an answer yet: all {n_rows:,} are blank."
    if cleaned.unlabelled == 0:
        return f"All {count(n_rows, 'row')} have an answer already."
    return f"{have:,} of {count(n_rows, 'row')} {'has' if have == 1 else 'have'} an answer already."
