"""Scores, curves and opinions of a live project: honest, and a function of the journal."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import numpy as np
import pytest

from al_core.learning import Advice, get_metric
from al_core.projects import Project
from al_core.projects.measuring.score import is_rare, score_now
from al_core.tables import Role, guess_roles, load_demo, read_table
from tests.projects_cases import FEATURES, answer, live, points, rehearsal, truth_of


def test_the_curve_is_a_function_of_the_journal(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=240) as project:
        answer(project, 50)
        before = project.rounds()
        answer(project, 1)
        project.undo()
        assert [r.score for r in project.rounds()] == [r.score for r in before]
    with Project.open(tmp_path / "p", background=False) as project:
        assert [(r.n_labels, r.score) for r in project.rounds()] == [
            (r.n_labels, r.score) for r in before
        ]


def test_every_round_is_scored_on_all_check_rows_answered_by_now(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=240) as project:
        answer(project, 40)
        rounds = project.rounds()
        answered = project.counts().check_answered_in_order
        assert {r.n_test for r in rounds} == {answered}
        assert rounds[-1].n_labels == project.counts().teach
        assert sum(len(r.rows) for r in rounds) == rounds[-1].n_labels


def test_the_last_round_is_the_score_now(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=240) as project:
        answer(project, 40)
        project.wait()
        assert project.rounds()[-1].score == project.score().score


def test_the_curve_is_drawn_from_twelve_check_rows_on_and_random_rows_from_twenty(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p", n=400) as project:
        answer(project, 20)
        assert not project.measured().drawable
        assert project.measured().sentence == "The curve is drawn after 12 check rows: 2 to go."
        answer(project, 10)
        assert project.score().ready
        assert project.measured().drawable
        assert "from 20 check rows on" in project.baseline().note
        answer(project, 40)
        project.rounds()
        baseline = project.baseline()
        measured = project.measured()
        assert measured.drawable
        assert not measured.stale
        assert measured.baseline is baseline
        answer(project, 1)
        assert project.measured().stale


def test_the_live_baseline_ends_at_the_first_rows_plus_half_the_check_rows(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=400) as project:
        answer(project, 70)
        band = project.baseline().random
        assert band is not None
        half = project.counts().check_answered_in_order // 2
        assert band.n_labels[0] == len(project.first_rows)
        assert band.n_labels[-1] == len(project.first_rows) + half
        assert (band.low <= band.middle).all()
        assert (band.middle <= band.high).all()


def test_a_computation_that_is_stopped_keeps_what_was_known(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=400) as project:
        answer(project, 70)
        assert project.baseline(cancelled=lambda: True).random is None
        assert project.rounds(cancelled=lambda: True) == []
        assert project.baseline().random is not None


def test_balanced_accuracy_is_proposed_for_a_rare_answer(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=400, check_every=2) as project:
        for _ in range(60):
            (question,) = project.ask()
            rare = float(question.values["x"]) > 1.3
            project.label(question.row, "yes" if rare else "no", token=question.token)
            if project.counts().check_answered_in_order < 20:
                assert project.propose_metric() is None
        assert project.propose_metric() == "balanced_accuracy"
        project.change(metric="balanced_accuracy")
        assert project.propose_metric() is None
        project.wait()
        assert project.score().sentence.startswith("Each answer counts the same")


def test_a_change_of_metric_redraws_the_whole_curve(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=240) as project:
        answer(project, 44)
        before = project.rounds()
        project.change(metric="f1_macro")
        after = project.rounds()
        assert [r.n_labels for r in after] == [r.n_labels for r in before]
        assert [r.low for r in after] != [r.low for r in before]


@pytest.mark.parametrize("metric", ["balanced_accuracy", "f1_macro"])
def test_an_answer_that_no_check_row_has_keeps_the_range_wide_and_is_named(metric: str) -> None:
    no = np.asarray(["no"] * 20)
    now = score_now(get_metric(metric), no, no, [], ["no", "yes"])
    assert (now.score, now.high) == (0.75, 1.0)
    assert now.low < 0.51
    assert now.unseen == ("yes",)
    assert "wide because no check row is 'yes' so far" in now.sentence
    both = np.asarray(["no"] * 19 + ["yes"])
    assert "wide" not in score_now(get_metric(metric), both, both, [], ["no", "yes"]).sentence


def test_of_the_share_that_is_right_no_answer_is_missing() -> None:
    no = np.asarray(["no"] * 20)
    now = score_now(get_metric("accuracy"), no, no, [], ["no", "yes"])
    assert now.unseen == ()
    assert now.sentence == "Right about 100 times in 100 (84 to 100)."


def test_with_rows_unanswered_score_and_range_still_average_over_every_answer() -> None:
    no = np.asarray(["no"] * 20)
    now = score_now(get_metric("balanced_accuracy"), no, no, ["no", "no"], ["no", "yes"])
    assert now.low < 0.5
    assert now.low <= now.worst <= now.score <= now.high == 1.0


@pytest.mark.parametrize("metric", ["balanced_accuracy", "f1_macro"])
def test_curve_score_and_random_rows_average_over_an_answer_not_seen_yet(
    tmp_path: Path, metric: str
) -> None:
    names = ["no", "yes", "never"]
    with live(tmp_path / "p", n=400, metric=metric, classes=names, check_every=2) as project:
        answer(project, 70)
        project.wait()
        now, last = project.score(), project.rounds()[-1]
        assert now.unseen == ("never",)
        assert (last.score, last.low, last.high) == (now.score, now.low, now.high)
        assert now.high - now.low > 1 / 3
        band = project.baseline().random
        assert band is not None
        assert band.middle.max() <= 1 - 1 / 6 + 1e-9


def test_an_answer_that_is_added_opens_score_and_curve_at_once(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=400, metric="balanced_accuracy", check_every=2) as project:
        answer(project, 60)
        project.wait()
        before = project.score()
        project.rounds()
        project.add_class("never")
        assert project.score().score == pytest.approx((2 * before.score + 0.5) / 3)
        assert project.measured().stale
        assert project.rounds()[-1].score == project.score().score


def test_a_rehearsal_names_an_answer_that_none_of_its_check_rows_has(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p", n=240, metric="balanced_accuracy") as project:
        project.add_class("never *really*")
        project.answer_with_oracle(12)
        now = project.score()
        assert now.unseen == ("never *really*",)
        assert "no check row is 'never *really*' so far" in now.sentence
        assert project.rounds()[-1].high - project.rounds()[-1].low > 1 / 3
        assert r"'never \*really\*'" in project.report_bytes().decode()


def test_freshness_says_how_far_the_model_is_behind(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        assert "two different answers" in project.freshness().sentence
        answer(project, 12)
        project.wait()
        assert project.freshness().sentence == f"Learned from all {project.counts().teach} labels."
        answer(project, 1)
        assert project.freshness().behind in (0, 1)


def test_in_the_background_asking_goes_on_and_models_come_in(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=400, background=True) as project:
        for _ in range(5):
            answer(project, 8)
            assert project.wait(60)
            assert project.freshness().behind == 0
        assert project.freshness().swaps >= 4
        assert project.freshness().changed_share is not None
        assert {q.purpose for q in project.ask(8)} == {"learn", "check"}


def test_before_the_first_model_an_answer_on_check_rows_alone_is_told(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        for _ in range(8):
            (question,) = project.ask()
            label = "yes" if question.purpose == "check" else "no"
            project.label(question.row, label, token=question.token)
        assert project.counts().check > 0
        assert "rows kept for testing" in project.freshness().sentence


def test_another_name_for_an_answer_is_no_change_of_mind(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=400) as project:
        answer(project, 30)
        project.wait()
        for name in project.classes:
            project.rename_class(name, f"{name}!")
            project.wait()
            assert project.freshness().changed_share in (None, 0.0)


def test_a_guess_adds_up_and_is_empty_before_the_first_model(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        assert project.guess(0) == {}
        answer(project, 12)
        project.wait()
        assert sum(project.guess(0).values()) == pytest.approx(1)


@pytest.mark.parametrize("model", ["logistic_regression", "extra_trees"])
def test_the_explanation_names_the_column_that_decides(tmp_path: Path, model: str) -> None:
    with live(tmp_path / "p", n=240, model=model) as project:
        answer(project, 60)
        project.wait()
        row = int(np.argmax(project.table.frame["x"].to_numpy()))
        explanation = project.explain(row)
        assert explanation.terms[0].text.startswith("x")
        assert explanation.terms[0].label == "yes"
        assert explanation.torn == ("yes", "no")
        assert len(explanation.neighbours) == 3
        assert [n[2] for n in explanation.neighbours] == sorted(
            n[2] for n in explanation.neighbours
        )


def test_a_linear_explanation_adds_up_to_what_the_model_says(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=240) as project:
        answer(project, 60)
        project.wait()
        trained = project._model.now
        assert trained is not None
        row = project.ask()[0].row
        explanation = project.explain(row)
        pull = sum(t.weight if t.label == "yes" else -t.weight for t in explanation.terms)
        decided = trained.model.decision_function(project.X[[row]])[0] - trained.model.intercept_[0]
        assert pull == pytest.approx(decided, rel=1e-4)


def test_final_predictions_learn_from_check_rows_too(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=60) as project:
        checks = project.check_rows.tolist()
        project.label(checks[0], "yes")
        project.label(checks[1], "no")
        assert project.predictions()["prediction"].notna().all()
        assert project.freshness().known_labels == 0


def test_the_map_gets_one_line_a_row(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        rows = answer(project, 12)
        project.skip(project.ask()[0].row)
        state = project.row_state()
        assert len(state) == 120
        assert set(state.loc[state["status"] == "labelled", "row"]) == set(rows)
        assert (state["status"] == "skipped").sum() == 1
        assert (state.loc[rows, "label"] != "").all()


def test_the_next_rows_are_those_that_are_asked(tmp_path: Path) -> None:
    with live(tmp_path / "p", check_share=0) as project:
        answer(project, 12)
        project.wait()
        assert project.ask()[0].row == project.next_rows(5)[0]


def test_text_columns_work_with_linear_and_dense_models(tmp_path: Path) -> None:
    texts = [("refund my money" if i % 2 else "where is my parcel") + f" {i}" for i in range(80)]
    lines = ["number,message", *(f"{i},{text}" for i, text in enumerate(texts))]
    table = read_table("\n".join(lines).encode(), name="tickets.csv")
    roles = {"message": Role("text", "test")}
    for model in ("logistic_regression", "naive_bayes"):
        given = {"classes": ["billing", "delivery"], "model": model}
        with Project.create(tmp_path / model, table, roles, given, background=False) as project:
            for _ in range(26):
                (question,) = project.ask()
                label = "billing" if "refund" in question.values["message"] else "delivery"
                project.label(question.row, label, token=question.token)
            project.wait()
            assert project.score().score == 1.0


def test_a_project_without_check_rows_says_that_there_is_no_score(tmp_path: Path) -> None:
    with live(tmp_path / "p", check_share=0) as project:
        assert "no score" in project.score().sentence
        assert {q.purpose for q in project.ask(30)} == {"start"}


def test_file_labels_are_the_first_round(tmp_path: Path) -> None:
    table, roles = points(240, answers="part"), {**FEATURES, "answer": Role("label", "test")}
    given = {"model": "logistic_regression"}
    with Project.create(tmp_path / "p", table, roles, given, background=False) as project:
        answer(project, 30)
        assert project.counts().file_labels == 60
        assert project.rounds()[0].n_labels == 45  # a quarter of them is held out
        assert len(project.first_rows) == 45


def test_for_a_text_the_words_that_pull_are_named(tmp_path: Path) -> None:
    texts = ["refund my money please" if i % 2 else "where is my parcel" for i in range(80)]
    lines = ["number,message", *(f"{i},{text} {i}" for i, text in enumerate(texts))]
    table = read_table("\n".join(lines).encode(), name="tickets.csv")
    roles = {"message": Role("text", "test")}
    given = {"classes": ["billing", "delivery"], "check_share": 0}
    with Project.create(tmp_path / "p", table, roles, given, background=False) as project:
        for row in range(20):
            project.label(row, "billing" if row % 2 else "delivery")
        project.wait()
        terms = project.explain(41).terms
    assert {term.text for term in terms if term.label == "billing"} >= {"refund", "money"}
    assert all(term.text in texts[1] + " 41" for term in terms)


def test_advice_follows_from_the_labels_and_costs_nothing_the_second_time(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=400, check_every=2) as project:
        assert project.advice().title == "Too early to say whether to stop"
        answer(project, 70)
        assert project.advice().stop is not None
        assert project.advice() is project.advice()


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("n", [71, 83, 96])
def test_the_same_labels_give_the_same_verdict_after_a_restart(
    tmp_path: Path, background: bool, n: int
) -> None:
    with live(tmp_path / "p", n=400, check_every=2) as project:
        answer(project, n)
        before = project.advice()
    assert before.stop is not None
    with Project.open(tmp_path / "p", background=background) as project:
        assert verdict_of(project) == before
        project.rounds()
        assert verdict_of(project) == before


def test_a_label_taken_back_takes_its_verdict_back_too(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=400, check_every=2) as project:
        answer(project, 70)
        before = project.advice()
        answer(project, 12)
        for _ in range(12):
            project.undo()
        assert project.advice() == before


def verdict_of(project: Project) -> Advice:
    """The verdict, once all models that it needs were looked at."""
    for _ in range(600):
        if (found := project.advice()).title != "One moment":
            return found
        Event().wait(0.05)
    raise AssertionError("no verdict came")


def test_the_verdict_names_an_answer_that_was_never_given(tmp_path: Path) -> None:
    names = ["no", "yes", "Praise"]
    with live(tmp_path / "p", n=600, check_every=2, classes=names) as project:
        for _ in range(300):
            answer(project)
            if project.advice().stop:
                break
        assert project.advice().title == "Looks settled, but one answer was never given"
        assert project.advice().reason.startswith("Praise was never given")
        assert project.advice().never_given == ("Praise",)
        project.label(project.ask()[0].row, "Praise")
        assert "never given" not in project.advice().title


def test_ten_answers_that_are_equally_common_are_not_called_rare(tmp_path: Path) -> None:
    digits = load_demo("digits")
    roles = guess_roles(digits) | {"digit": Role("label", "test")}
    given = {"kind": "oracle", "model": "naive_bayes"}
    with Project.create(tmp_path / "p", digits, roles, given, background=False) as project:
        project.answer_with_oracle(10)
        assert project.propose_metric() is None


def any_is_rare(counts: list[int]) -> bool:
    return any(is_rare(n, counts) for n in counts)


def test_few_rows_cannot_tell_a_rare_answer_from_chance() -> None:
    assert not any_is_rare([2, 7, 9])
    assert not any_is_rare([0, 5, 3, 2, 4, 1, 0, 2, 3])
    assert any_is_rare([1, 99])
    assert any_is_rare([3, 97, 100])


def test_in_a_rehearsal_the_score_is_that_of_the_last_answer_at_once(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p", n=240, background=True) as project:
        seen = []
        played = project.answer_with_oracle(
            12, on_round=lambda r: seen.append((r.score, project.score().score))
        )
        assert all(score == shown for score, shown in seen)
        assert project.wait(60)
        assert project.score().score == played[-1].score


def test_the_report_keeps_settings_for_experts_and_names_answers_added_later(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p") as project:
        project.add_class("maybe")
        text = project.report_bytes().decode()
        before, settings = text.split("## For experts")
        assert "margin," not in before
        assert "maybe" in settings


def test_a_batch_is_chosen_to_be_diverse(tmp_path: Path) -> None:
    rows = {}
    for size in (1, 6):
        with live(tmp_path / str(size), n=240, check_share=0, batch_size=size) as project:
            for row in (3, 4, 5, 6, 7, 8, 9, 10):
                project.label(row, truth_of(project.row_values(row)["x"]))
            rows[size] = [question.row for question in project.ask(6)]
    assert rows[6][0] == rows[1][0]
    assert rows[6] != rows[1]


def test_the_plainest_rival_stands_beside_the_score(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=400, check_every=2) as project:
        assert project.score().rival is None
        assert project.score().rival_sentence == ""
        answer(project, 50)
        project.wait()
        now = project.score()
        _, truth = project._opened.tested_on()
        shares = {name: float((truth == name).mean()) for name in ("no", "yes")}
        assert now.rival == max(shares.values())
        assert shares[now.rival_name] == now.rival
        assert now.rival_sentence == f"Always “{now.rival_name}”: {100 * now.rival:.0f}."
        assert now.rival_sentence in project.report_bytes().decode()


def test_a_model_no_better_than_one_answer_is_not_told_to_stop_and_another_measure_is_proposed(
    tmp_path: Path,
) -> None:
    """Answers that have nothing to do with the rows: the commonest is the best there is."""
    with live(tmp_path / "p", n=300, check_every=2) as project:
        for number in range(120):
            (question,) = project.ask()
            project.label(question.row, "yes" if number % 4 == 0 else "no", token=question.token)
        project.wait()
        assert project.score().score <= project.score().rival
        assert project.advice().stop is False
        assert "no better than always “no”" in project.advice().reason
        assert project.propose_metric() == "balanced_accuracy"


def test_advice_that_was_given_is_not_taken_back_for_nothing(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=600, check_every=2) as project:
        said: list[bool] = []
        for _ in range(60):
            answer(project, 4)
            said.append(project.advice().stop is True)
        assert any(said)
        assert all(said[said.index(True) :])


def test_with_many_answers_in_the_file_advice_needs_no_third_more_of_them(tmp_path: Path) -> None:
    table, roles = points(800, answers="part"), {**FEATURES, "answer": Role("label", "test")}
    given = {"model": "logistic_regression", "check_share": 0.1}
    with Project.create(tmp_path / "p", table, roles, given, background=False) as project:
        project.wait()
        found = project.advice()
        assert found.title == "Looks settled"
        assert "since 100 labels" in found.reason


def test_beside_random_rows_nothing_is_said_below_150_check_rows(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=800, check_every=2) as project:
        answer(project, 40)
        found = project.beside_random()
        n = project.counts().check_answered_in_order
        assert (found.ahead, found.difference) == (None, None)
        assert found.sentence == f"{n} check rows cannot tell this apart."
        project.label_many(project.check_rows[:160].tolist(), "yes")
        found = project.beside_random()
        assert found.difference is not None
        assert project.beside_random() == found
