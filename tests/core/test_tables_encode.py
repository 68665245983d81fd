"""Roles, features, storing and demo sets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
import skops.io

from al_core.errors import TableError
from al_core.tables import (
    OWN_TYPES,
    Role,
    column_summary,
    demo_sets,
    encode,
    guess_roles,
    label_candidates,
    load_demo,
    load_table,
    pictures,
    read_table,
    save_table,
)
from tests.shared_data import shared_data

N = 60


def mixed() -> tuple[pd.DataFrame, dict[str, Role]]:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "n": np.where(rng.random(N) < 0.2, np.nan, rng.normal(size=N)),
            "wild": [np.inf, -np.inf, 1e300, *rng.normal(size=N - 3)],
            "c": rng.choice(["red", "green", "blue"], N),
            "d": pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(N), "h"),
            "t": [
                f"message number {i % 7} about {'money' if i % 2 else 'parcels'}" for i in range(N)
            ],
            "u": [f"second text {i % 5}" if i % 3 else None for i in range(N)],
        }
    )
    kinds = {
        "n": "number",
        "wild": "number",
        "c": "category",
        "d": "date",
        "t": "text",
        "u": "text",
    }
    return frame, {name: Role(kind, "") for name, kind in kinds.items()}


@pytest.mark.parametrize("dense", [True, False])
def test_any_table_becomes_finite_float32_with_a_name_for_each_feature(dense: bool) -> None:
    frame, roles = mixed()
    encoded = encode(frame, roles, dense=dense)
    X = encoded.X if dense else encoded.X.toarray()
    assert sp.issparse(encoded.X) != dense
    assert X.dtype == np.float32
    assert np.isfinite(X).all()
    assert X.shape == (N, len(encoded.feature_names))
    assert np.abs(X).max() < 50
    assert {"n is blank", "c: red", "d weekday"} <= set(encoded.feature_names)


def test_new_rows_with_unseen_and_missing_cells_are_taken() -> None:
    frame, roles = mixed()
    encoded = encode(frame, roles, dense=True)
    new = frame.iloc[:3].copy()
    new["c"] = ["violet", None, "red"]
    new["n"] = ["not a number", 5, None]
    new["t"] = [None, "", "日本"]
    X = encoded.transformer.transform(new)
    assert X.shape == (3, encoded.X.shape[1])
    assert np.isfinite(X).all()


def test_the_same_rows_encode_the_same_alone_or_together() -> None:
    frame, roles = mixed()
    encoded = encode(frame, roles)
    again = encoded.transformer.transform(frame.iloc[5:9])
    assert np.allclose(encoded.X[5:9].toarray(), again.toarray(), atol=1e-5)


def test_rare_values_share_one_feature_up_to_a_cap() -> None:
    frame = pd.DataFrame({"c": [f"v{i % 300}" for i in range(900)]})
    assert encode(frame, {"c": Role("category", "")}).X.shape[1] == 41


def test_a_wild_outlier_does_not_flatten_the_rest() -> None:
    frame = pd.DataFrame({"x": [*np.linspace(0, 1, 999), 1e12]})
    X = encode(frame, {"x": Role("number", "")}).X
    assert X[:999].std() > 0.5


def test_the_transformer_is_saved_without_a_pickle() -> None:
    frame, roles = mixed()
    encoded = encode(frame, roles)
    data = skops.io.dumps(encoded.transformer)
    unknown = skops.io.get_untrusted_types(data=data)
    assert set(unknown) <= set(OWN_TYPES)
    loaded = skops.io.loads(data, trusted=unknown)
    assert np.allclose(loaded.transform(frame).toarray(), encoded.X.toarray(), atol=1e-6)


def test_nothing_left_to_learn_from_is_said() -> None:
    frame, _ = mixed()
    with pytest.raises(TableError, match="No column is left"):
        encode(frame, {"n": Role("ignored", "")})
    with pytest.raises(TableError, match='"gone" is not in the table'):
        encode(frame, {"gone": Role("number", "")})


def test_columns_that_cannot_help_are_left_out() -> None:
    rows = "".join(f"{i},T-{i}x,same,,{i % 7},{'ab'[i % 2]}\n" for i in range(40))
    roles = guess_roles(read_table(("no,ticket,region,empty,n,kind\n" + rows).encode()))
    assert {name: (role.kind, *role.flags) for name, role in roles.items()} == {
        "no": ("ignored", "id", "all_different"),
        "ticket": ("ignored", "id", "all_different"),
        "region": ("ignored", "constant"),
        "empty": ("ignored", "blank"),
        "n": ("number",),
        "kind": ("category",),
    }


def test_the_answer_column_may_be_named_and_a_wrong_name_is_said() -> None:
    table = read_table(b"text,Team\nlate,A\nlost,B\n")
    assert guess_roles(table, answer="Team")["Team"].kind == "label"
    assert guess_roles(table, answer="Team")["text"] == guess_roles(table)["text"]
    assert "label" not in {role.kind for role in guess_roles(table).values()}
    with pytest.raises(TableError, match=r'no column "team".*text, Team'):
        guess_roles(table, answer="team")


def test_real_files_get_the_roles_a_person_would_give() -> None:
    roles = guess_roles(read_table(shared_data("csv/titanic.csv")))
    kinds = {name: role.kind for name, role in roles.items()}
    assert kinds["PassengerId"] == "ignored"
    assert (kinds["Name"], kinds["Sex"], kinds["Age"]) == ("text", "category", "number")


@pytest.mark.parametrize("key", ["digits", "tickets", "wine", "iris", "breast_cancer"])
def test_a_demo_set_is_a_table_with_its_answer_first(key: str) -> None:
    demo = next(d for d in demo_sets() if d.key == key)
    table = load_demo(key)
    assert table.n_rows == demo.n_rows
    assert demo.label_column in [c.column for c in label_candidates(table)]
    assert table.text.shape == table.frame.shape


def test_digits_are_a_picture_and_random_columns_are_none() -> None:
    table = load_demo("digits")
    picture = pictures(guess_roles(table))[0]
    assert (picture.height, picture.width, picture.scale) == (8, 8, 16.0)
    noise = pd.DataFrame(np.random.default_rng(0).integers(0, 9, (50, 64)))
    noise.columns = [f"c{i}" for i in range(64)]
    assert not pictures(guess_roles(read_table(noise.to_csv(index=False).encode(), header=1)))


def test_a_demo_set_that_does_not_exist_is_said() -> None:
    with pytest.raises(TableError, match="digits, tickets"):
        load_demo("cats")


def test_a_saved_table_that_is_gone_or_damaged_is_said(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="missing"):
        load_table(tmp_path)
    save_table(load_demo("iris"), tmp_path)
    (tmp_path / "table.parquet").write_bytes(b"broken")
    with pytest.raises(TableError, match="damaged"):
        load_table(tmp_path)


def test_a_column_summary_counts_blanks_and_bins() -> None:
    table = read_table(b"n,t\n1,a\n2,a\n,b\n4,\n")
    number, text = column_summary(table, "n"), column_summary(table, "t")
    assert (number.kind, number.n_blank, number.n_distinct) == ("number", 1, 3)
    assert number.histogram is not None
    assert sum(number.histogram[1]) == 3
    assert (text.top[0], text.histogram) == (("a", 2), None)
    with pytest.raises(TableError, match="no column"):
        column_summary(table, "z")
