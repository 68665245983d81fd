"""Makers of cells: each takes a generator and a count, and gives that many cells as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from random import Random

Maker = Callable[[Random, int], list[str]]

PEOPLE = [
    "Anna Smith",
    "John Okafor",
    "Maria Garcia",
    "Wei Chen",
    "Priya Nair",
    "Lars Jensen",
    "Fatima Ali",
    "Tom Brown",
    "Eva Novak",
    "Luca Rossi",
    "Sophie Martin",
    "Ivan Petrov",
    "Grace Lee",
    "Omar Haddad",
    "Nora Quinn",
    "Paul Weber",
    "Ines Costa",
    "Hugo Lind",
    "Aiko Tanaka",
    "Ruth Cohen",
    "Sam O'Neil",
    "Kofi Mensah",
    "Elif Kaya",
    "Ben Adams",
]
PLACES = [
    "Leeds",
    "York",
    "Bristol",
    "Cardiff",
    "Derby",
    "Exeter",
    "Hull",
    "Luton",
    "Oxford",
    "Poole",
    "Reading",
    "Stoke-on-Trent",
    "Torbay",
    "Wigan",
    "Barnet",
    "Camden",
    "Ealing",
    "Hackney",
    "Harrow",
    "Merton",
    "Sutton",
    "Ashford",
    "Bath",
    "Dover",
    "Kendal",
    "Rugby",
    "Telford",
    "Whitby",
    "Alabama",
    "Ohio",
    "Texas",
    "Nevada",
    "Oregon",
    "Utah",
    "Vermont",
    "Maine",
    "Kansas",
    "Iowa",
]
COUNTRIES = [
    "France",
    "Spain",
    "Germany",
    "Italy",
    "Poland",
    "Kenya",
    "India",
    "Japan",
    "Brazil",
    "Chile",
    "Canada",
    "Norway",
    "Ghana",
    "Egypt",
    "Turkey",
    "Vietnam",
    "Mexico",
    "Peru",
    "Finland",
    "Austria",
    "Iceland",
    "Jordan",
    "Nepal",
    "Cuba",
]
FIRMS = [
    "Acme Ltd",
    "Northern Rail",
    "Capita PLC",
    "Baker & Sons",
    "Atos IT Services",
    "Serco Group",
    "BT Global",
    "Vega GmbH",
    "Orange SA",
    "Hill, Moss and Partners",
    "Blue Dot Inc.",
    "Delta Catering",
    "Kier Highways",
    "Marlow Press",
    "Zenith Labs",
    "Oak Street Media",
    "Quantum Surveys",
    "Harbour Supplies",
    "Fern & Co",
]
PRODUCTS = [
    "Desk lamp",
    "Oak chair",
    "Mug, blue",
    "Notebook A5",
    "Phone case",
    "Rain jacket",
    "USB cable 2 m",
    "Garden hose",
    "Wool socks",
    "Coffee beans 1 kg",
    "Bike bell",
    "Wall clock",
    "Tea towel",
    "Steel bottle",
    "Yoga mat",
    "Backpack",
]
STARTS = [
    "The delivery came late",
    "I called twice",
    "Nobody answered",
    "It works as described",
    "The app crashes",
    "My refund is missing",
    "Great service",
    "The colour is wrong",
    "Two screws were missing",
    "He was kind",
    "We stayed for three nights",
    "The minister resigned",
    "Rain is expected",
    "Shares fell again",
    "The battery lasts a day",
    "Please cancel my order",
    "The sound is poor",
    "She won the second set",
]
ENDS = [
    "and I would not buy it again",
    ", but the price was fair",
    "after the update",
    "so I sent it back",
    ", which nobody had expected",
    "on Monday morning",
    ", thank you",
    "and still no reply",
    "for the second time this year",
    "because the box was open",
    ", as the police said",
    "in the north",
    "without any reason",
    ", and that is all I can say about it",
    "when we arrived",
    "despite the promise",
]
GENES = [
    "TP53",
    "BRCA1",
    "EGFR",
    "MYC",
    "PTEN",
    "KRAS",
    "GAPDH",
    "ACTB",
    "CDK4",
    "RB1",
    "SOX2",
    "NOTCH1",
    "JAK2",
    "STAT3",
    "VEGFA",
    "IL6",
]


def pick(*options: str) -> Maker:
    """Cells out of a few values, which come again and again."""
    return lambda rng, n: [rng.choice(options) for _ in range(n)]


def words(text: str) -> Maker:
    """The same for values written in one string, parted by blanks."""
    return pick(*text.split())


def one_of(values: Sequence[str]) -> Maker:
    """Cells out of many values: hardly any comes twice in a short table."""

    def make(rng: Random, n: int) -> list[str]:
        drawn: list[str] = []
        while len(drawn) < n:
            drawn += rng.sample(list(values), len(values))
        return drawn[:n]

    return make


def count(top: int) -> Maker:
    """Whole numbers up to about ``top``."""
    return lambda rng, n: [str(int(top * rng.random() ** 3)) for _ in range(n)]


def grouped(top: int) -> Maker:
    """Whole numbers with a comma between thousands."""
    return lambda rng, n: [f"{int(top * rng.random() ** 2):,}" for _ in range(n)]


def decimal(centre: float, spread: float, digits: int = 2) -> Maker:
    """Decimal numbers about a centre."""
    return lambda rng, n: [f"{rng.gauss(centre, spread):.{digits}f}" for _ in range(n)]


def unit(digits: int = 3) -> Maker:
    """Numbers from 0 to 1."""
    return lambda rng, n: [f"{rng.random():.{digits}f}" for _ in range(n)]


def percent(rng: Random, n: int) -> list[str]:
    """12.3%"""
    return [f"{100 * rng.random():.1f}%" for _ in range(n)]


def money(sign: str) -> Maker:
    """£1,234.50"""
    return lambda rng, n: [f"{sign}{9000 * rng.random() ** 2:,.2f}" for _ in range(n)]


def sequence(first: int) -> Maker:
    """Whole numbers one after another."""
    return lambda rng, n: [str(first + i) for i in range(n)]


def code(form: str) -> Maker:
    """Codes: # stands for a digit, @ for a letter."""

    def one(rng: Random) -> str:
        letter = "ABCDEFGHKLMNPRSTVXYZ"
        made = (rng.choice("0123456789") if sign == "#" else sign for sign in form)
        return "".join(rng.choice(letter) if sign == "@" else sign for sign in made)

    return lambda rng, n: [one(rng) for _ in range(n)]


