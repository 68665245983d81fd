"""What it says of the app's guesses that somebody else's are the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from al_core.projects.filling.agreement import share_left
from al_core.projects.filling.lines import expected_wrong
from al_core.tables import read_table
from tests.core.test_projects_guesses import ROLES, guessed, started
from tests.projects_cases import answer, truth_of

N_ROWS, N_CHECK, N_SEEDS = 1_050, 100, 300


def simulated(seed: int, shared: float, n_check: int = N_CHECK) -> tuple[float, float]:
    """Said and true share wrong among rows on which an app right 88 in 100 and a column right 87
    in 100 agree. shared: of the app's errors, those that the column repeats because of the app."""
    rng = np.random.default_rng([seed, n_check])
    sure = rng.beta(8.8, 1.2, N_ROWS + n_check)  # mean 0.88
    app_wrong = rng.random(len(sure)) > sure
    repeats = app_wrong & (rng.random(len(sure)) < shared)
    # so that the column is wrong in 13 of 100 rows all the same
    alone = (0.13 - 0.12 * shared) / (1 - 0.12 * shared)
    column_wrong = repeats | (rng.random(len(sure)) < alone)
    agree = app_wrong == column_wrong  # two answers: both right, or both wrong
    check = np.arange(len(sure)) >= N_ROWS
    seen, left = check & agree, ~check & agree
    expected = float((1 - sure[seen]).sum())
    kept = share_left(int(app_wrong[seen].sum()), expected, float(1 - agree[~check].mean()))
    return expected_wrong(sure[left], kept), float(app_wrong[left].mean())


@pytest.mark.parametrize("shared", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("n_check", [40, 100, 200])
def test_the_share_said_to_be_wrong_is_on_average_near_the_true_one_and_rather_too_high(
    shared: float, n_check: int
) -> None:
    runs = np.array([simulated(seed, shared, n_check) for seed in range(N_SEEDS)])
    said, true = runs.mean(axis=0)
    assert true <= 1.05 * said
    assert said <= 1.8 * true
    assert (runs[:, 0] < runs[:, 1] / 3).mean() <= 0.1  # by more than a factor of 3 too low


def test_without_a_check_row_a_column_is_believed_half() -> None:
    assert share_left(0, 0.0, 0.2) == pytest.approx(0.6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_check_of_rows_on_which_both_agree_is_planned_with_the_agreement(
    tmp_path: Path, seed: int
) -> None:
    with started(tmp_path / "p", guessed(900, right=0.87, seed=seed)) as project:
        answer(project, 100)
        alone = project.plan_fill_check(0.5)
        both = project.plan_fill_check(0.5, agreeing_with="gpt_guess")
        x, left = project.table.text["x"], project.rows_left()
        agreeing = project.table.text["gpt_guess"][left["row"]].to_numpy() == left["label"]
        of = zip(left["row"], left["label"], agreeing, strict=True)
        true = np.mean([truth_of(x[row]) != label for row, label, agrees in of if agrees])
        assert true / 3 <= both.wrong < alone.wrong
        assert both.chance is not None
        assert alone.chance is not None
        assert both.chance > alone.chance
        assert "on which gpt_guess says the same" in both.sentence
        assert "says the same" not in alone.sentence


def test_where_both_agree_a_check_is_likelier_to_pass_than_not_though_the_app_alone_is_unsure(
    tmp_path: Path,
) -> None:
    rng = np.random.default_rng(5)

    def noisy(x: str) -> str:  # one in eight has the other answer, which no app can know
        return {"yes": "no", "no": "yes"}[truth_of(x)] if rng.random() < 1 / 8 else truth_of(x)

    table = guessed(1_000)
    truth = [noisy(x) for x in table.text["x"]]
    told = [t if rng.random() < 0.97 else {"yes": "no", "no": "yes"}[t] for t in truth]
    cells = zip(table.text["x"], table.text["y"], told, strict=True)
    lines = ["x,y,gpt_guess", *(f"{x},{y},{guess}" for x, y, guess in cells)]
    roles = {name: role for name, role in ROLES.items() if name != "second"}
    with started(tmp_path / "p", read_table("\n".join(lines).encode(), name="t.csv"), roles) as p:
        for _ in range(160):
            (question,) = p.ask()
            p.label(question.row, truth[question.row], token=question.token)
        alone, both = p.plan_fill(), p.plan_fill(agreeing_with="gpt_guess")
        assert not alone.likely
        assert both.likely
        assert "Over no line" not in both.rule
