"""Code pages of one alphabet told apart by how often its letters stand in running text."""

from __future__ import annotations

CYRILLIC = ("cp1251", "koi8_u", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
SHARES = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ",
        (
            *(11, 8.5, 8, 7.4, 6.7, 6.3, 5.5, 4.7, 4.5, 4.4, 3.5, 3.2, 3, 2.8, 2.6, 2, 1.9, 1.7),
            *(1.7, 1.6, 1.6, 1.4, 1.2, 1, 0.9, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.04),
        ),
        strict=True,
    )
)
SHARES |= dict.fromkeys("іїєґёў", 2.0)
LEAST_CYRILLIC = 4.0
LEAST_THAI = 0.95
ABOVE_OR_BELOW = {0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)}


def cyrillic_page(sample: bytes) -> str | None:
    """The page in which bytes are words of Russian, Ukrainian or the like, or None."""
    worth = {page: _share(sample.decode(page, "replace")) for page in CYRILLIC}
    best = max(CYRILLIC, key=lambda page: worth[page])
    return best if worth[best] >= LEAST_CYRILLIC else None


def _share(text: str) -> float:
    """The mean share of the letters beyond ASCII; a capital after a small letter takes away."""
    total, count = 0.0, 0
    for before, letter in zip(" " + text, text, strict=False):
        if ord(letter) < 128:
            continue
        count += 1
        if letter.isupper() and before.islower():
            total -= 8
        elif letter.isalpha():
            total += SHARES.get(letter.lower(), 0)
        else:
            total -= 2
    return total / max(1, count)


def is_thai(sample: bytes) -> bool:
    """Whether bytes are Thai: its letters throughout, no vowel sign without a letter under it."""
    text = sample.decode("cp874", "replace")
    high = [letter for letter in text if ord(letter) > 127]
    thai = sum(0x0E00 < ord(letter) < 0x0E5C for letter in high)
    loose = sum(
        ord(letter) in ABOVE_OR_BELOW and not 0x0E00 < ord(before) < 0x0E5C
        for before, letter in zip(" " + text, text, strict=False)
    )
    return bool(high) and thai >= LEAST_THAI * len(high) and loose <= 0.05 * len(high)
