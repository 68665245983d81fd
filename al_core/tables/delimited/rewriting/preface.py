"""Lines before the names that programs write: comments and their own headers, made blank.

Blank lines keep the numbers of the lines below them.
"""

from __future__ import annotations

import re

from al_core.tables.cells.likeness import numberlike

END_OF_HEADER = re.compile(r"\*{3}\s*end.of.header\s*\*{3}[^\r\n]*", re.IGNORECASE)
LOGGER = re.compile(r'"?TO[AB]\d"?,[^\r\n]*')
COMMENT = re.compile(r"[ \t]*(#+|%+|//+|!+)[ \t]*")
LINE = re.compile(r"[^\r\n]*(\r\n|\n|\r|\Z)")


def end_of_header(head: str) -> tuple[int, str]:
    """Where the table begins behind the header of a program, and what to say; 0 without one."""
    logger = LOGGER.match(head)
    if logger:
        return logger.end(), "The first line, which a data logger wrote about itself, was left out."
    end = max((match.end() for match in END_OF_HEADER.finditer(head)), default=0)
    return end, "What stands above ***End_of_Header*** was left out."


def blanked(text: str) -> str:
    """The line ends of a text alone."""
    return "".join(re.findall(r"\r\n|\n|\r", text))


def comments_above(head: str) -> tuple[int, int, str] | None:
    """Comments at the top of a file: where the last begins, where the rows do, and its words."""
    place, last, words, signs = 0, -1, "", ""
    while place < len(head):
        match = LINE.match(head, place)
        if match is None or match.end() == place:
            break
        line = match.group()
        sign = COMMENT.match(line)
        if sign is None and (line.strip() or last < 0):
            break
        if sign is not None:
            last, words, signs = place, line[sign.end() :].strip(), signs + sign[1][0]
        place = match.end()
    alone = signs in {"%", "!"}  # "% of all" is a name
    return None if last < 0 or alone else (last, place, words)


def names_in(words: str, delimiter: str | None, n_fields: int) -> list[str] | None:
    """The names that a comment holds, where it has one for each field and none is a number."""
    if delimiter is None or words.startswith(("of ", "de ")):  # "# of rooms" is a name itself
        return None
    if delimiter.isspace() or n_fields != len(words.split(delimiter)):
        names = words.split()
    else:
        names = words.split(delimiter)
    names = [name.strip(' "') for name in names]
    plain = len(names) == n_fields > 1 and all(n and not numberlike(n) for n in names)
    return names if plain else None
