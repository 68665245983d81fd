"""Answers: how they are spelt, and whether a column's answers can be learned."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.errors import LabelError, TableError
from al_core.tables.cells.likeness import numberlike
from al_core.tables.columns.roles import is_date
from al_core.tables.table import Table

UNLABELLED = frozenset(
    [
        *("", "?", "??", "na", "n/a", "#n/a", "n.a.", "nan", "null", "<na>", "nat", "-", "--"),
        *("–", "—", ".", "unlabelled", "unlabeled", "(blank)", "\\n"),
    ]
)
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
WHOLE = re.compile(r"[-+]?(0|[1-9]\d*)(\.0*)?")
MINUS = ("-", "−", "–")
# Choices: more answers cannot be shown as buttons or tested on check rows; more different numbers
# are a measurement rather than answers.
MOST_CLASSES = 200
MOST_NUMBERS = 30


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


def clean_labels(series: pd.Series[Any], *, keep_apart: bool | Collection[str] = False) -> Cleaned:
    """One spelling per answer: case, spaces and ``1`` / ``1.0`` merged; n/a, ? and blank are None.

    Pass the text column (``table.text[column]``); a typed column works too. ``keep_apart=True``
    keeps answers apart that are spelt differently (``yes`` and ``Yes``); a collection does so for
    these answers alone, named in any spelling. Blanks around an answer, which nobody sees, never
    make another one.

    >>> found = clean_labels(pd.Series(["yes", "Yes", " yes", "no", "n/a", ""]))
    >>> found.classes, found.unlabelled, found.merges
    (['yes', 'no'], 2, {'yes': ['Yes', ' yes']})
    >>> clean_labels(pd.Series(["yes", "Yes", " yes", "no"]), keep_apart=True).classes
    ['yes', 'Yes', 'no']
    """
    apart = keep_apart if isinstance(keep_apart, bool) else {answer_key(a) for a in keep_apart}
    codes, found_values = pd.factorize(series)
    raws = [_spelt(value) for value in found_values]
    counts = _count_spellings(raws, np.bincount(codes[codes >= 0], minlength=len(raws)))
    spellings: dict[str, dict[str, int]] = {}
    single: set[str] = set()
    plus = any(raw.strip() == "+" for raw in raws)
    for raw, count in counts.items():
        key = answer_key(raw) or ("-" if plus and raw.strip() in MINUS else "")
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


def _spelt(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def answer_key(text: str) -> str:
    """What two spellings of one answer have in common; "" for no answer.

    >>> answer_key(" YES\\u00a0"), answer_key("1.0"), answer_key("N/A"), answer_key("007")
    ('yes', '1', '', '007')
    """
    key = " ".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split()).casefold()
    if key in UNLABELLED:
        return ""
    if WHOLE.fullmatch(key):
        key = key.split(".")[0].removeprefix("+")
        return "0" if key == "-0" else key
    return key


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


def visible(text: str) -> str:
    """An answer as it is seen: without blanks around it and signs that have no width.

    >>> visible(" very  good\u200b")
    'very good'
    """
    return " ".join(INVISIBLE.sub("", text).split())


def _cleaned(values: pd.Series[Any], merges: dict[str, list[str]]) -> Cleaned:
    counts = {str(c): int(n) for c, n in values.value_counts().items()}
    classes = sorted(counts, key=lambda c: (-counts[c], c))
    rare = [c for c in classes if counts[c] == 1]
    unlabelled = len(values) - sum(counts.values())
    return Cleaned(values, merges, unlabelled, len(classes), classes, rare)


def check_answers(
    table: Table, column: str, *, keep_apart: bool | Collection[str] = False
) -> Cleaned:
    """The cleaned answers of a column; LabelError where it cannot be an answer, saying why.

    A column that is blank throughout is allowed: it has no classes yet. ``keep_apart`` as in
    :func:`clean_labels`.
    """
    if column not in table.frame.columns:
        raise TableError(f'There is no column "{column}". Choose one of: {_some(table.columns)}.')
    cleaned = clean_labels(table.text[column], keep_apart=keep_apart)
    n_labelled = len(cleaned.values) - cleaned.unlabelled
    if is_date(table.frame[column]):
        raise LabelError(
            f'"{column}" holds dates. Choose a column with a few answers that come again.'
        )
    _refuse_several(column, cleaned.classes)
    _refuse_numbers(column, cleaned.classes)
    _refuse_different(column, cleaned, n_labelled)
    return cleaned


def _some(names: Iterable[str], limit: int = 8) -> str:
    names = list(names)
    return ", ".join(names[:limit]) + (" ..." if len(names) > limit else "")


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
