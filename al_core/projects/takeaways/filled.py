"""Guesses that a person let stand for answers: where they come into file and report.

They are kept apart from the answers of people: never fitted, never counted, and a person's answer
always wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from al_core.projects.filling.filling import Filling

SOURCE = "filled"
"""What stands in al_source beside such a guess."""


@dataclass(frozen=True, slots=True)
class FilledRows:
    """Rows and the guess that was filled in; ``sentence`` says what is known of them."""

    answers: Mapping[int, str] = field(default_factory=dict)
    sentence: str = ""


Filled = Callable[[], FilledRows]
"""What holds now. ``FilledRows`` itself is one: nothing is filled in."""


def filled_now(filling: Filling) -> Filled:
    """What is filled in whenever it is asked; of a list that cannot be read only that it can't."""

    def now() -> FilledRows:
        found = filling.filled()
        if found is None or found.problem:
            return FilledRows(sentence=found.sentence if found else "")
        rows = filling.rows_filled()
        return FilledRows(dict(zip(rows["row"], rows["label"], strict=True)), found.sentence)

    return now
