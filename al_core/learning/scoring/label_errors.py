"""Labels that may be wrong: those that the other labels speak against, and how far labels that
were given twice agree.

The first is confident learning (Northcutt, Jiang and Chuang 2021, Journal of Artificial
Intelligence Research 70). Each row is judged by models that did not learn from it. A label is
doubtful where another answer is as likely as it usually is for rows with that label, and more
likely than any other such answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from al_core.errors import SettingsError
from al_core.learning.matrices import Matrix
from al_core.learning.models.fitting import fit_model
from al_core.learning.models.probabilities import class_probabilities
from al_core.learning.models.threads import one_thread
from al_core.learning.records import text_labels

FOLDS = 10
"""A choice: with ten folds a model learns from nine tenths of the few labels there are."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """Labelled rows by how doubtful their label is; (n,) arrays, the most doubtful first.

    ``places``: positions in what was given; ``doubtful``: whether confident learning takes the
    label for wrong; ``guesses``: the answer that speaks against it; ``own``, ``other``: what the
    models give the label and that guess.
    """

    places: NDArray[np.intp]
    doubtful: NDArray[np.bool_]
    guesses: NDArray[Any]
    own: NDArray[np.float64]
    other: NDArray[np.float64]


def doubt_labels(X: Matrix, labels: NDArray[Any], estimator: Any, seed: int = 0) -> Doubts:
    """All rows of X (n, d) with their labels (n,), the most doubtful first.

    estimator: a classifier, not fitted. Answers given fewer than twice are doubted by nobody; with
    fewer than two others there is nothing to compare, and nothing is returned.
    """
    codes, times = np.unique(labels, return_inverse=True, return_counts=True)[1:]
    often = np.flatnonzero(times[codes] > 1)
    if len(np.unique(codes[often])) < 2:
        return _none()
    chances = out_of_fold(X[often], labels[often], estimator, seed)
    found = confident_learning(chances, np.unique(labels[often], return_inverse=True)[1])
    order, wrong, guess, own, other = found
    return Doubts(
        often[order], wrong[order], np.unique(labels[often])[guess[order]],
        own[order], other[order],
    )  # fmt: skip


def _none() -> Doubts:
    return Doubts(
        np.empty(0, dtype=np.intp), np.empty(0, dtype=bool), np.empty(0, dtype=np.str_),
        np.empty(0), np.empty(0),
    )  # fmt: skip


def out_of_fold(
    X: Matrix, labels: NDArray[Any], estimator: Any, seed: int = 0
) -> NDArray[np.float64]:
    """(n, answers in sorted order): what models that did not learn from a row give each answer.

    Every answer is given at least twice; one given fewer times than there are folds is absent from
    some models, which give it nothing.
    """
    names, codes, times = np.unique(labels, return_inverse=True, return_counts=True)
    total = np.zeros((len(labels), len(names)))
    folds = int(min(FOLDS, max(2, times.min())))
    cut = StratifiedKFold(folds, shuffle=True, random_state=seed)
    with one_thread():
        for taught, held in cut.split(np.zeros(len(labels)), codes):
            model = fit_model(estimator, X[taught], labels[taught], seed)
            known = np.searchsorted(names, text_labels(model.classes_))
            total[np.ix_(held, known)] = class_probabilities(model, X[held])
    return total


def confident_learning(
    chances: NDArray[np.float64], codes: NDArray[np.intp]
) -> tuple[
    NDArray[np.intp],
    NDArray[np.bool_],
    NDArray[np.intp],
    NDArray[np.float64],
    NDArray[np.float64],
]:
    """(order, doubtful, guess, own, other) of rows, from out-of-fold chances (n, k) and labels (n,)
    as column numbers; the order is most doubtful first, the others are by row.

    Doubtful: off the diagonal of the confident joint. The order is that of the margin of the
    likeliest other answer over the label (found better than what is usual for each taken off:
    `benchmarks.label_errors`, adult .64 against .58 at six seeds).

    >>> chances = np.array([[0.9, 0.1], [0.8, 0.2], [0.2, 0.8], [0.1, 0.9], [0.05, 0.95]])
    >>> order, doubtful, *_ = confident_learning(chances, np.array([0, 0, 1, 1, 0]))
    >>> int(order[0]), doubtful.tolist()
    (4, [False, False, False, False, True])
    """
    n, k = chances.shape
    rows = np.arange(n)
    usual = np.array([chances[codes == code, code].mean() for code in range(k)])
    over = np.where(chances >= usual, chances, -1.0)
    confident = over.argmax(axis=1)
    doubtful = (over.max(axis=1) >= 0) & (confident != codes)
    others = chances.copy()
    others[rows, codes] = -np.inf
    guess = np.where(doubtful, confident, others.argmax(axis=1))
    own, other = chances[rows, codes], chances[rows, guess]
    order = np.argsort(own - others.max(axis=1), kind="stable")
    return order, doubtful, guess, own, other


def gwet_ac1(first: Sequence[str], second: Sequence[str], n_answers: int) -> float:
    """Agreement of two labels a row beyond chance, 1 where all agree (Gwet 2008, British Journal of
    Mathematical and Statistical Psychology 61, formula for two raters).

    Chance is what raters who guess at times agree on: it stays small where one answer is common, so
    that high agreement is not called none, as Cohen's kappa does. ``n_answers``: how many answers
    could be given, at least as many as were.

    >>> round(gwet_ac1(["a", "a", "a", "b"], ["a", "a", "b", "b"], 2), 3)
    0.529
    """
    if not first or len(first) != len(second):
        raise SettingsError(f"Got {len(first)} and {len(second)} labels. Give two for each row.")
    one, two = Counter(first), Counter(second)
    if len(one | two) > n_answers:
        raise SettingsError(f"Got {len(one | two)} different labels, but {n_answers} answers.")
    if n_answers < 2:
        return 1.0
    n = len(first)
    share = sum(a == b for a, b in zip(first, second, strict=True)) / n
    usual = [(one[name] + two[name]) / (2 * n) for name in one | two]
    by_chance = sum(p * (1 - p) for p in usual) / (n_answers - 1)
    return (share - by_chance) / (1 - by_chance)
