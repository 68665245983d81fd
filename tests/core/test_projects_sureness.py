"""How sure: the chance that the guess is right, learned on check rows from twenty on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from al_core.learning.models.sureness import CALIBRATED_FROM, Sureness, learn_sureness
from al_core.projects import Project
from al_core.tables import Role, read_table


def noisy(seed: int, n: int = 500) -> tuple[bytes, np.ndarray]:
    """A file of two numbers, and answers of which a third are wrong whatever the numbers say."""
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(n, 2))
    answers = np.where((points[:, 0] > 0) ^ (rng.random(n) < 0.33), "yes", "no")
    lines = "\n".join(f"{a:.4f},{b:.4f}" for a, b in points)
    return f"x,y\n{lines}\n".encode(), answers


def sure_and_right(folder: Path, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """How sure a project is of each row still open after 90 answers, and whether it is right."""
    content, answers = noisy(seed)
    roles = {"x": Role("number", "test"), "y": Role("number", "test")}
    model = {"model": "nearest_neighbours", "seed": seed}
    settings = {"kind": "live", "classes": ["no", "yes"], "check_first": 40, **model}
    table = read_table(content, name="noisy.csv")
    with Project.create(folder, table, roles, settings, background=False) as project:
        for _ in range(90):
            [question] = project.ask(1)
            project.label(question.row, str(answers[question.row]), token=question.token)
        project.ask(1)  # the model now knows all labels
        said = project.predictions()
        still_open = np.setdiff1d(said["row"], project.labels()["row"])
        assert sum(project.guess(int(still_open[0])).values()) == pytest.approx(1)
        right = said["prediction"].to_numpy()[still_open] == answers[still_open]
        return said["confidence"].to_numpy()[still_open], right


def test_a_model_that_is_too_sure_of_itself_is_called_as_sure_as_it_is_right(
    tmp_path: Path,
) -> None:
    runs = [sure_and_right(tmp_path / str(seed), seed) for seed in range(4)]
    sure, right = (np.concatenate(part) for part in zip(*runs, strict=True))
    assert sure.mean() == pytest.approx(right.mean(), abs=0.08)


def test_below_twenty_rows_the_model_is_taken_at_its_word() -> None:
    said = np.full(CALIBRATED_FROM - 1, 0.8)
    assert learn_sureness(said, np.zeros(len(said), dtype=bool)) == Sureness()
    assert Sureness()(said).tolist() == said.tolist()


def test_a_model_that_is_right_as_often_as_it_says_keeps_its_word() -> None:
    rng = np.random.default_rng(0)
    said = rng.uniform(0.5, 1.0, 400)
    learned = learn_sureness(said, rng.random(400) < said)
    assert learned(np.array([0.6, 0.75, 0.9])) == pytest.approx([0.6, 0.75, 0.9], abs=0.06)


def test_what_a_model_is_surer_of_is_never_called_less_sure() -> None:
    said = np.linspace(0.5, 1.0, 40)
    learned = learn_sureness(said, said < 0.75)  # the other way round
    assert (np.diff(learned(said)) >= 0).all()


def test_how_sure_is_the_same_right_after_opening_as_once_the_model_has_come_in(
    tmp_path: Path,
) -> None:
    """What is exported in the first moment is calibrated too."""
    sure_and_right(tmp_path / "p", 0)
    for _ in range(2):
        with Project.open(tmp_path / "p") as project:
            first = project.predictions()
            assert project.is_calibrated()
            project.wait()
            assert project.predictions()["confidence"].equals(first["confidence"])
            raw = project._opinions.final_model()
            said = raw.predict_proba(project.X).max(axis=1)
            assert np.abs(said - first["confidence"]).max() > 0.01
