"""How tall the card of a project is: as its rows need, so that nothing jumps and little is empty.

One height a project, from an estimate of what its rows fill; no Streamlit here.
"""

from __future__ import annotations

import numpy as np

from al_core.projects import Project
from al_core.tables import pictures
from pages.components.desk.row.cells import lines_of
from pages.components.desk.row.fields import RowView, Usual, read_row

# Pixels; choices: never so flat that it looks like a line, and the answers stay in sight below.
LOWEST, HIGHEST = 110, 400
# Rows looked at, and cells at most: a wide table is known from fewer rows. Nine rows in ten fit.
_ROWS, _CELLS, _MOST_ROWS = 200, 20_000, 90
# Pixels of desk.css: a line of text and its letters, a heading, a line of facts, the space around.
_LINE, _LETTERS, _LETTERS_NARROW, _HEAD, _FACT, _AROUND = 29, 62, 38, 24, 36, 24


def card_heights(project: Project, *, everything: bool, picture: int) -> tuple[int, int]:
    """Pixels that nine rows in ten fit into, within limits: on a wide screen, and on a phone.

    picture: pixels of its width.
    """
    n_rows = project.table.n_rows
    looked = max(1, min(n_rows, _ROWS, max(10, _CELLS // max(1, len(project.roles)))))
    usual = Usual({}, {})
    needs = []
    for row in np.linspace(0, n_rows - 1, looked).astype(int).tolist():
        values = project.row_values(row)
        view = read_row(project, row, values, usual, everything=everything)
        needs.append((_wide(view), _narrow(view)))
    drawn = [picture * one.height / one.width + _AROUND for one in pictures(project.roles)]
    wide, narrow = np.percentile(needs, _MOST_ROWS, axis=0) + sum(drawn) + _AROUND
    return _within(wide), _within(narrow)


def _within(need: float) -> int:
    return int(min(HIGHEST, max(LOWEST, need)))


def _wide(view: RowView) -> float:
    """Pixels of one row: texts beside facts, or facts in up to three tables."""
    n = len(view.facts)
    tables = 1 if view.texts or n <= 4 else 2 if n <= 10 else 3
    return max(_texts(view, _LETTERS), _FACT * -(-n // tables))


def _narrow(view: RowView) -> float:
    """Pixels of one row on a phone, where facts stand under the texts."""
    return _texts(view, _LETTERS_NARROW) + _FACT * len(view.facts)


def _texts(view: RowView, letters: int) -> float:
    return sum(_HEAD + _LINE * (0.5 + lines_of(text, letters)) for _, text in view.texts)
