"""What the desk says of the pace, though its rows are asked ahead of the hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from al_core.projects.journal.events import Asked, Labelled, ProjectCreated
from al_core.projects.journal.recorded import Recorded
from al_core.projects.replay.state import replay

BEGIN = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def journal_of(*events: tuple[float, str, object]) -> list[Recorded]:
    """Events as (second, opener, event), after a project of nine rows was made."""
    made = ProjectCreated(
        name="x", kind="live", n_rows=9, classes=["a", "b"], settings={}, start_rows=[],
        check_rows=[],
    )  # fmt: skip
    lines = [(0.0, "", made), *events]
    return [
        Recorded(number, (BEGIN + timedelta(seconds=at)).isoformat(), opener, "person", event)
        for number, (at, opener, event) in enumerate(lines, start=1)
    ]


def asked(row: int) -> Asked:
    return Asked(row, f"token {row}", "learn", 0, 0, 0.0, 1, 9, "")


def labelled(row: int) -> Labelled:
    return Labelled(row, "a", "person", "learn", f"token {row}")


def test_a_row_asked_ahead_takes_from_the_answer_before_it_to_its_own() -> None:
    ahead = [(1.0, "tab", asked(row)) for row in range(3)]
    presses = [(3.0, "tab", labelled(0)), (5.0, "tab", labelled(1)), (8.0, "tab", labelled(2))]
    assert list(replay(journal_of(*ahead, *presses)).seconds) == [2.0, 2.0, 3.0]


def test_presses_of_another_tab_do_not_shorten_the_pace_of_this_one() -> None:
    ahead = [(1.0, "tab", asked(0)), (1.0, "other", asked(1))]
    presses = [(6.0, "other", labelled(1)), (7.0, "tab", labelled(0))]
    assert list(replay(journal_of(*ahead, *presses)).seconds) == [5.0, 6.0]
