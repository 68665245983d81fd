"""Answers that look alike: a person would give now the one, now the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from al_core.errors import LabelError
from al_core.tables import look_the_same, twin_of


def check_alike(classes: Sequence[str], known: Collection[str] = ()) -> None:
    """Refuse two answers that differ by capitals, blanks or unseen signs alone (LabelError).

    known: answers of the file, which were told apart there already.
    """
    for first, second in _pairs(classes):
        if twin_of(second, [first]) and not {first, second} <= set(known):
            raise LabelError(
                f'"{first}" and "{second}" look alike. Give one of them, or say apart=True if they '
                "are two answers."
            )


def check_seen_apart(classes: Sequence[str]) -> None:
    """Refuse two answers that nobody can see apart (LabelError)."""
    for first, second in _pairs(classes):
        if look_the_same(first, second):
            raise LabelError(
                f'There is nothing that can be seen to tell "{first}" and "{second}" apart. '
                "Give one of them."
            )


def _pairs(classes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each answer with each one after it."""
    return ((a, b) for place, a in enumerate(classes) for b in classes[place + 1 :])
