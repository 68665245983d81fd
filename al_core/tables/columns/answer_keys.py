"""What two spellings of one answer have in common."""

from __future__ import annotations

import re
import unicodedata

UNLABELLED = frozenset(
    [
        *("", "?", "??", "na", "n/a", "#n/a", "n.a.", "nan", "null", "<na>", "nat", "-", "--"),
        *("–", "—", ".", "unlabelled", "unlabeled", "(blank)", "\\n"),
    ]
)
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
WHOLE = re.compile(r"[-+]?(0|[1-9]\d*)(\.0*)?")
MINUS = ("-", "−", "–")


def answer_key(text: str) -> str:
    """What two spellings of one answer have in common; "" for no answer.

    >>> answer_key(" YES\\u00a0"), answer_key("1.0"), answer_key("N/A"), answer_key("007")
    ('yes', '1', '', '007')
    """
    key = spelling_key(text)
    return "" if key in UNLABELLED else key


def spelling_key(text: str) -> str:
    """The same, where words for no answer count as any other.

    >>> spelling_key("N/A"), spelling_key("+1.0")
    ('n/a', '1')
    """
    key = " ".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split()).casefold()
    if WHOLE.fullmatch(key):
        key = key.split(".")[0].removeprefix("+")
        return "0" if key == "-0" else key
    return key


def visible(text: str) -> str:
    """An answer as it is seen: without blanks around it and signs that have no width.

    >>> visible(" very  good\u200b")
    'very good'
    """
    return " ".join(INVISIBLE.sub("", text).split())
