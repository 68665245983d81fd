"""Cells between the quotes of CSV, for a text that is written anew."""

from __future__ import annotations


def doubled(text: str) -> str:
    """The text with every quote in it doubled, as CSV has it inside quotes."""
    return text.replace('"', '""')


def between_quotes(cell: str) -> str:
    """The cell between quotes, its own doubled.

    >>> between_quotes('5" pipe')
    '"5"" pipe"'
    """
    return f'"{doubled(cell)}"'


def quoted(cell: str, parting: str) -> str:
    """The cell between quotes where it holds a quote or one of the signs in ``parting``.

    >>> quoted("a|b", "|"), quoted("a b", "|")
    ('"a|b"', 'a b')
    """
    return between_quotes(cell) if any(sign in cell for sign in f'"{parting}') else cell
