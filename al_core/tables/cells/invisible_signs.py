"""What stands in cells and is not meant: signs without width, a spreadsheet's ``="007"``, digits
of other scripts. Taken away before typing alone; the table's text keeps every sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyarrow.compute as pc

MARKS = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
INVISIBLE = re.compile(f"[{MARKS}]")
WRAPPED = re.compile(r'\s*="([^"]*)"\s*')
ZEROS = "\u0660\u06f0\u0966\uff10"  # Arabic, Persian, Hindi, Chinese and Japanese wide ones
DIGITS = {chr(ord(zero) + n): str(n) for zero in ZEROS for n in range(10)}
DIGITS |= {"\u066b": ".", "\u066c": "", "\uff0e": ".", "\uff0d": "-"}
OTHER_DIGITS = re.compile(f"[{''.join(DIGITS)}]")


def as_meant(cells: Any, peek: Sequence[str]) -> tuple[Any, list[str]]:
    """A column (chunked array of text) and its first cells without such signs, where there are any.

    >>> import pyarrow as pa
    >>> as_meant(pa.chunked_array([['="007"', '="012"']]), ['="007"', '="012"'])[1]
    ['007', '012']
    """
    if any(INVISIBLE.search(cell) for cell in peek):
        cells = pc.replace_substring_regex(cells, f"[{MARKS}]", "")
        peek = [INVISIBLE.sub("", cell) for cell in peek]
    if peek and all(WRAPPED.fullmatch(cell) for cell in peek):
        cells = pc.replace_substring_regex(cells, r'^\s*="([^"]*)"\s*$', r"\1")
        peek = [WRAPPED.sub(r"\1", cell) for cell in peek]
    if peek and any(map(OTHER_DIGITS.search, peek)) and all(map(_only_digits, peek)):
        for sign, digit in DIGITS.items():
            cells = pc.replace_substring(cells, sign, digit)
        peek = [OTHER_DIGITS.sub(lambda m: DIGITS[m.group()], cell) for cell in peek]
    return cells, [cell for cell in peek if cell.strip()]


def _only_digits(cell: str) -> bool:
    return not any(letter.isalpha() for letter in cell)
