"""One long answer among many short ones: each place of an array is not as wide as that one."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from al_core.learning import ActiveLearner, get_metric, simulate
from al_core.learning.matrices import as_labels
from al_core.projects import Project
from al_core.tables import Role, Table

N = 4_000
CODES = np.arange(N) % 2
X = np.column_stack([CODES, np.random.default_rng(0).normal(size=N)])
LONG = "y" * 50_000  # as wide for each of N it takes 800 MB


@contextmanager
def at_most(n_bytes: int) -> Iterator[None]:
    """Whatever is done within takes no more memory than that."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < n_bytes
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", [list, np.asarray, pd.Series], ids=["list", "objects", "series"])
def test_labels_of_which_one_is_long_take_what_they_hold(kind: type) -> None:
    labels = [LONG, *["no", "yes"] * (N // 2)]
    given = kind(np.asarray(labels, dtype=object)) if kind is not list else labels
    with at_most(2_000_000):
        read = as_labels(given)
    assert read.tolist() == labels


def test_a_learner_with_a_long_answer_says_what_one_with_a_short_answer_does() -> None:
    said = {}
    for yes in ("yes", LONG):
        y = np.asarray(["no", yes], dtype=object)[CODES]
        with at_most(20_000_000):
            learner = ActiveLearner(LogisticRegression(), "margin", X[:50], y[:50].tolist())
            learner.teach(X[50:N], y[50:N].tolist())
            asked = learner.query(X, n_instances=5)[0]
            guessed = learner.predict(X)
            score = get_metric("balanced_accuracy").score(y, guessed)
            rounds = list(simulate(X, y, estimator=LogisticRegression(), budget=30, seed=0))
        said[yes] = (asked.tolist(), (guessed == yes).tolist(), score, [r.score for r in rounds])
    assert said["yes"] == said[LONG]


def _life(folder: Path, yes: str) -> tuple[list[float | None], list[list[int]], int]:
    """Scores and mixed-up counts of a rehearsal whose second answer has that name, and the peak."""
    values = pd.DataFrame(X, columns=["a", "b"])
    answers = pd.Series(np.asarray(["no", yes], dtype=object)[CODES])
    text = values.astype(str).assign(answer=answers)
    table = Table(frame=values.assign(answer=answers), text=text, name="p")
    roles = {**dict.fromkeys(["a", "b"], Role("number", "test")), "answer": Role("label", "test")}
    settings = {"kind": "oracle", "model": "logistic_regression", "check_share": 0.5}
    with Project.create(folder, table, roles, settings, background=False) as project:
        project.answer_with_oracle(4)
        tracemalloc.start()
        project.answer_with_oracle(10)
        scores = [one.score for one in project.rounds()]
        project.predictions()
        mixed = project.mixups()
        assert mixed is not None
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return scores, mixed[0].tolist(), peak


def test_a_project_with_a_long_answer_goes_as_one_with_a_short_answer_in_the_same_memory(
    tmp_path: Path,
) -> None:
    *short, little = _life(tmp_path / "short", "yes")
    *long, much = _life(tmp_path / "long", "y" * 500)
    assert long == short
    assert much - little < 2_000_000  # as wide as the long one an array of N takes 8 MB
