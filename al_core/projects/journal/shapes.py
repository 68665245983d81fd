"""Whether what a journal holds has the shape that its event declares: a file is never trusted."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

_ROWS = ("rows", "check_rows", "start_rows")  # fields that hold row numbers


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def check_shape(kind: type, values: dict[str, Any]) -> None:
    """TypeError where a value is not of the type that the dataclass ``kind`` gives its field."""
    hints = _hints(kind)
    for name, value in values.items():
        if name in hints and not fits(value, hints[name]):
            raise TypeError(f"{name} cannot be {value!r:.80}")


def check_rows(event: object, n_rows: int) -> None:
    """ValueError where an event is about a row that a table of ``n_rows`` rows does not have."""
    rows = [row for name in _ROWS for row in getattr(event, name, ())]
    row = getattr(event, "row", None)
    if row is not None:
        rows.append(row)
    for one in rows:
        if not 0 <= one < n_rows:
            raise ValueError(f"There is no row {one}. Rows are numbered from 0 to {n_rows - 1:,}.")


def fits(value: object, hint: Any) -> bool:
    """Whether a value read from JSON is of a type.

    >>> fits(3, int), fits(True, int), fits(3, float), fits([1, "a"], list[int])
    (True, False, True, False)
    """
    origin, inside = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if origin in (Union, UnionType):
        return any(fits(value, part) for part in inside)
    if origin is list:
        return isinstance(value, list) and all(fits(item, inside[0]) for item in value)
    if origin is dict:
        return isinstance(value, dict) and all(fits(item, inside[1]) for item in value.values())
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, hint)
