"""Two people in one project: a row is given to one of them, one in twenty to both, blind."""

from __future__ import annotations

import html
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from al_core.errors import LabelError
from al_core.learning.scoring.exact_ranges import exact_range
from al_core.projects import Project, Question
from al_core.projects.labelling.shared_rows import drawn
from al_core.tables import read_table
from tests.projects_cases import ANSWERS, FEATURES, points, truth_of

ROOT = Path(__file__).parents[2]
ANNA, BEN, CLEO = "anna@example.com", "ben@example.com", "cleo@example.com"
OTHER = {"yes": "no", "no": "yes"}


def of_two(folder: Path, n: int = 600, **settings: object) -> tuple[Project, Project]:
    """A new project, open by the logins of Anna and Ben."""
    given = {"classes": ANSWERS, "model": "logistic_regression", **settings}
    anna = Project.create(folder, points(n), FEATURES, given, background=False, person=ANNA)
    let_in(anna, BEN, CLEO)
    return anna, opened(folder, BEN)


def let_in(owner: Project, *people: str) -> None:
    """Share the project with them, where projects have owners."""
    share = getattr(owner, "share", None)
    for person in people if share else ():
        share(person, "label")


def opened(folder: Path, person: str) -> Project:
    return Project.open(folder, background=False, person=person)


def press(project: Project, question: Question, *, other: bool = False) -> None:
    """The right answer to a question, or the other one."""
    said = truth_of(question.values["x"])
    receipt = project.label(question.row, OTHER[said] if other else said, token=question.token)
    assert receipt.recorded


def label_in_turns(people: list[Project], n: int) -> list[tuple[str, Question]]:
    """``n`` questions answered by these people in turns; who was asked what."""
    asked = []
    for number in range(n):
        person = people[number % len(people)]
        (question,) = person.ask()
        press(person, question)
        asked.append((person.person, question))
    return asked


def catch_up(project: Project, most: int = 400) -> list[int]:
    """Answer until no row of the other waits; the rows asked of both."""
    shared = []
    for _ in range(most):
        (question,) = project.ask()
        press(project, question)
        if question.purpose == "shared":
            shared.append(question.row)
        if not project._shared.waiting():
            break
    return shared


# -- the draw ------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [0, 1, 4])
def test_one_of_each_twenty_rows_is_drawn_and_the_same_ones_whenever_it_is_asked(
    person: int,
) -> None:
    rows = np.random.default_rng(person).permutation(5000)[:2000].tolist()
    found = drawn(rows, seed=7, person=person)
    assert len(found) == 100
    assert [rows.index(row) // 20 for row in found] == list(range(100))
    for n in (0, 1, 19, 333, 1999):
        assert drawn(rows[:n], seed=7, person=person) == [r for r in found if r in rows[:n]]
    assert drawn(rows, seed=8, person=person) != found
    assert drawn(rows, seed=7, person=person + 1) != found


def test_every_place_among_twenty_is_drawn_about_as_often_as_any_other() -> None:
    places = Counter(row % 20 for seed in range(40) for row in drawn(range(2000), seed, 0))
    # 4,000 draws: 200 each are expected, with a deviation of 14.
    assert min(places.values()) > 140
    assert max(places.values()) < 260


def test_which_rows_are_shared_depends_on_no_answer(tmp_path: Path) -> None:
    found = []
    for folder, flipped in (("p", False), ("q", True)):
        anna, ben = of_two(tmp_path / folder)
        for row in range(100):
            said = "yes" if (row % 3 == 0) != flipped else "no"
            anna.label(row, said)
        ben.label(300, "yes")
        found.append(ben._shared.waiting())
        anna.close(), ben.close()
    assert found[0] == found[1]
    assert len(found[0]) == 5


# -- who is asked what ---------------------------------------------------------------------------


def test_200_answers_of_two_people_are_all_kept_and_only_shared_rows_are_asked_of_both(
    tmp_path: Path,
) -> None:
    anna, ben = of_two(tmp_path / "p")
    asked = label_in_turns([anna, ben], 120)
    waiting = anna.ask(3)
    del anna  # a tab that died: nothing was closed
    anna = opened(tmp_path / "p", ANNA)
    assert [q.token for q in anna.ask(3)] == [q.token for q in waiting]
    asked += label_in_turns([anna, ben], 80)

    own = [(who, q.row) for who, q in asked if q.purpose != "shared"]
    shared = [(who, q.row) for who, q in asked if q.purpose == "shared"]
    assert len(own) + len(shared) == 200
    assert 6 <= len(shared) <= 10  # 1 in 20 of about 95 each
    assert len({row for _, row in own}) == len(own)
    assert len({row for _, row in shared}) == len(shared)
    first = {row: who for who, row in own}
    assert all(first[row] != who for who, row in shared)
    labels = anna.labels()
    assert dict(zip(labels["row"], labels["by"], strict=True)) == first
    assert anna.labels().equals(ben.labels())
    by = Counter(item.by for item in ben.history() if item.what == "answered too")
    assert by == Counter(who for who, _ in shared)
    (found,) = anna.agreement_between()
    assert (found.n, found.same, found.people) == (len(shared), len(shared), (ANNA, BEN))


def test_questions_asked_ahead_by_two_people_at_once_never_meet(tmp_path: Path) -> None:
    anna, ben = of_two(tmp_path / "p")
    for _ in range(25):
        here, there = anna.ask(8), ben.ask(8)
        assert not {q.row for q in here} & {q.row for q in there}
        press(anna, here[0])
        press(ben, there[0])


def test_who_comes_late_gets_a_row_of_the_others_at_most_at_every_fifth_question(
    tmp_path: Path,
) -> None:
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna], 200)
    purposes = []
    for _ in range(60):
        questions = ben.ask(4)
        press(ben, questions[0])
        purposes.append(questions[0].purpose)
    places = [place for place, purpose in enumerate(purposes) if purpose == "shared"]
    assert places[0] >= 1  # Ben is one of two people once he has answered something
    assert len(places) == 10
    assert min(np.diff(places)) == 5
    assert {q.why.split(":")[0] for q in ben.ask(8) if q.purpose == "shared"} <= {
        "Asked of somebody else too"
    }


