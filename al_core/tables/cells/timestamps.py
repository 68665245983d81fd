"""Times as programs write them, put into an order that people write too; zones taken off."""

from __future__ import annotations

import re

_ZONE = r"(?P<zone>\s?Z|\s?[-+]\d{2}:?\d{2})?"
_NAME = r"(?P<m>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_SHAPES = (
    # ISO 8601 without signs between: 20240131T101500Z
    (
        rf"(?P<y>\d{{4}})(?P<m>\d\d)(?P<d>\d\d)T(?P<h>\d\d)(?P<min>\d\d)(?P<s>\d\d)?{_ZONE}",
        "{y}-{m}-{d}T{h}:{min}:{s}{zone}",
    ),
    # the log of a web server: 10/Oct/2000:13:55:36 -0700
    (
        rf"\[?(?P<d>\d\d)/{_NAME}/(?P<y>\d{{4}}):(?P<h>\d\d):(?P<min>\d\d):(?P<s>\d\d){_ZONE}\]?",
        "{d}-{m}-{y} {h}:{min}:{s}{zone}",
    ),
    # the clock of C: Wed Oct 10 20:19:24 +0000 2018
    (
        rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) {_NAME} +(?P<d>\d\d?) "
        rf"(?P<h>\d\d):(?P<min>\d\d):(?P<s>\d\d){_ZONE} (?P<y>\d{{4}})",
        "{d}-{m}-{y} {h}:{min}:{s}{zone}",
    ),
)
_PATTERNS = tuple((re.compile(pattern), shape) for pattern, shape in _SHAPES)
HOURS = {"Z": 0, "GMT": 0, "UTC": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2}
HOURS |= {"EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "EST": -5}
HOURS |= {"EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
"""Names that mean one zone only; IST or CST may be several, so they are left alone."""
ZONE = re.compile(
    r"(?P<rest>.*\d:\d\d.*?)\s*(?:(?:GMT|UTC)?\s*(?P<sign>[-+−])(?P<h>\d{1,2})(?::?(?P<m>\d\d))?"
    rf"|\b(?P<name>{'|'.join(HOURS)}))(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)


def as_people_write(text: str) -> str | None:
    """The same moment as a person would write it; None for any other text.

    >>> as_people_write("20240131T1015"), as_people_write("10/Oct/2000:13:55:36 -0700")
    ('2024-01-31T10:15:00', '10-Oct-2000 13:55:36 -0700')
    >>> as_people_write("Wed Oct 10 20:19:24 +0000 2018"), as_people_write("20240131")
    ('10-Oct-2018 20:19:24 +0000', None)
    """
    for pattern, shape in _PATTERNS:
        if found := pattern.fullmatch(text):
            parts = {name: part or "" for name, part in found.groupdict().items()}
            return shape.format(**{**parts, "s": parts["s"] or "00"})
    return None


# -- Zones behind a time of day: taken off, and the moment counted in UTC.


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
