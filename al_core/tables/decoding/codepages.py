"""Which code page, where bytes are not Unicode: chardet's statistics of languages, and what those
leave out (words in capitals, signs that one page of two has in its place)."""

from __future__ import annotations

import re
from typing import NamedTuple

from al_core.tables.decoding.out_of_place import ALPHABETS, japanese_or_chinese, share_out_of_place

# Usual pages first: where two read the same, the first one is named.
USUAL = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("cp874", "cp932", "gb18030", "big5hkscs", "cp949"),
)
SELDOM = (
    *("mac_roman", "cp850", "iso8859_15", "iso8859_2", "cp852", "mac_latin2", "iso8859_13"),
    *("cp775", "iso8859_9", "cp857", "mac_turkish", "koi8_r", "koi8_u", "cp866", "cp1125"),
    *("iso8859_5", "mac_cyrillic", "iso8859_7", "cp737", "mac_greek", "iso8859_6", "cp862"),
    "euc_jis_2004",
)
PAGES = (*USUAL, *SELDOM)
OF_SEVERAL_BYTES = frozenset({"cp932", "gb18030", "big5hkscs", "cp949", "euc_jis_2004"})
"""Pages of scripts that know no capitals."""
HANDICAPS = dict.fromkeys(PAGES, 0.25) | {"cp1252": 0.0, "iso8859_15": 0.0}
HANDICAPS |= {"cp852": 0.4, "mac_latin2": 0.55}
HANDICAPS |= dict.fromkeys(
    ("cp775", "cp857", "mac_turkish", "cp1125", "cp737", "mac_greek", "cp862", "iso8859_6"), 0.45
)
"""How much less a page is worth that people meet less often, where few words tell; choices."""
FEW_WORDS = 16
"""Different words up to which a handicap counts in full, and twice with half as many."""
SIGNS = "€£§°²³µ«»–—…’‘“”„•·±©®™½¼¾ªº×÷"
SIGNS_IN = ("cp1252", "iso8859_15", "mac_roman", "cp850", "cp1250")
"""Pages that signs by themselves are looked up in; letters of other scripts make words."""
PLAIN_NAMES = {"big5hkscs": "big5", "euc_jis_2004": "euc_jp"}
"""The usual page, where it holds every letter of the text as well."""
# Bytes looked at: choices; a few thousand words tell a language, more takes time alone.
SAMPLE = 12_000
BEFORE = 2_000
FURTHER = 2_000_000
ONCE_A_PAGE = 4_000
"""Read once in each page, so fewer of them are."""
# Choices, tried by benchmarks/code_pages.py: more than 6 in 10 letters beside those in question are
# capitals where words are written in them; scripts without such letters must gain half as much
# again from small letters, over six letters at least.
MOSTLY_CAPITALS, GAIN, FEWEST = 0.6, 1.5, 6
SURE_FROM = 200
"""Letters beyond ASCII from which the benchmark finds the guess right in 99 of 100."""
# What fits a line beside the guess; a choice.
MOST_OTHERS = 3
HIGH = re.compile(rb"[\x80-\xff]")
WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
"""A word with a byte above 127; different ones are evidence, one that comes again is not."""
BESIDE = re.compile(rb"[A-Za-z](?=[\x80-\xff])|(?<=[\x80-\xff])[A-Za-z]")
CONTROLS = re.compile(rb"[\x80-\x84\x86-\x9f]")
"""Bytes that are letters or quotes in all pages but those of ISO 8859 (there, control signs)."""


class Guess(NamedTuple):
    """The likeliest page, and others that read otherwise (best first) where it is not sure."""

    page: str
    others: list[str]


def guess_code_page(raw: bytes) -> str:
    """The likeliest code page of ``raw``, which is not UTF-8; latin-1 where nothing else fits."""
    return likely_code_pages(raw).page


def likely_code_pages(raw: bytes) -> Guess:
    """The likeliest code page of ``raw``, which is not UTF-8, with the next ones."""
    if b"\xfe\x14\xfe" in raw[:SAMPLE]:  # quotes and delimiter of legal files
        return Guess("cp1252", [])
    sample = _sample(raw)
    words = set(WORD.findall(sample))
    ranked, in_capitals = _ranked(sample, words)
    ranked = list(dict.fromkeys(_plainly_named(sample, page) for page in ranked))
    best = ranked[0] if ranked else "cp1252"
    if best not in OF_SEVERAL_BYTES and not _decodes(raw, best):
        best = next((page for page in ranked[1:] if _decodes(raw, page)), "latin-1")
    sure = sum(len(HIGH.findall(word)) for word in words) >= SURE_FROM and not in_capitals
    return Guess(best, [] if sure else _that_read_otherwise(sample, best, ranked))


def _sample(raw: bytes) -> bytes:
    """Whole lines about the first byte above 127, then further lines that hold one."""
    first = HIGH.search(raw)
    start = raw.rfind(b"\n", 0, max(0, (first.start() if first else 0) - BEFORE)) + 1
    end = raw.rfind(b"\n", start, start + SAMPLE)
    if first is None or end <= first.start():  # a very long line
        start = max(0, (first.start() if first else 0) - BEFORE)
        return raw[start : start + SAMPLE].rstrip(bytes(range(128, 256)))
    parts, size = [raw[start:end]], 0
    for line in re.finditer(rb"[^\r\n]*[\x80-\xff][^\r\n]*", raw[end : end + FURTHER]):
        parts.append(line.group())
        size += len(line.group())
        if size > SAMPLE:
            break
    return b"\n".join(parts)


