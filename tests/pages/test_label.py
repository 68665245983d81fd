"""The label page without a browser: what is drawn, and what a press records."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from al_core.tables import guess_roles, read_table
from pages.components.desk.answers.ready import guess_words
from pages.components.queue.queue import Queue, Waiting

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = "Message,Amount,Created\n" + "".join(
    f'"Where is **my** parcel {i}? <b>now</b>\nsee www.example.org",{i},2026-11-{1 + i % 28:02d}\n'
    for i in range(60)
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    table = read_table(MESSAGES.encode(), name="tickets.csv")
    settings = {"kind": "live", "classes": ("*Billing*", "Delivery"), "question": "Which team?"}
    Project.create(
        tmp_path / "tickets", table, guess_roles(table), settings, background=False
    ).close()
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.query_params["project"] = "tickets"
    test.run()
    return test.switch_page("pages/label.py").run()


def button(test: AppTest, words: str):
    return next(b for b in test.button if words in b.label)


def stored(tmp_path: Path) -> list[tuple[int, str]]:
    project = Project.open(tmp_path / "tickets", background=False)
    found = [(int(row), str(label)) for row, label in project.labels()[["row", "label"]].values]
    project.close()
    return found


def test_a_press_records_the_row_on_the_screen_and_says_so(desk: AppTest, tmp_path: Path) -> None:
    row = int(next(t.value for t in desk.text if t.value.isdigit()))
    button(desk, "Delivery").click()
    desk.run()
    assert not desk.exception
    assert stored(tmp_path) == [(row, "Delivery")]
    assert any(f"line {row + 2} is Delivery" in line.value for line in desk.info)
    assert [m.value for m in desk.metric] == ["1"]


def test_undo_takes_the_press_back(desk: AppTest, tmp_path: Path) -> None:
    button(desk, "Delivery").click()
    desk.run()
    button(desk, "Undo").click()
    desk.run()
    assert stored(tmp_path) == []
    assert [m.value for m in desk.metric] == ["0"]


def test_text_of_the_file_is_shown_as_text(desk: AppTest) -> None:
    card = next(piece.value for piece in desk.get("html") if "al-card" in piece.value)
    assert "**my**" in card
    assert "&lt;b&gt;now&lt;/b&gt;\nsee" in card
    assert "<b>now" not in card
    assert any(r"\*Billing\*" in b.label for b in desk.button)


def test_the_guess_is_never_on_the_page_before_the_answer(desk: AppTest) -> None:
    assert not [c for c in desk.caption if "guess" in c.value]


def test_skip_and_cannot_tell_are_counted_apart(desk: AppTest, tmp_path: Path) -> None:
    button(desk, "Skip").click()
    desk.run()
    button(desk, "Can't tell").click()
    desk.run()
    project = Project.open(tmp_path / "tickets", background=False)
    counts = project.counts()
    project.close()
    assert (counts.skipped, counts.dont_know, counts.spent) == (1, 1, 0)


def test_the_line_on_learning_says_where_the_other_labels_went(
    desk: AppTest, tmp_path: Path
) -> None:
    project = Project.open(tmp_path / "tickets", background=False)
    checks = project.check_rows.tolist()
    others = [row for row in range(60) if row not in checks]
    project.label_many(checks[:2], "Delivery")
    project.label(others[0], "*Billing*")
    project.label(others[1], "Delivery")
    project.close()
    desk.run()
    desk.session_state["_open_project"].wait()
    desk.run()
    captions = [caption.value for caption in desk.caption]
    assert any("Learned from all 2 labels. 2 more are kept for testing." in c for c in captions)


def test_check_rows_on_the_grid_say_what_they_are(desk: AppTest, tmp_path: Path) -> None:
    for _ in range(6):
        button(desk, "Delivery").click()
        desk.run()
    desk.session_state["desk_several"] = 6
    desk.run()
    project = Project.open(tmp_path / "tickets", background=False)
    n_checks = sum(question.purpose == "check" for question in project.ask(6))
    project.close()
    assert sum("Check row" in one.value for one in desk.markdown) == n_checks > 0
    assert "al-badge" not in "".join(one.value for one in desk.markdown)


def save_a_grid(desk: AppTest) -> dict[int, str]:
    """Answer all rows on the grid while the app trains; what each was asked for."""
    project, batch = desk.session_state["_open_project"], desk.session_state["desk_batch"]
    project.wait()
    desk.session_state["desk_drawn_at"] = 0.0  # the hand is still, so that a new model may choose
    desk.run()
    for place, question in enumerate(batch.questions):
        batch.mark(question.row, ("*Billing*", "Delivery")[place // 2 % 2])
    desk.run()
    button(desk, "Save 6 answers").click()
    desk.run()
    return {one.row: one.purpose for one in batch.questions}


def test_rows_of_every_grid_keep_what_they_were_asked_for_also_after_undo(
    desk: AppTest, tmp_path: Path
) -> None:
    desk.session_state["_open_project"].change(check_every=2)
    desk.session_state["desk_several"] = 6
    desk.run()
    first, second = save_a_grid(desk), save_a_grid(desk)
    asked = first | second | save_a_grid(desk)
    button(desk, "Undo").click()
    desk.run()
    asked |= save_a_grid(desk)
    assert {"check", "learn"} <= {*asked.values()}
    with Project.open(tmp_path / "tickets", background=False) as project:
        given = project.labels().set_index("row")["purpose"]
    assert {row: given[row] for row in asked} == asked


def test_a_first_row_says_nothing_untrue_once_two_answers_are_known(desk: AppTest) -> None:
    for answer in ("Delivery", "Billing"):
        button(desk, answer).click()
        desk.run()
    project = desk.session_state["_open_project"]
    row = project.ask(1)[0]
    assert row.purpose == "start", "it was asked ahead"
    assert sum(n > 0 for n in project.counts().per_class.values()) == 2
    badge = next(piece.value for piece in desk.get("html") if "al-start" in piece.value)
    for said in (badge, row.why):
        assert "before the app could choose" in said
        assert "once it has" not in said


def test_words_and_a_row_number_are_both_looked_for(desk: AppTest) -> None:
    desk.session_state["desk_panel"] = "find"
    desk.run()
    desk.number_input[0].set_value(9).run()
    words = next(field for field in desk.text_input if field.label == "Words in the row")
    words.set_value("parcel 12?").run()
    found = next(f.value for f in desk.dataframe if "Answer by now" in f.value)
    assert found["Line"].tolist() == [9, 14]
    words = next(field for field in desk.text_input if field.label == "Words in the row")
    words.set_value("no such words").run()
    assert any("No row holds these words" in one.value for one in desk.text)


def test_a_row_asked_again_hides_its_first_answer_and_changes_no_label(
    desk: AppTest, tmp_path: Path
) -> None:
    with Project.open(tmp_path / "tickets", background=False) as project:
        project.label_many(range(12), "Delivery")
        project.add_note(3, "my first thought")
        rows = project.start_second_asking()
    waiting = tuple(Waiting(row, f"token{row}", again=True) for row in rows)
    desk.session_state["desk_queue"] = Queue("tickets", "Asked again", waiting)
    desk.run()
    cards = "".join(piece.value for piece in desk.get("html"))
    assert "Asked again</b>" in cards
    assert "Its answer now" not in cards
    assert any("Asked again: 10 left" in one.value for one in desk.markdown)
    button(desk, "Billing").click()
    desk.run()
    button(desk, "Can't tell").click()
    desk.run()
    button(desk, "Delivery").click()
    desk.run()
    button(desk, "Skip").click()
    desk.run()
    assert any("Asked again: 6 left" in one.value for one in desk.markdown)
    with Project.open(tmp_path / "tickets", background=False) as project:
        found = project.agreement()
        assert found is not None
        assert (found.same, found.n, found.to_go) == (1, 3, 7)
        assert found.differing == tuple(rows[:2])
    assert stored(tmp_path) == [(row, "Delivery") for row in range(12)]


def test_rows_that_wait_outlive_a_reload_as_far_as_they_were_gone_through(
    desk: AppTest, tmp_path: Path
) -> None:
    sending = (
        "import streamlit as st\n"
        "from pages.components.queue import queue\n"
        "from pages.components.shell import state\n"
        "state.put('_framed', True)\n"
        "if not state.get('sent'):\n"
        "    queue.send(state.current_project(), [5, 9, 14, 20], 'Rows you found')\n"
        "    state.put('sent', True)\n"
        f"import runpy; runpy.run_path({str(ROOT / 'pages' / 'label.py')!r})\n"
    )
    first = AppTest.from_string(sending, default_timeout=60)
    first.query_params["project"] = "tickets"
    first.run()
    for words in ("Delivery", "Skip", "Delivery", "Undo"):
        button(first, words).click()
        first.run()
    before = first.session_state["desk_queue"]
    assert [one.row for one in before.rows] == [14, 20]

    again = AppTest.from_string(sending.replace("if not", "if False and not"), default_timeout=60)
    again.query_params.update(first.query_params)
    again.run()
    assert again.session_state["desk_queue"] == before
    assert any("Rows you found: 2 left" in one.value for one in again.markdown)
    button(again, "Back to the app's choice").click()
    again.run()
    assert "queue" not in again.query_params
    assert stored(tmp_path) == [(5, "Delivery")]


def test_what_the_answers_mean_is_written_beside_the_row_and_its_rows_looked_at_again(
    desk: AppTest, tmp_path: Path
) -> None:
    row = int(next(t.value for t in desk.text if t.value.isdigit()))
    button(desk, "Billing").click()
    desk.run()
    desk.session_state["desk_panel"] = "guidelines"
    desk.run()
    area = next(field for field in desk.text_area if field.label == "What it means")
    area.set_value("Only <b>unpaid</b> invoices")
    desk.button(key="guideline_save").click().run()
    assert not desk.exception
    shown = next(piece.value for piece in desk.get("html") if "al-means" in piece.value)
    assert "Only &lt;b&gt;unpaid&lt;/b&gt; invoices" in shown
    assert any(
        r"1 row was called \*Billing\* before its meaning" in one.value for one in desk.caption
    )
    desk.button(key="guideline_look").click().run()
    assert str(row) in [text.value for text in desk.text]
    assert any("from before its meaning changed" in one.value for one in desk.markdown)
    button(desk, "Delivery").click()
    desk.run()
    assert stored(tmp_path) == [(row, "Delivery")]


def test_a_setting_is_said_to_be_changed_only_where_it_was(desk: AppTest) -> None:
    desk.session_state["desk_panel"] = "goal"
    desk.run()
    goal = next(field for field in desk.number_input if "Stop and look" in field.label)
    kept = goal.value
    for value, changed in ((kept - 10, True), (kept - 10, False)):
        desk.session_state["desk_said"] = None
        goal.set_value(value)
        desk.run()
        goal = next(field for field in desk.number_input if "Stop and look" in field.label)
        said = [one.value for one in (*desk.warning, *desk.info)]
        assert any("Changed" in text for text in said) == changed


def test_a_guess_on_wish_stands_ready_beside_the_row_and_on_the_grid_but_on_no_check_row(
    desk: AppTest, tmp_path: Path
) -> None:
    with Project.open(tmp_path / "tickets", background=False) as project:
        checks = project.check_rows.tolist()
        others = [row for row in range(60) if row not in checks]
        for row, label in zip(others[:4], ["*Billing*", "Delivery"] * 2, strict=True):
            project.label(row, label)
        project.change(show_guess=True, check_every=2)
    desk.run()
    desk.session_state["_open_project"].wait()
    seen = set()
    for _ in range(6):
        desk.run()
        purpose = desk.session_state["_open_project"].ask(1)[0].purpose
        ready = [b for b in desk.button if b.proto.type == "primary"]
        assert len(ready) == int(purpose != "check")
        assert any("Enter takes" in c.proto.body for c in desk.get("html")) == bool(ready)
        seen.add(purpose == "check")
        (ready[0] if ready else button(desk, "Delivery")).click()
        desk.run()
    assert seen == {True, False}
    desk.session_state["desk_several"] = 6
    desk.run()
    asked = desk.session_state["_open_project"].ask_together(6)
    tiles = {one.key: one for one in desk.button}
    filled = {q.row: tiles[f"tile_button_{q.row}"].label != "No answer yet" for q in asked}
    assert filled == {q.row: q.purpose != "check" for q in asked}


def test_a_row_that_stands_in_the_file_more_than_once_says_so_and_is_answered_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    words = [f"no {i},where is the parcel of the {i % 12}th" for i in range(36)]
    table = read_table(("No,Message\n" + "\n".join(words)).encode(), name="tickets.csv")
    given = {"kind": "live", "classes": ("A", "B")}
    Project.create(tmp_path / "tickets", table, guess_roles(table), given, background=False).close()
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.query_params["project"] = "tickets"
    test.run()
    test.switch_page("pages/label.py").run()
    head = next(piece.value for piece in test.get("html") if "al-name" in piece.value)
    assert "2 more rows are the same: one answer for all." in head
    next(one for one in test.button if one.label.startswith(":blue-badge[1]")).click().run()
    assert any("and so are 2 rows that are the same" in line.value for line in test.info)
    assert [m.value for m in test.metric] == ["3"]
    button(test, "Undo").click().run()
    assert stored(tmp_path) == []
    test.session_state["desk_several"] = 6
    test.run()
    assert any("2 more the same" in one.value for one in test.markdown)
    next(one for one in test.button if one.label == "No answer yet").click().run()
    button(test, "Save 1 answer").click().run()
    assert any("2 rows that are the same got" in line.value for line in test.info)
    assert [m.value for m in test.metric] == ["3"]
    button(test, "Undo").click().run()
    assert stored(tmp_path) == []


def test_an_answer_read_from_right_to_left_takes_no_number_of_the_sentence_along(
    tmp_path: Path,
) -> None:
    table = read_table(MESSAGES.encode(), name="tickets.csv")
    answers = ("\u0641\u0627\u062a\u0648\u0631\u0629", "Delivery")
    settings = {"classes": answers, "model": "logistic_regression", "show_guess": True}
    with Project.create(tmp_path / "p", table, guess_roles(table), settings) as project:
        tests = set(project.check_rows.tolist())
        for row in [row for row in range(30) if row not in tests][:8]:
            project.label(row, answers[row % 8 == 7])
        project.wait()
        said = [guess_words(project, question) for question in project.ask(8)]
    assert any(f"guess: \u2068{answers[0]}\u2069, " in words for words in said)
