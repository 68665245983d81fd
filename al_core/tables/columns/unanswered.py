"""Words in an answer column that may say that nobody has answered yet: to be asked about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from al_core.tables.columns.added import told_apart
from al_core.tables.columns.answer_keys import UNLABELLED, WHOLE, spelling_key, visible
from al_core.tables.table import Table

_DONE = (
    "labelled",
    "labeled",
    "annotated",
    "answered",
    "tagged",
    "classified",
    "coded",
    "rated",
    "reviewed",
    "assigned",
    "checked",
    "categorised",
    "categorized",
    "processed",
    "done",
)
WAITING = frozenset(
    [
        *("todo", "to do", "to-do", "tbd", "t.b.d.", "tbc", "tba", "fixme", "pending", "waiting"),
        *("not yet", "open question", "in progress", "to be decided", "to be determined", "later"),
        *("to be done", "to review", "needs review", "needs label", "needs labelling", "queued"),
        *("no label", "no answer", "no annotation", "none yet", "skip", "skipped", "undefined"),
        *(start + word for word in _DONE for start in ("un", "not ", "not yet ", "non-", "to be ")),
        *("[]", "{}", "()", "[ ]", "{ }", '""', "''", "[null]", "[none]", '[""]', "['']", "<>"),
        *("offen", "ausstehend", "noch offen", "nicht bearbeitet", "zu klären", "folgt", "à faire"),
        *("en attente", "non classé", "non annoté", "pendiente", "por hacer", "sin etiquetar"),
        *("sin clasificar", "pendente", "da fare", "in attesa", "non etichettato", "te doen"),
        *("nog te doen", "do zrobienia", "未标注", "待标注", "未标记", "待定", "未分類", "未対応"),
    ]
)
"""Spellings, all small, of "nobody has answered yet"; some are answers in other files."""
# Whole numbers below zero that stand for "missing" where all others count from zero.
_CODES = ("-1", "-9", "-99", "-999", "-9999")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that may stand for no answer: in how many rows, and whether it counts as none.

    ``must_ask``: nobody can tell but the person. Where it is False the word counts as no answer
    as long as nothing else is said.
    """

    word: str
    n_rows: int
    must_ask: bool


def doubtful_answers(table: Table, column: str) -> list[Doubt]:
    """The words of a column that may say that a row was not answered yet, most frequent first.

    Words such as ``pending`` or ``[]``; ``-1`` beside counts from zero, or beside words; and the
    words for a missing value (``n/a``, ``?``). Labels that this app had written are no question.
    """
    apart = told_apart(table, column)
    cells = table.text[column] if apart is None else apart[1]
    spellings: dict[str, Counter[str]] = {}
    for cell, count in cells[cells.fillna("") != ""].value_counts().items():
        spellings.setdefault(spelling_key(str(cell)), Counter())[visible(str(cell))] += int(count)
    spellings.pop("", None)
    answers = [key for key in spellings if key not in UNLABELLED and key not in WAITING]
    found = []
    for key, counts in spellings.items():
        asked = key in WAITING or (key in _CODES and _is_code(key, answers))
        if asked or key in UNLABELLED:
            word, total = counts.most_common(1)[0][0], counts.total()
            found.append(Doubt(word, total, asked))
    return sorted(found, key=lambda doubt: (not doubt.must_ask, -doubt.n_rows, doubt.word))


def _is_code(key: str, answers: list[str]) -> bool:
    """Whether a number below zero stands beside words or counts, but not beside 1 alone.

    >>> _is_code("-1", ["0", "1"]), _is_code("-1", ["1"]), _is_code("-1", ["-2", "0"])
    (True, False, False)
    """
    others = [other for other in answers if other not in _CODES]
    below = any(WHOLE.fullmatch(other) and other.startswith("-") for other in others)
    return bool(others) and not below and not (key == "-1" and others == ["1"])
