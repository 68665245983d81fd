"""Which column could hold the answers: few values that come again, and something that says so.

A place alone says nothing: the last column of a file without answers is a column like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from al_core.errors import UserError
from al_core.tables.columns.added import own_label
from al_core.tables.columns.answers import MOST_CLASSES, Cleaned, check_answers
from al_core.tables.columns.roles import Role, guess_roles
from al_core.tables.columns.roles import is_number as is_number_column
from al_core.tables.formats.exports.marks import ANSWER, GUESS, OWN, RECORD
from al_core.tables.table import Table

NAMES_FIRST = re.compile(
    r"^(y|label|labels|class|classes|target|answer|outcome|klasse|etikett|cible|clase|ground_?truth)$"
    r"|(label|_class|target|annotation|annotated)$",
    re.IGNORECASE,
)
NAMES_SECOND = re.compile(
    r"churn|surviv|species|sentiment|quality|diagnos|income|spam|fraud|risk|digit|result"
    r"|category|topic|intent|team|assigned|queue|rating|approved|won|lost|converted"
    r"|kategorie|thema|stimmung|bewertung|ergebnis|abteilung|antwort"  # German
    r"|cat[eé]gorie|th[eè]me|r[eé]sultat|r[eé]ponse|[eé]quipe"  # French
    r"|categor[ií]a|tema$|resultado|respuesta|equipo|risposta|esito",  # Spanish, Italian
    re.IGNORECASE,
)
NAMES_OF_MANY_THINGS = re.compile(r"type|kind|status|default|response", re.IGNORECASE)
"""They name answers and, as often, plain facts: they say something at either end of the file."""
NAMES_OF_AMOUNTS = re.compile(
    r"count|number|^n_|(^|[\W_])(n|no|nr|num)([\W_]|$)|size|length|amount|total|sum$|quantity|qty"
    r"|age$|years?|months?|weeks?|days?|hours?|minutes?|seconds?|_ms$|price|cost|anzahl|nombre",
    re.IGNORECASE,
)
# Two answers that are opposites in themselves, in any language whose words are a pair.
YES_OR_NO = frozenset(
    frozenset(pair)
    for pair in (
        *(("0", "1"), ("-1", "1"), ("+1", "-1"), ("+", "-"), ("t", "f"), ("true", "false")),
        *(("yes", "no"), ("y", "n"), ("positive", "negative"), ("pos", "neg"), ("good", "bad")),
        *(("pass", "fail"), ("spam", "ham"), ("ja", "nein"), ("j", "n"), ("wahr", "falsch")),
        *(("oui", "non"), ("o", "n"), ("vrai", "faux"), ("sí", "no"), ("si", "no"), ("s", "n")),
        *(("verdadero", "falso"), ("sì", "no"), ("vero", "falso"), ("ja", "nee"), ("sim", "não")),
        *(("waar", "onwaar"), ("tak", "nie"), ("да", "нет")),
    )
)
NAMES_OF_GUESSES = re.compile(
    r"(^|[\W_])(gpt\w*|llm\w*|claude\w*|gemini\w*|llama\w*|mistral\w*|guess|guesses|guessed|pred|preds"
    r"|predicted|predictions?|suggested|suggestions?|y_?hat|vorhersage)([\W_]|$)",
    re.IGNORECASE,
)
"""They say that somebody or something else has answered already."""

# Choices: of a wider table only the columns at both ends are looked at, where answers mostly stand.
WIDE = 500
ENDS = 20
MOST_SPELLINGS = 20 * MOST_CLASSES
"""With more different cells, no merging of spellings leaves few enough answers."""

NO_ANSWERS = {GUESS, RECORD, OWN}
PARTLY = 0.2  # a share of rows without an answer from which a column counts as partly filled in
FEW = 10  # answers that fit on keys: a choice
NUMBERS = 2  # columns of numbers that make the one of words beside them stand out: a choice


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that could hold the answers; ``score`` (0 to 1) orders them, best first."""

    column: str
    score: float
    reason: str
    n_classes: int
    n_unlabelled: int


def label_candidates(table: Table) -> list[Candidate]:
    """The columns that could be the answer, best first, with the reason.

    None at all where nothing but its place speaks for the best of them: the file holds no answers
    then, as far as can be told, and a new question is asked.
    """
    roles = guess_roles(table)
    own = own_label(table)
    places = {column: place for place, column in enumerate(table.columns)}
    possible = {
        column: cleaned
        for place, column in enumerate(places)
        if not (_hopeless(roles[column], column) or _lost(place, len(places), column))
        and not NO_ANSWERS & set(roles[column].flags)
        and (cleaned := _answers(table, column)) is not None
    }
    given = _given(table, own)
    evidence = {column: _evidence(column, table, roles, possible) for column in possible}
    if not given and not any(evidence.values()):
        return []
    found = [
        _rate(column, places[column], table, cleaned, evidence[column])
        for column, cleaned in possible.items()
        if column not in given
    ]
    return sorted([*given.values(), *found], key=lambda c: (-c.score, places[c.column]))


