"""The eight models of the menu, each with what it needs and how many rows it is meant for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sklearn.ensemble import (
    ExtraTreesClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

from al_core.errors import SettingsError
from al_core.learning.models.balanced_vote import BalancedVote
from al_core.learning.models.fitting import boosting_leaf, neighbours

# Choices: more trees are smoother and slower; forests answer a press in time up to so many rows,
# and try few of more columns than that.
_TREES = 50
_FOREST_ROWS = 20_000
_WIDE = 1_000


@dataclass(frozen=True)
class ModelSpec:
    """One model of the menu.

    ``make(n_labels=None)`` gives an unfitted estimator; ``n_labels`` sizes what depends on the
    number of labels (``fit_model`` does so again at every fit). ``dense``: needs a dense array.
    ``sparse``: takes CSR. ``max_rows``: the largest pool it answers in reasonable time.
    """

    name: str
    title: str
    build: Callable[[int | None], Any]
    dense: bool
    sparse: bool
    max_rows: int
    summary: str

    def make(self, n_labels: int | None = None) -> Any:
        """An unfitted estimator, its ``random_state`` left for ``fit_model`` to set."""
        return self.build(n_labels)


def _boosting(n_labels: int | None) -> Any:
    # A random part of the columns at each split: with all of them, ten labels are told apart by the
    # same column in every tree, and all rows get one of two probabilities.
    leaf = boosting_leaf(n_labels)
    return HistGradientBoostingClassifier(max_iter=60, min_samples_leaf=leaf, max_features=0.3)


def _nearest(n_labels: int | None) -> Any:
    # Weighted by distance: plain counts of 5 neighbours give only 3 different degrees of doubt.
    return KNeighborsClassifier(neighbours(n_labels), weights="distance")


_SPECS = (
    ModelSpec(
        "balanced_vote",
        "Balanced vote",
        lambda n: BalancedVote(_TREES),
        dense=False,
        sparse=True,
        max_rows=200_000,
        summary="Random trees and a weighted sum of the columns vote, each as far as it was right "
        "so far; looks after rare answers as well as common ones.",
    ),
    ModelSpec(
        "extra_trees",
        "Extra trees",
        lambda n: ExtraTreesClassifier(_TREES),
        dense=False,
        sparse=True,
        max_rows=200_000,
        summary="Many random trees; right for most tables of numbers and categories.",
    ),
    ModelSpec(
        "random_forest",
        "Random forest",
        lambda n: RandomForestClassifier(_TREES),
        dense=False,
        sparse=True,
        max_rows=200_000,
        summary="Many trees on samples of the rows; close to extra trees, a little slower.",
    ),
    ModelSpec(
        "logistic_regression",
        "Logistic regression",
        lambda n: LogisticRegression(max_iter=1_000),
        dense=False,
        sparse=True,
        max_rows=10_000_000,
        summary="A weighted sum of the columns; right for text, wide tables and very many rows.",
    ),
    ModelSpec(
        "gradient_boosting",
        "Gradient boosting",
        _boosting,
        dense=True,
        sparse=False,
        max_rows=1_000_000,
        summary="Trees that correct one another; strong with many labels, slow to learn.",
    ),
    ModelSpec(
        "svm",
        "Support vector machine",
        lambda n: SVC(),
        dense=False,
        sparse=True,
        max_rows=50_000,
        summary="A smooth border between the answers; good with few labels and few columns.",
    ),
    ModelSpec(
        "nearest_neighbours",
        "Nearest neighbours",
        _nearest,
        dense=False,
        sparse=True,
        max_rows=100_000,
        summary="Answers as the most similar labelled rows were answered.",
    ),
    ModelSpec(
        "naive_bayes",
        "Naive Bayes",
        # With a handful of labels plain variances are near 0 and every row a certainty.
        lambda n: GaussianNB(var_smoothing=0.05),
        dense=True,
        sparse=False,
        max_rows=10_000_000,
        summary="Looks at each column by itself; very fast, often too sure of itself.",
    ),
)

MODELS: Mapping[str, ModelSpec] = MappingProxyType({spec.name: spec for spec in _SPECS})


def get_model(name: str) -> ModelSpec:
    """The model registered under ``name``; a SettingsError lists those that exist."""
    if name not in MODELS:
        raise SettingsError(
            f"There is no model named {name!r}. Choose one of: {', '.join(MODELS)}."
        )
    return MODELS[name]


def recommend_model(n_rows: int, n_features: int, sparse: bool) -> str:
    """The name of the default model: a balanced vote for tables of up to 20,000 rows, else linear.

    Measured over 20 tables, whether plain or balanced accuracy counts: docs/benchmarks.md.

    >>> recommend_model(7_000, 46, sparse=False), recommend_model(5_000, 30_000, sparse=True)
    ('balanced_vote', 'logistic_regression')
    """
    fits_trees = not sparse and n_rows <= _FOREST_ROWS and n_features <= _WIDE
    return "balanced_vote" if fits_trees else "logistic_regression"


def why_recommended(n_rows: int, n_features: int, sparse: bool) -> str:
    """A sentence for the person: which model is recommended for such a table, and why.

    >>> why_recommended(5_000, 30_000, sparse=True)
    'Logistic regression: with free text a weighted sum of its words and letters learns best.'
    """
    title = MODELS[recommend_model(n_rows, n_features, sparse)].title
    if sparse:
        why = "with free text a weighted sum of its words and letters learns best"
    elif n_features > _WIDE:
        why = f"of more than {_WIDE:,} columns trees would try too few"
    elif n_rows > _FOREST_ROWS:
        why = f"with more than {_FOREST_ROWS:,} rows it still answers at once"
    else:
        why = "over 20 tables it was right as often as trees alone, and more often on rare answers"
    return f"{title}: {why}."


def models_for(n_rows: int, n_features: int, sparse: bool) -> list[tuple[ModelSpec, str]]:
    """Every model, the recommended one first, with the reason why it cannot take this table.

    The reason is a sentence for the person, or "" where the model can be used.
    """
    best = recommend_model(n_rows, n_features, sparse)
    specs = sorted(MODELS.values(), key=lambda spec: spec.name != best)
    return [(spec, _reason_hidden(spec, n_rows, sparse)) for spec in specs]


def _reason_hidden(spec: ModelSpec, n_rows: int, sparse: bool) -> str:
    if sparse and not spec.sparse:
        return f"{spec.title} cannot read free text; logistic regression can."
    if n_rows > spec.max_rows:
        return (
            f"{spec.title} is too slow for {n_rows:,} rows; it is meant for up to "
            f"{spec.max_rows:,}."
        )
    return ""