def _ranked(sample: bytes, words: set[bytes]) -> tuple[list[str], bool]:
    """Code pages, best first, and whether their text in small letters decided."""
    if all(len(word) == 1 for word in words):
        return sorted(SIGNS_IN, key=lambda page: -_signs(b"".join(words), page)), False
    pages = [p for p in PAGES if not (p.startswith("iso8859") and CONTROLS.search(sample))]
    found = _with_handicaps(_measured(sample, pages), len(words))
    small = _in_small_letters(sample[:ONCE_A_PAGE], pages) if _may_be_capitals(sample) else []
    small = _with_handicaps(small, len(words))
    best = found[0][0] if found else 0.0
    if small and small[0][0] > (best if BESIDE.search(sample) else GAIN * best):
        return [page for _, page in small], True
    ranked = [page for _, page in found]
    if len(words) < FEW_WORDS and ranked[:1] == ["gb18030"] and "euc_jis_2004" in ranked:
        ranked = japanese_or_chinese(b"".join(words), ranked)
    return ranked, False


def _may_be_capitals(sample: bytes) -> bool:
    """Whether words are written in capitals, or in letters that do not tell while undeciphered."""
    beside = BESIDE.findall(sample)
    n_high = len(HIGH.findall(sample))
    if 10 * len(beside) >= n_high:
        return sum(map(bytes.isupper, beside)) > MOSTLY_CAPITALS * len(beside)
    return n_high >= FEWEST


def _signs(letters: bytes, page: str) -> int:
    return sum(letter in SIGNS for letter in letters.decode(page, "replace"))


def _with_handicaps(found: list[tuple[float, str]], n_words: int) -> list[tuple[float, str]]:
    share = min(1.0, FEW_WORDS / max(1, n_words))
    worths = [(worth * (1 - HANDICAPS[page] * share), page) for worth, page in found]
    return sorted(worths, key=lambda pair: -pair[0])


def _measured(text: bytes, pages: list[str]) -> list[tuple[float, str]]:
    """How much text in each page looks like a language, best first."""
    import chardet

    found = chardet.detect_all(
        text, ignore_threshold=True, include_encodings=pages, compat_names=False,
        no_match_encoding=pages[0],
    )  # fmt: skip
    named = ((each["confidence"], str(each["encoding"]).replace("-", "_")) for each in found)
    worths = [(_in_place(text, worth, page), page) for worth, page in named if page in pages]
    return sorted(worths, key=lambda pair: -pair[0])


def _in_place(text: bytes, worth: float, page: str) -> float:
    """What a page is worth, less what it makes of signs and capitals that no text has."""
    if page in OF_SEVERAL_BYTES:
        return worth
    return worth * (
        1 - share_out_of_place(text[:ONCE_A_PAGE].decode(page, "replace"), ALPHABETS.get(page, ""))
    )


def _in_small_letters(sample: bytes, pages: list[str]) -> list[tuple[float, str]]:
    """The same of the text in small letters, for the statistics know few words in capitals.

    A small letter among capitals takes away: the page that makes one is the wrong one.
    """
    found = []
    for page in pages:
        if page in OF_SEVERAL_BYTES or not _decodes(sample, page):
            continue
        text = sample.decode(page)
        small = text.lower().encode(page, "ignore")
        if small.isascii():
            continue
        measured = _measured(small, [page])
        if measured:
            found.append((measured[0][0] * (1 - _small_among_capitals(text)), page))
    return sorted(found, key=lambda pair: -pair[0])


def _small_among_capitals(text: str) -> float:
    """Three times the share of letters beyond ASCII that are small behind two capitals or before
    one: pages of one alphabet differ in few letters, so that each counts (three is a choice)."""
    around = zip(" " + text, text, text[1:] + " ", strict=False)
    odd = sum(
        (not c.isascii() and c.islower() and a.isupper() and b.isupper())
        or (not b.isascii() and b.islower() and c.isupper())
        for a, b, c in around
    )
    return min(1.0, 3 * odd / max(1, sum(not letter.isascii() for letter in text)))


def _plainly_named(sample: bytes, page: str) -> str:
    """The most usual page that reads a text the same; Latin-9 where its own letters prove it."""
    text = sample.decode(page, "replace")
    if page == "cp1252" and b"\xa4" in sample and not CONTROLS.search(sample):
        return "iso8859_15"  # the sign of any currency is hardly ever meant, the euro often is
    wide = PLAIN_NAMES.get(page, page)
    if wide != page:
        return wide if sample.decode(wide, "replace") == text else page
    if page in SELDOM and "�" not in text:
        same = (usual for usual in USUAL if sample.decode(usual, "replace") == text)
        return next(same, page)
    return page


def _that_read_otherwise(sample: bytes, best: str, ranked: list[str]) -> list[str]:
    """The next pages of which each reads the text in another way than all before it."""
    read = {sample.decode(best, "replace")}
    others: list[str] = []
    for page in ranked:
        text = sample.decode(page, "replace")
        if "�" not in text and text not in read and len(others) < MOST_OTHERS:
            read.add(text)
            others.append(page)
    return others


def _decodes(raw: bytes, page: str) -> bool:
    try:
        raw.decode(page)
    except UnicodeDecodeError:
        return False
    return True
