"""Shapes without any names."""

from __future__ import annotations

from random import Random

from benchmarks.header_corpus import cells as c
from benchmarks.header_corpus.fields import DOMAINS, Field
from benchmarks.header_corpus.one_line import NUMBERS
from benchmarks.header_corpus.sheet import Sheet, length, nameless, sample, textual


def numbers(rng: Random) -> Sheet:
    """Numbers alone."""
    fields: list[Field] = [("", rng.choice(NUMBERS)) for _ in range(rng.randint(2, 15))]
    return nameless(fields, rng, max(5, length(rng)))


def numbers_and_class(rng: Random) -> Sheet:
    """Measurements and what was measured, as old collections of data sets have them."""
    kinds = rng.choice(["Iris-setosa Iris-virginica", "g h", "M B", "good bad", "1 2 3"])
    fields: list[Field] = [("", rng.choice(NUMBERS)) for _ in range(rng.randint(3, 12))]
    fields.insert(rng.choice([0, len(fields)]), ("", c.words(kinds)))
    return nameless(fields, rng, max(5, length(rng)))


def mixed(rng: Random) -> Sheet:
    """Columns of any kind, of which at least two hold digits and one words that come again."""
    domain = rng.choice(DOMAINS)
    digits = [field for field in domain if not textual(field[1])]
    few = [field for field in domain if len(set(field[1](Random(0), 40))) <= 5]
    chosen = sample(digits, rng, 2, 6) + sample(few, rng, 1, 3)
    rng.shuffle(chosen)
    return nameless(chosen, rng, max(8, length(rng)))


def recurring_words(rng: Random) -> Sheet:
    """Words alone; those of the first line come again below."""
    domain = [field for field in rng.choice(DOMAINS) if textual(field[1])]
    few = [field for field in domain if len(set(field[1](Random(0), 40))) <= 6]
    return nameless(few * 2 if len(few) < 2 else few, rng, max(20, length(rng)))


def log(rng: Random) -> Sheet:
    """A machine's log."""
    fields: list[Field] = [
        ("", c.day("%Y-%m-%d %H:%M:%S")),
        ("", c.words("INFO WARN ERROR")),
        ("", c.code("host-##")),
        ("", c.words("GET POST")),
        ("", c.url),
        ("", c.words("200 404 500")),
    ]
    return nameless(fields[: rng.randint(3, 6)], rng, max(8, length(rng)))


def label_and_text(rng: Random) -> Sheet:
    """An answer and a text, as collections of messages have them."""
    label = c.words(rng.choice(["spam ham", "0 1", "pos neg", "joy anger fear", "4 0"]))
    fields: list[Field] = [("", label), ("", c.prose)]
    sheet = nameless(fields if rng.random() < 0.7 else fields[::-1], rng, max(12, length(rng)))
    sheet.delimiter = rng.choice(["\t", "\t", ",", ";"])
    return sheet


def prose(rng: Random) -> Sheet:
    """One text a line, as it is or in quotes."""
    texts = c.prose(rng, max(8, length(rng)))
    if rng.random() < 0.5:
        return Sheet([[text] for text in texts], delimiter=",", quote_all=True)
    return Sheet(list(texts), suffix=".txt")


def fasttext(rng: Random) -> Sheet:
    """``__label__x text`` lines."""
    labels = c.words("__label__spam __label__ham __label__news")
    n = max(8, length(rng))
    pairs = zip(labels(rng, n), c.prose(rng, n), strict=True)
    return Sheet([f"{label} {text}" for label, text in pairs], suffix=".txt")


def one_number(rng: Random) -> Sheet:
    """One column of numbers."""
    return nameless([("", rng.choice(NUMBERS))], rng, max(8, length(rng)))


def title_over_rows(rng: Random) -> Sheet:
    """A title, and then nothing but numbers."""
    return numbers_and_class(rng).above("Measured in March 2019")


def words_in_doubt(rng: Random) -> Sheet:
    """Two words a line, none of them twice: nobody can tell whether the first two are names."""
    fields: list[Field] = [("", c.one_of(c.PRODUCTS)), ("", c.one_of(c.PLACES))]
    sheet = nameless(fields, rng, rng.randint(5, 15))
    sheet.doubtful = True
    return sheet


SHAPES = {
    numbers: 50,
    numbers_and_class: 70,
    mixed: 90,
    recurring_words: 50,
    log: 30,
    label_and_text: 50,
    prose: 50,
    fasttext: 30,
    one_number: 15,
    title_over_rows: 15,
    words_in_doubt: 20,
}
