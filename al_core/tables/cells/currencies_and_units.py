"""What stands beside numbers: currencies, per cent, units, brackets, a minus behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyarrow.compute as pc

from al_core.tables.cells.vocabulary import AFFIX, UNIT

SIGN = "[-+−]?"
BRACKETS = r"^\(([^()]*)\)$"
NUMBER_SIGNS = r"[0-9.,'’ \x{a0}\x{202f}\x{2009}\x{2007}+\-−]"
SIGNED = re.compile(r"([^\d\s.,+()-]{0,4})\s?[-+]?\d[\d.,' ]*?\s?([^\d\s.,()]{0,6})")


def without_affixes(cells: Any) -> tuple[Any, str] | None:
    """Trimmed cells without the currency, per cent sign or unit that all carry, and what to tell.

    None for any other letters. Brackets round some numbers are an accountant's minus (round all
    they mean nothing), a minus behind a number is SAP's.
    """
    cells, told = _without_brackets(cells)
    cells = pc.replace_substring_regex(cells, r"^([0-9][0-9.,'’ ]*)[-−]$", r"-\1")
    left = pc.unique(pc.replace_substring_regex(cells, NUMBER_SIGNS, ""))
    if len(left) > 3:
        return None
    signs = {sign.lower() for sign in left.to_pylist() if sign is not None}
    if signs <= {"", "e"}:
        return cells, told
    if len(signs) != 1:
        return None
    title = str(left[0].as_py() or left[len(left) - 1].as_py())
    if re.fullmatch(UNIT, min(signs), re.IGNORECASE):
        return pc.replace_substring_regex(cells, rf"(?i)\s*{UNIT}$", ""), _left_out(title, told)
    if not re.fullmatch(AFFIX, min(signs), re.IGNORECASE):
        return None
    cells = pc.replace_substring_regex(cells, rf"(?i)^({SIGN})\s*{AFFIX}\s*", r"\1")
    cells = pc.replace_substring_regex(cells, rf"(?i)\s*{AFFIX}$", "")
    return cells, _left_out(title, told)


def _left_out(title: str, brackets: str) -> str:
    return "; ".join(filter(None, [f"{title} left out", brackets]))


def _without_brackets(cells: Any) -> tuple[Any, str]:
    held = pc.match_substring_regex(cells, BRACKETS)
    if not pc.any(held, min_count=0).as_py():
        return cells, ""
    every = pc.all(held, min_count=0).as_py() and len(cells) - cells.null_count > 1
    told = "the brackets left out" if every else "brackets count as a minus"
    return pc.replace_substring_regex(cells, BRACKETS, r"\1" if every else r"-\1"), told


def unlike_signs(cells: Sequence[str]) -> bool:
    """Whether all cells are numbers, with currencies or units that are not all the same.

    >>> unlike_signs(["$5", "€ 7"]), unlike_signs(["5 kg", "7 g"]), unlike_signs(["A1", "B2"])
    (True, True, False)
    """
    found = [SIGNED.fullmatch(cell.strip()) for cell in cells]
    signs = {(match[1] + match[2]).strip().lower() for match in found if match}
    known = re.compile(rf"{AFFIX}|{UNIT}|", re.IGNORECASE)
    return len(signs) > 1 and all(found) and all(map(known.fullmatch, signs))
