"""How often the guess of a code page is right, beside chardet and charset-normalizer alone.

Tables of real sentences (what Django and Wagtail say in 36 languages, BSD), of names and towns
(Faker's lists, MIT), and of both in capitals, in the code pages that each language was written in.
A guess is right where the text reads the same. Rows are drawn until a number of letters beyond
ASCII is reached.

    pip install --no-deps django wagtail faker
    python -m benchmarks.code_pages [tables] [--others]
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from al_core.tables.decoding.codepages import guess_code_page

Guess = Callable[[bytes], str]
WEST = ("cp1252", "mac_roman", "cp850", "iso8859_15")
CENTRAL = ("cp1250", "iso8859_2", "cp852", "mac_latin2")
BALTIC = ("cp1257", "iso8859_13", "cp775")
CYRILLIC = ("cp1251", "iso8859_5", "mac_cyrillic")
PAGES = {
    **dict.fromkeys(["fr", "es", "pt", "it", "de", "nl", "sv", "da", "nb", "fi", "is", "ca"], WEST),
    **dict.fromkeys(["pl", "cs", "sk", "hu", "hr", "sl", "ro"], CENTRAL),
    **dict.fromkeys(["lt", "lv", "et"], BALTIC),
    **dict.fromkeys(["bg", "sr", "mk"], CYRILLIC),
    "ru": (*CYRILLIC, "koi8_r", "cp866"),
    "uk": (*CYRILLIC, "koi8_u", "cp1125"),
    "tr": ("cp1254", "iso8859_9", "cp857", "mac_turkish"),
    "el": ("cp1253", "iso8859_7", "cp737", "mac_greek"),
    "he": ("cp1255", "cp862"),
    "ar": ("cp1256", "iso8859_6"),
    "th": ("cp874",),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "zh_Hans": ("gb18030",),
    "zh_Hant": ("big5",),
}
FOLDERS = {"pt": "pt_BR", "nb": "no_NO", "zh_Hans": "zh_CN", "zh_Hant": "zh_TW"}
SHARES: list[float] = []
"""The shares measured so far, in order."""
LETTERS = (3, 12, 50, 200)
GATE = 0.97
"""What the guess must reach over sentences from 200 letters on."""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdi]|\{[^}]*\}|<[^>]*>|&\w+;|\\n")


def folder_of(package: str) -> Path:
    """Where an installed package is; tells how to install it where it is not."""
    found = find_spec(package)
    if found is None or found.origin is None:
        sys.exit(f"{package} is not installed: pip install --no-deps django wagtail faker")
    return Path(found.origin).parent


def sentences(language: str) -> list[str]:
    """The translated messages of Django and Wagtail, without their placeholders."""
    found: list[str] = []
    for package in ("django", "wagtail"):
        for name in dict.fromkeys([language, FOLDERS.get(language, language)]):
            for path in sorted(folder_of(package).rglob(f"locale/{name}/LC_MESSAGES/django*.po")):
                found += messages(path.read_text(encoding="utf-8"))
    return list(dict.fromkeys(found))


def messages(text: str) -> list[str]:
    """The texts behind ``msgstr`` of one file."""
    said = re.findall(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', text, re.MULTILINE)
    joined = ("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', part)) for part in said)
    bare = (PLACEHOLDER.sub(" ", message).replace("\\", "") for message in joined)
    return [" ".join(m.split()) for m in bare if m.strip() and "Content-Type" not in m]


def names(language: str) -> list[str]:
    """Faker's names, towns and words of one language; empty where it has none."""
    wanted = FOLDERS.get(language, language)
    found: list[str] = []
    for path in sorted(folder_of("faker").glob("providers/*/*/__init__.py")):
        if path.parent.name == wanted or path.parent.name.split("_")[0] == wanted:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.append(node.value)
    short = (text for text in found if 1 < len(text) < 60 and not re.search(r"[{#%\n]", text))
    return list(dict.fromkeys(short))


def tables(
    texts: list[str], page: str, letters: int, count: int, rng: random.Random
) -> Iterator[bytes]:
    """Tables of random texts in a code page, each with so many letters beyond ASCII."""
    for _ in range(count):
        rows, n_high = [b"id;text;y"], 0
        for i, text in enumerate(rng.sample(texts, len(texts))):
            cell = text.encode(page, "ignore").replace(b";", b",")
            n_high += sum(byte > 127 for byte in cell)
            rows.append(b"%d;%s;%d" % (i, cell, i % 2))
            if n_high >= letters:
                yield b"\n".join(rows) + b"\n"
                break


def measure(guess: Guess, read: Callable[[str], list[str]], letters: int, count: int) -> str:
    """The share of right guesses, and the milliseconds that one takes."""
    rng, right, tried, wrong, spent = random.Random(0), 0, 0, dict[str, int](), 0.0
    for language, pages in PAGES.items():
        texts = read(language)
        for page in pages:
            for raw in tables(texts, page, letters, count, rng):
                start = time.perf_counter()
                found = guess(raw)
                spent += time.perf_counter() - start
                tried += 1
                if raw.decode(found, "replace") == raw.decode(page):
                    right += 1
                else:
                    key = f"{language} {page} as {found}"
                    wrong[key] = wrong.get(key, 0) + 1
    SHARES.append(right / max(1, tried))
    most = sorted(wrong, key=lambda key: -wrong[key])[:3]
    return (
        f"{SHARES[-1]:7.1%} of {tried:4}{1000 * spent / max(1, tried):6.0f} ms  {'; '.join(most)}"
    )


def by_chardet(raw: bytes) -> str:
    """chardet's guess as it stands."""
    import chardet

    return chardet.detect(raw)["encoding"] or "latin-1"


def by_charset_normalizer(raw: bytes) -> str:
    """charset-normalizer's guess as it stands."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    return best.encoding if best else "latin-1"


def capitals(language: str) -> list[str]:
    """Names and sentences in capitals."""
    return [text.upper() for text in names(language) + sentences(language)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tables", type=int, nargs="?", default=8, help="for each page and language")
    parser.add_argument("--others", action="store_true", help="measure the libraries alone too")
    told = parser.parse_args()
    guesses: dict[str, Guess] = {"al_core": guess_code_page}
    if told.others:
        guesses |= {"chardet": by_chardet, "charset-normalizer": by_charset_normalizer}
    good = True
    for who, guess in guesses.items():
        for read in (sentences, names, capitals):
            for letters in LETTERS:
                line = measure(guess, read, letters, told.tables)
                print(f"{who:<20}{read.__name__:<11}{letters:4} letters {line}", flush=True)
                if who == "al_core" and read is sentences and letters == LETTERS[-1]:
                    good = SHARES[-1] >= GATE
    print("gate holds" if good else f"the gate of {GATE:.0%} does NOT hold")
    sys.exit(0 if good else 1)
