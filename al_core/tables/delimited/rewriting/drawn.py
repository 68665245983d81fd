"""Tables drawn with signs, as Markdown, psql and MySQL show them: read as their cells alone."""

from __future__ import annotations

import re

from al_core.tables.cells.likeness import half_hold_digits, numberlike
from al_core.tables.delimited.records import LINE_END
from al_core.tables.delimited.rewriting.quoting import quoted

RULE = re.compile(r"(?=.*[-=]{3})(?=.*[|+])[-=+|: \t]+$|\s*[-=]{3,}\s*$")
SHORT_RULE = re.compile(r"\s*\|(\s*(:-+:?|-+:|--+)\s*\|)+\s*$")
COUNT = re.compile(r"\s*(\(\d+ rows?\)|\d+ rows? (in set|selected).*)\s*$")
BOXES = str.maketrans(
    dict.fromkeys("│┃║┆┇┊┋", "|")
    | dict.fromkeys("─━═┄┅┈┉", "-")
    | {chr(code): "+" for code in range(0x250C, 0x256D) if chr(code) not in "═║"}
)
BAR = re.compile(r"(?<!\\)\|")
GAP = re.compile(r" {2,}")
BLANKS = re.compile(r" +")
# A choice: the frame of a drawn table shows in its first lines.
LINES_LOOKED_AT = 40
RULES = re.compile(r"[ \t]*(-+|=+)([ ]+(-+|=+))+[ \t]*")
# A choice: a rule under the names comes within the first lines, below some titles.
RULED_LINES = 15


def is_framed(head: str) -> bool:
    """Whether a rule such as ``|---|---|`` stands near the top, between lines parted by bars."""
    head = _plain_bars(head)
    if "|" not in head:
        return False  # nearly always so, and the lines of a wide table are long
    lines = [line for line in LINE_END.split(head)[:LINES_LOOKED_AT] if line.strip()]
    if _stands_in_bars(lines):
        return True
    rules = [i for i, line in enumerate(lines[:10]) if _is_rule(line)]
    if not rules:
        return False
    body = [line for line in lines[rules[0] :] if not _is_rule(line)]
    with_bars = [line for line in body if BAR.search(line)]
    # A choice: wrapped lines and a note below the table have no bars.
    return len(body) > 0 and len(with_bars) >= 0.6 * len(body)


def _stands_in_bars(lines: list[str]) -> bool:
    """Whether lines begin and end with a bar, as SAP's lists do, but for a title and rules."""
    inner = [line.strip() for line in lines if BAR.search(line)]
    others = [line for line in lines if not BAR.search(line) and not _is_rule(line)]
    framed = [line for line in inner if len(line) > 2 and line[0] == "|" and line[-1] == "|"]
    return len(framed) >= 3 and len(framed) == len(inner) and len(others) <= len(framed)


def _plain_bars(text: str) -> str:
    """Lines drawn with signs of boxes, drawn with bars and dashes."""
    return text.translate(BOXES) if re.search("[│┃║]", text) else text


def _is_rule(line: str) -> bool:
    return bool(RULE.match(line) or SHORT_RULE.match(line))


def without_frame(text: str) -> str:
    """The same lines with their cells alone, parted by bars; rules become blank lines."""
    lines = LINE_END.split(_plain_bars(text))
    with_bars = [line.strip() for line in lines if BAR.search(line) and not _is_rule(line)]
    left = all(line.startswith("|") for line in with_bars)
    right = left or all(line.endswith("|") for line in with_bars)
    plain = [
        "" if _is_rule(line) or COUNT.match(line) else _cells(line, left, right) for line in lines
    ]
    return "\n".join(plain)


def _cells(line: str, left: bool, right: bool) -> str:
    """The cells of one line; a bar at an end is part of the frame where all lines have one."""
    bare = line.strip()
    if not BAR.search(bare):
        return bare
    bare = bare.removeprefix("|") if left else bare
    if right and bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return "|".join(_plain(cell.strip().replace("\\|", "|")) for cell in BAR.split(bare))


