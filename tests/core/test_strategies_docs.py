"""The strategies' documents say what the registry says."""

from __future__ import annotations

from pathlib import Path

from al_core.learning.strategies import STRATEGIES
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
    known = {*STRATEGIES, "expected_error_*", "logistic", "regression", "in", "a", "Pipeline"}
    assert names <= known, names - known
    assert names & set(STRATEGIES)
