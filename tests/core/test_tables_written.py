"""Cells as people and programs write them: numbers, dates, ids, blanks; nothing misread unsaid."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from al_core.tables import Table, read_table


def column(cells: list[str], sign: str = "\t") -> Table:
    return read_table((f"x{sign}y\n" + "".join(f"{cell}{sign}a\n" for cell in cells)).encode())


def says(table: Table, *words: str) -> bool:
    return any(all(word in notice for word in words) for notice in table.notices)


NUMBERS: dict[str, tuple[list[str], list[float]]] = {
    "India": (["1,23,456.50", "12,34,567.00", "5.25"], [123456.5, 1234567, 5.25]),
    "rupees": (["₹ 1,23,456", "₹ 12,000", "₹ 5"], [123456, 12000, 5]),
    "Poland": (["1 234,50 zł", "7,00 zł"], [1234.5, 7]),
    "Czechia": (["12 Kč", "1 200 Kč"], [12, 1200]),
    "Brazil": (["R$ 1.234,56", "R$ 7,10"], [1234.56, 7.1]),
    "Russia": (["1 234,50 ₽", "7,00 ₽"], [1234.5, 7]),
    "Arabic digits": (["١٢", "٣"], [12, 3]),
    "wide digits": (["１２", "３"], [12, 3]),
    "signs of no width": (["\u200b12", "3\u200b"], [12, 3]),
    "a spreadsheet's formula": (['="12.5"', '="3"'], [12.5, 3]),
}


@pytest.mark.parametrize("case", NUMBERS, ids=list(NUMBERS))
def test_numbers_of_all_countries_are_numbers_and_their_text_stays(case: str) -> None:
    cells, numbers = NUMBERS[case]
    table = column(cells)
    assert table.frame["x"].tolist() == numbers
    assert table.text["x"].tolist() == cells


BLANKS = [
    "k.A.",
    "nc",
    "n.d.",
    "s/o",
    ".a",
    "#REF!",
    "…",
    "..",
    "no data",
    "н/д",
    "---",
    "(blank)",
    ":",
]


@pytest.mark.parametrize("word", BLANKS)
def test_words_for_a_missing_value_in_many_languages_are_blank_and_told(word: str) -> None:
    table = column(["1.5", word, "3.5", "4.5"])
    assert np.isnan(table.frame["x"][1])
    assert says(table, "x", "count as blank")


def test_the_dash_of_an_accountant_is_blank_and_told() -> None:
    table = column([" $ 1,234.00 ", " $ -   ", " $ 5.00 "])
    assert table.frame["x"].tolist()[::2] == [1234, 5]
    assert says(table, "$ left out", "count as blank")


TEXTS: dict[str, tuple[list[str], str]] = {
    "telephones": (["+491701234501", "+491701234502"], "telephone"),
    "ids that look like huge numbers": (["1e1001", "12e1012"], "too large"),
    "two currencies": (["$5.00", "€7.00", "$9.00"], "different currencies"),
    "two units": (["5 kg", "700 g", "9 kg"], "different currencies or units"),
    "wrapped ids": (['="0001"', '="0002"'], "leading zeros"),
    "dates of two kinds": (["2024-01-31", "31/01/2024"], "dates"),
    "times with and without a zone": (["2024-01-01 10:00 UTC", "2024-01-02 10:00"], "dates"),
}


@pytest.mark.parametrize("case", TEXTS, ids=list(TEXTS))
def test_what_would_be_misread_stays_text_and_says_why(case: str) -> None:
    cells, why = TEXTS[case]
    table = column(cells)
    assert table.frame["x"].dtype == "str"
    assert says(table, "x stays text", why)


@pytest.mark.parametrize("cells", [["A1", "B2"], ["10.0.0.1", "10.0.0.2"], ["1.2.0", "1.3.0"]])
def test_ids_and_addresses_are_not_told_as_numbers_with_signs(cells: list[str]) -> None:
    assert not says(column(cells * 3), "currencies")


def test_a_wrapped_id_is_its_inside_in_the_frame() -> None:
    assert column(['="0001"', '="0002"']).frame["x"].tolist() == ["0001", "0002"]


@pytest.mark.parametrize("sign", ["1.234", "1,234"])
def test_numbers_that_could_be_read_both_ways_are_told(sign: str) -> None:
    table = column([sign, "12" + sign[1:], "7" + sign[1:]], sign=";")
    assert says(table, "x", sign, "both ways")


def test_numbers_with_a_proof_beside_them_raise_no_doubt() -> None:
    table = read_table(b"x;y\n1.234;0,5\n2.345;1,25\n3.456;7,5\n")
    assert table.frame["x"].tolist() == [1234, 2345, 3456]
    assert not says(table, "both ways")


def test_a_number_that_stands_for_a_missing_value_is_told() -> None:
    table = column(["1.5", "-9999", "2.5", "3.5", "-9999", "7"])
    assert says(table, "x: -9999", "missing")
    assert not says(column(["1", "-99", "-50", "-70", "-99", "7"]), "missing")


MOMENTS = {
    "Google Forms": (["2024/01/31 10:00:01 PM GMT+1"], "2024-01-31 21:00:01"),
    "mail": (["Wed, 31 Jan 2024 10:00:00 +0100"], "2024-01-31 09:00"),
    "JavaScript": (
        ["Wed Jan 31 2024 10:00:00 GMT+0100 (Central European Standard Time)"],
        "2024-01-31 09:00",
    ),
    "a zone's name": (["2024-01-31 10:00:00 CEST"], "2024-01-31 08:00"),
    "half an hour": (["2024-01-31T10:00:00 +05:30"], "2024-01-31 04:30"),
}


@pytest.mark.parametrize("case", MOMENTS, ids=list(MOMENTS))
def test_times_with_zones_are_moments_in_utc_and_told(case: str) -> None:
    cells, moment = MOMENTS[case]
    table = column(cells * 3)
    assert table.frame["x"][2] == pd.Timestamp(moment, tz="UTC")
    assert says(table, "zone", "UTC")


def test_a_zone_that_may_be_several_stays_text() -> None:
    assert column(["2024-01-31 10:00 IST", "2024-02-01 10:00 IST"]).frame["x"].dtype == "str"


def test_months_are_their_first_day_and_told() -> None:
    table = column(["2024-01", "2024-12"])
    assert table.frame["x"].tolist() == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-12-01")]
    assert says(table, "months")


def test_marks_of_direction_in_dates_do_not_matter() -> None:
    table = column(["\u200e01/\u200e31/\u200e2024", "\u200e02/\u200e01/\u200e2024"])
    assert table.frame["x"].dtype.kind == "M"


NOT_DATES = ["5-10", "1.12.0", "10.0.0.1", "1:30", "2024-W01", "2024 Q1", "1 1/2", "1234-56"]


@pytest.mark.parametrize("cell", NOT_DATES)
def test_ranges_versions_and_addresses_are_no_dates(cell: str) -> None:
    assert column([cell, cell, cell]).frame["x"].dtype == "str"


def test_names_lose_signs_that_nobody_sees() -> None:
    table = read_table("\u200bid,na\u200bme\u200f,x\n1,a,b\n2,c,d\n".encode())
    assert table.columns == ["id", "name", "x"]
