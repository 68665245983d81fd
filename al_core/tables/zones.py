"""Zones behind a time of day: taken off, and the moment counted in UTC."""

from __future__ import annotations

import re

HOURS = {"Z": 0, "GMT": 0, "UTC": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2}
HOURS |= {"EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "EST": -5}
HOURS |= {"EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
"""Names that mean one zone only; IST or CST may be several, so they are left alone."""
ZONE = re.compile(
    r"(?P<rest>.*\d:\d\d.*?)\s*(?:(?:GMT|UTC)?\s*(?P<sign>[-+−])(?P<h>\d{1,2})(?::?(?P<m>\d\d))?"
    rf"|\b(?P<name>{'|'.join(HOURS)}))(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)


def without_zone(text: str) -> tuple[str, int] | None:
    """A time without its zone, and the minutes that the zone is ahead of UTC; None without one.

    >>> without_zone("Mon Jan 01 2024 10:00:00 GMT+0130 (somewhere)")
    ('Mon Jan 01 2024 10:00:00', 90)
    """
    found = ZONE.fullmatch(text.strip())
    if found is None:
        return None
    if found["name"]:
        return found["rest"].strip(), 60 * HOURS[found["name"].upper()]
    minutes = 60 * int(found["h"]) + int(found["m"] or 0)
    return found["rest"].strip(), minutes if found["sign"] == "+" else -minutes