def day(form: str) -> Maker:
    """Days, in any order, written as ``form`` says."""
    first = dt.datetime(2015, 1, 1)
    return lambda rng, n: [
        (first + dt.timedelta(minutes=rng.randrange(5_000_000))).strftime(form) for _ in range(n)
    ]


def year(rng: Random, n: int) -> list[str]:
    """Years."""
    return [str(rng.randint(1990, 2024)) for _ in range(n)]


def sentence(rng: Random) -> str:
    """One line of prose, of one to four clauses."""
    parts = [rng.choice(STARTS)]
    for _ in range(rng.randint(1, 3)):
        end = rng.choice(ENDS)
        parts.append(end if end.startswith(",") else f" {end}")
    return "".join(parts) + rng.choice([".", ".", "!", ""])


def prose(rng: Random, n: int) -> list[str]:
    """Lines of prose."""
    return [sentence(rng) for _ in range(n)]


def now_and_then(make: Maker, share: float = 0.15) -> Maker:
    """Cells of which most are blank."""
    return lambda rng, n: [cell if rng.random() < share else "" for cell in make(rng, n)]


def email(rng: Random, n: int) -> list[str]:
    """Addresses."""
    made = one_of(PEOPLE)(rng, n)
    return [f"{who.split()[0].lower()}{rng.randint(1, 99)}@example.org" for who in made]


def url(rng: Random, n: int) -> list[str]:
    """Links."""
    return [f"https://example.org/a/{rng.randrange(10**6)}" for _ in range(n)]
