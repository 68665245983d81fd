"""Columns that give the answer away."""

from __future__ import annotations

from collections.abc import Mapping

from al_core.tables.records import Table
from al_core.tables.roles import Role


def flag_leaks(table: Table, roles: Mapping[str, Role], label_column: str) -> dict[str, Role]:
    """The same roles, flagged ``leak`` where a column alone predicts the label; kinds are kept."""
    raise NotImplementedError
