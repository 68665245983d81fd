"""Short labels for long texts, no two alike: cut where texts agree, so that what differs is seen.

A chooser of Streamlit knows its options by their labels alone and takes the last of two equal ones;
a person can do no better. So labels differ in what is seen of them: blanks side by side are drawn
as one, and signs without a width not at all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_NO_WIDTH = {"\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", *map(chr, range(0xFE00, 0xFE10))}
_HIDDEN = {"Cc", "Cf"}  # control signs and format signs, in the categories of Unicode
_BLANK = "(blank)"
_HEAD, _BEFORE = 3, 6  # of what is in sight, a third is the beginning; a sixth leads to the change


def look(text: object) -> str:
    """What is seen of a text: two texts that look the same cannot be told apart on a screen.

    >>> look(" very \\n good\u200b"), look("e\u0301") == look("\u00e9")
    ('very good', True)
    """
    line = str(text)
    if not line.isascii():
        line = "".join(map(_drawn, unicodedata.normalize("NFC", line)))
    return " ".join(line.split())


def _drawn(sign: str) -> str:
    if sign in _NO_WIDTH or (unicodedata.category(sign) in _HIDDEN and not sign.isspace()):
        return ""
    return sign


def told_apart(texts: Sequence[object], limit: int = 60, sight: int | None = None) -> list[str]:
    """One label for each text, in the same order, at most ``limit`` signs long.

    ``sight``: how many signs of a label can be seen where it stands, ``limit`` by default; the
    labels look different within these. A text that is like no other is only cut to fit; those that
    would look the same are cut in the middle, where they agree; those that do not differ in
    anything that can be seen get a number.

    >>> told_apart(["A long name that ends in a", "A long name that ends in b", "Other"], 15)
    ['A lon…a', 'A lon…b', 'Other']
    >>> told_apart(["twin", "twin ", "single"])
    ['twin', 'twin (2)', 'single']
    """
    return list(_labels(tuple(map(str, texts)), limit, min(sight or limit, limit)))


@lru_cache(maxsize=128)  # the page is drawn again at every press, with the same names
def _labels(texts: tuple[str, ...], limit: int, sight: int) -> tuple[str, ...]:
    lines = [" ".join(text.split()) if look(text) else _BLANK for text in texts]
    labels = [_cut(line, limit) for line in lines]
    seen = list(map(look, lines))
    groups = alike([label[:sight] for label in labels])
    while groups:
        group = groups.pop()
        if len({seen[place] for place in group}) == 1:
            continue
        change = _same_signs([seen[place] for place in group])
        for place in group:
            labels[place] = _elided(seen[place], change, limit, sight)
        parts = alike([labels[place][:sight] for place in group])
        groups += [[group[at] for at in part] for part in parts if len(part) < len(group)]
    return tuple(_numbered(labels, sight))


def _same_signs(texts: Sequence[str]) -> int:
    """How many signs all texts begin with."""
    low, high = min(texts), max(texts)  # those between begin with what these two share
    pairs = enumerate(zip(low, high, strict=False))
    return next((place for place, (one, other) in pairs if one != other), len(low))


def alike(texts: Sequence[str]) -> list[list[int]]:
    """The places of texts that look the same, those of one look together; single ones left out."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        places.setdefault(look(text), []).append(place)
    return [group for group in places.values() if len(group) > 1]


def detailed(names: Sequence[str], *details: Sequence[str]) -> list[str]:
    """Names, followed by the first of the details that tell those of one name apart.

    >>> detailed(["a", "a", "b"], ["3 of 60", "4 of 60", "4 of 60"], ["today", "today", "today"])
    ['a · 3 of 60', 'a · 4 of 60', 'b']
    """
    words = list(names)
    for detail in details:
        for group in alike(words):
            if len({look(detail[place]) for place in group}) > 1:
                for place in group:
                    words[place] += f" · {detail[place]}" if look(detail[place]) else ""
    return words


def _cut(line: str, limit: int) -> str:
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _elided(line: str, change: int, limit: int, sight: int) -> str:
    """The beginning, then what leads to the change, from the start of its word where it is near."""
    head, before = sight // _HEAD, sight // _BEFORE
    word = line.rfind(" ", 0, change) + 1
    start = word if change - word <= before else change - before
    if start <= head + 1:
        return _cut(line, limit)
    begin = line[:head].rstrip()
    whole = begin.rfind(" ")
    return _cut(f"{begin[:whole] if whole >= head // 2 else begin}…{line[start:]}", limit)


def _numbered(labels: list[str], sight: int) -> list[str]:
    """A number after each label that looks like one before it, or like one that stands alone."""
    twins = {place for group in alike([label[:sight] for label in labels]) for place in group}
    taken = {look(label[:sight]) for place, label in enumerate(labels) if place not in twins}
    numbers: dict[str, int] = {}
    for place in sorted(twins):
        label, words = labels[place], look(labels[place])
        number = numbers.get(words[:sight], 1)
        while look(label[:sight]) in taken:
            number += 1
            after = f" ({number})"
            label = _cut(words, sight - len(after)) + after
        numbers[words[:sight]] = number
        labels[place] = label
        taken.add(look(label[:sight]))
    return labels
