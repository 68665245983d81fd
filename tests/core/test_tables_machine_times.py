"""Times as programs write them are dates like any other."""

from __future__ import annotations

import pytest

from al_core.tables import read_table

TENTH = "2026-03-10T13:55:36"


def times(cells: list[str]) -> str:
    """The moment in the first row, or the text where the column is no date."""
    rows = [f'{i},"{cell}"' for i, cell in enumerate(cells * 3)]
    table = read_table("\n".join(["id,at", *rows]).encode(), name="log.csv")
    first = table.frame["at"].iloc[0]
    return first if isinstance(first, str) else first.isoformat()


@pytest.mark.parametrize(
    ("cells", "moment"),
    [
        (["20260310T135536", "20260311T000000"], TENTH),
        (["20260310T135536Z", "20260311T000000Z"], f"{TENTH}+00:00"),
        (["20260310T1355", "20260311T0000"], "2026-03-10T13:55:00"),
        (["10/Mar/2026:13:55:36 +0200", "11/Mar/2026:00:00:00 +0100"], "2026-03-10T11:55:36+00:00"),
        (["[10/Mar/2026:13:55:36 +0000]", "[11/Mar/2026:00:00:00 +0000]"], f"{TENTH}+00:00"),
        (["Tue Mar 10 13:55:36 +0000 2026", "Wed Mar 11 00:00:00 +0000 2026"], f"{TENTH}+00:00"),
        (["Tue Mar 10 13:55:36 2026", "Mon Mar  2 00:00:00 2026"], TENTH),
    ],
)
def test_times_of_programs_are_dates(cells: list[str], moment: str) -> None:
    assert times(cells) == moment


@pytest.mark.parametrize(
    "cells",
    [
        ["20261310T135536", "20260311T000000"],  # a 13th month
        ["20260310T135536", "T4"],
        ["10/Mar/2026:13:55:36 +0200", "no answer"],
    ],
)
def test_what_no_clock_shows_stays_text(cells: list[str]) -> None:
    assert times(cells) == cells[0]


def test_a_notice_on_several_columns_speaks_of_several() -> None:
    table = read_table(b"zip,phone,n\n0123,0301,1\n0456,0402,2\n0789,0503,3\n", name="people.csv")
    assert "zip, phone stay text, because their numbers have leading zeros." in table.notices
