"""JSON lines, and a JSON list of flat records, as columns of text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from al_core.errors import TableError
from al_core.tables.limits import refuse_shape
from al_core.tables.raw import RawTable, columns_of
from al_core.tables.records import BadRow, BadRowsError, Dialect
from al_core.tables.tokens import LINE_END

ADVICE = "Choose JSON lines (one object a line), a JSON list of objects, or a CSV file."


def read_json_lines(text: str, skip_bad_rows: bool) -> RawTable:
    """One object a line; numbers keep every digit."""
    bad: list[BadRow] = []
    rows = list(_parsed_lines(text, bad))
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
    raw.notices, raw.bad_rows = notices, bad[:1000]
    return raw


def read_json(text: str) -> RawTable:
    """A list of objects, or of lists; TableError for any other JSON."""
    try:
        loaded = _loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise TableError(
            f"The file looks like JSON but is not: line {line}, {error}. {ADVICE}"
        ) from None
    if not isinstance(loaded, list) or not loaded or not all(isinstance(r, dict) for r in loaded):
        raise TableError(f"This is a JSON file, but not a list of records. {ADVICE}")
    return _table(loaded, "json")


def _loads(text: str) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _parsed_lines(text: str, bad: list[BadRow]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(LINE_END.split(text), 1):
        if not line.strip():
            continue
        try:
            row = _loads(line)
        except ValueError as error:
            bad.append(BadRow(number, line[:500], f"not JSON ({error})"))
            continue
        if isinstance(row, dict):
            yield row
        else:
            bad.append(BadRow(number, line[:500], "not an object in curly brackets"))


def _table(rows: list[dict[str, Any]], kind: str) -> RawTable:
    names = list(dict.fromkeys(name for row in rows for name in row))
    refuse_shape(len(rows), len(names))
    cells: Iterable[list[str]] = ([_text(row.get(name)) for name in names] for row in rows)
    dialect = Dialect(kind=kind, delimiter=None, header_line=None)
    return RawTable(names, columns_of(cells, len(names)), dialect)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
