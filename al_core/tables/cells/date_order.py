"""Whether the day or the month comes first in dates that allow both: what the whole file tells.

The strongest evidence decides: what other dates prove, the steps of the column's own dates, a
column that holds the month, then the country that numbers and names speak of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from al_core.tables.cells.dates import BEGINNINGS, NUMERIC, Order, full_years

# Rows looked at; a choice: order and steps show in far fewer.
ROWS = 1_000
# Choices: three different months or rows are no chance any more, one in twenty may be out of order,
# and dates that belong together lie three times as near in the right order.
FEWEST, IN_ORDER, OUT_OF_ORDER, NEARER = 3, 0.95, 0.85, 3
FEWEST_STEPS = 5
DAY_NAME = re.compile(
    r"(?<![^\W_])(day|tag|jour|d[ií]a|dia|giorno|dag|den|dzie[nń])(?![^\W_])", re.I
)
MONTH_SHAPE = re.compile(r"m{1,2}[-/. ]?d{1,2}[-/. ]?[yj]", re.I)
DAY_SHAPE = re.compile(r"[dt]{1,2}[-/. ]?m{1,2}[-/. ]?[yja]", re.I)
DATE_WORD = re.compile(
    r"(?<![^\W_])(datum|fecha|data|dato|d[aá]tum|tarih|p[aä]iv[aä]|kuup[aä]ev|дата|ημερομηνία)"
    r"(?![^\W_])|date (de|du|d[’'])",
    re.I,
)
IN_AMERICA = re.compile(r"(?<![^\W_])(zip|zip[ _]?code|ssn)(?![^\W_])", re.I)


class Date(NamedTuple):
    """One row's date as it stands: two numbers and a year."""

    row: int
    first: int
    second: int
    year: int


class File(NamedTuple):
    """What is known of the file besides the column: cells, typed columns, signs."""

    cells: Mapping[str, Any]
    typed: Mapping[str, Any]
    decimal: str
    delimiter: str | None


def order_of(name: str, file: File) -> Order:
    """What comes first in the dates of a column that allow both, and the reason in words."""
    texts = file.cells[name][:ROWS].to_pylist()
    dates = _dates(texts)
    for find in (_named, _proved_elsewhere, _with_halves_of_a_day):
        if found := find(name, texts, file):
            return found
    found = _month_beside(name, dates, file) or _dates_beside(name, dates, file)
    if found or any(re.match(r"\d+\.\d", text.strip()) for text in texts):
        return found or Order(True)  # points are not written in America
    return _first_of_each_month(dates) or _in_order(dates) or _country(name, file)


def _dates(texts: Sequence[str]) -> list[Date]:
    found = [(row, NUMERIC.match(text.strip())) for row, text in enumerate(texts)]
    matches = [(row, match) for row, match in found if match]
    years, _ = full_years([match[4] for _, match in matches])
    return [
        Date(row, int(match[1]), int(match[3]), int(year))
        for (row, match), year in zip(matches, years, strict=True)
    ]


def _named(name: str, texts: Sequence[str], file: File) -> Order | None:
    if MONTH_SHAPE.search(name):
        return Order(False, ", because its name says so")
    return Order(True, ", because its name says so") if DAY_SHAPE.search(name) else None


def _proved_elsewhere(name: str, texts: Sequence[str], file: File) -> Order | None:
    orders = {column.order: other for other, column in file.typed.items() if column.order}
    if ("day" in orders) == ("month" in orders):
        return None
    kind = "day" if "day" in orders else "month"
    return Order(kind == "day", f", as in the column {orders[kind]}")


def _with_halves_of_a_day(name: str, texts: Sequence[str], file: File) -> Order | None:
    halves = any(re.search(r"\d\s?[ap]m", text, re.IGNORECASE) for text in texts)
    return Order(False, ", as beside hours with am and pm") if halves else None


def _first_of_each_month(dates: Sequence[Date]) -> Order | None:
    """The first of each month: one part is always 1, the other one steps.

    The first days of a January look the same, within one year and where each day follows.
    """
    first, second = ({date.first for date in dates}, {date.second for date in dates})
    years = {date.year for date in dates}
    if len(years) == 1 and max(first | second) < len(first | second) + 1:
        return None
    if first == {1} and len(second) >= FEWEST:
        return Order(True, ", because the first number is always 1")
    if second == {1} and len(first) >= FEWEST:
        return Order(False, ", because the second number is always 1")
    return None


