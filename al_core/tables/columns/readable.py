"""Which rows a person can read: those that say something."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.tables.columns.roles import Role
from al_core.tables.table import Table

# Choices: letters of a text that says something ("no way", a few signs of Chinese); the share of a
# text's signs, and of a row's cells, that may be no letters, or blank.
_LETTERS, _HALF = 6, 0.5
_NO_LETTER, _BLANK = r"[\W\d_]", r"\s"


def readable_rows(
    table: Table, roles: Mapping[str, Role], rows: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """(m,): whether each of ``rows`` (m,) has something to read in the columns in use.

    With free text: a text of six letters or more, at least half of its signs. Without: a value in
    at least half of the cells.
    """
    texts = [name for name, role in roles.items() if role.kind == "text"]
    if texts:
        told = [_says_something(table.text[name].iloc[rows]) for name in texts]
        return np.asarray(np.logical_or.reduce(told))
    used = [name for name, role in roles.items() if role.kind not in ("label", "ignored")]
    if not used:
        return np.ones(len(rows), dtype=bool)
    blank = np.column_stack([table.frame[name].iloc[rows].isna() for name in used])
    return np.asarray(blank.mean(axis=1) <= _HALF)


def _says_something(texts: pd.Series[str]) -> NDArray[np.bool_]:
    given = texts.fillna("").astype("str")
    signs = given.str.replace(_BLANK, "", regex=True).str.len()
    letters = given.str.replace(_NO_LETTER, "", regex=True).str.len()
    enough = (letters >= _LETTERS) & (letters >= _HALF * signs)
    return np.asarray(enough, dtype=bool)
