"""Numbers as people write them: thousands, decimal comma, currency, per cent, blanks in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from al_core.tables.cells.arrow_bytes import holds_x, leading_zeros
from al_core.tables.cells.currencies_and_units import SIGN, without_affixes
from al_core.tables.cells.vocabulary import DASH, MISSING, MISSING_WORDS

# Whole numbers that 64-bit floats tell apart.
EXACT = 2**53
"""The largest whole number up to which float64 keeps every digit."""
SPACED = r"\d{1,3}(?:['’]\d{3})+|\d{1,3}(?:[ \x{a0}\x{202f}\x{2009}\x{2007}]\d{3})+|\d+"
LAKHS = r"[1-9]\d?(?:,\d\d)+,\d{3}"
POINT = rf"{SIGN}\s?(?:(?:[1-9]\d{{0,2}}(?:,\d{{3}})+|{LAKHS}|{SPACED})(?:\.\d*)?|\.\d+)"
COMMA = rf"{SIGN}\s?(?:(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+|{SPACED})(?:,\d*)?|,\d+)"
EXPONENT = r"(?:[eE][-+]?\d{1,3})?"
LEADING_ZERO = r"^\s*[-+]?0[0-9]"
SHORTENED = r"^\d([.,]\d{1,5})?E\+\d\d$"
TELEPHONE = r"^\+\d{7,15}$"
HUGE = r"^[^iI]*\d[eE]\+?\d{3,}$"
# A choice: a first look that spares most columns the whole one.
PEEK = 20
"""Cells looked at before all of them are: most columns are told apart by these."""
ADDRESS = r"^(25[0-5]|2[0-4]\d|[01]?\d?\d)(\.(25[0-5]|2[0-4]\d|[01]?\d?\d)){3}$"
"""The address of a computer: no number in groups stays below 256 in all of four."""
LOOKED_AT = 1_000
"""Cells in which the number of a lot is looked for."""
LONG_WHOLE = r"^[-+]?[0-9]{16,}(\.|$)"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column read as numbers; ``decimal`` is the sign that was proved, "" where none was.

    ``reason`` says why the column stays text though its cells are numbers.
    """

    values: NDArray[np.int64] | NDArray[np.float64]
    decimal: str = ""
    notice: str = ""
    ambiguous: bool = False
    reason: str = ""


STAYS_TEXT = np.empty(0)
# The same marks in the words of Python's regular expressions.
_WRITTEN = re.compile(
    re.sub(r"\\x\{(\w+)\}", lambda m: chr(int(m[1], 16)), rf"(?:{POINT}|{COMMA}){EXPONENT}")
)
LOT = r"^[0-9]+E[0-9]{1,3}$"
LOT_OR_WHOLE = r"^[0-9]+(E[0-9]{1,3})?$"


def written_as_number(cell: str) -> bool:
    """Whether one cell is a number as people write them, no date, version or list of numbers.

    >>> written_as_number(" 1,234.5"), written_as_number("1.2.3"), written_as_number("1,2,3")
    (True, False, False)
    """
    return _WRITTEN.fullmatch(cell.strip()) is not None


def plain_numbers(cells: Any) -> Numbers | None:
    """Numbers in computer style (null is missing), or None where a cell is none."""
    for kind in (pa.int64(), pa.float64()):
        try:
            values = pc.cast(cells, kind)
        except pa.ArrowInvalid:
            continue
        if kind == pa.int64() and holds_x(cells):
            return None
        return Numbers(_to_numpy(values))
    return None


def _to_numpy(values: Any) -> NDArray[np.int64] | NDArray[np.float64]:
    if values.null_count or values.type != pa.int64():
        values = values.cast(pa.float64(), safe=False)  # what is not exact stays text all the same
        return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.float64)
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.int64)


def _any(mask: Any) -> bool:
    return bool(pc.any(mask, min_count=0).as_py())


def _all(mask: Any) -> bool:
    return bool(pc.all(mask, min_count=0).as_py())


def keep_as_text(cells: Any, numbers: Numbers) -> str:
    """Why a column of digits stays text: leading zeros, or whole numbers too long to be exact."""
    zeros = leading_zeros(cells)
    if zeros is None:
        zeros = _any(pc.match_substring_regex(cells, LEADING_ZERO))
    if zeros:
        return "leading zeros"
    if _lots(cells):
        return "lot numbers"
    if _telephones(cells[:PEEK]) and _telephones(cells):
        return "phone numbers"
    values = numbers.values
    if np.isinf(values).any() and _any(pc.match_substring_regex(cells, HUGE)):
        return "too large"
    finite = values if values.dtype == np.int64 else values[np.isfinite(values)]
    large = finite.size and (finite.max() >= EXACT or finite.min() <= -EXACT)
    if large and (values.dtype == np.int64 or _any(pc.match_substring_regex(cells, LONG_WHOLE))):
        return "long numbers"
    return ""