def _in_order(dates: Sequence[Date]) -> Order | None:
    """Rows stand in order of time one way, and jump the other way."""
    by_day = _sorted_share([(d.year, d.second, d.first) for d in dates])
    by_month = _sorted_share([(d.year, d.first, d.second) for d in dates])
    if by_day >= IN_ORDER and by_month < OUT_OF_ORDER:
        return Order(True, ", because the rows then stand in order of time")
    if by_month >= IN_ORDER and by_day < OUT_OF_ORDER:
        return Order(False, ", because the rows then stand in order of time")
    return None


def _sorted_share(keys: Sequence[tuple[int, int, int]]) -> float:
    steps = [a < b for a, b in pairwise(keys) if a != b]
    share = sum(steps) / max(1, len(steps))
    return max(share, 1 - share) if len(steps) >= FEWEST_STEPS else 0.0


def _month_beside(name: str, dates: Sequence[Date], file: File) -> Order | None:
    """Another column that holds one of the two numbers throughout: the month, or the day."""
    telling = [date for date in dates if date.first != date.second]
    if len(telling) < FEWEST:
        return None
    for other in file.cells:
        months = {} if other == name else _small_numbers(other, telling, file)
        for part in (0, 1) if months else ():
            if all(months[date.row] == (date.first, date.second)[part] for date in telling):
                day_first = (part == 1) != bool(DAY_NAME.search(other))
                return Order(day_first, f", as the column {other} shows")
    return None


def _small_numbers(name: str, dates: Sequence[Date], file: File) -> dict[int, int]:
    """What a column says in the rows of dates, as a number of a month; empty where it does not."""
    cells = file.cells[name][: dates[-1].row + 1].to_pylist()
    found = {date.row: _month(cells[date.row]) for date in dates[:1]}
    if not all(found.values()):
        return {}
    found = {date.row: _month(cells[date.row]) for date in dates}
    several = len(set(found.values())) > 1
    return found if several and all(found.values()) else {}


def _month(cell: str) -> int:
    """The month (from 1) that a cell names or counts; 0 for any other cell.

    >>> _month("03"), _month("März"), _month("31"), _month("x")
    (3, 3, 0, 0)
    """
    cell = cell.strip().lower()
    if re.fullmatch(r"\d{1,2}", cell):
        return int(cell) if 1 <= int(cell) <= 12 else 0
    if not re.fullmatch(r"[^\W\d_]{3,12}\.?", cell):
        return 0
    return next((n for n, begin in enumerate(BEGINNINGS, 1) if cell.startswith(begin)), 0)


def _dates_beside(name: str, dates: Sequence[Date], file: File) -> Order | None:
    """Dates of another column, sure ones, to which these lie far nearer in one order."""
    for other, column in file.typed.items():
        if other == name or column.kind != "date" or column.order == "either":
            continue
        beside = pd.Series(column.values).dt.tz_localize(None)
        rows = [date for date in dates if date.row < len(beside) and pd.notna(beside[date.row])]
        if len(rows) < FEWEST:
            continue
        known = beside[[date.row for date in rows]].to_numpy()
        by_day = _far([(d.year, d.second, d.first) for d in rows], known)
        by_month = _far([(d.year, d.first, d.second) for d in rows], known)
        if min(by_day, by_month) * NEARER < max(by_day, by_month):
            return Order(by_day < by_month, f", because it then fits the column {other}")
    return None


def _far(keys: Sequence[tuple[int, int, int]], known: Any) -> float:
    """The usual distance in days, and one."""
    texts = pd.Series([f"{y:04d}-{m:02d}-{d:02d}" for y, m, d in keys])
    days = (pd.to_datetime(texts, errors="coerce").to_numpy() - known) / np.timedelta64(1, "D")
    return 1 + float(np.nanmedian(np.abs(days)))


def _country(name: str, file: File) -> Order:
    """What signs and words tell of the country; the day first where nothing does."""
    signs: tuple[tuple[Callable[[], bool], Order], ...] = (
        (lambda: file.decimal == ",", Order(True, ", as in countries with a decimal comma")),
        (lambda: file.delimiter == ";", Order(True, ", as in countries that write semicolons")),
        (lambda: bool(DATE_WORD.search(name)), Order(True, ", as its name is not English")),
        (lambda: _in_america(file), Order(False, ", as in the United States")),
    )
    return next((order for holds, order in signs if holds()), Order(True))


def _in_america(file: File) -> bool:
    dollars = any(column.notice.startswith("$ left out") for column in file.typed.values())
    return dollars or any(map(IN_AMERICA.search, file.cells))
