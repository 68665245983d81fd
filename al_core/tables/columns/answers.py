"""Answers: how they are spelt, and whether a column's answers can be learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.errors import LabelError, TableError
from al_core.tables.cells.likeness import numberlike
from al_core.tables.columns.added import own_label, told_apart
from al_core.tables.columns.answer_keys import MINUS, WHOLE, answer_key, spelling_key, visible
from al_core.tables.columns.roles import is_date
from al_core.tables.table import Table

# Choices: more answers cannot be shown as buttons or tested on check rows; more different numbers
# are a measurement rather than answers.
MOST_CLASSES = 200
MOST_NUMBERS = 30
# A choice: longer than any answer on a button, and short enough for a million of them in memory.
LONGEST_ANSWER = 500


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Answers as one spelling each.

    ``values`` holds text or None (unlabelled) per row, with the index of the table. ``merges``
    maps the spelling kept to those merged into it. ``classes`` runs from the most frequent to the
    rarest; ``rare`` are those with one row only.
    """

    values: pd.Series[Any]
    merges: dict[str, list[str]]
    unlabelled: int
    n_classes: int
    classes: list[str]
    rare: list[str]


def clean_labels(
    series: pd.Series[Any],
    *,
    keep_apart: bool | Collection[str] = False,
    not_answered: Mapping[str, bool] | None = None,
) -> Cleaned:
    """One spelling per answer: case, spaces and ``1`` / ``1.0`` merged; n/a, ? and blank are None.

    Pass the text column (``table.text[column]``); a typed column works too. ``keep_apart=True``
    keeps answers apart that are spelt differently (``yes`` and ``Yes``); a collection does so for
    these answers alone, named in any spelling. Blanks around an answer, which nobody sees, never
    make another one. ``not_answered`` says of words, in any spelling, whether they stand for no
    answer: ``{"pending": True, "n/a": False}``.

    >>> found = clean_labels(pd.Series(["yes", "Yes", " yes", "no", "n/a", ""]))
    >>> found.classes, found.unlabelled, found.merges
    (['yes', 'no'], 2, {'yes': ['Yes', ' yes']})
    >>> clean_labels(pd.Series(["yes", "Yes", " yes", "no"]), keep_apart=True).classes
    ['yes', 'Yes', 'no']
    >>> said = {"To do": True, "N/A": False}
    >>> clean_labels(pd.Series(["yes", "n/a", "to do"]), not_answered=said).classes
    ['n/a', 'yes']
    """
    decided = {spelling_key(word): blank for word, blank in (not_answered or {}).items()}
    apart = keep_apart if isinstance(keep_apart, bool) else {answer_key(a) for a in keep_apart}
    codes, found_values = pd.factorize(series)
    raws = [_spelt(value) for value in found_values]
    counts = _count_spellings(raws, np.bincount(codes[codes >= 0], minlength=len(raws)))
    spellings: dict[str, dict[str, int]] = {}
    single: set[str] = set()
    plus = any(raw.strip() == "+" for raw in raws)
    for raw, count in counts.items():
        key = _key_of(raw, decided) or ("-" if plus and raw.strip() in MINUS else "")
        if key and (apart is True or (apart and key in apart)):
            key = visible(raw)
            single.add(key)
        if key:
            spellings.setdefault(key, {})[raw] = count
    kept = {key: key if key in single else _kept(found) for key, found in spellings.items()}
    merges = {
        kept[key]: [raw for raw in found if raw != kept[key]]
        for key, found in spellings.items()
        if any(raw != kept[key] for raw in found)
    }
    mapping = {raw: kept[key] for key, found in spellings.items() for raw in found}
    meant = np.array([*(mapping.get(raw) for raw in raws), None], dtype=object)  # code -1: blank
    return _cleaned(pd.Series(meant[codes], series.index, object, series.name), merges)


def _count_spellings(raws: list[str], counts: NDArray[np.intp]) -> dict[str, int]:
    """How often each spelling comes, in order of first appearance."""
    found: dict[str, int] = {}
    for raw, count in zip(raws, counts.tolist(), strict=True):
        found[raw] = found.get(raw, 0) + count
    return found


def _key_of(raw: str, decided: Mapping[str, bool]) -> str:
    blank = decided.get(spelling_key(raw)) if decided else None
    return answer_key(raw) if blank is None else "" if blank else spelling_key(raw)


