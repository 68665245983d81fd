"""Every messy file of the shared set does what its manifest says."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from al_core.errors import TableError
from al_core.tables import clean_labels, read_table
from tests.shared_data import SHARED, shared_data

MANIFEST = SHARED / "messy" / "manifest.json"
ENTRIES: list[dict[str, Any]] = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else []
OPEN = [e for e in ENTRIES if e["expect"].startswith("open")]
REFUSED = [e for e in ENTRIES if "clear_error" in e["expect"] and e not in OPEN]


def cases(entries: list[dict[str, Any]]) -> Any:
    none = [pytest.param({}, marks=pytest.mark.skip("needs the shared messy files"), id="none")]
    return [pytest.param(e, id=e["file"]) for e in entries] or none


@pytest.mark.parametrize("entry", cases(OPEN))
def test_a_messy_file_opens_as_its_owner_meant_it(entry: dict[str, Any]) -> None:
    table = read_table(shared_data(f"messy/{entry['file']}"))
    assert table.frame.shape == table.text.shape == (entry["rows"], entry["cols"])
    assert table.frame.index.equals(pd.RangeIndex(entry["rows"]))
    assert len(set(table.columns)) == entry["cols"]
    for column in entry.get("numeric", []):
        assert pd.api.types.is_numeric_dtype(table.frame[column]), column
    for column, value in entry.get("exact", {}).items():
        assert value in set(table.frame[column].astype(str)), column
        assert value in set(table.text[column]), column
    if "encoding" in entry:
        assert table.dialect.encoding == entry["encoding"]
    if "classes_after_cleanup" in entry:
        assert clean_labels(table.text[entry["label"]]).n_classes == entry["classes_after_cleanup"]


@pytest.mark.parametrize("entry", cases(REFUSED))
def test_a_messy_file_that_cannot_be_read_says_what_and_where(entry: dict[str, Any]) -> None:
    path = shared_data(f"messy/{entry['file']}")
    with pytest.raises(TableError) as caught:
        read_table(path)
    for line in entry.get("bad_lines", []):
        assert f"line {line}" in str(caught.value)
    if "skip" in entry["expect"]:
        table = read_table(path, skip_bad_rows=True)
        assert table.frame.shape == (entry["rows"], entry["cols"])
        assert [bad.line for bad in table.bad_rows] == entry["bad_lines"]


def test_cities_survive_every_encoding() -> None:
    for file in ("01_utf16le_bom.csv", "03_latin1.csv", "05_utf8_bom.csv"):
        assert "Zürich" in set(read_table(shared_data(f"messy/{file}")).frame["city"])


def test_the_encoding_that_was_guessed_is_named_with_a_word_to_check() -> None:
    notices = read_table(shared_data("messy/03_latin1.csv")).notices
    assert any("Windows text" in notice and "Köln" in notice for notice in notices)


def test_odd_dates_are_read_by_evidence() -> None:
    frame = read_table(shared_data("messy/38_dates_odd.csv")).frame
    assert frame["d1"].iloc[12] == pd.Timestamp("2024-01-13")
    assert str(frame["d2"].dtype.tz) == "UTC"
    assert frame["d3"].iloc[1] == pd.Timestamp("2023-02-02")


def test_thousands_and_currency_are_numbers_and_the_text_stays() -> None:
    table = read_table(shared_data("messy/26_thousands.csv"))
    assert table.frame["revenue"][0] == 12345.5
    assert table.frame["cost"][0] == 2345
    assert table.text["cost"][0] == "$ 2,345"


def test_decimal_commas_are_numbers() -> None:
    table = read_table(shared_data("messy/07_semicolon_decimal_comma.csv"))
    assert (table.frame["preis"][0], table.frame["rabatt"][0]) == (673.78, 0.875)
    assert table.dialect.decimal == ","


def test_a_mixed_column_stays_text_and_says_so() -> None:
    notices = read_table(shared_data("messy/40_mixed_type_column.csv")).notices
    assert any("val" in notice and "numbers" in notice for notice in notices)


def test_a_quoted_line_break_stays_in_its_cell() -> None:
    table = read_table(shared_data("messy/11_quoted_newlines.csv"))
    assert table.text["comment"][0] == 'first line\nsecond, line "quoted"\n\nthird'
