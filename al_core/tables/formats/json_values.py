"""JSON as Python values, with every digit of its numbers; GeoJSON as flat rows."""

from __future__ import annotations

import json
from typing import Any

from al_core.tables.delimited.records import LINE_END


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


# -- Places on a map (GeoJSON) as rows: their properties, and where they are.


def features(rows: list[Any]) -> list[dict[str, Any]] | None:
    """One flat row a feature, points as longitude and latitude; None where these are no features.

    >>> point = {"type": "Point", "coordinates": [10.7, 59.9]}
    >>> features([{"type": "Feature", "properties": {"city": "Oslo"}, "geometry": point}])
    [{'city': 'Oslo', 'longitude': 10.7, 'latitude': 59.9}]
    """
    if not all(isinstance(row, dict) and _is_feature(row) for row in rows):
        return None
    points = all(_point(row.get("geometry")) for row in rows)
    flat = []
    for row in rows:
        cells = {"id": row["id"]} if "id" in row else {}
        cells |= row["properties"] or {}
        place = row.get("geometry")
        if points:
            cells = cells | dict(zip(("longitude", "latitude"), place["coordinates"], strict=False))
        else:
            cells = cells | {"geometry": place}
        flat.append(cells)
    return flat


def _is_feature(row: dict[str, Any]) -> bool:
    return row.get("type") == "Feature" and isinstance(row.get("properties", 0), dict | None)


def _point(place: Any) -> bool:
    if not isinstance(place, dict) or place.get("type") != "Point":
        return False
    found = place.get("coordinates")
    return isinstance(found, list) and len(found) >= 2
