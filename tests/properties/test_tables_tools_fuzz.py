"""Records like those of a labelling tool, with anything in them, open or are refused in words."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from al_core.errors import UserError
from al_core.tables import guess_roles, label_candidates, read_table

WORDS = """
    id text data annotations predictions result value choices type from_name labels was_cancelled
    score fields responses suggestions metadata status question_name values annotation prediction
    annotation_agent inputs label label.responses label-suggestion Comments entities start user
    answer accept options spans meta _input_hash _task_hash ground_truth taxonomy
"""
KEYS = st.sampled_from(WORDS.split())
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(0, 1, allow_nan=False),
    st.sampled_from(["a", "", "accept", "reject", "ignore", "choices", "labels", "textarea", "[]"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
ROWS = st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=6), min_size=2, max_size=5)
ODD = st.sampled_from(
    [None, 3, 0.5, "a", True, [], {}, [3], ["a"], [{}], {"a": 3}, {"a": [{}]}, [[1, 2]], [None]]
)
# The keys by which each tool is known, with values of its kind.
SHAPES: list[dict[str, Any]] = [
    {"data": {"text": "a"}, "annotations": [], "predictions": []},
    {"data": {"text": "a"}, "annotations": [{"result": []}], "meta": {}},
    {"fields": {"text": "a"}, "responses": {}, "suggestions": {}, "metadata": {}},
    {"annotation": None, "prediction": None, "annotation_agent": None, "inputs": {}},
    {"text": "a", "answer": "accept", "label": "x", "meta": {}, "_input_hash": 1},
    {"text": "a", "answer": "accept", "accept": [], "options": [], "spans": []},
    {"text": "a", "label": ["a"], "Comments": [], "entities": []},
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SHAPES), st.data())
def test_a_tools_records_with_odd_values_open_or_are_refused_in_words(
    shape: dict[str, Any], data: st.DataObject
) -> None:
    names = st.sampled_from(list(shape))
    rows = [shape | data.draw(st.dictionaries(names, ODD, max_size=2)) for _ in range(3)]
    opens(rows)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_odd_records_open_or_are_refused_in_words(rows: list[dict[str, Any]]) -> None:
    opens(rows)


def opens(rows: list[dict[str, Any]]) -> None:
    """Read the records and look at their columns; only errors in words may come."""
    with suppress(UserError):
        table = read_table(json.dumps(rows).encode())
        assert set(table.marks) <= set(table.columns)
        assert set(guess_roles(table)) == set(table.columns)
        label_candidates(table)
