"""JSON lines, and a JSON list of flat records, as columns of text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from al_core.errors import TableError
from al_core.tables.delimited.records import LINE_END
from al_core.tables.formats.exports.opened import opened_up
from al_core.tables.formats.json_values import Digits, features, loads, loads_whole, single_object
from al_core.tables.raw import RawTable, columns_of
from al_core.tables.sources.limits import refuse_shape
from al_core.tables.table import BadRow, BadRowsError, Dialect, Lines
from al_core.wording import listed

ADVICE = "Choose JSON lines (one object a line), a JSON list of objects, or a CSV file."


def read_json_lines(text: str, skip_bad_rows: bool) -> RawTable:
    """One object a line; numbers keep every digit."""
    alone = single_object(text)
    if alone is not None:
        found = unwrapped(alone)
        if found is not None:
            return found
    bad: list[BadRow] = []
    numbered = list(_parsed_lines(text, bad))
    rows = [row for _, row in numbered]
    notices = []
    if bad:
        told = "; ".join(f"line {b.line}: {b.problem}" for b in bad[:5])
        if not skip_bad_rows or not rows:
            raise BadRowsError(
                f"{len(bad)} of {len(bad) + len(rows)} lines are no JSON objects ({told}). "
                "Mend them, or leave such lines out.",
                bad[:1000],
                len(bad),
                len(rows),
            )
        notices.append(f"{len(bad)} lines left out that could not be read ({told}).")
    raw = _table(rows, "jsonl")
    raw.notices[:0], raw.bad_rows = notices, bad[:1000]
    if raw.n_rows == len(rows):  # not so where one line holds all rows
        raw.lines = Lines.of_each(number for number, _ in numbered)
    return raw


def read_json(text: str) -> RawTable:
    """Records in any shape that tools write; TableError for any other JSON."""
    try:
        loaded = loads_whole(text.strip())
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise TableError(
            f"The file looks like JSON but is not: line {line}, {error}. {ADVICE}"
        ) from None
    found = unwrapped(loaded)
    if found is None:
        raise TableError(
            f"This is a JSON file, but not a list of records: {_seen(loaded)}. {ADVICE}"
        )
    return found


def unwrapped(loaded: Any) -> RawTable | None:
    """The records in any of the shapes that tools write; None where there are none.

    A list of objects or of lists; an object of columns, or of records under keys; one that names
    its columns apart from the rows; one that holds a list of records under some name.
    """
    if isinstance(loaded, list):
        return _from_list(loaded)
    if not isinstance(loaded, dict):
        return None
    columns, rows = loaded.get("columns"), loaded.get("data")
    if _all_are(columns, str) and _all_are(rows, list):
        return _from_list([columns, *rows])  # type: ignore[misc]
    if _all_are(list(loaded.values()), list) and not any(
        _all_are(v, dict) for v in loaded.values()
    ):
        return _from_columns(loaded)
    if _is_keyed(loaded):
        return _from_keyed(loaded)
    if len(loaded) > 1 and _same_keys(list(loaded.values())):
        return _from_columns({name: list(cells.values()) for name, cells in loaded.items()})
    return _from_longest(loaded)


def _all_are(values: Any, kind: type) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(v, kind) for v in values)


def _same_keys(values: list[Any]) -> bool:
    return _all_are(values, dict) and len({tuple(cells) for cells in values}) == 1


def _is_keyed(loaded: dict[str, Any]) -> bool:
    """Whether the values are records under keys of their own, not columns of counted cells."""
    records = list(loaded.values())
    if len(records) < 2 or not _all_are(records, dict):
        return False
    fields = {name for record in records for name in record}
    if len(fields) > len(records) or all(map(str.isdigit, fields)):
        return False
    shared = all(2 * len(record) >= len(fields) for record in records)
    return shared and not any(isinstance(v, dict | list) for r in records for v in r.values())


def _from_keyed(loaded: dict[str, Any]) -> RawTable:
    """Records under keys of their own; the keys are a column unless they only count."""
    if list(loaded) == [str(i) for i in range(len(loaded))]:
        return _table(list(loaded.values()), "json")
    title = "key of the row" if any("key" in record for record in loaded.values()) else "key"
    raw = _table([{title: key, **record} for key, record in loaded.items()], "json")
    raw.notices.insert(0, f'The rows stand under keys, which are the column "{title}".')
    return raw


def _from_list(rows: list[Any]) -> RawTable | None:
    if _all_are(rows, dict):
        return _table(rows, "json")
    if not _all_are(rows, list) or len(rows) < 2 or not _all_are(rows[0], str):
        return None
    names = [str(name) for name in rows[0]]
    if any(len(row) != len(names) for row in rows) or len(set(names)) < len(names):
        return None
    return _table([dict(zip(names, row, strict=True)) for row in rows[1:]], "json")


def _from_columns(columns: dict[str, list[Any]]) -> RawTable | None:
    lengths = {len(cells) for cells in columns.values()}
    nested = any(isinstance(cell, dict) for cells in columns.values() for cell in cells)
    if len(lengths) != 1 or 0 in lengths or nested:
        return None
    rows = zip(*columns.values(), strict=True)
    return _table([dict(zip(columns, row, strict=True)) for row in rows], "json")


def _from_longest(loaded: dict[str, Any]) -> RawTable | None:
    """The longest list of records that stands under some name, at most two levels down."""
    lists = {name: value for name, value in loaded.items() if _all_are(value, dict)}
    for outer, value in loaded.items():
        if isinstance(value, dict):
            lists |= {f"{outer}.{n}": v for n, v in value.items() if _all_are(v, dict)}
    if not lists:
        return None
    name = max(lists, key=lambda key: len(lists[key]))
    raw = _table(lists[name], "json")
    raw.notices.insert(0, f'The rows are the list "{name}" of this JSON file.')
    return raw


def _seen(loaded: Any) -> str:
    """What a JSON file holds instead of records, in a few words."""
    if isinstance(loaded, dict):
        names = ", ".join(f'"{name[:40]}"' for name in list(loaded)[:4])
        return f"an object with {names or 'nothing in it'}"
    return "a list of other things" if isinstance(loaded, list) else "a single value"


def _parsed_lines(text: str, bad: list[BadRow]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects, each with its line."""
    for number, line in enumerate(LINE_END.split(text), 1):
        if not line.strip():
            continue
        try:
            row = loads(line.strip().removesuffix(","))
        except ValueError as error:
            bad.append(BadRow(number, line[:500], f"not JSON ({error})"))
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            bad.append(BadRow(number, line[:500], "not an object in curly brackets"))


