"""What each column is used for, with the reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from al_core.tables.records import Table

KINDS = ("label", "number", "category", "text", "date", "pixels", "ignored")
FLAGS = ("id", "constant", "blank", "all_different", "leak")


@dataclass(frozen=True, slots=True)
class Role:
    """What a column is used for: one of ``KINDS``, why, and what is odd about it (``FLAGS``).

    ``group`` names the picture that a column of kind pixels belongs to.
    """

    kind: str
    reason: str
    group: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Columns that together draw a picture, row by row; grey values run from 0 to ``scale``."""

    name: str
    columns: list[str]
    height: int
    width: int
    scale: float


def guess_roles(table: Table) -> dict[str, Role]:
    """A role for every column, in column order; never ``label``: that is the person's choice."""
    raise NotImplementedError


def pictures(roles: Mapping[str, Role]) -> list[Picture]:
    """The pictures that the columns of kind pixels make."""
    raise NotImplementedError
