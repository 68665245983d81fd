"""Which code page, where bytes are not Unicode: European by plausibility, else by statistics."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

# Bytes around letters beyond ASCII; a choice: enough for shares of letters, quick to try on pages.
SAMPLE = 6_000
USUAL = ("cp1252", "cp1250", "mac_roman", "cp850")
SELDOM = ("cp1254", "iso8859_15", "iso8859_2", "cp852", "cp1257", "mac_latin2")
EUROPEAN = (*USUAL, *SELDOM)
HANDICAP = 0.05
"""What a page that is seldom met must be worth more than a usual one."""
CENTRAL = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽáéíýőűŐŰăâîșțţşäöüÄÖÜß"
COMMON = {
    "cp1252": "äöüÄÖÜßéèêëàâçñãõáíóúôîïåøæÅØÆÉÁÓÚÍŒœþÞð¿¡€£’‘“”–—…°§«»®©²³µ",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽáéíýőűŐŰăâîșțţşäöüÄÖÜß€’„”–—…°§",
    "mac_roman": "äöüÄÖÜßéèêëàâçñãõáíóúôîïåøæÅØÆÉÁÓÚ’‘“”–—…",
    "cp850": "äöüÄÖÜßéèêëàâçñáíóúôîïåøæÅØÆÉ",
    "cp1254": "çÇğĞıİöÖşŞüÜâîûÂ’“”–—…",
    "iso8859_15": "äöüÄÖÜßéèêëàâçãõñáíóúôîïåøæÅØÆÉÁÓÚ€œŒšŠžŽ§°«»",
    "iso8859_2": CENTRAL + "°§",
    "cp852": CENTRAL,
    "mac_latin2": CENTRAL,
    "cp1257": "ąčęėįšųūžĄČĘĖĮŠŲŪŽāēģīķļņōŗĀĒĢĪĶĻŅäöüõÄÖÜÕ€„“”–—…",
}
BY_THEMSELVES = "àÀâÂéÉèÈêåÅäöÖóÓòíÍìáÁôÔúÚùæÆøØýÝµªº"
"""Letters that are words, and those that stand beside numbers."""
WITHIN_WORDS = "¬¦§’‘–—·°\xad\xa0´"
ALIASES = {"windows-1252": "cp1252", "iso8859_1": "latin-1", "gb2312": "gb18030", "gbk": "gb18030"}
OTHERS = ["cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp932", "euc_jp"]
OTHERS += ["gb18030", "big5", "cp949"]
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
# Choices. The mean share of Russian letters in Russian text is nearly 6 by the table above, of
# letters drawn at random 3; Thai text is Thai letters throughout but for a slip in 20.
LEAST_CYRILLIC = 4.0
LEAST_THAI = 0.95
ABOVE_OR_BELOW = {0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)}


def guess_code_page(raw: bytes) -> str:
    """The likeliest code page of ``raw``, which is not UTF-8; latin-1 where nothing else fits."""
    sample = _high_lines(raw)
    runs = re.findall(rb"[\x80-\xff]+", sample)
    n_high = sum(map(len, runs))
    if b"\xfe\x14\xfe" in sample:  # quotes and delimiter of legal files
        return "cp1252"
    worth = {page: _plausible(sample, page) - HANDICAP * (page in SELDOM) for page in EUROPEAN}
    best = max(EUROPEAN, key=lambda page: (worth[page], page == "cp1252"))
    # Choices: European words have runs of one or two such letters, other scripts whole words; below
    # a worth of 0.75 in 40 letters European pages make little sense.
    if n_high > 2.2 * len(runs) or (worth[best] < 0.75 and n_high >= 40):
        found = _other_script(_whole_lines(raw))
        cyrillic = cyrillic_page(sample) if found in {None, "cp1251", "koi8_r"} else None
        if cyrillic or found:
            return cyrillic or str(found)
        if is_thai(sample):
            return "cp874"
    return best if _decodes(raw, best) else "latin-1"


def _high_lines(raw: bytes) -> bytes:
    """What stands around the first bytes above 127: the rest says nothing about a code page."""
    parts: list[bytes] = []
    size = end = 0
    for match in re.finditer(rb"[\x80-\xff]+", raw):
        if match.start() < end:
            continue
        start, end = max(end, match.start() - 40), match.end() + 80
        parts.append(raw[start:end])
        size += end - start
        if size > SAMPLE:
            break
    return b"\n".join(parts)


def _whole_lines(raw: bytes) -> bytes:
    """Whole lines from the first one with a byte above 127: letters of two bytes are not cut."""
    match = re.search(rb"[\x80-\xff]", raw)
    start = raw.rfind(b"\n", 0, match.start() if match else 0) + 1
    end = raw.rfind(b"\n", start, start + 2 * SAMPLE)
    return raw[start : end if end > start else start + 2 * SAMPLE]


def _plausible(sample: bytes, page: str) -> float:
    """Mean worth of the letters above 127: common ones 1, other letters less, symbols nothing.

    A capital within a word of small letters takes one away, and so does a letter by itself
    or a sign within a word: ``JŠger``, ``5 ñ`` and ``K”ln`` are none.
    """
    text = sample.decode(page, "replace")
    high = [c for c in text if ord(c) > 127]
    common = COMMON[page]
    worth = [
        # The worths are choices; they decide an order alone.
        1.0 if c in common else 0.3 if c.isalpha() else -1.0 if c == "�" else 0.0
        for c in high
    ]
    alone = sum(
        _out_of_place(a, b, c)
        for a, b, c in zip(" " + text, text, text[1:] + " ", strict=False)
        if ord(b) > 127
    )
    capitals = sum(
        a.isalpha() and b.isupper() and ord(b) > 127 and c.islower()
        for a, b, c in zip(text, text[1:], text[2:], strict=False)
    )
    return round((sum(worth) - capitals - alone) / max(1, len(high)), 3)


def _out_of_place(before: str, letter: str, after: str) -> bool:
    """Whether a letter stands by itself or beside a digit, or a sign within a word."""
    if not letter.isalpha():
        return before.isalpha() and after.isalpha() and letter not in WITHIN_WORDS
    if letter in BY_THEMSELVES:
        return False
    alone = not before.isalpha() and not after.isalpha()
    return alone or before.isdigit() or after.isdigit()


def _other_script(sample: bytes) -> str | None:
    match = from_bytes(sample, cp_isolation=OTHERS, enable_fallback=False).best()
    if match is None:
        return None
    return ALIASES.get(match.encoding, match.encoding)


def _decodes(raw: bytes, page: str) -> bool:
    try:
        raw.decode(page)
    except UnicodeDecodeError:
        return False
    return True


# -- Code pages of one alphabet told apart by how often its letters stand in running text.


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
