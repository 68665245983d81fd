"""Files as people have them, beyond the shared set: each opens as meant, or says why not."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from al_core.errors import TableError
from al_core.tables import BadRowsError, SheetError, TooLargeError, read_options, read_table
from al_core.tables.sources import limits

ROWS = "".join(f"{i},{i * 1.5},Zürich {i % 3},{'yes' if i % 2 else 'no'}\n" for i in range(30))
PLAIN = "id,amount,city,label\n" + ROWS


def assert_plain(data: bytes) -> None:
    table = read_table(data)
    assert table.columns == ["id", "amount", "city", "label"]
    assert table.frame.shape == (30, 4)
    assert [dtype.kind for dtype in table.frame.dtypes] == ["i", "f", "O", "O"]
    assert table.text["city"][1] == "Zürich 1"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_encoding_is_found(encoding: str) -> None:
    assert_plain(PLAIN.encode(encoding))


def test_big_endian_with_a_mark_is_found() -> None:
    assert_plain(b"\xfe\xff" + PLAIN.encode("utf-16-be"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end: str) -> None:
    assert_plain(PLAIN.replace("\n", end).encode())


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", "\x1f", "^", "~"])
def test_the_delimiter_is_found(sign: str) -> None:
    assert_plain(PLAIN.replace(",", sign).encode())


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_unpacked_by_content(pack: object) -> None:
    assert_plain(pack(PLAIN.encode()))  # type: ignore[operator]


def zipped(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return file.getvalue()


def test_a_zip_of_one_csv_is_unpacked() -> None:
    assert_plain(zipped(data_csv=PLAIN.encode()))


def test_a_zip_of_two_files_names_them() -> None:
    with pytest.raises(TableError, match=r"2 files \(a\.csv, b\.csv\)"):
        read_table(zipped(a_csv=b"a\n1", b_csv=b"b\n1"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", r"empty \(0 bytes\)"),
        (b"  \n \r\n\t", "only blank space"),
        (b"\x00" * 50, "not text"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\xff\xd8\xff\xe0abc", "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), r"old Excel file \(\.xls\)"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\x1f\x8b\x08\x00 broken", "gzip file is damaged"),
        (b"PAR1 broken PAR1", "Parquet file is damaged"),
        (b"SQLite format 3\x00" + bytes(50), "SQLite"),
        (b"<!DOCTYPE html>\n<html><body><p>Log in</p></body></html>", "HTML page"),
        (b'<?xml version="1.0"?><rows/>', "XML"),
        (b'{"a": {"b": [1, 2]},\n "c": 3}', "JSON"),
        (b"a,b,c\n", "no rows"),
        (b"a;b\n\n\n", "no rows"),
    ],
)
def test_what_is_no_table_is_named(data: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_table(data)


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_named_csv_opens_at_its_first_sheet_with_cells() -> None:
    rows: list[list[object]] = [
        ["id", "when", "ok"],
        *([i, pd.Timestamp("2024-03-01"), True] for i in range(3)),
    ]
    table = read_table(workbook(("blank", []), ("Data", rows)), name="x.csv")
    assert table.dialect.sheet == "Data"
    assert table.text.iloc[0].tolist() == ["0", "2024-03-01", "TRUE"]
    assert table.frame["when"].dtype.kind == "M"


def test_a_sheet_can_be_chosen_and_a_wrong_one_lists_those_there_are() -> None:
    data = workbook(("One", [["a", "b"], [1, 2]]), ("Two", [["c", "d"], ["007", 4]]))
    assert read_table(data, sheet="Two").text["c"].tolist() == ["007"]
    assert read_options(data).sheets == ["One", "Two"]
    with pytest.raises(SheetError, match="One, Two"):
        read_table(data, sheet="Three")


def test_a_workbook_with_a_title_above_its_table_opens_at_the_names() -> None:
    rows: list[list[object]] = [["Report"], [], ["id", "city"], [1, "Oslo"], [2, None], [3, "Rome"]]
    table = read_table(workbook(("S", rows)))
    assert table.columns == ["id", "city"]
    assert table.text["city"].tolist() == ["Oslo", "", "Rome"]


def test_parquet_keeps_its_cells(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"n": [1, 2], "zip": ["01", "02"], "t": pd.to_datetime(["2024-01-01"] * 2)}
    )
    frame.to_parquet(tmp_path / "x.csv")
    table = read_table(tmp_path / "x.csv")
    assert table.text["zip"].tolist() == ["01", "02"]
    assert [dtype.kind for dtype in table.frame.dtypes] == ["i", "O", "M"]


def test_json_lines_keep_every_digit() -> None:
    lines = [{"id": 12345678901234567890, "x": 1.5, "t": "a"}, {"id": 2, "t": None, "new": True}]
    table = read_table("\n".join(map(json.dumps, lines)).encode())
    assert table.text.iloc[0].tolist() == ["12345678901234567890", "1.5", "a", ""]
    assert table.text.iloc[1].tolist() == ["2", "", "", "true"]


def test_a_json_list_of_records_opens() -> None:
    assert read_table(b'[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]').frame.shape == (2, 2)


def test_a_bad_line_of_json_lines_is_named() -> None:
    with pytest.raises(BadRowsError, match="line 2"):
        read_table(b'{"a": 1}\n{"a": \n{"a": 3}\n')


def test_no_header_is_seen_and_said() -> None:
    table = read_table("\n".join(f"{i},{i}.5,x" for i in range(10)).encode())
    assert table.columns == ["column 1", "column 2", "column 3"]
    assert table.n_rows == 10
    assert any("No line of names" in notice for notice in table.notices)


def test_a_header_of_years_is_a_header() -> None:
    table = read_table(b"land,2019,2020,2021\nDE,1.5,2,3\nFR,2.5,3,4\n")
    assert table.columns == ["land", "2019", "2020", "2021"]


def test_the_header_can_be_overruled() -> None:
    assert read_table(b"a,b\nc,d\n", header=None).n_rows == 2
    assert read_table(b"x\n\na,b\n1,2\n3,4\n", header=3).columns == ["a", "b"]


def test_one_column_of_sentences_is_one_column() -> None:
    lines = ["text", *["Well, I say", "no", "yes, yes, and yes", "Braund, Owen", "fine"] * 4]
    table = read_table("\n".join(lines).encode())
    assert table.frame.shape == (20, 1)


def test_one_column_of_names_with_commas_is_one_column() -> None:
    table = read_table(b"name\nBraund, Owen\nHeikkinen, Laina\nAllen, William\n")
    assert table.text["name"].tolist() == ["Braund, Owen", "Heikkinen, Laina", "Allen, William"]


def test_a_trailing_delimiter_gives_no_column_and_shifts_nothing() -> None:
    for head in ("id,city,label", "id,city,label,"):
        table = read_table(f"{head}\n1,Oslo,a,\n2,Rome,b,\n".encode())
        assert table.columns == ["id", "city", "label"]
        assert table.frame["id"].tolist() == [1, 2]


def test_row_names_as_r_writes_them_are_a_column_of_their_own() -> None:
    table = read_table(b'"x","y"\n"a",1,2\n"b",3,4\n')
    assert table.columns == ["row name", "x", "y"]


def test_blank_lines_are_no_rows_and_do_not_shift_line_numbers() -> None:
    with pytest.raises(BadRowsError, match="line 6: 3 fields, 2 expected"):
        read_table(b"a,b\n\n1,2\n\n3,4\n5,6,7\n8,9\n")


def test_stray_quotes_in_a_cell_are_letters() -> None:
    table = read_table(b'id,size,label\n1,5" pipe,a\n2,"Big" Bob,b\n3,"a, ""b""",a\n')
    assert table.text["size"].tolist() == ['5" pipe', '"Big" Bob', 'a, "b"']


