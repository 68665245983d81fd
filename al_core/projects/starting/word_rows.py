"""Which rows hold words that a person gives, in any column that is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from al_core.projects.starting.data import ProjectData


class WordRows:
    """Words looked for as they stand, whatever their case; those of the last look are kept."""

    def __init__(self, data: ProjectData) -> None:
        self._data = data
        self._last: tuple[tuple[str, ...], NDArray[np.int16]] | None = None

    def hits(self, words: Sequence[str]) -> NDArray[np.int16]:
        """(n_rows,) how many of the words each row holds, part of a longer word or not."""
        wanted, last = tuple(words), self._last
        if last is None or last[0] != wanted:
            last = self._last = wanted, self._count(wanted)
        return last[1]

    def _count(self, words: tuple[str, ...]) -> NDArray[np.int16]:
        data = self._data
        seen = [name for name in data.table.columns if name not in data.hidden]
        found = np.zeros(data.n_rows, dtype=np.int16)
        for word in words:
            holds = np.zeros(data.n_rows, dtype=bool)
            for name in seen:
                hit: Any = pc.match_substring(data.cells(name), word, ignore_case=True)
                holds |= np.asarray(pc.fill_null(hit, False), dtype=bool)
            found += holds
        return found
