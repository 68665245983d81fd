"""Columns below rules of dashes, as the shells of databases print them: cut where the rules say."""

from __future__ import annotations

import re

from al_core.tables.tokens import LINE_END

RULE = re.compile(r"[ \t]*(-+|=+)([ ]+(-+|=+))+[ \t]*")
LINES_LOOKED_AT = 15


def is_ruled(head: str) -> bool:
    """Whether a line of several rules stands near the top, with names above and a row below.

    >>> is_ruled("id name\\n-- ----\\n 1 Anna\\n"), is_ruled("a\\n---\\nb\\n")
    (True, False)
    """
    lines = LINE_END.split(head)[: LINES_LOOKED_AT + 1]
    return _first_rule(lines) is not None


def _first_rule(lines: list[str]) -> int | None:
    """The first rule with names above it that stand over each of its parts."""
    for place, line in enumerate(lines[1:], 1):
        if not RULE.fullmatch(line) or place + 1 >= len(lines):
            continue
        if all(_cells(lines[place - 1], _starts(line))) and lines[place + 1].strip():
            return place
    return None


def _starts(rule: str) -> list[int]:
    return [match.start() for match in re.finditer(r"[-=]+", rule)]


def _cells(line: str, starts: list[int]) -> list[str]:
    ends = [*starts[1:], len(line)]
    return [line[a:b].strip() for a, b in zip([0, *starts[1:]], ends, strict=True)]


def cut_at_rules(text: str) -> str:
    """The same lines with tabs between cells; rules and names that come again are blank.

    What stands above the names or, after a blank line, below the rows keeps its place.
    """
    lines = LINE_END.split(text)
    rule = _first_rule(lines) or 0
    names, starts = lines[rule - 1], _starts(lines[rule])
    result = [""] * (rule - 1) + ["\t".join(map(_quoted, _cells(names, starts))), ""]
    for place, line in enumerate(lines[rule + 1 :], rule + 1):
        if not line.strip() or RULE.fullmatch(line) or line == names:
            result.append("")
        elif _stands_apart(line, lines[place - 1], starts):
            result.append(line.strip())
        else:
            result.append("\t".join(map(_quoted, _cells(line, starts))))
    return "\n".join(result)


def _stands_apart(line: str, before: str, starts: list[int]) -> bool:
    """Whether a line below a blank one runs over the gaps between columns, as a note does."""
    gaps = [place - 1 for place in starts[1:]]
    over = any(place < len(line) and line[place] != " " for place in gaps)
    return not before.strip() and (over or len(line) <= starts[1])


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if '"' in cell or "\t" in cell else cell