def test_an_unclosed_quote_spoils_its_own_line_only() -> None:
    table = read_table(b'id,t\n1,"a"\n2,"b\n3,"c"\n4,"d"\n', skip_bad_rows=True)
    assert table.text["id"].tolist() == ["1", "3", "4"]
    assert table.bad_rows[0].line == 3


def test_spaces_before_a_quote_do_not_matter() -> None:
    table = read_table(b'id, t, label\n1, "a, b", x\n2, "c, d", y\n')
    assert table.text["t"].tolist() == ["a, b", "c, d"]


def test_excels_sep_line_is_obeyed() -> None:
    table = read_table(b"sep=;\na;b\n1,5;x\n2,5;y\n")
    assert table.columns == ["a", "b"]
    assert table.frame["a"].tolist() == [1.5, 2.5]


def test_nul_bytes_are_left_out_and_their_lines_named() -> None:
    table = read_table(b"a,b\n1,x\x00y\n2,z\n" * 1)
    assert table.text["b"].tolist() == ["xy", "z"]
    assert any("line 2" in notice for notice in table.notices)


def test_a_few_bad_bytes_are_replaced_and_their_lines_named() -> None:
    data = PLAIN.encode() + b"30,1.5,Z\x81rich,no\n"
    table = read_table(data)
    assert table.text["city"][30] == "Z�rich"
    assert any("line 32" in notice for notice in table.notices)


