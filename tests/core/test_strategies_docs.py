"""The strategies' documents say what the registry says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from al_core import learning
from al_core.learning.strategies import STRATEGIES, strategies_for
from al_core.learning.strategies.catalogue import markdown_table

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_documented_table_is_the_registry() -> None:
    text = (DOCS / "strategies.md").read_text(encoding="utf-8")
    table = text.split("<!-- table -->\n")[1].split("\n<!-- end of table -->")[0]
    assert table == markdown_table(), "print the table anew, as docs/strategies.md says"


def test_the_documents_speak_only_of_strategies_that_exist() -> None:
    text = (DOCS / "strategies.md").read_text(encoding="utf-8").split("on purpose")[1]
    names = {
        name
        for line in text.splitlines()
        if line.startswith("| `")
        for name in line.split("|")[1].replace("`", "").replace(",", " ").split()
    }
    others = {*strategies_for("numbers"), *strategies_for("tags")}
    known = {
        *STRATEGIES,
        *others,
        "expected_error_*",
        "logistic",
        "regression",
        "in",
        "a",
        "Pipeline",
    }
    assert names <= known, names - known
    assert names & set(STRATEGIES)


@pytest.mark.parametrize("answers", ["numbers", "tags"])
def test_the_tables_for_other_answers_are_the_registry(answers: Any) -> None:
    text = (DOCS / "strategies.md").read_text(encoding="utf-8")
    table = text.split(f"<!-- {answers} -->\n")[1].split(f"\n<!-- end of {answers} -->")[0]
    assert table == markdown_table(answers), "print the table anew, as docs/strategies.md says"


def test_every_name_that_a_person_is_told_to_use_instead_of_modals_is_there() -> None:
    text = (DOCS / "from_modal.md").read_text(encoding="utf-8")
    lines = [line.split("|") for line in text.splitlines() if line.startswith("| `")]
    ours = {name for line in lines for name in re.findall(r"`(\w+)`", line[2])}
    assert len(ours) > 25
    assert ours <= set(learning.__all__), ours - set(learning.__all__)


def test_the_guide_shows_the_seven_things_modal_is_used_for() -> None:
    text = (DOCS / "from_modal.md").read_text(encoding="utf-8")
    sections = re.split(r"^## \d\. ", text, flags=re.MULTILINE)[1:]
    assert len(sections) == 7
    assert all("```python" in section for section in sections)
