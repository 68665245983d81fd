"""What reading tells is ranked: each notice that the code can say is a decision, a loss or mended.

A notice added without a rank fails here: give its words to one of the ranks in notices.py.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from al_core.errors import TableError
from al_core.tables import read_table
from al_core.tables.columns.notices import Rank, decisions_first, known_rank
from tests.shared_data import SHARED

ROOT = Path(__file__).resolve().parents[2] / "al_core" / "tables"
READING = ["cells", "decoding", "delimited", "formats", "sources", "read.py"]
FEWEST_WORDS = 4  # a sentence; shorter texts are parts of one
# Sentences of refusals and hints that stand outside the statement which raises them.
NO_NOTICES = ("Choose JSON lines", "There is no sheet", "The Excel file is damaged")
FILES = sorted(p for d in ("csv", "messy", "wild") for p in SHARED.glob(f"{d}/*.*"))


def sentences(path: Path) -> Iterator[str]:
    """Whole sentences in the code, {} for what is put in; none of docstrings and refusals."""
    code = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(code):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.Raise):
            skipped.update(map(id, ast.walk(node)))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in ast.walk(node) if part is not node)
    for node in ast.walk(code):
        text = "" if id(node) in skipped else words(node)
        if text.endswith(".") and len(text.split()) >= FEWEST_WORDS:
            yield text


def words(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        return "".join(map(str, parts))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


SAID = [
    pytest.param(text, id=f"{path.stem}: {text[:40]}")
    for path in sorted(p for name in READING for p in [*ROOT.glob(f"{name}/**/*.py"), ROOT / name])
    if path.is_file()
    for text in sentences(path)
    if not text.startswith(NO_NOTICES)
]


@pytest.mark.parametrize("sentence", SAID)
def test_every_notice_has_a_rank(sentence: str) -> None:
    assert known_rank(sentence) is not None


def test_the_walk_finds_the_notices_that_there_are() -> None:
    found = [param.values[0] for param in SAID]
    assert len(found) > 50
    assert any("was taken to come first" in str(text) for text in found)


@pytest.mark.parametrize(
    ("notice", "rank"),
    [
        ("day: dates such as 03-04-2024 could be read both ways; the month was taken to come "
         "first.", Rank.AMBIGUOUS),
        ("The names stand on line 3; the 2 lines before it left out.", Rank.DECISION),
        ('Sheet "b" of 2 sheets, which is hidden.', Rank.DECISION),
        ("Read as Windows text (Western European), a guess: \"Zürich\" should read right.",
         Rank.DECISION),
        ("The last row was blank and is left out at the end.", Rank.LOST),
        ("zip stays text, because its numbers have leading zeros.", Rank.MENDED),
        ("a, b stay text: some of their cells are numbers, others are not.", Rank.MENDED),
        ("day: dates with the day first, as 28/03/2024 shows.", Rank.MENDED),
        ("Fields are split by semicolon.", Rank.MENDED),
    ],
)  # fmt: skip
def test_what_a_person_may_need_to_change_comes_before_what_was_mended(
    notice: str, rank: Rank
) -> None:
    assert known_rank(notice) is rank
    told = decisions_first(["Fields are split by tab.", notice, "Page breaks were left out."])
    assert (
        told.index(notice)
        == {Rank.AMBIGUOUS: 0, Rank.DECISION: 0, Rank.LOST: 0, Rank.MENDED: 2}[rank]
    )


@pytest.mark.parametrize("path", FILES or [None], ids=lambda path: getattr(path, "name", "none"))
def test_every_notice_of_a_real_file_has_a_rank(path: Path | None) -> None:
    if path is None:
        pytest.skip("needs the shared data files, which are not on this machine")
    try:
        notices = read_table(path, skip_bad_rows=True).notices
    except (TableError, OverflowError):
        return
    assert [text for text in notices if known_rank(text) is None] == []


def test_what_could_be_read_both_ways_comes_before_other_decisions() -> None:
    sheet, day = 'Sheet "b" of 2 sheets.', "day: dates such as 03/04/2024 could be read both ways."
    assert decisions_first([sheet, day]) == [day, sheet]
