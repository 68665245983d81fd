"""Rehearsals: the same numbers as ``simulate``, in pieces or in one go, and the person beside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from al_core.errors import ProjectError
from al_core.learning import Baseline, Round, simulate
from al_core.projects import Project
from al_core.tables import Table, load_demo, read_table
from tests.projects_cases import live, rehearsal, roles_of
from tests.shared_data import shared_data


def _numbers(rounds: list[Round]) -> list[tuple[object, ...]]:
    return [(r.n_labels, r.score, r.low, r.high, r.n_test, r.rows.tolist()) for r in rounds]


def _compare_with_simulate(folder: Path, table: Table, label: str, **settings: object) -> None:
    roles, given = roles_of(table, label), {"seed": 3, **settings}
    truth = np.asarray(table.text[label], dtype=str)
    with (
        Project.create(folder / "pieces", table, roles, given, background=True) as pieces,
        Project.create(folder / "whole", table, roles, given, background=False) as whole,
    ):
        for n in (1, 10, 10):
            pieces.answer_with_oracle(n)
        whole.answer_with_oracle(21)
        simulated = simulate(
            whole.X,
            truth,
            estimator=whole.estimator,
            strategy=whole.settings.strategy,
            initial=whole.first_rows,
            test=whole.test_rows,
            budget=21,
            metric=whole.metric,
            seed=whole.seed,
        )
        wanted = _numbers(list(simulated))
        assert _numbers(pieces.rounds()) == wanted
        assert _numbers(whole.rounds()) == wanted
    with Project.open(folder / "whole", background=False) as again:
        assert _numbers(again.rounds()) == wanted


@pytest.mark.parametrize("model", ["logistic_regression", "extra_trees"])
def test_the_curve_on_heart_equals_simulate_to_the_last_digit(tmp_path: Path, model: str) -> None:
    table = read_table(shared_data("lu2023/heart.csv"))
    _compare_with_simulate(tmp_path, table, "label", model=model)


@pytest.mark.parametrize("model", ["logistic_regression", "extra_trees"])
def test_the_curve_on_digits_equals_simulate_to_the_last_digit(tmp_path: Path, model: str) -> None:
    table = load_demo("digits")
    label = next(name for name in table.columns if table.frame[name].nunique() == 10)
    _compare_with_simulate(tmp_path, table, label, model=model, metric="balanced_accuracy")


def test_each_answer_is_journalled_by_its_source(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        project.answer_with_oracle(7)
        labels = project.labels()
        assert len(labels) == 7
        assert set(labels["source"]) == {"oracle"}
        truth = project.table.text["answer"]
        assert labels["label"].tolist() == [truth[row] for row in labels["row"]]
        assert project.counts().spent == 7


def test_first_rows_are_known_before_the_first_answer(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        before = project.first_rows.tolist()
        project.answer_with_oracle(len(before) + 3)
        assert project.first_rows.tolist() == before
        assert project.rounds()[0].rows.tolist() == before


def test_the_person_can_answer_by_hand_in_between(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        project.answer_with_oracle(6)
        (question,) = project.ask()
        project.label(question.row, "yes", token=question.token)
        project.answer_with_oracle(3)
        assert set(project.labels()["source"]) == {"oracle", "person"}
        assert project.counts().spent == 10
        assert project.rounds()[-1].n_labels == 10


def test_by_hand_and_from_the_file_the_same_rows_are_asked(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "a") as one, rehearsal(tmp_path / "b") as other:
        one.answer_with_oracle(20)
        truth = other.table.text["answer"]
        for _ in range(20):
            (question,) = other.ask()
            other.label(question.row, truth[question.row], token=question.token)
        assert (
            one._opened.state.teach_order().tolist() == other._opened.state.teach_order().tolist()
        )


def test_it_ends_when_no_row_is_left(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p", n=40) as project:
        project.answer_with_oracle(1000)
        assert project.counts().spent == 30
        assert project.answer_with_oracle(5) == []


def test_stopping_keeps_what_was_answered(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        seen: list[Round] = []
        project.answer_with_oracle(50, on_round=seen.append, cancelled=lambda: len(seen) >= 5)
        assert len(seen) == 5
        assert project.counts().spent == seen[-1].n_labels
        assert project.rounds()[-1].n_labels == seen[-1].n_labels


def test_a_live_project_has_no_oracle(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project, pytest.raises(ProjectError, match="Only a rehearsal"):
        project.answer_with_oracle(1)


def test_the_baseline_is_five_runs_each_and_holds_this_run(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        project.answer_with_oracle(15)
        baseline = project.baseline()
        assert baseline.random is not None
        assert baseline.active is not None
        assert baseline.random.n_runs == baseline.active.n_runs == 5
        own = {r.n_labels: r.score for r in project.rounds()}
        run = {r.n_labels: r.score for r in baseline.runs["margin"][0]}
        assert run == {n: own[n] for n in run}
        assert project.baseline() is baseline


def test_the_baseline_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "a") as one, rehearsal(tmp_path / "b") as other:
        one.answer_with_oracle(10)
        one.baseline()
        one.answer_with_oracle(5)
        other.answer_with_oracle(15)
        first, second = one.baseline().random, other.baseline().random
        assert first is not None
        assert second is not None
        assert first.middle.tolist() == second.middle.tolist()


def test_the_bands_fill_in_while_they_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("al_core.projects.measuring.baseline._SHOW_EVERY", 0.0)
    shown: list[Baseline] = []
    with rehearsal(tmp_path / "p") as project:

        def look(share: float, what: str) -> None:
            seen = project.measured().baseline
            if seen is not None:
                shown.append(seen)

        project.answer_with_oracle(15)
        whole = project.baseline(on_progress=look)
    assert all(seen.partial for seen in shown)
    assert not whole.partial
    runs = [seen.random.n_runs for seen in shown if seen.random is not None]
    assert runs == sorted(runs)
    assert (runs[0], runs[-1]) == (1, 5)
    first = next(seen.random for seen in shown if seen.random is not None)
    assert len(first.n_labels) == 1  # after the first score, not after the first run


def test_a_reopened_rehearsal_fits_no_model_for_what_was_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rehearsal(tmp_path / "p") as project:
        project.answer_with_oracle(15)
        rounds, before = _numbers(project.rounds()), project.baseline()

    def no_fit(*args: object, **kwargs: object) -> None:
        raise AssertionError("fitted again")

    monkeypatch.setattr("al_core.projects.measuring.curve.fit_model", no_fit)
    monkeypatch.setattr("al_core.learning.models.fitting.Fitter.fit", no_fit)
    with Project.open(tmp_path / "p", background=False) as again:
        assert _numbers(again.rounds()) == rounds
        after = again.baseline()
    for one, other in ((before.random, after.random), (before.active, after.active)):
        assert one is not None
        assert other is not None
        assert (one.n_labels == other.n_labels).all()
        assert (one.low == other.low).all()
        assert (one.middle == other.middle).all()


def test_a_baseline_stopped_in_the_middle_goes_on_from_there_after_reopening(
    tmp_path: Path,
) -> None:
    with rehearsal(tmp_path / "p") as project, rehearsal(tmp_path / "q") as straight:
        project.answer_with_oracle(15)
        straight.answer_with_oracle(15)
        told: list[str] = []
        project.baseline(lambda share, what: told.append(what), lambda: len(told) > 30)
        whole = straight.baseline()
    with Project.open(tmp_path / "p", background=False) as again:
        rest: list[str] = []
        found = again.baseline(lambda share, what: rest.append(what))
    assert len(rest) < 10 * 14
    assert found.random is not None
    assert whole.random is not None
    assert found.random.middle.tolist() == whole.random.middle.tolist()


def test_a_spoiled_file_of_measurements_costs_time_and_no_answer(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        project.answer_with_oracle(15)
        wanted = project.baseline().random
    path = tmp_path / "p" / "measured.jsonl"
    torn = [line[: len(line) // 2] if n % 2 else line for n, line in enumerate(path.open())]
    path.write_text("\n".join([*torn, "[1]", '["a", {}]', "\x00"]))
    with Project.open(tmp_path / "p", background=False) as again:
        found = again.baseline().random
    assert wanted is not None
    assert found is not None
    assert found.middle.tolist() == wanted.middle.tolist()
