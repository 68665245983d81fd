"""The sets the app ships, so that a person without a file can begin."""

from __future__ import annotations

from dataclasses import dataclass

from al_core.tables.records import Table


@dataclass(frozen=True, slots=True)
class DemoSet:
    """A demo set: ``question`` is what a person would ask of each row of it."""

    key: str
    title: str
    description: str
    question: str
    label_column: str
    n_rows: int


def demo_sets() -> list[DemoSet]:
    """The demo sets in menu order: digits, tickets, wine, iris, breast_cancer."""
    raise NotImplementedError


def load_demo(key: str) -> Table:
    """The table of one demo set; TableError for a key that does not exist."""
    raise NotImplementedError
