"""Years of two digits: whether they come first, and which century they are of."""

from __future__ import annotations

from collections.abc import Sequence

FUTURE, PIVOT = 28, 50


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