def _lots(cells: Any) -> bool:
    """Whether 1E5 is the number of a lot: a program would write 1E+05, and a person 100000."""
    filled = cells[:LOOKED_AT].drop_null()
    if not _any(pc.match_substring_regex(filled, LOT)):
        return False
    return _all(pc.match_substring_regex(cells, LOT_OR_WHOLE))


def _telephones(cells: Any) -> bool:
    return _all(pc.match_substring_regex(cells, TELEPHONE))


def shortened(cells: Any, numbers: Numbers) -> str:
    """Whether large numbers are written as spreadsheets show them, the last digits gone."""
    # Spreadsheets shorten numbers of twelve digits and more (1.23457E+11).
    if numbers.values.dtype == np.int64 or not (np.nan_to_num(numbers.values) >= 1e11).any():
        return ""
    return "shortened" if _any(pc.match_substring_regex(cells, SHORTENED)) else ""


def missing_mask(cells: Any) -> Any:
    """True where a trimmed cell is a word for "no value", or an accountant's dash."""
    words = pc.is_in(pc.utf8_lower(cells), value_set=pa.array(MISSING, type=cells.type))
    return pc.or_kleene(words, pc.match_substring_regex(cells, DASH))


def is_missing(cell: str) -> bool:
    """The same of one cell.

    >>> is_missing(" N/A"), is_missing("$ -"), is_missing("0")
    (True, True, False)
    """
    cell = cell.strip()
    if cell[:1].isdigit():  # most cells that are asked about: dates by the hundred thousand
        return False
    bare = cell.strip("$€£¥ \xa0")
    return cell.lower() in MISSING_WORDS or (bare != "" and not bare.strip("-–—"))


def written_numbers(cells: Any, decimal: str | None) -> Numbers | None:
    """Trimmed cells (missing ones null) as people write numbers; None where they are not.

    ``decimal`` is the sign proved elsewhere in the file. ``ambiguous`` says that ``1,234`` could
    be read both ways and that ``decimal`` (or a point, by default) decided.
    """
    bare = without_affixes(cells)
    if bare is None:
        return None
    cells, told = bare
    if _all(pc.match_substring_regex(cells, ADDRESS)):
        return None
    point, comma = _full(cells, POINT), _full(cells, COMMA)
    if (point and comma and _both_signs(cells)) or (
        not point and not comma and _full(cells, rf"(?:{POINT}|{COMMA})")
    ):
        return Numbers(STAYS_TEXT, reason="two ways")
    if not point and not comma:
        return None
    sign = decimal if point and comma and decimal else "." if point else ","
    if decimal == "," and comma:
        sign = ","
    numbers = _parse(cells, sign)
    if numbers is None or numbers.reason:
        return numbers
    proved = sign if point != comma else ""
    ambiguous = point and comma and _grouped(cells)
    return Numbers(numbers.values, proved, told, ambiguous)


def _full(cells: Any, pattern: str) -> bool:
    return _all(pc.match_substring_regex(cells, rf"^{pattern}{EXPONENT}$"))


def _grouped(cells: Any) -> bool:
    return _any(pc.match_substring_regex(cells, r"\d[.,]\d{3}$"))


def _both_signs(cells: Any) -> bool:
    """Whether some cells are like 1,234 and others like 1.234."""
    point, comma = (_any(pc.match_substring_regex(cells, rf"\d{s}\d{{3}}$")) for s in ("\\.", ","))
    return point and comma


def _parse(cells: Any, decimal: str) -> Numbers | None:
    cells = pc.replace_substring_regex(cells, r"[ \x{a0}\x{202f}\x{2009}\x{2007}'’]", "")
    cells = pc.replace_substring(cells, "−", "-")
    if decimal == ",":
        cells = pc.replace_substring(pc.replace_substring(cells, ".", ""), ",", ".")
    else:
        cells = pc.replace_substring(cells, ",", "")
    read = plain_numbers(cells)
    reason = "" if read is None else keep_as_text(cells, read)
    return Numbers(STAYS_TEXT, reason=reason) if reason else read
