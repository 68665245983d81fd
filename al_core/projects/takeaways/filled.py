"""Guesses that a person let stand for answers: where they come into file and report.

They are kept apart from the answers of people: never fitted, never counted, and a person's answer
always wins. While nothing fills rows in, there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

SOURCE = "filled"
"""What stands in al_source beside such a guess."""


@dataclass(frozen=True, slots=True)
class FilledRows:
    """Rows and the guess that was filled in; ``sentence`` says what is known of them."""

    answers: Mapping[int, str] = field(default_factory=dict)
    sentence: str = ""


Filled = Callable[[], FilledRows]
"""What holds now. ``FilledRows`` itself is one: nothing is filled in."""
