"""The order of day and month in dates that allow both is what the whole file tells."""

from __future__ import annotations

import pandas as pd
import pytest

from al_core.tables import Table, read_table

DAY, MONTH = (1, 2), (2, 1)  # day and month of "01/02/2013", the day first or the month first


def read(*lines: str) -> Table:
    return read_table("\n".join(lines).encode())


def first(table: Table, column: str = "when") -> tuple[int, int]:
    moment = table.frame[column][0]
    assert isinstance(moment, pd.Timestamp)
    return moment.day, moment.month


def said(table: Table) -> str:
    return " ".join(table.notices)


MIXED = ["01{s}02{s}2013", "05{s}03{s}2013", "02{s}09{s}2013", "07{s}04{s}2013"]


@pytest.mark.parametrize("sign", "/-.")
@pytest.mark.parametrize(
    ("names", "rest", "delimiter", "wanted"),
    [
        ("when,x", ["a", "b", "c", "d"], ",", DAY),
        ("when;x", ["1,5", "2,5", "3,5", "1,75"], ";", DAY),
        ("when;x", ["a", "b", "c", "d"], ";", DAY),
        ("when,x", ["$1.50", "$2.25", "$3.00", "$4.10"], ",", MONTH),
        ("when,zip", ["10001", "94103", "60601", "73301"], ",", MONTH),
        ("when (mm/dd/yyyy),x", ["a", "b", "c", "d"], ",", MONTH),
        ("when (DD.MM.YYYY),x", ["a", "b", "c", "d"], ",", DAY),
        ("when,month", ["2", "3", "9", "4"], ",", DAY),
        ("when,month", ["1", "5", "2", "7"], ",", MONTH),
        ("when,day", ["1", "5", "2", "7"], ",", DAY),
        ("when,Monat", ["Februar", "März", "September", "April"], ",", DAY),
        ("when,paid", ["2013-02-03", "2013-03-06", "2013-09-04", "2013-04-09"], ",", DAY),
        ("when,paid", ["2013-01-04", "2013-05-05", "2013-02-11", "2013-07-06"], ",", MONTH),
    ],
)
def test_one_evidence_decides_whatever_sign_stands_between(
    sign: str, names: str, rest: list[str], delimiter: str, wanted: tuple[int, int]
) -> None:
    dates = [date.format(s=sign) for date in MIXED]
    lines = [f"{a}{delimiter}{b}" for a, b in zip(dates, rest, strict=True)]
    table = read(names, *lines)
    if sign == "." and wanted == MONTH and ("$" in rest[0] or "zip" in names):
        wanted = DAY  # points between are not written in America
    assert first(table, table.columns[0]) == wanted
    which = "day" if wanted == DAY else "month"
    assert f"could be read both ways; the {which} was taken to come first" in said(table)


def test_another_column_of_dates_proves_the_order() -> None:
    for proof, wanted in (("28/02/2013", DAY), ("02/28/2013", MONTH)):
        table = read("when,end", f"01-02-2013,{proof}", f"05-03-2013,{proof}")
        assert first(table) == wanted
        assert "as in the column end" in said(table)


def test_the_first_of_each_month_is_a_step_of_a_month() -> None:
    table = read("when,x", *(f"01-{m:02d}-{y},1.5" for y in (2013, 2014) for m in range(1, 13)))
    assert table.frame["when"].dt.day.eq(1).all()
    assert "because the first number is always 1" in said(table)
    table = read("when,x", *(f"{m:02d}/01/{y},1,5" for y in (2013, 2014) for m in (1, 4, 7, 10)))
    assert table.frame[table.columns[0]].dt.day.eq(1).all()


def test_rows_in_order_of_time_tell_the_order() -> None:
    days = ["03/01/2013", "07/01/2013", "11/01/2013", "02/02/2013", "09/02/2013", "12/02/2013"]
    days += ["04/03/2013", "08/03/2013", "01/04/2013", "06/04/2013"]
    assert first(read("when,x", *(f"{day},a" for day in days))) == (3, 1)
    swapped = [f"{day[3:5]}/{day[:2]}{day[5:]}" for day in days]
    table = read("when,x", *(f"{day},a" for day in swapped))
    assert first(table) == (3, 1)
    assert "stand in order of time" in said(table)


def test_am_and_pm_are_written_where_the_month_comes_first() -> None:
    table = read("when,x", "01/02/2013 9:05 pm,a", "05/03/2013 8:00 am,b")
    assert (table.frame["when"][0].day, table.frame["when"][0].month) == MONTH


def test_dates_that_prove_their_order_are_left_alone_by_all_else() -> None:
    table = read("when;x", "01/28/2013;1,5", "02/03/2013;2,5")
    assert table.frame["when"].dt.month.tolist() == [1, 2]
    assert "both ways" not in said(table)


def test_the_first_days_of_a_january_are_no_months() -> None:
    table = read("when;x", *(f"{day:02d}/01/2013;1,5" for day in range(1, 12)))
    assert table.frame["when"].dt.month.eq(1).all()
    table = read("when,x", *(f"01/{day:02d}/2013,$1.50" for day in range(1, 12)))
    assert table.frame["when"].dt.month.eq(1).all()
