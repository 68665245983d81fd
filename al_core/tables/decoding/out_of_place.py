"""Letters and signs that stand where none do in running text: a wrong code page makes such."""

from __future__ import annotations

import unicodedata

BY_THEMSELVES = "àÀâÂéÉèÈêåÅäÖöÓòóÍíìáÁôÔúÚùæÆøØýÝµªº"
"""Letters that are words, and those that stand beside numbers."""
WESTERN = "äöüßéèêëàâçñãõáíóúôîïåøæìòùœþðýÿû¡¿ªºµ"
CENTRAL = "ąćęłńóśźżčďěňřšťůžáéíýúőűăâîșțţşäöüßđĺŕôëç"
BALTIC = "ąčęėįšųūžāēģīķļņōŗäöüõåéóćńśźżł"
TURKISH = "çğıöşüâîûéêİ"
ALPHABETS = {
    **dict.fromkeys(("cp1252", "mac_roman", "cp850", "iso8859_15"), WESTERN),
    **dict.fromkeys(("cp1250", "iso8859_2", "cp852", "mac_latin2"), CENTRAL),
    **dict.fromkeys(("cp1257", "iso8859_13", "cp775"), BALTIC),
    **dict.fromkeys(("cp1254", "iso8859_9", "cp857", "mac_turkish"), TURKISH),
}
"""The letters of the languages that a page was made for, and of their neighbours' names."""
WITHIN_WORDS = "¬¦§’‘–—·°\xad\xa0´"
# The end of the letters that other letters of Latin script are made from (Unicode's own blocks).
END_OF_LATIN = 0x250


def share_out_of_place(text: str, alphabet: str = "") -> float:
    """The share of what is not ASCII that stands out of place, or is not of the alphabet.

    >>> share_out_of_place("Köln; Straße"), share_out_of_place("K”ln; JŠger")
    (0.0, 1.0)
    """
    around = zip(" " + text, text, text[1:] + " ", strict=False)
    found = [
        _out_of_place(a, b, c) or bool(alphabet and b.isalpha() and b.lower() not in alphabet)
        for a, b, c in around
        if not b.isascii()
    ]
    return sum(found) / max(1, len(found))


def _out_of_place(before: str, letter: str, after: str) -> bool:
    """A sign or another script's letter within a word, a capital after a small letter, a letter
    by itself or beside a digit."""
    if not letter.isalpha() or unicodedata.category(letter) == "Lm":
        within = before.isalpha() and after.isalpha() and letter not in WITHIN_WORDS
        return within and not unicodedata.category(letter).startswith("M")
    if letter.isupper() and (before.islower() or (before.isalpha() and after.islower())):
        return True
    if ord(letter) >= END_OF_LATIN:
        return any(beside.isascii() and beside.isalpha() for beside in (before, after))
    if letter in BY_THEMSELVES:
        return False
    alone = not before.isalpha() and not after.isalpha()
    return alone or before.isdigit() or after.isdigit()


# -- Two pages of East Asia that read each other's bytes as rare letters.


def japanese_or_chinese(letters: bytes, ranked: list[str]) -> list[str]:
    """Pages with Japanese EUC in front of Chinese GB where only its letters are the common ones.

    Common ones are those that Korea and Taiwan write too.
    """
    shares = [_written_elsewhere(letters.decode(p, "ignore")) for p in ("euc_jis_2004", "gb18030")]
    # Choices: names in Japanese nearly always pass, chance letters in two of three cases.
    if shares[0] < 0.95 or shares[1] > 0.7:
        return ranked
    return ["euc_jis_2004", *(page for page in ranked if page != "euc_jis_2004")]


def _written_elsewhere(text: str) -> float:
    found = [
        letter.encode("cp949", "ignore") and letter.encode("big5", "ignore") for letter in text
    ]
    return sum(map(bool, found)) / max(1, len(text))
