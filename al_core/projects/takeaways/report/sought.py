"""What the report says of answers that were sought."""

from __future__ import annotations

from collections.abc import Callable

from al_core.learning.querying.seeking import SOUGHT
from al_core.projects.labelling.seeking import random_rows_say
from al_core.projects.opened import Opened
from al_core.projects.replay.seekings import SeekingSpan
from al_core.wording import count, listed


def what_was_sought(opened: Opened, guessed: Callable[[str], str]) -> list[str]:
    """A few sentences for each answer ever sought, in order: by what, found so far, what is left.

    guessed: from an answer to what the app guesses of the rows left, in words.
    """
    spans = opened.state.seekings.all()
    told = []
    for answer in dict.fromkeys(span.answer for span in spans):
        own = [span for span in spans if span.answer == answer]
        parts = [
            f"{answer} was sought {_by_what(own)}.",
            f"Found so far: {count(opened.n_found(answer), 'row')}, {_after(opened, own)}.",
            random_rows_say(opened, answer),
            guessed(answer),
        ]
        told.append(" ".join(filter(None, parts)))
    return told


def _by_what(spans: list[SeekingSpan]) -> str:
    words = list(dict.fromkeys(word for span in spans for word in span.words))
    examples = sum(span.n_examples for span in spans)
    by = [f"the words {listed(words, 20)}"] if words else []
    by += [count(examples, "example")] if examples else []
    return f"by {' and '.join(by)}" if by else "without words or examples"


def _after(opened: Opened, spans: list[SeekingSpan]) -> str:
    """After how many questions, check rows among them: those answered while it was sought.

    Answers count that hold now. One seeking ends where it was stopped, or the twentieth was found.
    """
    given = sorted(opened.state.rows.answers.values(), key=lambda one: one.event)
    found = opened.state.rows.file_counts[spans[0].answer]
    asked = 0
    for one in given:
        inside = any(s.start < one.event < (s.end or one.event + 1) for s in spans)
        asked += inside and found < SOUGHT
        found += one.label == spans[0].answer
    return f"after {count(asked, 'question')} while it was sought"
