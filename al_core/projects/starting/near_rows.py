"""Rows that are nearly the same: in capitals, numbers, punctuation and blanks alone they differ.

Not what else makes two rows alike: templates differ in one decisive word.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.projects.starting.data import ProjectData


def bare(texts: pd.Series) -> pd.Series:
    """Texts without what makes no difference: capitals, kinds of signs, numbers, punctuation.

    >>> bare(pd.Series(["Parcel 12 is LATE!", "parcel  7 is late"])).tolist()
    ['parcel 0 is late', 'parcel 0 is late']
    """
    folded = texts.fillna("").astype(str).str.normalize("NFKC").str.casefold()
    return (
        folded.str.replace(r"\d+", "0", regex=True)
        .str.replace(r"[\W_]+", " ", regex=True)
        .str.strip()
    )


class NearRows:
    """Groups of such rows, found once, when they are first asked for."""

    def __init__(self, data: ProjectData) -> None:
        self._data = data
        self._groups: NDArray[np.uint64] | None = None

    def of(self, row: int) -> list[int]:
        """The other rows that are nearly the same in what is read, ascending; those that are the
        very same are not among them. None where a row has no words to go by."""
        groups = self._numbers()
        if groups is None or not groups[row]:
            return []
        same = {row, *self._data.twins_of(row)}
        return [near for near in np.flatnonzero(groups == groups[row]).tolist() if near not in same]

    def _numbers(self) -> NDArray[np.uint64] | None:
        """(n_rows,) one number a group, 0 for a row without words; None: nothing is read as text.

        Only texts are compared: of two numbers one is as good as the other to a person.
        """
        data = self._data
        if self._groups is None and data.text_columns:
            texts = pd.DataFrame({name: bare(data.table.text[name]) for name in data.text_columns})
            hashed = pd.util.hash_pandas_object(texts, index=False).to_numpy(dtype=np.uint64)
            has_words = (texts != "").any(axis=1).to_numpy()
            self._groups = np.where(has_words, np.maximum(hashed, 1), np.uint64(0))
        return self._groups
