"""Numbers of al_core and pages say where they come from: measured, a paper, or a choice."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted([*ROOT.glob("al_core/**/*.py"), *ROOT.glob("pages/**/*.py")])


def is_number(node: ast.expr | None) -> bool:
    """Whether an expression is made of numbers alone: 40, -1.5, 2**53, (40, 5)."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float) and not isinstance(node.value, bool)
    if isinstance(node, ast.Tuple | ast.List):
        return bool(node.elts) and all(map(is_number, node.elts))
    if isinstance(node, ast.BinOp):
        return is_number(node.left) and is_number(node.right)
    return isinstance(node, ast.UnaryOp) and is_number(node.operand)


def unexplained(text: str) -> list[str]:
    """The numbers of a module without a word: no comment on or above the line, no string below.

    A comment holds for all numbers beneath it up to a blank line or something else.
    """
    lines, found = text.splitlines(), []
    body = ast.parse(text).body
    told_at = -1
    for node, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not is_number(node.value):
            continue
        commented = node.lineno > 1 and lines[node.lineno - 2].startswith("#")
        above = commented or told_at == node.lineno - 1
        last = lines[(node.end_lineno or node.lineno) - 1]
        below = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if above:
            told_at = node.end_lineno or node.lineno
        if not (above or below or "  # " in last):
            found.append(lines[node.lineno - 1])
    return found


def test_a_number_without_a_word_is_found() -> None:
    assert unexplained("FEW = 3\n") == ["FEW = 3"]
    assert unexplained("A = 2\n\n# A choice.\nB = 3\nC = (4, -5.0)\n\nD = 2**53\n") == [
        "A = 2",
        "D = 2**53",
    ]
    assert unexplained('A = 2  # why\nB = 3\n"""Why."""\nC = "3"\n') == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_number_of_a_module_says_where_it_comes_from(path: Path) -> None:
    assert not unexplained(path.read_text(encoding="utf-8"))
