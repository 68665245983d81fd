"""Columns that give the answer away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from al_core.tables.columns.answers import answers_in
from al_core.tables.columns.roles import Role
from al_core.tables.table import Table
from al_core.wording import of_100

# Choices. A share of 98.5 in 100 lets some noise pass for a leak; folds and rows keep a look short,
# and with fewer than 30 rows such a share comes by chance.
ENOUGH = 0.985
FEWEST_ROWS = 30
MOST_ROWS = 4_000
FOLDS = 3


def flag_leaks(table: Table, roles: Mapping[str, Role], label_column: str) -> dict[str, Role]:
    """The same roles, flagged ``leak`` where a column alone predicts the label; kinds are kept.

    A column is flagged where a small tree on it alone is right in 98.5 of 100 held-out rows, each
    answer counting the same.
    """
    rows, codes = _labelled(table, label_column)
    flagged = dict(roles)
    if len(rows) < FEWEST_ROWS or len(np.unique(codes)) < 2:
        return flagged
    for name, role in roles.items():
        if (
            name == label_column
            or role.kind in {"label", "pixels", "text"}
            or name not in table.frame
        ):
            continue
        if role.flags and "leak" not in role.flags:
            continue
        score = _alone(table.frame[name].iloc[rows], codes)
        if score >= ENOUGH:
            reason = f"gives the answer away: alone it is right {of_100(score)} times in 100"
            flagged[name] = replace(role, reason=reason, flags=(*role.flags, "leak"))
    return flagged


def _labelled(table: Table, column: str) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Labelled rows of answers with at least three rows each, at most 4,000, and their codes."""
    values = answers_in(table, column).values
    counts = values.value_counts()
    kept = values[values.isin(counts[counts >= FOLDS].index)]
    if len(kept) > MOST_ROWS:
        kept = kept.sample(MOST_ROWS, random_state=0)
        counts = kept.value_counts()
        kept = kept[kept.isin(counts[counts >= FOLDS].index)]
    codes, _ = pd.factorize(kept)
    return kept.index.to_numpy(), codes.astype(np.intp)


def _alone(column: pd.Series[Any], codes: NDArray[np.intp]) -> float:
    """Balanced accuracy of the column alone on rows held out, three folds."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    guesses = np.empty_like(codes)
    n_classes = len(np.unique(codes))
    for train, test in folds.split(np.zeros(len(codes)), codes):
        if column.dtype.kind in "ifM" or hasattr(column.dtype, "tz"):
            guesses[test] = _by_tree(column, codes, train, test, n_classes)
        else:
            guesses[test] = _by_value(column, codes, train, test)
    return float(balanced_accuracy_score(codes, guesses))


def _by_tree(
    column: pd.Series[Any], codes: NDArray[np.intp], train: Any, test: Any, n_classes: int
) -> Any:
    numbers = column.astype("int64") if column.dtype.kind == "M" else column
    X = np.nan_to_num(numbers.to_numpy(dtype=np.float64), nan=-1e30, posinf=1e30, neginf=-1e30)
    X = np.clip(X, -1e30, 1e30).reshape(-1, 1)
    tree = DecisionTreeClassifier(max_leaf_nodes=2 * n_classes, random_state=0)
    return tree.fit(X[train], codes[train]).predict(X[test])


def _by_value(column: pd.Series[Any], codes: NDArray[np.intp], train: Any, test: Any) -> Any:
    """Each value's most frequent answer; values never seen get the most frequent of all."""
    values = column.fillna("").to_numpy()
    table = pd.crosstab(pd.Series(values[train]), pd.Series(codes[train]))
    best = table.idxmax(axis=1)
    usual = int(np.bincount(codes[train]).argmax())
    return pd.Series(values[test]).map(best).fillna(usual).to_numpy(dtype=np.intp)
