"""Whatever is done to a pool, its statuses stay a partition of the rows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from al_core.learning import Pool, Status

N = 8
STEPS = st.lists(
    st.tuples(st.integers(0, N - 1), st.sampled_from(list(Status)), st.integers(0, 2)), max_size=30
)


@given(STEPS)
def test_every_row_has_one_status_and_a_code_only_when_labelled(
    steps: list[tuple[int, Status, int]],
) -> None:
    pool, wanted = Pool(np.zeros((N, 1))), {}
    for row, status, code in steps:
        if status != Status.LABELLED:
            pool = pool.with_status([row], status)
        elif pool.status[row] != Status.CHECK:
            pool = pool.with_labels([row], [code])
        else:
            continue
        wanted[row] = (status, code if status == Status.LABELLED else -1)
    every = np.concatenate([pool.rows(status) for status in Status])
    assert sorted(every.tolist()) == list(range(N))
    for row in range(N):
        assert (pool.status[row], pool.codes[row]) == wanted.get(row, (Status.UNLABELLED, -1))
