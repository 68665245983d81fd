"""The map of the pool: places, samples, and rows that carry their number."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from al_core.errors import PoolError, SettingsError
from al_core.figures.map import MapPoints, pool_map
from al_core.learning.places import embed, map_methods, sample_rows
from pages.components.map.points import rows_of_event


def two_clouds(n: int = 200) -> np.ndarray:
    rng = np.random.default_rng(0)
    return np.vstack([rng.normal(-4, 1, (n, 5)), rng.normal(4, 1, (n, 5))]).astype(np.float32)


@pytest.mark.parametrize("make", [np.asarray, csr_matrix], ids=["dense", "sparse"])
def test_two_clouds_lie_apart_on_the_map(make):
    points = embed(make(two_clouds()))
    assert points.shape == (400, 2)
    assert (
        points[:200, 0].max() < points[200:, 0].min()
        or points[200:, 0].max() < points[:200, 0].min()
    )


def test_the_same_seed_gives_the_same_map():
    X = two_clouds()
    assert np.array_equal(embed(X, seed=3), embed(X.copy(), seed=3))


def test_one_column_lies_on_a_line():
    points = embed(np.arange(10.0).reshape(-1, 1))
    assert not points[:, 1].any()
    assert (np.diff(points[:, 0]) != 0).all()


def test_a_sample_holds_every_row_to_be_kept():
    keep = np.arange(0, 1000, 7)
    rows = sample_rows(1000, keep, limit=300, seed=1)
    assert len(rows) == 300
    assert set(keep) <= set(rows)
    assert (np.diff(rows) > 0).all()


def test_a_small_pool_is_shown_whole():
    assert sample_rows(5, [2]).tolist() == [0, 1, 2, 3, 4]


def test_an_unknown_method_is_refused_with_those_that_exist():
    with pytest.raises(SettingsError, match="pca"):
        embed(two_clouds(), "magic")


def test_a_map_of_one_row_is_refused_in_words():
    with pytest.raises(PoolError, match="at least 2 rows"):
        embed(np.ones((1, 3)))


def test_slow_methods_are_offered_for_small_pools_only():
    assert "tsne" in map_methods(500)
    assert "tsne" not in map_methods(50_000)


def points(n: int = 30) -> MapPoints:
    rng = np.random.default_rng(0)
    rows = rng.permutation(1000)[:n]
    labelled = np.arange(n) < 5
    return MapPoints(
        rows=rows,
        xy=rng.normal(size=(n, 2)),
        group=np.where(np.arange(n) % 2, "<b>", "ok"),
        sure=np.linspace(0.5, 1, n),
        labelled=labelled,
        asked_next=np.arange(n) == 7,
    )


def test_every_row_is_drawn_once_and_carries_its_number():
    where = points()
    figure = pool_map(where, ["<b>", "ok"])
    drawn = [row for trace in figure.data if trace.name != "asked next" for row in trace.customdata]
    assert sorted(drawn) == sorted(where.rows)
    marked = next(trace for trace in figure.data if trace.name == "asked next")
    assert list(marked.customdata) == [where.rows[7]]


def test_labelled_rows_are_ringed_and_doubtful_ones_stand_out():
    figure = pool_map(points(), ["<b>", "ok"])
    ringed = [trace for trace in figure.data if trace.name.endswith("(answered)")]
    assert ringed
    assert all(trace.marker.line.width for trace in ringed)
    faint = next(trace for trace in figure.data if trace.name == "ok")
    assert faint.marker.opacity[0] > faint.marker.opacity[-1]


def test_answers_of_the_file_are_harmless_in_the_legend():
    assert "<b>" not in pool_map(points(), ["<b>", "ok"]).to_json().replace("\\u003c", "<")


def test_a_selection_names_rows_whatever_the_trace():
    event = {"selection": {"points": [{"customdata": 9}, {"customdata": [4]}, {"customdata": 9}]}}
    assert rows_of_event(event) == [4, 9]
    assert rows_of_event({}) == []
