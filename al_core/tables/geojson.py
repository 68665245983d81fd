"""Places on a map (GeoJSON) as rows: their properties, and where they are."""

from __future__ import annotations

from typing import Any


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