def test_two_encodings_in_one_file_are_both_read() -> None:
    lines = PLAIN.splitlines()
    data = b"\n".join(line.encode("cp1252" if i % 2 else "utf-8") for i, line in enumerate(lines))
    assert set(read_table(data).text["city"]) == {"Zürich 0", "Zürich 1", "Zürich 2"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Łódź, Kraków, Gdańsk, Poznań, Świnoujście, żółć", "cp1250"),
        ("Москва; Санкт-Петербург; Новосибирск и другие города страны", "cp1251"),
        ("東京は日本の首都であり、世界最大の都市の一つです。大阪も大きな都市です", "cp932"),
        ("Müller “sagt” – Grüße, naïve façade €5", "cp1252"),
    ],
)
def test_code_pages_of_other_scripts_are_guessed(text: str, encoding: str) -> None:
    body = "\n".join(f'{i}\t"{text}"' for i in range(20))
    table = read_table(f"id\ttext\n{body}\n".encode(encoding))
    assert table.text["text"][0] == text


def test_a_very_long_cell_is_kept_whole() -> None:
    table = read_table(b"id,t\n1,short\n2," + b"x" * 3_000_000 + b"\n")
    assert len(table.text["t"][1]) == 3_000_000


def test_empty_and_odd_names_become_good_ones() -> None:
    table = read_table("id,,Größe \x07cm,id,\n1,2,3,4,5\n".encode())
    assert table.columns == ["id", "column 2", "Größe  cm", "id.1", "column 5"]


def test_no_digit_is_lost() -> None:
    rows = "100000000000000001,28446744073709551616,00001,1.50,9007199254740993\n" * 3
    table = read_table(("account,big,zip,price,odd\n" + rows).encode())
    for column, value in [
        ("account", "100000000000000001"),
        ("zip", "00001"),
        ("odd", "9007199254740993"),
    ]:
        assert str(table.frame[column][0]) == value
    assert table.frame["price"][0] == 1.5
    assert table.text["price"][0] == "1.50"


def test_infinite_values_are_numbers() -> None:
    table = read_table(b"x,y\n1.5,a\ninf,b\n-Infinity,c\n,d\n")
    assert np.isposinf(table.frame["x"][1])
    assert np.isneginf(table.frame["x"][2])
    assert np.isnan(table.frame["x"][3])


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["12 %", "7 %", "100 %"], [12, 7, 100]),
        (["€ 1.234,50", "€ 0,99", "€ 12,00"], [1234.5, 0.99, 12]),
        (["1 234 567", "12", "1 000"], [1234567, 12, 1000]),
        (["1'000.5", "12.25", "3"], [1000.5, 12.25, 3]),
        (["(1,200)", "300", "-4"], [-1200, 300, -4]),
        (["1,234", "12", "1,000,000"], [1234, 12, 1000000]),
        (["n/a", "5", "?"], [None, 5, None]),
        (["−5", "3", "−1.5"], [-5, 3, -1.5]),
        (["1e3", "2.5E-2", "-1"], [1000, 0.025, -1]),
    ],
)
def test_numbers_as_people_write_them(cells: list[str], numbers: list[float | None]) -> None:
    table = read_table(("x;y\n" + "".join(f"{cell};a\n" for cell in cells)).encode())
    found = [None if np.isnan(value) else value for value in table.frame["x"].astype(float)]
    assert found == numbers
    assert table.text["x"].tolist() == cells


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "2", "x"],
        ["$5", "€6", "7"],
        ["12%", "0.12", "3"],
        ["0x10", "1", "2"],
        ["1_000", "2", "3"],
    ],
)
def test_columns_that_are_not_all_numbers_stay_text(cells: list[str]) -> None:
    table = read_table(("x;y\n" + "".join(f"{cell};a\n" for cell in cells)).encode())
    assert table.frame["x"].tolist() == cells


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        (["01/02/2024", "12/31/2024"], "2024-12-31"),
        (["01.02.2024", "05.03.2024"], "2024-03-05"),
        (["2024/01/05", "2024/02/06"], "2024-02-06"),
        (["3 Jan 2024", "15 March 2024"], "2024-03-15"),
        (["Mon, 01 Jan 2024 10:00:00 GMT", "Tue, 02 Jan 2024 11:30:00 GMT"], "2024-01-02 11:30"),
        (["1/31/2024 9:05 PM", "2/1/2024 12:01 AM"], "2024-02-01 00:01"),
        (["2024-01-01 10:00:00.5", "2024-01-02"], "2024-01-02"),
    ],
)
def test_dates_are_typed(cells: list[str], last: str) -> None:
    table = read_table(("d\tlabel\n" + "".join(f"{cell}\ta\n" for cell in cells)).encode())
    assert table.frame["d"].iloc[-1].tz_localize(None) == pd.Timestamp(last)