def _plain(cell: str) -> str:
    """The cell as CSV, whichever of bar and tab parts the fields."""
    return quoted(cell, "|\t")


def is_spaced(head: str) -> bool:
    """Whether every line has as many cells as the others, parted by two or more blanks.

    >>> is_spaced("id  name\\n1   Anna Lee\\n2   Bob\\n")
    True
    """
    lines = [line.rstrip() for line in LINE_END.split(head)[:LINES_LOOKED_AT] if line.strip()]
    counts = {len(GAP.split(line.lstrip())) for line in lines}
    return len(lines) >= 3 and len(counts) == 1 and counts != {1} and "\t" not in head


def is_matrix(head: str) -> bool:
    """Whether lines hold as many cells each, mostly numbers, set apart by blanks of any width.

    >>> is_matrix(" 1   2.5\\n 10 -3.5\\n 11  4\\n")
    True
    """
    lines = [line for line in LINE_END.split(head)[:LINES_LOOKED_AT] if line.strip()][:-1]
    uneven = any(line[0] == " " or GAP.search(line.strip()) for line in lines)
    if len(lines) < 2 or not uneven or "\t" in head:
        return False
    rows = [line.split() for line in lines]
    if len({len(row) for row in rows}) > 1 or len(rows[0]) == 1:
        return False
    if all(numberlike(cell) for row in rows[1:] for cell in row):
        return True
    return len(rows[0]) >= 3 and len(rows) >= 3 and half_hold_digits(rows[1:])


def with_tabs(text: str, gap: re.Pattern[str] = GAP) -> str:
    """The same lines with a tab in place of two or more blanks, or of ``gap``."""
    return "\n".join(gap.sub("\t", line.strip()) for line in LINE_END.split(text))


# -- Columns below rules of dashes, as the shells of databases print them: cut where the rules say.


def is_ruled(head: str) -> bool:
    """Whether a line of several rules stands near the top, with names above and a row below.

    >>> is_ruled("id name\\n-- ----\\n 1 Anna\\n"), is_ruled("a\\n---\\nb\\n")
    (True, False)
    """
    lines = LINE_END.split(head)[: RULED_LINES + 1]
    return _first_rule(lines) is not None


def _first_rule(lines: list[str]) -> int | None:
    """The first rule with names above it that stand over each of its parts."""
    for place, line in enumerate(lines[1:], 1):
        if not RULES.fullmatch(line) or place + 1 >= len(lines):
            continue
        if all(_cut(lines[place - 1], _starts(line))) and lines[place + 1].strip():
            return place
    return None


def _starts(rule: str) -> list[int]:
    return [match.start() for match in re.finditer(r"[-=]+", rule)]


def _cut(line: str, starts: list[int]) -> list[str]:
    ends = [*starts[1:], len(line)]
    return [line[a:b].strip() for a, b in zip([0, *starts[1:]], ends, strict=True)]


def cut_at_rules(text: str) -> str:
    """The same lines with tabs between cells; rules and names that come again are blank.

    What stands above the names or, after a blank line, below the rows keeps its place.
    """
    lines = LINE_END.split(text)
    rule = _first_rule(lines) or 0
    names, starts = lines[rule - 1], _starts(lines[rule])
    result = [""] * (rule - 1) + ["\t".join(map(_plain, _cut(names, starts))), ""]
    for place, line in enumerate(lines[rule + 1 :], rule + 1):
        if not line.strip() or RULES.fullmatch(line) or line == names:
            result.append("")
        elif _stands_apart(line, lines[place - 1], starts):
            result.append(line.strip())
        else:
            result.append("\t".join(map(_plain, _cut(line, starts))))
    return "\n".join(result)


def _stands_apart(line: str, before: str, starts: list[int]) -> bool:
    """Whether a line below a blank one runs over the gaps between columns, as a note does."""
    gaps = [place - 1 for place in starts[1:]]
    over = any(place < len(line) and line[place] != " " for place in gaps)
    return not before.strip() and (over or len(line) <= starts[1])
