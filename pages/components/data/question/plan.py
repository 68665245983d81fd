"""What would be started: the settings of a project, or why it cannot start yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from al_core import LabelError, UserError, tables
from pages.components.choosing.alike_answers import first_say
from pages.components.data.draft import Draft
from pages.components.shell.text import count

if TYPE_CHECKING:
    from al_core.tables import Cleaned

OWN_QUESTION = "Which answer is right?"
# Answers without which there is nothing to learn.
_FEWEST = 2


@dataclass(frozen=True)
class Plan:
    """``problem`` says why it cannot start, "" where it can. ``label_column``: in the file.

    ``is_typed``: the problem may be gone with what stands in a field and has not been sent yet.
    ``is_read``: what was made of typed answers was on the screen before, where it is in doubt.
    """

    kind: str = "live"
    label_column: str | None = None
    problem: str = ""
    n_answered: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    is_typed: bool = False
    is_read: bool = True


def new_question(
    question: str, answers: list[str], problem: str = "", *, is_read: bool = True
) -> Plan:
    """What a question with answers of its own would start."""
    settings = {"kind": "live", "question": question, "classes": tuple(answers)}
    return Plan("live", None, problem, 0, settings, is_typed=True, is_read=is_read)


def answers_of(draft: Draft, column: str) -> Cleaned | UserError:
    """The answers of a column, or why it cannot hold any."""

    apart, said = column in draft.apart, draft.words_of(column)

    def check() -> Cleaned | UserError:
        try:
            return tables.check_answers(draft.table, column, keep_apart=apart, not_answered=said)
        except UserError as problem:
            return problem

    found: Cleaned | UserError = draft.once(f"answers of {column}, {apart}, {said}", check)
    return found


@dataclass(frozen=True)
class Typed:
    """Answers typed or pasted, what is wrong with them, and two of them that look alike.

    ``is_read`` as in :class:`Plan`.
    """

    answers: list[str]
    problem: str = ""
    alike: tuple[str, str] | None = None
    is_read: bool = True


def typed_answers(
    text: str | None,
    known: list[str] | None = None,
    one_answer: Mapping[tuple[str, str], bool] | None = None,
) -> Typed:
    """Answers typed or pasted, beside those known already.

    one_answer: what was said of pairs that look alike; the first other pair is named.

    >>> typed_answers("Billing\\nDelivery")
    Typed(answers=['Billing', 'Delivery'], problem='', alike=None, is_read=True)
    >>> typed_answers("Billing").problem
    'Type at least two answers.'
    >>> typed_answers("Yes\\nNo\\nyes").alike
    ('Yes', 'yes')
    """
    try:
        typed = tables.split_answers(text or "") if (text or "").strip() else []
    except LabelError as problem:
        return Typed(known or [], str(problem))
    answers, alike = tables.settle_answers(typed, one_answer, known or [])
    if alike is not None:
        return Typed(answers, first_say(*alike), alike)
    return Typed(answers, "" if len(answers) >= _FEWEST else "Type at least two answers.")


def guesses_in_words(cleaned: Cleaned, n_rows: int) -> str:
    """In how many rows somebody has guessed."""
    have = n_rows - cleaned.unlabelled
    return f"{have:,} of {count(n_rows, 'row')} {'has' if have == 1 else 'have'} a guess."


def counts_in_words(cleaned: Cleaned, n_rows: int) -> str:
    """How many rows have an answer, and which."""
    have = n_rows - cleaned.unlabelled
    if have == 0:
        return f"No row has an answer yet: all {n_rows:,} are blank."
    if cleaned.unlabelled == 0:
        return f"All {count(n_rows, 'row')} have an answer already."
    return f"{have:,} of {count(n_rows, 'row')} {'has' if have == 1 else 'have'} an answer already."