def test_alone_or_without_a_login_nothing_is_asked_twice(tmp_path: Path) -> None:
    anna, nobody = of_two(tmp_path / "p")
    nobody.close()
    label_in_turns([anna], 60)
    with opened(tmp_path / "p", "") as nobody:
        asked = label_in_turns([nobody], 40)
        assert {q.purpose for _, q in asked} <= {"learn", "check"}
        assert nobody.agreement_between() == []
    assert {q.purpose for _, q in label_in_turns([anna], 40)} <= {"learn", "check"}
    assert anna.agreement_between() == []


def test_the_last_rows_are_shared_ones_when_nothing_else_is_left(tmp_path: Path) -> None:
    anna, ben = of_two(tmp_path / "p", n=100)
    label_in_turns([anna], 90)
    rows = set(catch_up(ben))
    assert len(rows) == 5
    assert not ben._shared.waiting()
    assert ben.counts().spent + len(ben.ask(100)) == 100


# -- the second answer ---------------------------------------------------------------------------


@pytest.fixture
def shared(tmp_path: Path) -> tuple[Project, Project, Question]:
    """Ben has a row on his screen that Anna has answered."""
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna], 60)
    while (question := ben.ask()[0]).purpose != "shared":
        press(ben, question)
    return anna, ben, question


def test_a_second_answer_is_no_label_and_changes_no_count(
    shared: tuple[Project, Project, Question],
) -> None:
    anna, ben, question = shared
    before = ben.labels(), ben.counts(), ben.score()
    press(ben, question, other=True)
    after = ben.labels(), ben.counts(), ben.score()
    assert before[0].equals(after[0])
    assert before[1:] == after[1:]
    assert [i.by for i in anna.history() if i.row == question.row] == [BEN, ANNA]
    assert anna.agreement_between()[0].differing == (question.row,)


def test_what_is_said_to_the_second_person_does_not_give_the_first_answer_away(
    shared: tuple[Project, Project, Question],
) -> None:
    anna, ben, question = shared
    anna.add_note(question.row, "clearly yes")
    said = truth_of(question.values["x"])
    receipt = ben.label(question.row, OTHER[said], token=question.token, note="not so sure")
    assert said not in receipt.sentence.replace("answer", "")
    assert said not in question.values.values()
    assert ben.note(question.row) == "clearly yes\nnot so sure"


def test_a_second_press_with_the_same_token_is_taken_once(
    shared: tuple[Project, Project, Question],
) -> None:
    anna, ben, question = shared
    press(ben, question)
    again = ben.label(question.row, "yes", token=question.token)
    assert not again.recorded
    assert not ben.label(question.row, "no", token=question.token).recorded
    assert anna.agreement_between()[0].n == 1
    assert anna.label_of(question.row) == truth_of(question.values["x"])


