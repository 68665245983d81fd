"""Dates by evidence: the order of day and month is what the column's own values allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.tables.cells.timestamps import as_people_write, without_zone

ISO = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(Z|[-+]\d{2}:?\d{2}|UTC)?)?"
)
ISO_ZONE = re.compile(r"(Z|UTC|:\d{2}\s?[-+]\d{2}:?\d{2}|:\d{2}[.,]\d+\s?[-+]\d{2}:?\d{2})$")
YEAR_FIRST = re.compile(
    r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})(\s+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s?[AaPp][Mm])?)?"
)
MONTHS = re.compile(r"(\d{4})[-/](0[1-9]|1[0-2])")
NUMERIC = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(,?\s+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s?([AaPp][Mm])?)?"
)
MONTH = (
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|jän(?:ner)?|märz|mär|mrz|mai|juin"
    r"|juil(?:let)?|okt(?:ober|obre)?|dez(?:ember|embro)?|févr?(?:ier)?|avr(?:il)?|août|aout"
    r"|déc(?:embre)?|enero|ene|abril|abr|mayo|agosto|ago|dic(?:iembre|embre)?|gennaio|maggio|giugno"
    r"|luglio|settembre|ottobre|maart|mei)\.?"
)
WORDS = re.compile(
    rf"(?:[^\W\d_]{{2,10}}\.?,?\s+)?(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th|er|\.)?(?:\s+|\s+de\s+|-){MONTH}(?:\s+|\s+de\s+|-)\d{{2,4}})"
    r"(?:,?\s+\d{1,2}:\d{2}(?::\d{2})?\s?(?:[ap]m)?)?",
    re.IGNORECASE,
)
BEGINNINGS = (
    *(("jan", "jän", "ene", "gen"), ("feb", "fév"), ("mar", "mär", "mrz", "maa")),
    *(("apr", "avr", "abr"), ("may", "mai", "mei", "mag"), ("jun", "juin", "giu")),
    *(("jul", "juil", "lug"), ("aug", "aoû", "aou", "ago"), ("sep", "set")),
    *(("oct", "okt", "ott"), ("nov",), ("dec", "déc", "dez", "dic")),
)
# Years of two digits, choices: dates of a table seldom lie beyond 2027; where some may, years of 50
# and above are of the last century, as most programs take them.
FUTURE, PIVOT = 28, 50
# A choice: two numbers prove nothing.
FEWEST_DAYS = 3


@dataclass(frozen=True, slots=True)
class Dates:
    """Unique texts as moments (naive, or UTC where the texts carry zones), and what was guessed.

    ``order`` says what comes first in dates such as 28/02/2024: day, month, or either where the
    texts allow both; "" for dates of any other kind.
    """

    values: pd.Series[pd.Timestamp]
    notice: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Whether the day comes before the month where both are possible, and why (", because ...")."""

    day_first: bool
    because: str = ""


def maybe_date(cell: str) -> bool:
    """Whether one cell has the shape of a date."""
    cell = cell.strip()
    cell = as_people_write(cell) or cell
    if _is_date(cell) or MONTHS.fullmatch(cell):
        return True
    bare = without_zone(cell) if ":" in cell else None
    return bare is not None and _is_date(bare[0])


def _is_date(cell: str) -> bool:
    return any(p.fullmatch(cell) for p in (ISO, NUMERIC, YEAR_FIRST, WORDS))


def read_dates(texts: list[str], order: Order | None = None) -> Dates | None:
    """Different texts of one column as dates; None unless each one of them is a date.

    ``order`` is what to take where the texts allow both day and month to come first.

    >>> read_dates(["03/04/2024", "28/02/2024"]).values.dt.day.tolist()
    [3, 28]
    """
    texts = [text.strip() for text in texts]
    if as_people_write(texts[0]):
        texts = [as_people_write(text) or text for text in texts]
    if all(ISO.fullmatch(text) for text in texts):
        return _iso(texts)
    bare = [without_zone(text) for text in texts] if without_zone(texts[0]) else []
    if bare and all(bare):
        return _in_utc([found for found in bare if found], order)
    months = [MONTHS.fullmatch(text) for text in texts]
    if all(months):
        dates = _parsed([(m[1], m[2], "1", "") for m in months if m])
        return Dates(dates.values, "months, read as their first day.") if dates else None
    parsed = [YEAR_FIRST.fullmatch(text) for text in texts]
    if all(parsed):
        return _parsed([(m[1], m[3], m[4], m[5] or "") for m in parsed if m])
    numeric = [NUMERIC.fullmatch(text) for text in texts]
    if all(numeric):
        return _numeric([m for m in numeric if m], order or Order(True))
    if all(WORDS.fullmatch(text) for text in texts):
        return _words(texts)
    return None


