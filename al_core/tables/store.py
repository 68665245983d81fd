"""A table kept beside a project: Parquet for the cells, JSON for the rest. No pickle."""

from __future__ import annotations

import os

from al_core.tables.records import Table


def save_table(table: Table, folder: str | os.PathLike[str]) -> None:
    """Write ``table`` into ``folder`` (created where missing): two Parquet files and one JSON."""
    raise NotImplementedError


def load_table(folder: str | os.PathLike[str]) -> Table:
    """The table that :func:`save_table` wrote; TableError where it is missing or damaged."""
    raise NotImplementedError