def test_a_press_from_a_page_of_before_a_restart_is_a_second_answer_still(
    shared: tuple[Project, Project, Question], tmp_path: Path
) -> None:
    anna, ben, question = shared
    first = anna.label_of(question.row)
    ben.close()
    anna.close()
    with opened(tmp_path / "p", ANNA) as anna:  # takes over what was left open, but not this row
        assert question.row not in {q.row for q in anna.ask(20)}
        with opened(tmp_path / "p", BEN) as ben:
            assert question.row in {q.row for q in ben.ask(20)}
            receipt = ben.label(question.row, OTHER[str(first)], token=question.token)
            assert receipt.recorded
            assert anna.label_of(question.row) == first
            assert anna.agreement_between()[0].n == 1


_BEN = """
import os
from al_core.projects import Project
project = Project.open({folder!r}, background=False, person={person!r})
while (question := project.ask(3)[0]).purpose != "shared":
    project.label(question.row, "yes", token=question.token)
print(question.row, question.token, flush=True)
os._exit(9)
"""


def test_a_shared_row_outlives_a_killed_process_and_is_asked_of_the_same_person_again(
    tmp_path: Path,
) -> None:
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna], 60)
    anna.close()
    ben.close()
    script = _BEN.format(folder=str(tmp_path / "p"), person=BEN)
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 9, run.stderr
    row, token = int(run.stdout.split()[0]), run.stdout.split()[1]
    with opened(tmp_path / "p", BEN) as ben:
        assert (ben.ask()[0].row, ben.ask()[0].token) == (row, token)
    with opened(tmp_path / "p", ANNA) as anna, opened(tmp_path / "p", BEN) as ben:
        given = len(anna.labels())
        asked = label_in_turns([anna, ben], 20)
        assert (BEN, row) in {(who, q.row) for who, q in asked}
        assert len(anna.labels()) == given + sum(q.purpose != "shared" for _, q in asked)


def test_a_shared_row_asked_ahead_and_given_back_can_be_kept_first(tmp_path: Path) -> None:
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna], 60)
    label_in_turns([ben], 2)
    ahead = ben.ask(8)
    question = next(q for q in ahead if q.purpose == "shared")
    ben._questions.choose_anew()
    assert ben.keep_first(question)
    assert ben.ask(8)[0] == question
    press(ben, question)
    assert not ben.keep_first(question)


def test_cant_tell_is_an_answer_that_differs_and_an_unknown_one_is_refused(
    shared: tuple[Project, Project, Question],
) -> None:
    anna, ben, question = shared
    with pytest.raises(LabelError, match="no answer 'perhaps'"):
        ben.label(question.row, "perhaps", token=question.token)
    assert ben.dont_know(question.row, token=question.token).recorded
    (found,) = anna.agreement_between()
    assert (found.n, found.same) == (1, 0)
    assert anna.counts().dont_know == 0
    assert anna.label_of(question.row) is not None


def test_a_skipped_one_changes_nothing_and_comes_back(
    shared: tuple[Project, Project, Question], tmp_path: Path
) -> None:
    _, ben, question = shared
    before = ben.counts()
    receipt = ben.skip(question.row, token=question.token)
    assert not receipt.recorded
    assert "nothing changed" in receipt.sentence
    assert ben.counts() == before
    assert question.row not in {q.row for q in ben.ask(30)}
    ben.close()
    ben = opened(tmp_path / "p", BEN)
    assert question.row in {q.row for q in ben.ask(40)}


def test_a_row_that_lost_its_label_meanwhile_gets_one_by_the_second_person(
    shared: tuple[Project, Project, Question],
) -> None:
    anna, ben, question = shared
    anna.remove_label(question.row)
    press(ben, question)
    labels = anna.labels().set_index("row")
    assert labels.loc[question.row, "by"] == BEN
    assert labels.loc[question.row, "purpose"] in ("learn", "check")
    assert anna.agreement_between()[0].n == 0


# -- undo ----------------------------------------------------------------------------------------