def guess_columns(table: Table) -> list[str]:
    """The columns that hold somebody's guesses, by their name or by the tool that wrote them, as
    far as they hold answers; a proposal, for it is the person who knows."""
    found = []
    for column in table.columns:
        named = NAMES_OF_GUESSES.search(column) or table.marks.get(column) == GUESS
        cleaned = _answers(table, column) if named else None
        if cleaned is not None and cleaned.n_classes >= 2:
            found.append(column)
    return found


def _given(table: Table, own: str | None) -> dict[str, Candidate]:
    """Columns that a labelling tool calls the answer are the best there are."""
    given = {}
    for column in table.columns:
        if column != own and table.marks.get(column) != ANSWER:
            continue
        try:
            cleaned = check_answers(table, column)
        except UserError:
            continue
        if cleaned.classes:
            why = f"given in a labelling tool, {cleaned.n_classes} answers"
            given[column] = Candidate(column, 1.0, why, cleaned.n_classes, cleaned.unlabelled)
    return given


def _answers(table: Table, column: str) -> Cleaned | None:
    """The answers in a column; None where it cannot hold any."""
    if table.text[column].nunique() > MOST_SPELLINGS:
        return None
    try:
        cleaned = check_answers(table, column)
    except UserError:
        return None
    return cleaned if cleaned.n_classes >= 2 or _waits(cleaned, column) else None


def _evidence(
    column: str, table: Table, roles: Mapping[str, Role], possible: Mapping[str, Cleaned]
) -> str:
    """What speaks for a column as the answer, besides its place; "" for most."""
    cleaned, is_number = possible[column], is_number_column(table.frame[column])
    partly = cleaned.unlabelled > PARTLY * table.n_rows
    read = [name for name, role in roles.items() if role.kind != "ignored" or name == column]
    if _says_answer(column, cleaned, is_number, partly or column in (read[0], read[-1])):
        return "named like an answer"
    if column != read[-1]:
        return ""
    others = [answers for name, answers in possible.items() if name != column]
    if _yes_or_no(cleaned) and not any(map(_yes_or_no, others)):
        return "the only yes or no"
    if is_number:
        return ""
    kinds = [roles[name].kind for name in read[:-1]]
    if kinds.count("number") >= NUMBERS and not {"category", "text"} & set(kinds):
        return "the only words among numbers"
    return "few answers, some still to come" if partly and 2 <= cleaned.n_classes <= FEW else ""


def _says_answer(column: str, cleaned: Cleaned, is_number: bool, stands_out: bool) -> bool:
    """Whether the name of a column says that it holds answers."""
    if NAMES_FIRST.search(column):
        return True
    if NAMES_OF_MANY_THINGS.search(column) and not is_number and stands_out:
        return True
    amount = NAMES_OF_AMOUNTS.search(column) or cleaned.n_classes > FEW
    return bool(NAMES_SECOND.search(column)) and not (is_number and amount)


def _yes_or_no(cleaned: Cleaned) -> bool:
    return frozenset(answer.casefold() for answer in cleaned.classes) in YES_OR_NO


def _waits(cleaned: Cleaned, column: str) -> bool:
    """Whether answers seem to be still to come; one and the same for all rows teaches nothing."""
    named = NAMES_FIRST.search(column) or (not cleaned.n_classes and _named_second(column))
    return bool(named) and cleaned.unlabelled > 0


def _hopeless(role: Role, column: str) -> bool:
    named = NAMES_FIRST.search(column) or ("blank" in role.flags and _named_second(column))
    return role.kind in {"pixels", "date"} or (role.kind in {"text", "ignored"} and not named)


def _lost(place: int, n_columns: int, column: str) -> bool:
    """In a very wide table only the ends, and names that say so, are worth the time of a look."""
    if n_columns <= WIDE or place < ENDS or place >= n_columns - ENDS:
        return False
    return not (NAMES_FIRST.search(column) or _named_second(column))


def _named_second(column: str) -> bool:
    return bool(NAMES_SECOND.search(column) or NAMES_OF_MANY_THINGS.search(column))


def _rate(column: str, place: int, table: Table, cleaned: Cleaned, evidence: str) -> Candidate:
    # The weights are choices, set so that a sure name counts more than a place, and a place more
    # than how many answers there are; they decide an order alone.
    score, reasons = 0.2, [evidence] if evidence else []
    if evidence:
        score += 0.45 if NAMES_FIRST.search(column) else 0.2
    if place == table.frame.shape[1] - 1:
        score, reasons = score + 0.2, [*reasons, "last column"]
    elif place == 0:
        score, reasons = score + 0.08, [*reasons, "first column"]
    score += 0.1 if 2 <= cleaned.n_classes <= FEW else 0.03 if cleaned.n_classes <= 30 else -0.1
    score += 0.02 if table.frame[column].dtype.kind not in "f" else -0.05
    if cleaned.unlabelled > PARTLY * len(table.frame):
        # Answers given for some rows only, or a column kept free for them, are what a person
        # brings who wants the rest.
        score += 0.15
        reasons += ["partly filled in"] if cleaned.n_classes else []
    reasons.append(f"{cleaned.n_classes} answers" if cleaned.n_classes else "no answers yet")
    # Below each that has something to say for it, whose score is 0.25 at least.
    score *= 1.0 if evidence else 0.3
    score = round(min(1.0, max(0.0, score)), 3)
    return Candidate(column, score, ", ".join(reasons), cleaned.n_classes, cleaned.unlabelled)