def _iso(texts: list[str]) -> Dates | None:
    zoned = [ISO_ZONE.search(text) is not None for text in texts]
    if any(zoned) and not all(zoned):
        return None
    plain = [t.replace(",", ".").replace("UTC", "Z").replace(" Z", "Z") for t in texts]
    values = pd.to_datetime(
        pd.Series(plain, dtype="str"), format="ISO8601", errors="coerce", utc=True
    )
    if values.isna().any():
        return None
    if any(zoned):
        return Dates(values, "times with a zone, kept as UTC.")
    return Dates(values.dt.tz_localize(None))


def _in_utc(bare: list[tuple[str, int]], order: Order | None) -> Dates | None:
    """Times whose zones were taken off, as moments in UTC."""
    texts = list(dict.fromkeys(text for text, _ in bare))
    if not all(map(_is_date, texts)):
        return None
    found = read_dates(texts, order)
    if found is None or found.values.dt.tz is not None:
        return None
    times = found.values.set_axis(texts).reindex([text for text, _ in bare])
    ahead = pd.to_timedelta([minutes for _, minutes in bare], unit="min")
    values = pd.Series((times - ahead).array).dt.tz_localize("UTC")
    notice = " ".join(["times with a zone, kept as UTC.", found.notice]).strip()
    return Dates(values, notice, found.order)


def _numeric(found: list[re.Match[str]], order: Order) -> Dates | None:
    first = [int(m[1]) for m in found]
    second = [int(m[3]) for m in found]
    if year_comes_first(first, second, [int(m[4]) for m in found if len(m[4]) == 2]):
        return _year_in_two_digits(found)
    day_first, month_first = max(second) <= 12, max(first) <= 12
    if not day_first and not month_first:
        return None
    kind = "either" if day_first and month_first else "day" if day_first else "month"
    if kind == "either":
        day_first = order.day_first
        notice = (
            f"dates such as {found[0].group()} could be read both ways; the "
            f"{'day' if day_first else 'month'} was taken to come first{order.because}."
        )
    else:
        proof = _proof(found, first if day_first else second)
        notice = f"dates with the {kind} first, as {proof} shows."
    d, m = (1, 3) if day_first else (3, 1)
    years, told = full_years([f[4] for f in found])
    dates = _parsed([(y, f[m], f[d], f[5] or "") for y, f in zip(years, found, strict=True)])
    return None if dates is None else Dates(dates.values, f"{notice[:-1]}{told}.", kind)


def _year_in_two_digits(found: list[re.Match[str]]) -> Dates | None:
    years, told = full_years([m[1] for m in found])
    dates = _parsed([(y, m[3], m[4], m[5] or "") for y, m in zip(years, found, strict=True)])
    shown = found[max(range(len(found)), key=lambda i: int(found[i][4]))].group()
    notice = f"dates with the year first, in two digits, as {shown} shows{told}."
    return None if dates is None else Dates(dates.values, notice)


def _proof(found: list[re.Match[str]], part: list[int]) -> str:
    return next(m.group() for m, value in zip(found, part, strict=True) if value > 12)


def _parsed(parts: list[tuple[str, str, str, str]]) -> Dates | None:
    texts = [f"{y}-{int(m):02d}-{int(d):02d}{_clock(time)}" for y, m, d, time in parts]
    values = pd.to_datetime(pd.Series(texts, dtype="str"), format="ISO8601", errors="coerce")
    return None if values.isna().any() else Dates(values)


def _clock(text: str) -> str:
    """A time of day as ISO, from ``9:05 pm`` or ``21:05:10``."""
    text = text.strip(", ")
    if not text:
        return ""
    half = re.search(r"([ap])m$", text, re.IGNORECASE)
    clock = text[: half.start()].strip() if half else text
    hour, rest = clock.split(":", 1)
    hours = int(hour) % 12 + (12 if half and half[1].lower() == "p" else 0) if half else int(hour)
    return f"T{hours:02d}:{rest}"


def _month_number(word: str) -> int:
    return next(n for n, begin in enumerate(BEGINNINGS, 1) if word.startswith(begin))


