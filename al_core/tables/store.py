"""A table kept beside a project: Parquet for the cells, JSON for the rest. No pickle."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from al_core.errors import TableError
from al_core.tables.formats.exports.marks import OWN
from al_core.tables.formats.exports.own.names import without_own
from al_core.tables.sources.original import unpacked_original
from al_core.tables.table import BadRow, Dialect, HeaderChoice, HeaderOption, Lines, Table

# One more when a stored table is written in another way.
VERSION = 1
FRAME, TEXT, REST = "table.parquet", "text.parquet", "table.json"
ORIGINAL = "original.zst"


def save_table(table: Table, folder: str | os.PathLike[str]) -> None:
    """Write ``table`` into ``folder`` (created where missing): two Parquet files and one JSON.

    Beside them the file as it came, where the table has it. The JSON is written last, so that a
    folder with one holds a whole table.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        table.frame.to_parquet(place / FRAME, index=False, compression="zstd")
        table.text.to_parquet(place / TEXT, index=False, compression="zstd")
        if table.original is not None:
            (place / ORIGINAL).write_bytes(table.original)
        part = place / f"{REST}.part"
        part.write_text(json.dumps(rest_of(table), ensure_ascii=False), encoding="utf-8")
        part.replace(place / REST)
    except OSError as error:
        raise TableError(
            f"The table cannot be written to {place.name}: {error.strerror or error}. "
            "Free some space, or choose a folder that can be written to."
        ) from None


def holds_table(folder: str | os.PathLike[str], table: Table) -> bool:
    """Whether the table kept in ``folder`` has the names and the cells of ``table``, in order.

    Columns that this app has added to a labelled file do not count, on either side; in such a file
    one column may have cells where the kept one has blanks, which were filled. Read in pieces, and
    no further than to the first difference. A damaged table is no other's like.
    """
    names = without_own(table.columns)
    is_own = len(names) < len(table.columns)
    try:
        with pq.ParquetFile(Path(folder) / TEXT) as file:
            kept = without_own(file.schema_arrow.names)
            if kept != names:
                names = [name for name in names if table.marks.get(name) != OWN]
            if kept != names or file.metadata.num_rows != table.n_rows:
                return False
            start, filled = 0, set[str]()
            for batch in file.iter_batches(columns=names):
                here = table.text.iloc[start : start + batch.num_rows]
                for name in names:
                    if not _same(batch.column(name), here[name]):
                        filled.add(name)
                        if len(filled) > is_own or not _filled(batch.column(name), here[name]):
                            return False
                start += batch.num_rows
        return True
    except MemoryError:  # Arrow's own is an ArrowException too, and no damage
        raise
    except (OSError, pa.ArrowException):
        return False


def _same(cells: Any, column: pd.Series[Any]) -> bool:
    kept, text = pa.chunked_array([cells]), pa.chunked_array(pa.array(column.array, pa.string()))
    return bool(kept.cast(pa.string()).equals(text))


def _filled(cells: Any, column: pd.Series[Any]) -> bool:
    """Whether the two differ only where the kept one is blank."""
    text = column.fillna("").to_numpy(dtype=object)
    kept = pa.chunked_array([cells]).cast(pa.string()).fill_null("").to_numpy()
    return bool(((kept == text) | (kept == "")).all())


def rest_of(table: Table) -> dict[str, object]:
    """All of a table but its cells and the file as it came, for JSON."""
    return {
        "version": VERSION,
        "name": table.name,
        "columns": table.columns,
        "n_rows": table.n_rows,
        "notices": table.notices,
        "dialect": asdict(table.dialect),
        "bad_rows": [asdict(bad) for bad in table.bad_rows],
        "lines": table.lines.runs,
        "marks": table.marks,
        "header": asdict(table.header),
        "read_as": table.read_as,
    }


def load_original(folder: str | os.PathLike[str]) -> bytes | None:
    """The file as it came; None where it was not kept, as with workbooks and earlier versions."""
    try:
        return unpacked_original((Path(folder) / ORIGINAL).read_bytes())
    except (OSError, TableError):
        return None


def _header(kept: Any) -> HeaderChoice:
    """Which lines held the names; tables stored by earlier versions do not say."""
    if kept is None:
        return HeaderChoice()
    others = [
        HeaderOption(
            tuple(o["header"]) if isinstance(o["header"], list) else o["header"], tuple(o["names"])
        )
        for o in kept["others"]
    ]
    return HeaderChoice(tuple(kept["lines"]), kept["certain"], tuple(others))


def _read_as(kept: dict[str, Any]) -> dict[str, Any]:
    """Wishes as ``read_table`` takes them: JSON knows no pairs."""
    return {key: tuple(wish) if isinstance(wish, list) else wish for key, wish in kept.items()}


def table_of(frame: pd.DataFrame, text: pd.DataFrame, rest: dict[str, Any]) -> Table:
    """A table from its cells and what :func:`rest_of` says of it; raises KeyError, TypeError or
    ValueError where that is not whole."""
    return Table(
        frame,
        text,
        list(rest["notices"]),
        Dialect(**rest["dialect"]),
        rest["name"],
        [BadRow(**bad) for bad in rest["bad_rows"]],
        Lines(tuple((row, line) for row, line in rest.get("lines", ()))),
        dict(rest.get("marks", {})),
        _header(rest.get("header")),
        read_as=_read_as(rest.get("read_as", {})),
    )


def load_table(folder: str | os.PathLike[str]) -> Table:
    """The table that :func:`save_table` wrote; TableError where it is missing or damaged."""
    place = Path(folder)
    try:
        rest = json.loads((place / REST).read_text(encoding="utf-8"))
        table = table_of(pd.read_parquet(place / FRAME), pd.read_parquet(place / TEXT), rest)
        whole = (table.n_rows, table.columns) == (rest["n_rows"], rest["columns"])
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).name
        raise TableError(
            f"There is no saved table in {place.name}: {missing} is missing."
        ) from None
    except MemoryError:  # Arrow's own is an ArrowException too, and no damage
        raise
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise TableError(
            f"The saved table in {place.name} is damaged ({type(error).__name__})."
        ) from None
    text = table.text
    if not whole or list(text.columns) != table.columns or len(text) != table.n_rows:
        raise TableError(
            f"The saved table in {place.name} is damaged: its files do not fit together."
        )
    return table
