"""The sets the app ships, so that a person without a file can begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sklearn import datasets

from al_core.errors import TableError
from al_core.tables.records import Dialect, Table
from al_core.tables.tickets import ticket_frame


@dataclass(frozen=True, slots=True)
class DemoSet:
    """A demo set: ``question`` is what a person would ask of each row of it."""

    key: str
    title: str
    description: str
    question: str
    label_column: str
    n_rows: int


SETS = (
    DemoSet(
        "digits",
        "Handwritten digits",
        "1,797 small pictures of digits, each 8 by 8 points, written by 43 people.",
        "Which digit is this?",
        "digit",
        1797,
    ),
    DemoSet(
        "tickets",
        "Support tickets",
        "1,200 made-up messages to a shop, to be sorted to the team that should answer.",
        "Which team should handle this?",
        "Team",
        1200,
    ),
    DemoSet(
        "wine",
        "Wine",
        "178 Italian wines of three growers, with 13 measurements of each.",
        "Which grower made this wine?",
        "grower",
        178,
    ),
    DemoSet(
        "iris",
        "Iris",
        "150 iris flowers of three species, with four lengths of each.",
        "Which species is this flower?",
        "species",
        150,
    ),
    DemoSet(
        "breast_cancer",
        "Breast cancer",
        "569 tissue samples, with 30 measurements of the cells in each.",
        "Is this sample malignant?",
        "diagnosis",
        569,
    ),
)


def demo_sets() -> list[DemoSet]:
    """The demo sets in menu order: digits, tickets, wine, iris, breast_cancer."""
    return list(SETS)


def load_demo(key: str) -> Table:
    """The table of one demo set; TableError for a key that does not exist."""
    found = next((demo for demo in SETS if demo.key == key), None)
    if found is None:
        listed = ", ".join(demo.key for demo in SETS)
        raise TableError(f'There is no demo set "{key}". Choose one of: {listed}.')
    frame = ticket_frame() if key == "tickets" else _from_sklearn(key, found.label_column)
    text = pd.DataFrame({name: _as_text(frame[name]) for name in frame.columns})
    dialect = Dialect(kind="demo", delimiter=None, header_line=None)
    return Table(frame, text, [], dialect, found.title)


def _from_sklearn(key: str, label: str) -> pd.DataFrame:
    bunch: Any = getattr(datasets, f"load_{key}")(as_frame=True)
    frame = bunch.data.copy()
    if key == "digits":
        frame = frame.astype("int64")
    frame.columns = [str(name).replace(" (cm)", " in cm") for name in frame.columns]
    names = [_answer(key, str(name)) for name in bunch.target_names]
    frame[label] = pd.array([names[code] for code in bunch.target], dtype="str")
    if key == "digits":
        frame[label] = bunch.target.to_numpy(dtype="int64")
    return pd.DataFrame(frame)


def _answer(key: str, name: str) -> str:
    return {"class_0": "Grower A", "class_1": "Grower B", "class_2": "Grower C"}.get(name, name)


def _as_text(column: pd.Series[Any]) -> Any:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column.dt.strftime("%Y-%m-%d %H:%M").astype("str")
    return column.astype("str")