def test_undo_takes_back_the_second_answer_and_asks_it_again_at_once(
    shared: tuple[Project, Project, Question],
) -> None:
    anna, ben, question = shared
    press(ben, question, other=True)
    receipt = ben.undo()
    assert receipt.row == question.row
    assert anna.agreement_between()[0].n == 0
    again = ben.ask()[0]
    assert (again.row, again.purpose) == (question.row, "shared")
    press(ben, again)
    assert anna.agreement_between()[0].same == 1


def test_undo_by_one_person_never_takes_back_what_the_other_did(tmp_path: Path) -> None:
    anna, ben = of_two(tmp_path / "p")
    anna.label(1, "yes")
    ben.label(2, "yes")
    ben.label(3, "no")
    anna.close()
    ben.close()
    anna = opened(tmp_path / "p", ANNA)  # both were gone by now: their steps are nobody's
    assert anna.undo().row == 1
    assert not anna.undo().recorded
    with opened(tmp_path / "p", BEN) as ben:
        assert [ben.undo().row, ben.undo().row] == [3, 2]
        assert ben.redo().row == 2
        assert not anna.undo().recorded
        assert anna.redo().row == 1
    assert anna.labels()["by"].tolist() == [ANNA, BEN]


# -- how far they agree --------------------------------------------------------------------------


def slow_ac1(pairs: list[tuple[str, str]], n_answers: int) -> float:
    """Gwet's AC1 of two raters as the paper writes it, one answer after the other."""
    names = sorted({name for pair in pairs for name in pair})
    alike = sum(1 for a, b in pairs if a == b) / len(pairs)
    chance = 0.0
    for name in names:
        first = sum(1 for a, _ in pairs if a == name) / len(pairs)
        second = sum(1 for _, b in pairs if b == name) / len(pairs)
        usual = (first + second) / 2
        chance += usual * (1 - usual)
    chance /= max(n_answers, len(names)) - 1
    return (alike - chance) / (1 - chance)


@pytest.mark.parametrize("seed", range(3))
def test_share_and_ac1_are_those_of_a_slow_straightforward_computation(
    tmp_path: Path, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    classes = ["a", "b", "c"]
    anna, ben = of_two(tmp_path / "p", n=900, classes=classes, seed=seed)
    people = [anna, ben, opened(tmp_path / "p", CLEO)]
    rows, said = rng.permutation(900).tolist(), dict[int, dict[str, str]]()
    for place, row in enumerate(rows[:720]):  # without the desk: so that it is quick
        person = people[place % 3]
        label = str(rng.choice(classes, p=[0.7, 0.2, 0.1]))
        person.label(row, label)
        said[row] = {person.person: label}
    for person in people:
        for row in person._shared.waiting():
            first = next(iter(said[row].values()))
            label = first if rng.random() < 0.8 else str(rng.choice([*classes, ""]))
            token = _asked(person, row)
            receipt = (
                person.label(row, label, token=token)
                if label
                else person.dont_know(row, token=token)
            )
            assert receipt.recorded
            said[row][person.person] = label
    assert sum(len(one) > 1 for one in said.values()) == 3 * 12
    found = {one.people: one for one in people[1].agreement_between()}
    assert set(found) == {(ANNA, BEN), (ANNA, CLEO), (BEN, CLEO)}
    for (a, b), one in found.items():
        pairs = [(x[a], x[b]) for x in said.values() if a in x and b in x]
        assert one.n == len(pairs) >= 24
        assert one.same == sum(x == y for x, y in pairs)
        assert (one.low, one.high) == exact_range(one.same, one.n)
        names = {*classes, *(x for pair in pairs for x in pair)}
        assert one.ac1 == pytest.approx(slow_ac1(pairs, len(names)))
        differ = {row for row, x in said.items() if a in x and b in x and x[a] != x[b]}
        assert set(one.differing) == differ
        assert one.said == tuple((said[row][a], said[row][b]) for row in one.differing)
        assert one.sentence.startswith("You and " if BEN in (a, b) else f"{ANNA} and {CLEO}")


def _asked(person: Project, row: int) -> str:
    """The token of the question that puts this row before the person."""
    person._questions._on_screen.ask_again(row)
    (question,) = person.ask(1)
    assert (question.row, question.purpose) == (row, "shared")
    return question.token


def test_few_rows_say_how_many_it_takes(shared: tuple[Project, Project, Question]) -> None:
    anna, ben, question = shared
    press(ben, question)
    assert ben.agreement_between()[0].sentence == (
        f"You and {ANNA} were both asked 1 row so far. It takes 10 to say how far you agree."
    )
    assert anna.agreement_between()[0].for_others == (
        f"{ANNA} and {BEN} were both asked 1 row so far. It takes 10 to say how far they agree."
    )


def test_a_row_on_which_they_differ_is_decided_by_an_answer_kept_or_changed(
    tmp_path: Path,
) -> None:
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna], 60)
    rows = []
    while len(rows) < 3:
        (question,) = ben.ask()
        press(ben, question, other=question.purpose == "shared")
        rows += [question.row] if question.purpose == "shared" else []
    assert anna.agreement_between()[0].differing == tuple(rows)
    stands = [anna.label_of(row) for row in rows]
    anna.label(rows[0], str(stands[0]), purpose="chosen")  # kept
    ben.label(rows[1], OTHER[str(stands[1])], purpose="chosen")  # changed
    (found,) = anna.agreement_between()
    assert found.differing == (rows[2],)
    assert (found.same, found.n) == (0, 3)  # what each said blind stays as it was
    ben.undo()
    assert anna.agreement_between()[0].differing == (rows[1], rows[2])