@pytest.mark.parametrize(
    "cells", [["31/12/2024", "12/31/2024"], ["2024-02-30", "2024-01-01"], ["12:30", "13:00"]]
)
def test_what_cannot_be_dates_stays_text(cells: list[str]) -> None:
    table = read_table(("d;label\n" + "".join(f"{cell};a\n" for cell in cells)).encode())
    assert table.frame["d"].tolist() == cells


def test_a_large_file_takes_the_bulk_way_and_reads_the_same() -> None:
    frame = pd.DataFrame(
        {"id": range(3000), "t": ['a "b", c\nd', "", "é"] * 1000, "x": [0.5, 1.5, 2.5] * 1000}
    )
    data = frame.to_csv(index=False).encode()
    assert len(data) > limits.BULK_FROM_BYTES
    table = read_table(data)
    assert table.text["t"].tolist() == frame["t"].tolist()
    assert table.frame["x"].tolist() == frame["x"].tolist()


def test_a_large_file_with_a_short_row_names_its_line() -> None:
    lines = ["a,b,c", *["1,2,3"] * 20_000]
    lines[15_000] = "1,2"
    with pytest.raises(BadRowsError, match="line 15001: 2 fields, 3 expected"):
        read_table("\n".join(lines).encode())


def test_progress_is_told_and_can_cancel() -> None:
    seen: list[float] = []
    read_table(PLAIN.encode(), on_progress=lambda share, what: seen.append(share))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0

    class Cancelled(Exception):
        pass

    def cancel(share: float, what: str) -> None:
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_table(PLAIN.encode(), on_progress=cancel)


def test_above_the_limit_a_sample_is_offered_and_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.csv"
    rows = "".join(f'{i},"line\nbreak {i}",é\n' for i in range(5_000))
    path.write_text("id,t,x\n" + rows, encoding="utf-8")
    monkeypatch.setattr(limits, "MAX_BYTES", 50_000)
    with pytest.raises(TooLargeError, match="random sample"):
        read_table(path)
    table = read_table(path, sample=100)
    ids = table.frame["id"].tolist()
    assert len(ids) == 100
    assert ids == sorted(ids)
    assert table.text["t"].tolist() == [f"line\nbreak {i}" for i in ids]
    assert read_table(path, sample=100).frame.equals(table.frame)
    assert any("random sample of 100 of 5,000 rows" in notice for notice in table.notices)


def test_a_sample_of_a_gzip_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "x.csv.gz"
    path.write_bytes(
        gzip.compress(("id;t\n" + "".join(f"{i};a\n" for i in range(900))).encode("cp1252"))
    )
    assert read_table(path, sample=50).n_rows == 50


def test_a_path_that_is_not_there_is_said() -> None:
    with pytest.raises(TableError, match="There is no file"):
        read_table("no/such/file.csv")


def test_an_encoding_that_does_not_exist_is_said() -> None:
    with pytest.raises(TableError, match='no encoding "klingon"'):
        read_table(PLAIN.encode(), encoding="klingon")


def test_the_panel_of_choices_shows_how_each_encoding_would_read() -> None:
    options = read_options(PLAIN.encode("cp1252"))
    assert options.encodings[0].encoding == "cp1252"
    assert "Zürich" in options.encodings[0].preview
    assert options.first_lines[0] == "id,amount,city,label"
