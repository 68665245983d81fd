"""Rows that say something, told from those that a person can make nothing of."""

from __future__ import annotations

import numpy as np

from al_core.tables import Role, read_table, readable_rows


def test_texts_of_few_letters_or_mostly_signs_say_nothing() -> None:
    texts = ["where is my parcel", "?!", "", "#### 123 456", "no way", "我的包裹在哪里呢", "ok 2"]
    table = read_table(
        ("id,text\n" + "\n".join(f'{i},"{t}"' for i, t in enumerate(texts))).encode()
    )
    roles = {"id": Role("ignored", "an id"), "text": Role("text", "free text")}
    told = readable_rows(table, roles, np.arange(len(texts)))
    assert told.tolist() == [True, False, False, False, False, True, False]


def test_without_free_text_rows_that_are_mostly_blank_say_nothing() -> None:
    table = read_table(b"a,b,c\n1,2,3\n,,3\n,2,3\n")
    roles = {name: Role("number", "numbers") for name in "abc"}
    assert readable_rows(table, roles, np.array([2, 1, 0])).tolist() == [True, False, True]