def _spelt(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def _kept(found: dict[str, int]) -> str:
    """The most frequent tidy spelling; the first of equals; ``1`` rather than ``1.0``."""
    tidy: dict[str, int] = {}
    for raw, count in found.items():
        tidy[visible(raw)] = tidy.get(visible(raw), 0) + count
    whole: dict[str, int] = {}
    for spelling, count in tidy.items():
        short = spelling.split(".")[0] if WHOLE.fullmatch(spelling) else spelling
        whole[short] = whole.get(short, 0) + count
    return max(whole, key=lambda spelling: whole[spelling])


def _cleaned(values: pd.Series[Any], merges: dict[str, list[str]]) -> Cleaned:
    counts = {str(c): int(n) for c, n in values.value_counts().items()}
    classes = sorted(counts, key=lambda c: (-counts[c], c))
    rare = [c for c in classes if counts[c] == 1]
    unlabelled = len(values) - sum(counts.values())
    return Cleaned(values, merges, unlabelled, len(classes), classes, rare)


def answers_in(
    table: Table,
    column: str,
    *,
    keep_apart: bool | Collection[str] = False,
    not_answered: Mapping[str, bool] | None = None,
) -> Cleaned:
    """The cleaned answers of a column, whatever they are; TableError for a name it does not have.

    Labels that this app had written stay as they are, letter by letter: one called ``N/A`` is an
    answer. Guesses that it had filled in are none. The rest as in :func:`clean_labels`.
    """
    if column not in table.frame.columns:
        raise TableError(f'There is no column "{column}". Choose one of: {_some(table.columns)}.')
    how = {"keep_apart": keep_apart, "not_answered": not_answered}
    apart = told_apart(table, column)
    if apart is None:
        return clean_labels(table.text[column], **how)  # type: ignore[arg-type]
    written, typed = apart
    found = clean_labels(typed, **how)  # type: ignore[arg-type]
    return _cleaned(_together(written, found.values), found.merges)


def _together(written: pd.Series[Any], typed: pd.Series[Any]) -> pd.Series[Any]:
    """Labels as they were written, and between them those typed since, in the same spelling."""
    names = [name for name in written.unique() if name]
    known = {answer_key(name): name for name in names} | {name: name for name in names}
    meant = [
        label or (None if name is None else known.get(name) or known.get(answer_key(name), name))
        for label, name in zip(written, typed, strict=True)
    ]
    return pd.Series(meant, written.index, object, written.name)


def check_answers(
    table: Table,
    column: str,
    *,
    keep_apart: bool | Collection[str] = False,
    not_answered: Mapping[str, bool] | None = None,
) -> Cleaned:
    """The cleaned answers of a column; LabelError where it cannot be an answer, saying why.

    A column that is blank throughout is allowed: it has no classes yet. So are labels that this
    app had written: they have been answers. ``keep_apart`` and ``not_answered`` as in
    :func:`clean_labels`.
    """
    cleaned = answers_in(table, column, keep_apart=keep_apart, not_answered=not_answered)
    if column == own_label(table):
        return cleaned
    n_labelled = len(cleaned.values) - cleaned.unlabelled
    if is_date(table.frame[column]):
        raise LabelError(
            f'"{column}" holds dates. Choose a column with a few answers that come again.'
        )
    _refuse_long(column, cleaned.classes)
    _refuse_several(column, cleaned.classes)
    _refuse_numbers(column, cleaned.classes)
    _refuse_different(column, cleaned, n_labelled)
    return cleaned


def _some(names: Iterable[str], limit: int = 8) -> str:
    names = list(names)
    return ", ".join(names[:limit]) + (" ..." if len(names) > limit else "")


def _refuse_long(column: str, classes: list[str]) -> None:
    longest = max(map(len, classes), default=0)
    if longest > LONGEST_ANSWER:
        raise LabelError(
            f'"{column}" holds a text of {longest:,} characters; an answer has at most '
            f"{LONGEST_ANSWER}. Choose a column with a few short answers that come again."
        )


def _refuse_several(column: str, classes: list[str]) -> None:
    for sign in (";", "|", ","):
        several = [c for c in classes if sign in c]
        if several and _same_parts(several, classes, sign):
            raise LabelError(
                f'"{column}" has several answers in one cell, such as "{several[0]}". The app '
                "learns one answer a row: choose another column, or ask a new question."
            )


def _same_parts(several: list[str], classes: list[str], sign: str) -> bool:
    """Whether the parts of the cells come again alone, or in other cells."""
    cells = Counter(part for cell in classes for part in _parts(cell, sign))
    parts = {part for cell in several for part in _parts(cell, sign)}
    again = sum(cells[part] >= 2 for part in parts)
    # A choice: three parts in four come again; names with a comma in them do not.
    return len(parts) >= 2 and again >= 0.75 * len(parts)


def _parts(cell: str, sign: str) -> set[str]:
    return {part.strip().casefold() for part in cell.split(sign)} - {""}


def _refuse_numbers(column: str, classes: list[str]) -> None:
    numbers = [c for c in classes if numberlike(c)]
    # Choices: a word or two among numbers, such as "other", make no answers of them.
    if len(numbers) < 0.9 * len(classes):
        return
    fractions = sum(not WHOLE.fullmatch(c) for c in numbers)
    if len(classes) > MOST_NUMBERS or (len(classes) > 10 and fractions > 0.5 * len(classes)):
        raise LabelError(
            f'"{column}" holds {len(classes)} different numbers: that is an amount, not an answer. '
            "The app sorts rows into a few answers; choose another column, or ask a new question "
            "such as low, middle, high."
        )


def _refuse_different(column: str, cleaned: Cleaned, n_labelled: int) -> None:
    all_different = cleaned.n_classes == n_labelled and (
        n_labelled >= 10 or (n_labelled > 2 and not cleaned.unlabelled)
    )
    if all_different:
        raise LabelError(
            f'"{column}" is different in every row, so nothing can be learned from it. '
            "Choose a column with a few answers that come again."
        )
    # Choices: below 20 answers a small file may just have begun; else each comes twice on the mean.
    if cleaned.n_classes > 20 and cleaned.n_classes > 0.5 * n_labelled:
        raise LabelError(
            f'"{column}" is different in almost every row ({cleaned.n_classes:,} answers for '
            f"{n_labelled:,} rows). Choose a column with a few answers that come again."
        )
    if cleaned.n_classes > MOST_CLASSES:
        raise LabelError(
            f'"{column}" has {cleaned.n_classes:,} different answers; at most {MOST_CLASSES} are '
            "allowed. Choose a column with fewer."
        )
