"""Answers as a person types them: parted, and those that look alike found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from al_core.errors import LabelError
from al_core.tables.columns.answer_keys import answer_key, visible
from al_core.tables.columns.answers import LONGEST_ANSWER

# What parts answers on a single line, the surest sign first. Only the surest one that stands there
# parts them: a comma beside semicolons, or a slash beside commas, belongs to an answer.
_SIGNS = ("\t", ";", ",", r"\s*/\s+|\s+/\s*|(?<=\w)/(?=\w)")


def split_answers(text: str) -> list[str]:
    """Answers typed or pasted: one a line; on a single line parted by tab, semicolon, comma, slash.

    The first of these signs that stands in the line parts it, the others belong to the answers.
    Raises LabelError for a blank list, and for an answer of more than 500 characters.

    >>> split_answers("Billing / Delivery / billing")
    ['Billing', 'Delivery', 'billing']
    >>> split_answers("Billing / Payments, and/or")
    ['Billing / Payments', 'and/or']
    """
    parts = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
    if len(parts) == 1:
        line = parts[0].strip()
        sign = next((sign for sign in _SIGNS if re.search(sign, line)), None)
        parts = re.split(sign, line) if sign else [line]
    answers = [" ".join(part.split()) for part in parts if visible(part)]
    if not answers:
        raise LabelError("There are no answers yet. Type at least two, one on each line.")
    refuse_long_answer(answers)
    return answers


def refuse_long_answer(answers: Iterable[str]) -> None:
    """Raise LabelError for an answer that no button could hold."""
    for answer in answers:
        if len(answer) > LONGEST_ANSWER:
            raise LabelError(
                f'The answer "{answer[:60]} ..." has {len(answer):,} characters; at most '
                f"{LONGEST_ANSWER} are allowed. Give it a shorter name."
            )


def read_classes(text: str) -> list[str]:
    """Answers typed or pasted, as :func:`split_answers` parts them.

    Raises LabelError for a blank list, and for an answer given twice.

    >>> read_classes("Billing / Delivery / Other")
    ['Billing', 'Delivery', 'Other']
    """
    answers, pair = settle_answers(split_answers(text))
    if pair is not None:
        raise LabelError(f'"{pair[1]}" is there twice. Each answer needs a name of its own.')
    return answers


def twin_of(name: str, others: Iterable[str]) -> str | None:
    """The first of ``others`` that differs from ``name`` by capitals, blanks or unseen signs alone.

    >>> twin_of("yes", ["No", "Yes"]), twin_of("maybe", ["No", "Yes"])
    ('Yes', None)
    """
    key = _key(name)
    return next((other for other in others if _key(other) == key), None)


def _key(name: str) -> str:
    return answer_key(name) or visible(name).casefold()


def look_the_same(one: str, other: str) -> bool:
    """Whether nothing that can be seen tells two answers apart.

    >>> look_the_same("yes", "yes\u200b"), look_the_same("yes", "Yes")
    (True, False)
    """
    return visible(one) == visible(other)


def settle_answers(
    names: Iterable[str],
    decided: Mapping[tuple[str, str], bool] | None = None,
    known: Iterable[str] = (),
) -> tuple[list[str], tuple[str, str] | None]:
    """The answers that are left, and the first pair of which it must be asked whether it is one.

    known: answers that are there already; one that is typed again is no question. decided: for each
    pair that was asked about, whether it is one answer; then the later one is left out.

    >>> settle_answers(["Yes", "no", "yes"])
    (['Yes', 'no'], ('Yes', 'yes'))
    >>> settle_answers(["Yes", "no", "yes"], {("Yes", "yes"): False})
    (['Yes', 'no', 'yes'], None)
    """
    there = list(known)
    settled, asked = list(there), decided or {}
    for name in names:
        pairs = [(other, name) for other in settled if twin_of(name, [other])]
        if name in there or any(asked.get(pair) for pair in pairs):
            continue
        if unasked := [pair for pair in pairs if pair not in asked]:
            return settled, unasked[0]
        settled.append(name)
    return settled, None
