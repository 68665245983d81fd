"""Many columns are typed at once: each becomes what it becomes by itself."""

from __future__ import annotations

import io
from random import Random

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from al_core.tables import read_table
from al_core.tables.cells import typed
from al_core.tables.cells.typed import MANY_COLUMNS, type_columns
from al_core.tables.columns.roles import facts_of

CELLS = [
    *("5", "-5", "0", "-0", "12.5", "0.5", "1234567", "12345678", "20240131", "2024", "00", "007"),
    *("1.234", "1,5", "1 234", "1e5", "1E+17", "+5", ".5", "5.", "0x1f", "12.05", "1.0", "٣"),
    *("yes", "no", "New York", "nan", "inf", "NA", "n a", "none", "null", "?", "-", "TRUE", "é"),
    *("Jan 5 2024", "May", "5 kg", "$5", "2024-01-31", "01/02/2024", "12:30", " 5", "x ", "a_b"),
    *("\\N", "_x000D_", "10.39.15", "1E5", "'0012", "12.30"),
    *("", "", ""),
]


def columns(seed: int) -> dict[str, pa.ChunkedArray]:
    """Columns of one, two or three kinds of cells each."""
    rng = Random(seed)
    made = {}
    for i in range(MANY_COLUMNS * 6):
        kinds = rng.sample(CELLS, rng.randint(1, 3))
        cells = [rng.choice(kinds) for _ in range(12)]
        made[f"c{i}"] = pa.chunked_array([pa.array(cells, pa.large_string())])
    return made


@pytest.mark.parametrize("seed", range(8))
def test_columns_typed_at_once_are_what_each_is_by_itself(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = columns(seed)
    together = type_columns(cells, decimal=".").columns
    monkeypatch.setattr(typed, "MANY_COLUMNS", len(cells) + 1)
    by_itself = type_columns(cells, decimal=".").columns
    for name, column in cells.items():
        alone, found = by_itself[name], together[name]
        assert (found.kind, found.notice, found.decimal, found.ambiguous) == (
            *(alone.kind, alone.notice, alone.decimal, alone.ambiguous),
        ), column.to_pylist()
        pd.testing.assert_series_equal(pd.Series(found.values), pd.Series(alone.values))


def test_a_wide_table_reads_like_its_parts() -> None:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(9, 3 * MANY_COLUMNS)).round(3)).add_prefix("g")
    frame["kind"], frame["code"], frame["gap"] = "abcabcabc", "007", [1, None, 3] * 3
    frame["kind"] = list("abcabcabc")
    wide = read_table(io.BytesIO(frame.to_csv(index=False).encode()))
    parts = [frame.iloc[:, at : at + 20] for at in range(0, frame.shape[1], 20)]
    read = [read_table(io.BytesIO(part.to_csv(index=False).encode())).frame for part in parts]
    pd.testing.assert_frame_equal(wide.frame, pd.concat(read, axis=1))


@pytest.mark.parametrize("seed", range(4))
def test_short_columns_get_the_roles_that_long_ones_of_the_same_cells_get(seed: int) -> None:
    rng = Random(seed)
    kinds = ["yes", "no", "a b c", "", "Zürich West", "one\ttwo", "x " * 20, "07"]
    for _ in range(40):
        cells = rng.choices(rng.sample(kinds, 3), k=12)
        column = pd.Series([cell or None for cell in cells], dtype="str")
        short, long = facts_of("c", column), facts_of("c", pd.concat([column] * 50))
        assert short.n_distinct == long.n_distinct
        assert 50 * short.n_filled == long.n_filled
        assert (short.words, short.length) == pytest.approx((long.words, long.length))