def _words(texts: list[str]) -> Dates | None:
    parts = []
    for text in texts:
        month = re.search(rf"(?<![^\W\d_]){MONTH}(?![^\W\d_])", text, re.IGNORECASE)
        numbers = re.findall(r"\d+", text)
        if month is None or len(numbers) < 2:
            return None
        number = _month_number(month.group().lower())
        clock = re.search(r"\d{1,2}:\d{2}(?::\d{2})?\s?(?:[ap]m)?", text, re.IGNORECASE)
        parts.append((numbers[1], str(number), numbers[0], clock.group() if clock else ""))
    years, told = full_years([part[0] for part in parts])
    dates = _parsed([(year, *part[1:]) for year, part in zip(years, parts, strict=True)])
    return None if dates is None else Dates(dates.values, f"{told.removeprefix('; ')}.".strip("."))


# -- Days as whole numbers: 20140131.


DATE_NAME = re.compile(r"dat|da(y|te)|tag$|jour|dia$|fecha|giorno|ymd|yyyymmdd", re.IGNORECASE)
ID_NAME = re.compile(r"(^|[\W_])(id|key|code|nr|no|num|number)s?\d*$|[a-z](ID|Id|Nr|No)$", re.I)
# The years between which a number may be a day: choices.
FIRST_DAY, LAST_DAY = 1900_01_01, 2100_12_31


def days_from_numbers(name: str, numbers: NDArray[Any]) -> Any:
    """Numbers such as 20140131 as days (missing ones NaT); None unless every one may be a day.

    A column that is named as an id, or counts up by one, holds days where its name says so.

    >>> days_from_numbers("x", np.array([20140131, 20131224, 20140101])).day.tolist()
    [31, 24, 1]
    >>> days_from_numbers("x", np.array([20140131, 20140132, 20140101])) is None
    True
    """
    known = numbers if numbers.dtype == np.int64 else numbers[~np.isnan(numbers)]
    if len(known) < FEWEST_DAYS or known.min() < FIRST_DAY or known.max() > LAST_DAY:
        return None
    counts_up = bool((np.diff(known) == 1).all())
    if not DATE_NAME.search(name) and (counts_up or ID_NAME.search(name)):
        return None
    if (known != np.floor(known)).any():
        return None
    texts = pd.Series(numbers).astype("Int64").astype("str").where(~np.isnan(numbers), None)
    days = pd.DatetimeIndex(pd.to_datetime(texts, format="%Y%m%d", errors="coerce"))
    return days if np.count_nonzero(days.notna()) == len(known) else None


# -- Years of two digits: whether they come first, and which century they are of.


def year_comes_first(first: Sequence[int], second: Sequence[int], third: Sequence[int]) -> bool:
    """Whether numbers such as 24-01-31 are years, months and days (``third``: of two digits only).

    The first number is then above all days, or changes little while the third runs through the
    month and would lie in the future as a year.

    >>> year_comes_first([24, 24, 23], [1, 2, 12], [31, 5, 24])
    True
    >>> year_comes_first([31, 5, 24], [1, 2, 12], [24, 24, 23])
    False
    """
    if len(third) != len(first) or max(second) > 12 or not 1 <= min(third) <= max(third) <= 31:
        return False
    if max(first) > 31:
        return True
    spread = max(third) - min(third)
    return max(third) >= FUTURE and spread >= 10 and 2 * (max(first) - min(first)) < spread


def full_years(years: Sequence[str]) -> tuple[list[str], str]:
    """Years of four digits, and what to tell about a century that was guessed.

    Up to 49 they are of this century; beside years of the last one, what would lie in the future
    is of the last one too.

    >>> full_years(["24", "99", "2020"])
    (['2024', '1999', '2020'], '')
    >>> full_years(["68", "45"])
    (['1968', '1945'], '; the year 45 was taken for 1945')
    """
    short = [int(year) for year in years if len(year) == 2]
    from_here_on = FUTURE if any(year >= PIVOT for year in short) else PIVOT
    full = [
        year if len(year) != 2 else ("19" if int(year) >= from_here_on else "20") + year
        for year in years
    ]
    guessed = next(
        (i for i, y in enumerate(years) if len(y) == 2 and FUTURE <= int(y) < PIVOT), None
    )
    told = "" if guessed is None else f"; the year {years[guessed]} was taken for {full[guessed]}"
    return full, told
