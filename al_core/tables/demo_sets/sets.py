"""The sets the app ships, so that a person without a file can begin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from al_core.errors import TableError
from al_core.tables.demo_sets.tickets import N_TICKETS, TEAMS, ticket_table

if TYPE_CHECKING:
    from al_core.tables.table import Table


@dataclass(frozen=True, slots=True)
class DemoSet:
    """A demo set: ``question`` is what a person would ask of each row of it.

    ``answers`` are there where a person is to label the set: they are the ones to choose from.
    """

    key: str
    title: str
    description: str
    question: str
    label_column: str
    n_rows: int
    answers: tuple[str, ...] = ()


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
        f"{N_TICKETS} messages to a made-up shop, English and German, for you to sort to teams.",
        "Which team should handle this?",
        "Team",
        N_TICKETS,
        TEAMS,
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


def load_demo(key: str, *, with_answers: bool = True) -> Table:
    """The table of one demo set; TableError for a key that does not exist.

    Without its answers the column that holds them is not there at all, so that neither a person
    nor a model can see it.
    """
    found = next((demo for demo in SETS if demo.key == key), None)
    if found is None:
        listed = ", ".join(demo.key for demo in SETS)
        raise TableError(f'There is no demo set "{key}". Choose one of: {listed}.')
    from al_core.tables.table import Dialect  # a list of the sets needs no table yet

    table = ticket_table() if key == "tickets" else _from_sklearn(key, found.label_column)
    frame, text = table.frame, table.text
    if not with_answers:
        frame, text = (part.drop(columns=found.label_column) for part in (frame, text))
    dialect = Dialect(kind="demo", delimiter=None, header_line=None)
    return replace(table, frame=frame, text=text, dialect=dialect, name=found.title)


def _from_sklearn(key: str, label: str) -> Table:
    import pandas as pd  # only here, as scikit-learn: a list of the sets needs no table yet
    from sklearn import datasets

    from al_core.tables.table import Table

    bunch: Any = getattr(datasets, f"load_{key}")(as_frame=True)
    frame = bunch.data.copy()
    if key == "digits":
        frame = frame.astype("int64")
    frame.columns = [str(name).replace(" (cm)", " in cm") for name in frame.columns]
    names = [_answer(key, str(name)) for name in bunch.target_names]
    frame[label] = pd.array([names[code] for code in bunch.target], dtype="str")
    if key == "digits":
        frame[label] = bunch.target.to_numpy(dtype="int64")
    text = pd.DataFrame({name: column.astype("str") for name, column in frame.items()})
    return Table(pd.DataFrame(frame), text)


def _answer(key: str, name: str) -> str:
    return {"class_0": "Grower A", "class_1": "Grower B", "class_2": "Grower C"}.get(name, name)
