"""Code pages of all countries, and files that are no table: each is named."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from al_core.errors import TableError
from al_core.tables import read_table

WEST = ["Köln", "Zürich", "Málaga", "Besançon"]
CENTRAL = ["Łódź", "Kraków", "Gdańsk", "Žilina", "Győr"]
RUSSIA = ["Москва", "Казань", "Тверь", "Самара", "Уфа"]
BALTIC = ["Rīga", "Šiauliai", "Tõravere", "Liepāja"]
JAPAN = ["東京", "大阪", "京都", "札幌"]
CHINA = ["北京", "上海", "广州", "深圳"]
THAI = ["กรุงเทพ", "เชียงใหม่", "ภูเก็ต", "ขอนแก่น"]
UKRAINE = ["Київ", "Львів", "Одеса", "Харків"]
PAGES = {
    **dict.fromkeys(["cp1252", "mac_roman", "cp850", "cp437", "iso8859_15", "utf-7"], WEST),
    **dict.fromkeys(["utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"], WEST),
    **dict.fromkeys(["cp1250", "iso8859_2", "cp852", "mac_latin2"], CENTRAL),
    **dict.fromkeys(["cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"], RUSSIA),
    **dict.fromkeys(["shift_jis", "euc_jp", "iso2022_jp"], JAPAN),
    **dict.fromkeys(["gb18030", "hz"], CHINA),
    **{"cp1257": BALTIC, "cp874": THAI, "koi8_u": UKRAINE},
}


@pytest.mark.parametrize("page", PAGES)
def test_the_letters_of_a_code_page_are_read_and_the_guess_is_told(page: str) -> None:
    cities = [PAGES[page][i % len(PAGES[page])] for i in range(40)]
    text = "id,city,x\n" + "".join(f"{i},{city},{i}\n" for i, city in enumerate(cities))
    table = read_table(text.encode(page))
    assert table.text["city"].tolist() == cities
    assert any(notice.startswith("Read as") for notice in table.notices)


def test_a_euro_by_itself_is_no_letter_of_another_page() -> None:
    table = read_table("id,t\n1,5 €\n2,7 €\n3,9 €\n".encode("iso8859_15"))
    assert table.frame["t"].tolist() == [5, 7, 9]


def test_a_plus_and_a_tilde_in_plain_text_stay() -> None:
    table = read_table(b"a,b\n1+ABC,~{x}\n2+ADEF,~{y~}\n")
    assert table.text["a"].tolist() == ["1+ABC", "2+ADEF"]
    assert table.text["b"].tolist() == ["~{x}", "~{y~}"]


def test_emoji_written_as_two_halves_are_put_together() -> None:
    data = "id,t\n1,🙂\n2,ö\n".encode("utf-16-le").decode("utf-16-le", "surrogatepass")
    halves = "".join(
        letter
        if ord(letter) < 0x10000
        else "".join(chr(half) for half in memoryview(letter.encode("utf-16-le")).cast("H"))
        for letter in data
    )
    table = read_table(halves.encode("utf-8", "surrogatepass"))
    assert table.text["t"].tolist() == ["🙂", "ö"]


def test_cells_filled_up_with_nul_bytes_open() -> None:
    table = read_table(b"id,t\n1,a\x00\x00\x00\n2,b\x00\x00\x00\n")
    assert table.text["t"].tolist() == ["a", "b"]


def test_a_byte_too_many_at_the_end_of_utf16_makes_no_row() -> None:
    assert read_table("id,t\n1,a\n2,b\n".encode("utf-16") + b"\x00").n_rows == 2


def packed(files: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


def locked() -> bytes:
    data = bytearray(packed({"a.csv": "a,b\n1,2\n"}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def tarred(*names: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = 8
            archive.addfile(member, io.BytesIO(b"a,b\n1,2\n"))
    return file.getvalue()


NAMED: dict[str, tuple[bytes, str]] = {
    "a zip with a password": (locked(), "a.csv in the zip has a password"),
    "Word": (packed({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "Word"),
    "PowerPoint": (packed({"ppt/presentation.xml": "<x/>", "a.xml": "<x/>"}), "PowerPoint"),
    "OpenDocument": (packed({"mimetype": "x", "content.xml": "<x/>"}), "OpenDocument"),
    "Numbers": (packed({"Index/Document.iwa": "x", "b": "x"}), "Numbers"),
    "binary Excel": (packed({"xl/workbook.bin": "x"}), "xlsb"),
    "two tables in a tar": (tarred("a.csv", "b.csv"), r"2 files \(a.csv, b.csv\)"),
    "Stata": (b"<stata_dta><header>", "Stata"),
    "old Stata": (b"\x72\x02\x01\x00" + bytes(range(200)), "Stata"),
    "SPSS": (b"$FL2@(#) SPSS DATA FILE" + bytes(range(200)), "SPSS"),
    "SAS": (b"\x00" * 12 + b"\xc2\xea\x81\x60" + bytes(range(200)), "SAS"),
    "SAS transport": (b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000", "SAS"),
    "MATLAB": (b"MATLAB 5.0 MAT-file, Platform: PCWIN64" + bytes(90), "MATLAB"),
    "R": (gzip.compress(b"RDX3\nX\n\x00\x00\x00\x03" + bytes(90)), "an R data file"),
    "one object of R": (gzip.compress(b"X\n\x00\x00\x00\x03" + bytes(range(90))), "an R data"),
    "dBase": (b"\x03\x7c\x01\x01\x02\x00\x00\x00\x41\x00\x0a\x00" + bytes(60), "dBase"),
    "Access": (b"\x00\x01\x00\x00Standard Jet DB\x00" + bytes(90), "Access"),
    "old Feather": (b"FEA1" + bytes(60), "Feather"),
    "an old pickle": (b"(dp0\nVa\np1\n(lp2\nI1\naI2\nas.", "pickle"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:4\nsize 1\n", "Git LFS"),
    "a link": (b"[InternetShortcut]\nURL=https://example.org/data.csv\n", "a link"),
    "a dump": (
        b"-- MySQL dump 10\nCREATE TABLE `t` (`id` int);\nINSERT INTO `t` VALUES (1);",
        "SQL",
    ),
    "a notebook": (json.dumps({"cells": [{"cell_type": "code"}]}).encode(), "notebook"),
    "contacts": (b"BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEND:VCARD\n", "vCard"),
}


@pytest.mark.parametrize("case", NAMED, ids=list(NAMED))
def test_what_is_no_table_is_called_by_its_name(case: str) -> None:
    data, words = NAMED[case]
    with pytest.raises(TableError, match=words):
        read_table(data)


def test_the_only_table_of_a_zip_is_taken_and_told() -> None:
    table = read_table(packed({"data.csv": "a,b\n1,2\n3,4\n", "README.txt": "hello"}))
    assert table.n_rows == 2
    assert any("Read data.csv" in notice for notice in table.notices)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_the_only_file_of_a_tar_is_read(pack: type[bytes]) -> None:
    assert read_table(pack(tarred("rows.csv"))).frame["b"].tolist() == [2]


@pytest.mark.parametrize("kind", ["Point", "LineString"])
def test_places_on_a_map_are_rows_with_their_properties(kind: str) -> None:
    places = [
        {
            "type": "Feature",
            "properties": {"city": city, "people": i},
            "geometry": {
                "type": kind,
                "coordinates": [i + 0.5, 2] if kind == "Point" else [[1, 2]],
            },
        }
        for i, city in enumerate(["Oslo", "Rome"])
    ]
    data = json.dumps({"type": "FeatureCollection", "features": places}).encode()
    table = read_table(data)
    where = ["longitude", "latitude"] if kind == "Point" else ["geometry"]
    assert table.columns == ["city", "people", *where]
    assert table.frame["people"].tolist() == [0, 1]


def test_letters_encoded_twice_are_mended_in_a_sample_too(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    rows = "".join(f"{i};Köln\n" for i in range(900))
    path.write_bytes(("id;Größe\n" + rows).encode().decode("cp1252").encode())
    table = read_table(path, sample=50)
    assert table.columns == ["id", "Größe"]
    assert set(table.text["Größe"]) == {"Köln"}
    assert any("encoded twice" in notice for notice in table.notices)
    assert read_table(path, sample=50, encoding="utf-8").text.iloc[0, 1] == "KÃ¶ln"


def test_the_guess_of_letters_is_told_of_a_sample_too(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(("id;ort\n" + "".join(f"{i};Köln\n" for i in range(900))).encode("cp1252"))
    table = read_table(path, sample=50)
    assert any("Windows text" in notice and "Köln" in notice for notice in table.notices)


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_a_value_nested_hundreds_deep_is_refused_in_words(kind: str) -> None:
    deep = '{"a": ' + "[" * 900 + "]" * 900 + "}"
    text = f'[{deep}, {{"a": 1}}]' if kind == "json" else f'{deep}\n{{"a": 1}}\n'
    with pytest.raises(TableError, match="nested too deeply"):
        read_table(text.encode())


def test_bytes_of_parquet_that_are_no_letters_are_read_as_question_marks(tmp_path: Path) -> None:
    raw = pa.array([b"late", b"\xff\xfelost", None], pa.binary())
    named_string = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    pq.write_table(pa.table({"a": named_string, "b": [1, 2, 3]}), tmp_path / "a.parquet")
    table = read_table(tmp_path / "a.parquet")
    assert table.text["a"].tolist() == ["late", "\ufffd\ufffdlost", ""]
