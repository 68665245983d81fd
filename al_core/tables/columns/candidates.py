"""Which column could hold the answers: few values that come again, and a name that says so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from al_core.errors import UserError
from al_core.tables.columns.added import own_label
from al_core.tables.columns.answers import MOST_CLASSES, Cleaned, check_answers
from al_core.tables.columns.roles import Role, guess_roles
from al_core.tables.formats.exports.marks import ANSWER, GUESS, OWN, RECORD
from al_core.tables.table import Table

NAMES_FIRST = re.compile(
    r"^(y|label|labels|class|classes|target|answer|outcome|klasse|etikett|cible|clase|ground_?truth)$"
    r"|(label|_class|target|annotation|annotated)$",
    re.IGNORECASE,
)
NAMES_SECOND = re.compile(
    r"churn|surviv|species|sentiment|quality|diagnos|income|spam|fraud|risk|digit|result|response"
    r"|category|topic|intent|team|assigned|queue|status|default|rating|type|kind|approved|won|lost|converted",
    re.IGNORECASE,
)

# Choices: of a wider table only the columns at both ends are looked at, where answers mostly stand.
WIDE = 500
ENDS = 20
MOST_SPELLINGS = 20 * MOST_CLASSES
"""With more different cells, no merging of spellings leaves few enough answers."""

NO_ANSWERS = {GUESS, RECORD, OWN}
PARTLY = 0.2  # a share of rows without an answer from which a column counts as partly filled in


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that could hold the answers; ``score`` (0 to 1) orders them, best first."""

    column: str
    score: float
    reason: str
    n_classes: int
    n_unlabelled: int


def label_candidates(table: Table) -> list[Candidate]:
    """The columns that could be the answer, best first, with the reason; may be empty."""
    roles = guess_roles(table)
    own = own_label(table)
    places = {column: place for place, column in enumerate(table.columns)}
    found = []
    for place, column in enumerate(places):
        given = column == own or table.marks.get(column) == ANSWER
        if not given and (
            NO_ANSWERS & set(roles[column].flags)
            or _hopeless(roles[column], column)
            or _lost(place, len(places), column)
        ):
            continue
        if table.text[column].nunique() > MOST_SPELLINGS:
            continue
        try:
            cleaned = check_answers(table, column)
        except UserError:
            continue
        if given and cleaned.classes:
            found.append(_given(column, cleaned))
        elif cleaned.n_classes >= 2 or _waits(cleaned, column):
            found.append(_rate(column, place, table, cleaned))
    return sorted(found, key=lambda c: (-c.score, places[c.column]))


def _given(column: str, cleaned: Cleaned) -> Candidate:
    """A column that a labelling tool calls the answer is the best there is."""
    reason = f"given in a labelling tool, {cleaned.n_classes} answers"
    return Candidate(column, 1.0, reason, cleaned.n_classes, cleaned.unlabelled)


def _waits(cleaned: Cleaned, column: str) -> bool:
    """Whether answers seem to be still to come; one and the same for all rows teaches nothing."""
    named = NAMES_FIRST.search(column) or (not cleaned.n_classes and NAMES_SECOND.search(column))
    return bool(named) and cleaned.unlabelled > 0


def _hopeless(role: Role, column: str) -> bool:
    named = NAMES_FIRST.search(column) or ("blank" in role.flags and NAMES_SECOND.search(column))
    return role.kind in {"pixels", "date"} or (role.kind in {"text", "ignored"} and not named)


def _lost(place: int, n_columns: int, column: str) -> bool:
    """In a very wide table only the ends, and names that say so, are worth the time of a look."""
    if n_columns <= WIDE or place < ENDS or place >= n_columns - ENDS:
        return False
    return not (NAMES_FIRST.search(column) or NAMES_SECOND.search(column))


def _rate(column: str, place: int, table: Table, cleaned: Cleaned) -> Candidate:
    # The weights are choices, set so that a sure name counts more than a place, and a place more
    # than how many answers there are; they decide an order alone.
    score, reasons = 0.2, []
    if NAMES_FIRST.search(column):
        score, reasons = score + 0.45, ["named like an answer"]
    elif NAMES_SECOND.search(column):
        score, reasons = score + 0.2, ["named like an answer"]
    if place == table.frame.shape[1] - 1:
        score, reasons = score + 0.2, [*reasons, "last column"]
    elif place == 0:
        score, reasons = score + 0.08, [*reasons, "first column"]
    score += 0.1 if 2 <= cleaned.n_classes <= 10 else 0.03 if cleaned.n_classes <= 30 else -0.1
    score += 0.02 if table.frame[column].dtype.kind not in "f" else -0.05
    if cleaned.unlabelled > PARTLY * len(table.frame):
        # Answers given for some rows only, or a column kept free for them, are what a person
        # brings who wants the rest.
        score += 0.15
        reasons += ["partly filled in"] if cleaned.n_classes else []
    reasons.append(f"{cleaned.n_classes} answers" if cleaned.n_classes else "no answers yet")
    score = round(min(1.0, max(0.0, score)), 3)
    return Candidate(column, score, ", ".join(reasons), cleaned.n_classes, cleaned.unlabelled)
