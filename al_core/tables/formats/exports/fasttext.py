"""fastText's training files: ``__label__positive Great price``, one a line, no names."""

from __future__ import annotations

import re

from al_core.tables.delimited.records import LINE_END
from al_core.tables.formats.exports.agreement import in_words
from al_core.tables.formats.exports.marks import ANSWER
from al_core.tables.raw import RawTable, columns_of
from al_core.tables.table import Dialect, Lines

_PREFIX = "__label__"
_LABEL = re.compile(rf"(?:^|(?<=\s)){_PREFIX}(\S*?),?(?=\s|$)")
# A choice: in that many of 10 lines stands a label; the others have none yet.
_OF_TEN = 5
_HEAD = 200  # lines that are looked at


def is_fasttext(head: str) -> bool:
    """Whether most lines of a text begin or end with a label as fastText writes it.

    >>> is_fasttext("__label__a good\\n__label__b bad"), is_fasttext("text,label\\na,__label__b")
    (True, False)
    """
    if _PREFIX not in head[:10_000]:
        return False
    lines = [line.strip() for line in LINE_END.split(head)[:_HEAD] if line.strip()]
    labelled = sum(line.startswith(_PREFIX) or _ends_with_label(line) for line in lines)
    return bool(lines) and 10 * labelled >= _OF_TEN * len(lines) and _is_free(lines)


def read_fasttext(text: str) -> RawTable:
    """One row a line: the text, and its labels in a column of their own."""
    numbered = enumerate(LINE_END.split(text.lstrip("\ufeff")), 1)
    lines = {number: line for number, line in numbered if line.strip()}
    rows = [[_text_of(line), in_words(_LABEL.findall(line))] for line in lines.values()]
    dialect = Dialect(kind="fasttext", delimiter=None, header_line=None)
    notices = ["Read as fastText: one text a line, its answers (__label__) in the column label."]
    raw = RawTable(["text", "label"], columns_of(rows, 2), dialect, notices, first_line=1)
    raw.lines, raw.marks = Lines.of_each(lines), {"label": ANSWER}
    return raw


def _text_of(line: str) -> str:
    """The words of a line; a comma after its labels is no part of them."""
    bare = _LABEL.sub("", line).strip()
    return bare.removeprefix(",").lstrip() if line.startswith(_PREFIX) else bare


def _ends_with_label(line: str) -> bool:
    return line.rsplit(None, 1)[-1].startswith(_PREFIX)


def _is_free(lines: list[str]) -> bool:
    """Whether no line of names stands first, as in a CSV whose cells hold such labels."""
    first = lines[0]
    return _PREFIX in first or len(lines) == 1 or not re.fullmatch(r"[\w ]+([,;\t|][\w ]+)+", first)
