"""What the answers mean: written down, versioned, and which rows a change may touch."""

from __future__ import annotations

from pathlib import Path

import pytest

from al_core.errors import LabelError
from al_core.projects import Project
from tests.projects_cases import live


def test_every_version_is_kept_and_the_latest_counts(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        assert project.guidelines() == {}
        assert project.write_guideline("yes", " Paid in full. ").recorded
        assert not project.write_guideline("yes", "Paid in full.").recorded
        project.write_guideline("yes", "Paid, even in part.")
        project.rename_class("yes", "paid")
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.guidelines() == {"paid": "Paid, even in part."}
        told = [(i.label, i.note) for i in project.history() if i.what == "meaning of an answer"]
        assert told == [("paid", "Paid, even in part."), ("paid", "Paid in full.")]
        project.write_guideline("paid", "")
        assert project.guidelines() == {}
        with pytest.raises(LabelError, match="no answer 'maybe'"):
            project.write_guideline("maybe", "x")


def test_a_change_touches_the_rows_that_were_given_the_answer_before_it(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        for row, label in ((9, "yes"), (4, "yes"), (5, "no")):
            project.label(row, label)
        assert project.rows_before_guideline("yes") == []
        project.write_guideline("yes", "Paid in full.")
        project.label(6, "yes")
        assert project.rows_before_guideline("yes") == [9, 4]
        project.label(9, "yes")
        project.label(4, "no")
        assert project.rows_before_guideline("yes") == [], "they were looked at again"


def test_a_meaning_is_no_answer_that_undo_walks_back_over(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.label(9, "yes")
        project.write_guideline("yes", "Paid in full.")
        assert project.undo().row == 9
        assert project.guidelines() == {"yes": "Paid in full."}
