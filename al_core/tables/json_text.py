"""JSON as Python values, with every digit of its numbers."""

from __future__ import annotations

import json
from typing import Any

from al_core.tables.tokens import LINE_END


class Digits(str):
    """A number as it stood in the file, with every digit."""


def single_object(text: str) -> Any:
    """The object of a file of one line; None where there are more."""
    bare = text.strip()
    if LINE_END.search(bare):
        return None
    try:
        return loads(bare)
    except ValueError:
        return None


def _loads_in_turn(text: str) -> list[Any]:
    """Objects one after the other, each over several lines, as some tools log them."""
    decoder = json.JSONDecoder(parse_int=Digits, parse_float=Digits, parse_constant=Digits)
    found, place = [], 0
    while place < len(text):
        try:
            value, end = decoder.raw_decode(text, place)
        except RecursionError:
            raise ValueError("it is nested too deeply") from None
        found.append(value)
        place = len(text) - len(text[end:].lstrip(" \t\r\n,"))
    return found


def loads_whole(text: str) -> Any:
    """One value, or a list of the objects that stand one after the other; ValueError otherwise."""
    try:
        return loads(text)
    except json.JSONDecodeError as error:
        if "Extra data" not in str(error) or not text.startswith("{"):
            raise
        return _loads_in_turn(text)


def loads(text: str) -> Any:
    """The one value of a text; ValueError otherwise."""
    try:
        return json.loads(text, parse_int=Digits, parse_float=Digits, parse_constant=Digits)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
