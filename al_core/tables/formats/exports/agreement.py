"""Several people's answers to one row, and a tool's values, as one answer each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from al_core.tables.formats.exports.marks import ANSWER, GUESS, RECORD, Opened, free_name
from al_core.wording import count, listed

BETWEEN = "; "  # stands between several answers of one person to one row


def in_words(values: Iterable[Any]) -> str:
    """One person's answers to a row as a cell; those without a letter are none.

    >>> in_words(["a", "b"]), in_words([]), in_words([None, 1])
    ('a; b', '', '1')
    """
    texts = ["" if value is None else str(value).strip() for value in values]
    return BETWEEN.join(dict.fromkeys(text for text in texts if text))


def agreed(answers: Iterable[str]) -> str:
    """The answer that most people gave; "" where as many gave another.

    >>> agreed(["a", "b", "a", ""]), agreed(["a", "b"]), agreed([])
    ('a', '', '')
    """
    (best, n), *others = [*Counter(a for a in answers if a).most_common(2), ("", 0)][:2]
    return "" if others and others[0][1] == n else best


_ORDER = ("", ANSWER, GUESS, RECORD)


@dataclass
class Answers:
    """Flat rows that grow: what was labelled, what people answered, what a model guessed."""

    tool: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    n_several: int = 0
    n_even: int = 0

    def add(self, row: dict[str, Any]) -> None:
        """Another row, with what was labelled."""
        self.rows.append(row)

    def put(self, name: str, value: Any, mark: str) -> None:
        """A cell of the last row in a column of the tool's own."""
        self.rows[-1][name] = value
        self.marks[name] = mark

    def answer(self, name: str, people: list[str]) -> str:
        """What people answered to the last row; returns the name of its column."""
        own = self.rows[-1]
        name = free_name(name, own.keys() - self.marks.keys(), "answer")
        given = [text for text in people if text]
        best = agreed(given)
        self.n_several += len(set(given)) > 1
        self.n_even += bool(given) and not best
        self.put(name, best, ANSWER)
        return name

    def guess(self, name: str, text: str, score: object = None) -> None:
        """What a model guessed of the last row."""
        self.put(f"{name} (guess)", text, GUESS)
        if score is not None:
            self.put(f"{name} (guess, score)", score, GUESS)

    def opened(self) -> Opened:
        """The rows with their marks, and what a person should know."""
        answers, guesses, parts = (
            [name for name, mark in self.marks.items() if mark == kind]
            for kind in (ANSWER, GUESS, RECORD)
        )
        told = [f"This is an export of {self.tool}"]
        told += [f"answers in {listed(answers, 3)}"] if answers else ["no row has an answer yet"]
        notices = [": ".join(told) + "."]
        if guesses:
            notices.append(f"{listed(guesses, 4)}: a model's guesses, left out.")
        if any(isinstance(row.get(name), list) for row in self.rows[:100] for name in parts):
            notices.append("Marks on parts of a row are kept as JSON text and left out.")
        if self.n_several:
            even = f"; {self.n_even:,} with as many of each are left blank" if self.n_even else ""
            rows = count(self.n_several, "row")
            notices.append(f"{rows} with different answers: the most frequent is taken{even}.")
        return Opened(self._in_order(), dict(self.marks), notices)

    def _in_order(self) -> list[dict[str, Any]]:
        """The rows with what was labelled first, then answers, then all else, in the first row."""
        names = dict.fromkeys(name for row in self.rows for name in row)
        ordered = sorted(names, key=lambda name: _ORDER.index(self.marks.get(name, "")))
        first = {name: self.rows[0].get(name) for name in ordered}
        return [first, *self.rows[1:]]


def dicts(found: Any) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list."""
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def is_sent(answer: Mapping[str, Any]) -> bool:
    """Whether a person has sent an answer, and has not put it aside."""
    return str(answer.get("status")).lower() not in ("discarded", "draft")


def number_of(value: object) -> float:
    """A score as a number; below all others where it is none.

    >>> number_of("0.5"), number_of(None)
    (0.5, -inf)
    """
    try:
        return float(str(value))
    except ValueError:
        return float("-inf")


def best_of(pairs: Iterable[tuple[str, Any]]) -> tuple[str, Any]:
    """The text with the highest score, and that score; the last of equals."""
    best: tuple[str, Any] = ("", None)
    for text, score in pairs:
        if number_of(score) >= number_of(best[1]):
            best = (text, score)
    return best