def _table(rows: list[dict[str, Any]], kind: str) -> RawTable:
    places = features(rows)
    opened = opened_up(rows) if places is None else None
    rows = places or (opened.rows if opened is not None else rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    refuse_shape(len(rows), len(names))
    cells: Iterable[list[str]] = ([_text(row.get(name)) for name in names] for row in rows)
    dialect = Dialect(kind=kind, delimiter=None, header_line=None)
    raw = RawTable(names, columns_of(cells, len(names)), dialect)
    if opened is not None:
        raw.marks = opened.marks
        raw.notices += opened.notices
    if places is not None:
        raw.notices.append("Read as GeoJSON: a row a place, with its properties as columns.")
    nested = [n for n in names if any(isinstance(row.get(n), dict | list) for row in rows)]
    if nested:
        raw.notices.append(f"{listed(nested, 4)}: nested values, kept as JSON text.")
    return raw


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        text = value if isinstance(value, str) else _written(value)
    except RecursionError:
        raise TableError(
            f"A value of the JSON file is nested too deeply. Write what matters of it as columns. "
            f"{ADVICE}"
        ) from None
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _written(value: object) -> str:
    """A nested value as JSON again, its numbers with the digits they had."""
    if isinstance(value, dict):
        cells = (f"{json.dumps(n, ensure_ascii=False)}: {_written(v)}" for n, v in value.items())
        return "{" + ", ".join(cells) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return str(value) if isinstance(value, Digits) else json.dumps(value, ensure_ascii=False)
