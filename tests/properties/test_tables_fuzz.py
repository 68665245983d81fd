"""Whatever bytes come in: a Table or a TableError, never anything else, never a hang."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from al_core.errors import TableError
from al_core.tables import Table, read_table

# Each run draws others. A choice: 10,000, the long run by hand, took 110 s of every run of CI.
EXAMPLES = int(os.environ.get("AL_WORKBENCH_FUZZ", "2500"))
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
HEADS = st.sampled_from(
    [
        *(b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"PK\x03\x04", b"\x1f\x8b\x08\x00"),
        *(b"BZh9", b"\xfd7zXZ\x00", b"%PDF", b"{", b"[{", b'{"a": 1}' + b"\n", b"<html>", b"PAR1"),
        *(b"| a | b |\n|---|---|\n", b'{"data":[', b'[["a"],', b"|a|\n|b|\n|c|\n", b"a||b\n"),
        *(b"a,b\n1,2\n", b"x;y\r\n1,5;2\r\n", b"id\tname\r1\tb\r", b"\x00a\x00,", b"sep=;\n"),
    ]
)
CELLS = st.sampled_from(
    [
        *("", " ", "1", "-2.5", "1,5", "1.234,56", "007", "12345678901234567890", "n/a", "?"),
        *("2024-01-31", "31/01/2024", "1/2/24", "Jan 3 2023", "2024-02-30", "12:30", "1e400"),
        *("$ 5", "12 %", "(3)", "a", "é", "日本", "\U0001f600", '"', '""', '"a"', '"x', 'y"'),
        *("a\nb", '"a\nb"', "'", "=1+1", "<b>", "\x00", "\x0b", "\u2028", "\ufeff", "\xa0"),
        *("0x10", "- 1", "−5", "2024-01-01T10:00:00Z", "2024-01-01 10:00+02:00", "99/99/9999"),
        *(
            "0000-00-00",
            "1'000",
            "+1",
            "TRUE",
            "inf",
            '\\"a',
            "a\\",
            "|",
            "---",
            "# x",
            "Ã¼",
            "5 kg",
        ),
        *("1.2E+17", "3. März 2024", "Total", '{"ImportId":"Q1"}', "5-", "a  b"),
    ]
)
SIGNS = st.sampled_from([",", ";", "\t", "|", " ", ":", "^", "\x1f", "", ", ", "||", "::", "  "])
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", ""])
ENCODINGS = st.sampled_from(
    ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32", "gb18030"]
)


@st.composite
def almost_csv(draw: st.DrawFn) -> bytes:
    """Text that is nearly a CSV: rows of about equal length, odd cells, odd ends."""
    sign, end, width = draw(SIGNS), draw(ENDS), draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=0, max_size=6))
    regular = draw(st.booleans())
    lines = [sign.join((row * width)[:width] if regular else row) for row in rows]
    text = end.join(lines) + draw(ENDS)
    return text.encode(draw(ENCODINGS), "replace")


def gives_a_table_or_an_error(data: bytes, **wishes: object) -> None:
    try:
        table = read_table(data, **wishes)  # type: ignore[arg-type]
    except TableError as error:
        if str(error).strip():
            return
        raise
    assert isinstance(table, Table)
    assert table.frame.shape == table.text.shape
    assert table.n_rows > 0
    assert len(set(table.columns)) == len(table.columns) > 0
    assert all(name and "\x00" not in name for name in table.columns)


@FUZZ
@example(b"| a | b |\n|---|---|\nA\xe2\x80\x00")  # in no code page it looked like a language
@given(st.builds(bytes.__add__, HEADS, st.binary(max_size=60)))
def test_any_bytes_give_a_table_or_a_table_error(data: bytes) -> None:
    gives_a_table_or_an_error(data)


@FUZZ
@example(b",,\n,\xef\xbb\xbf\n,,,2024-01-31\n,,,\n", False, "auto")  # names over a short line
@given(almost_csv(), st.booleans(), st.sampled_from(["auto", None, 1, 2]))
def test_anything_like_a_csv_gives_a_table_or_a_table_error(
    data: bytes, skip: bool, header: str | int | None
) -> None:
    gives_a_table_or_an_error(data, skip_bad_rows=skip, header=header)
