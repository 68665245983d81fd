"""Tables drawn with signs, as Markdown, psql and MySQL show them: read as their cells alone."""

from __future__ import annotations

import re

from al_core.tables.tokens import LINE_END

RULE = re.compile(r"(?=.*[-=]{3})(?=.*[|+])[-=+|: \t]+$|\s*[-=]{3,}\s*$")
SHORT_RULE = re.compile(r"\s*\|(\s*(:-+:?|-+:|--+)\s*\|)+\s*$")
COUNT = re.compile(r"\s*(\(\d+ rows?\)|\d+ rows? in set.*)\s*$")
BAR = re.compile(r"(?<!\\)\|")
GAP = re.compile(r" {2,}")
LINES_LOOKED_AT = 40


def is_framed(head: str) -> bool:
    """Whether a rule such as ``|---|---|`` stands near the top, between lines parted by bars."""
    lines = [line for line in LINE_END.split(head)[:LINES_LOOKED_AT] if line.strip()]
    if _stands_in_bars(lines):
        return True
    rules = [i for i, line in enumerate(lines[:10]) if _is_rule(line)]
    if not rules:
        return False
    body = [line for line in lines[rules[0] :] if not _is_rule(line)]
    with_bars = [line for line in body if BAR.search(line)]
    return len(body) > 0 and len(with_bars) >= 0.6 * len(body)


def _stands_in_bars(lines: list[str]) -> bool:
    """Whether lines begin and end with a bar, as SAP's lists do, but for a title and rules."""
    inner = [line.strip() for line in lines if BAR.search(line)]
    others = [line for line in lines if not BAR.search(line) and not _is_rule(line)]
    framed = [line for line in inner if len(line) > 2 and line[0] == "|" and line[-1] == "|"]
    return len(framed) >= 3 and len(framed) == len(inner) and len(others) <= len(framed)


def _is_rule(line: str) -> bool:
    return bool(RULE.match(line) or SHORT_RULE.match(line))


def without_frame(text: str) -> str:
    """The same lines with their cells alone, parted by bars; rules become blank lines."""
    lines = LINE_END.split(text)
    plain = ["" if _is_rule(line) or COUNT.match(line) else _cells(line) for line in lines]
    return "\n".join(plain)


def _cells(line: str) -> str:
    bare = line.strip()
    if not BAR.search(bare):
        return bare
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return "|".join(_quoted(cell.strip().replace("\\|", "|")) for cell in BAR.split(bare))


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if '"' in cell or "|" in cell else cell


def is_spaced(head: str) -> bool:
    """Whether every line has as many cells as the others, parted by two or more blanks.

    >>> is_spaced("id  name\\n1   Anna Lee\\n2   Bob\\n")
    True
    """
    lines = [line.rstrip() for line in LINE_END.split(head)[:LINES_LOOKED_AT] if line.strip()]
    counts = {len(GAP.split(line.lstrip())) for line in lines}
    return len(lines) >= 3 and len(counts) == 1 and counts != {1} and "\t" not in head


def with_tabs(text: str) -> str:
    """The same lines with a tab in place of two or more blanks."""
    return "\n".join(GAP.sub("\t", line.strip()) for line in LINE_END.split(text))
