"""One cell laid out for reading: JSON as a tree that folds, a long text with its rest folded.

Every word of the file is escaped. Each line takes its direction from its own letters, so that
Arabic and Hebrew read from the right beside German. No Streamlit here.
"""

from __future__ import annotations

import json
from html import escape
from itertools import islice
from typing import Any

from pages.components.shell.text import and_more

# Letters of a text before the rest is folded: about what a tall card shows; a choice.
FOLD = 1500
# Longer JSON is text, more entries of it are counted, and deeper ones stand as they were; choices:
# nobody reads further, and the browser stays quick.
_LONGEST_JSON, _MOST, _DEEPEST = 200_000, 500, 12
_OPEN_DEPTH = 2  # levels of a tree that are open at first; a choice

Pairs = tuple[tuple[str, Any], ...]


def cell_html(text: str) -> str:
    """A cell as HTML: a tree where it holds JSON, a text to read elsewhere.

    >>> cell_html("A & B")
    '<p dir="auto">A &amp; B</p>'
    >>> "<summary>" in cell_html('{"a": [1, 2]}')
    True
    """
    if not text.strip():
        return "<p>(blank)</p>"
    tree = _parsed(text)
    if tree is None:
        return _text(text)
    left = [_MOST]
    return f'<div class="al-tree">{_entries(tree, 0, left)}</div>'


def lines_of(text: str, letters: int) -> int:
    """About how many lines of so many letters a cell takes before anything is unfolded.

    >>> lines_of("a" * 100, 50), lines_of('{"a": 1, "b": {"c": 2}}', 50)
    (2, 3)
    """
    tree = _parsed(text)
    if tree is not None:
        return _rows_open(tree, 0)
    return sum(max(1, -(-len(line) // letters)) for line in text[:FOLD].split("\n"))


def _rows_open(branch: Pairs | list[Any], depth: int) -> int:
    """Entries of a tree that are in sight at first."""
    values = [value for _, value in branch] if isinstance(branch, tuple) else branch
    inside = [value for value in values if isinstance(value, tuple | list)]
    return len(values) + (
        sum(_rows_open(value, depth + 1) for value in inside) if depth + 1 < _OPEN_DEPTH else 0
    )


def _text(text: str) -> str:
    if len(text) <= FOLD * 1.2:  # a rest of a few lines is not worth a press
        return f'<p dir="auto">{escape(text)}</p>'
    cut = text.rfind(" ", FOLD // 2, FOLD)
    cut = FOLD if cut < 0 else cut
    rest = text[cut:]
    return (
        f'<p dir="auto">{escape(text[:cut])}</p><details class="al-more"><summary>'
        f'More ({len(rest):,} letters)</summary><p dir="auto">{escape(rest)}</p></details>'
    )


def _parsed(text: str) -> Pairs | list[Any] | None:
    """What JSON holds, an object as pairs and numbers as they were written; None for no JSON."""
    bare = text.strip()
    if len(bare) > _LONGEST_JSON or bare[:1] + bare[-1:] not in ("{}", "[]"):
        return None
    try:
        found = json.loads(bare, object_pairs_hook=tuple, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return None
    return found if found else None


def _entries(branch: Pairs | list[Any], depth: int, left: list[int]) -> str:
    """The entries of an object or a list; ``left``: how many more of the whole tree are drawn."""
    is_object = isinstance(branch, tuple)
    pairs = branch if is_object else tuple((str(i), item) for i, item in enumerate(branch, 1))
    parts, shown = [], 0
    for name, value in islice(pairs, max(0, left[0])):
        if left[0] <= 0:
            break
        left[0] -= 1
        shown += 1
        parts.append(_entry(name, value, depth, left))
    rest = len(pairs) - shown
    return "".join(parts) + (f"<p>{and_more(rest)}</p>" if rest else "")


def _entry(name: str, value: Any, depth: int, left: list[int]) -> str:
    head = f"<b>{escape(name)}</b>"
    if not isinstance(value, tuple | list) or not value:
        return f'<p dir="auto">{head} {_leaf(value)}</p>'
    if depth + 1 >= _DEEPEST:
        return f"<p>{head} {escape(str(value))}</p>"
    many = f"{len(value):,} {'entry' if len(value) == 1 else 'entries'}"
    is_open = " open" if depth + 1 < _OPEN_DEPTH else ""
    inside = _entries(value, depth + 1, left)
    return f"<details{is_open}><summary>{head} <i>{many}</i></summary>{inside}</details>"


def _leaf(value: Any) -> str:
    if value is None or value in ((), []):
        return "<i>–</i>"
    return escape(str(value).lower() if isinstance(value, bool) else str(value))