def test_a_row_decided_by_two_is_not_asked_of_a_third(tmp_path: Path) -> None:
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna], 60)
    rows = catch_up(ben)
    cleo = opened(tmp_path / "p", CLEO)
    cleo.label(599, "yes")
    assert set(rows) <= set(cleo._shared.waiting())
    anna.label(rows[0], "yes", purpose="chosen")
    cleo.ask()
    assert rows[0] not in cleo._shared.waiting()
    assert set(rows[1:]) <= set(cleo._shared.waiting())


def test_agreeing_with_oneself_and_with_each_other_are_kept_apart(tmp_path: Path) -> None:
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna, ben], 100)
    catch_up(anna), catch_up(ben)
    between = anna.agreement_between()
    assert anna.agreement() is None
    own = anna.start_second_asking()
    by = anna.labels().set_index("row")["by"]
    assert {by[row] for row in own} == {ANNA}
    for row in own:
        anna.answer_again(row, OTHER[str(anna.label_of(row))])
    assert anna.agreement_between() == between
    found = anna.agreement()
    assert found is not None
    assert (found.n, found.same, found.people) == (len(own), 0, ("", ""))
    assert ben.agreement() is None
    theirs = ben.start_second_asking()
    assert {by[row] for row in theirs} == {BEN}
    ben.answer_again(theirs[0], str(ben.label_of(theirs[0])))
    assert anna.agreement() == found
    assert f"{len(own) + 1} rows picked at random" in anna.report_bytes().decode()


def test_answers_renamed_meanwhile_still_agree_and_all_of_it_outlives_a_restart(
    tmp_path: Path,
) -> None:
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna], 40)
    catch_up(ben)
    ben.rename_class("yes", "sure")
    (found,) = ben.agreement_between()
    assert found.same == found.n == 2
    anna.close(), ben.close()
    with opened(tmp_path / "p", BEN) as ben:
        assert ben.agreement_between() == [found]


# -- what is taken away --------------------------------------------------------------------------


def test_history_file_and_report_say_who_answered(tmp_path: Path) -> None:
    anna, ben = of_two(tmp_path / "p", n=300)
    label_in_turns([anna, ben], 60)
    by = Counter(anna.labels()["by"])
    assert set(by) == {ANNA, BEN}
    told = f"Answered by {', '.join(f'{who}: {n}' for who, n in by.most_common())}."
    plain = anna.report_bytes().decode().replace("\\", "")
    assert told in plain
    assert told in html.unescape(anna.report_page().decode())
    page = html.unescape(anna.report_page().decode())
    assert "Several people's answers are taken for the truth" in page
    written = read_table(anna.export_bytes(), name="out.csv").text["al_by"]
    assert Counter(cell for cell in written if cell) == by
    labels = anna.labels()
    assert written.iloc[labels["row"]].tolist() == labels["by"].tolist()
    assert {item.by for item in anna.history() if item.what == "labelled"} == {ANNA, BEN}
    both = ben.agreement_between()[0].for_others
    assert both in plain
    assert both in html.unescape(anna.report_page().decode())


def test_one_persons_report_names_nobody(tmp_path: Path) -> None:
    anna, ben = of_two(tmp_path / "p")
    label_in_turns([anna], 30)
    assert "Answered by" not in anna.report_bytes().decode()
    assert "One person&#x27;s answers" in anna.report_page().decode()
    ben.close()
