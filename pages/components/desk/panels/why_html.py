"""What pulls the app each way, as HTML in which every word of the file is escaped.

Side 0 is the first of the two answers it hesitates between, side 1 the second. Sides differ in
place and line as well as in colour. No Streamlit here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from al_core.projects import Term
from al_core.tables import Picture

Sides = Mapping[str, int]


def sides_of(terms: Sequence[Term], torn: tuple[str, str]) -> dict[str, int]:
    """Which of the two answers each term pulls to."""
    return {term.text: int((term.label == torn[1]) == (term.weight > 0)) for term in terms}


def marked(text: str, sides: Sides) -> str:
    """Foreign text as HTML in which some words are marked, whatever their case.

    >>> marked("Late & late again", {"late": 1})
    '<mark class="al-to-1">Late</mark> &amp; <mark class="al-to-1">late</mark> again'
    """
    if not sides:
        return escape(text)
    by_word = {word.casefold(): side for word, side in sides.items()}
    some = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sides))})(?!\w)", re.IGNORECASE)
    parts = some.split(text)
    return "".join(
        f'<mark class="al-to-{by_word.get(part.casefold(), 0)}">{escape(part)}</mark>'
        if i % 2
        else escape(part)
        for i, part in enumerate(parts)
    )


def legend(torn: tuple[str, str]) -> str:
    """What the two kinds of mark mean."""
    first, second = (escape(name) for name in torn)
    return (
        f'<p class="al-legend"><mark class="al-to-0">pulls to {first}</mark> '
        f'<mark class="al-to-1">pulls to {second}</mark></p>'
    )


def pulls_html(terms: Sequence[Term], values: Mapping[str, str], torn: tuple[str, str]) -> str:
    """A table: what it is, and a bar under the answer to which it pulls."""
    largest = max((abs(term.weight) for term in terms), default=0.0) or 1.0
    sides = sides_of(terms, torn)
    heads = "".join(f'<th scope="col">to {escape(name)}</th>' for name in torn)
    lines = []
    for term in terms:
        width = max(4, round(100 * abs(term.weight) / largest))
        bar = f'<b class="al-to-{sides[term.text]}" style="width: {width}%"></b><s>pulls here</s>'
        cells = [bar if side == sides[term.text] else "" for side in (0, 1)]
        name = escape(said(term.text, values))
        lines.append(f'<tr><th scope="row">{name}</th><td>{cells[0]}</td><td>{cells[1]}</td></tr>')
    return (
        f'<table class="al-pulls"><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def said(term: str, values: Mapping[str, str]) -> str:
    """A feature in words: its value beside it, and "not" for a value that the row does not have.

    >>> said("Tenure", {"Tenure": "3"}), said("Pay: cash", {"Pay": "card"}), said("late", {})
    ('Tenure: 3', 'Pay: not cash', 'late')
    """
    if term in values:
        return f"{term}: {values[term]}"
    name, colon, value = term.partition(": ")
    if colon and name in values and values[name].strip() != value.strip():
        return f"{name}: not {value}"
    return term


def picture_html(image: str, picture: Picture, sides: Sides) -> str:
    """A picture with a frame round each point that pulls; ``image``: a whole ``<img>`` element."""
    frames = []
    for place, column in enumerate(picture.columns):
        if column in sides:
            top, left = divmod(place, picture.width)
            frames.append(
                f'<i class="al-to-{sides[column]}" style="'
                f"left: {100 * left / picture.width:.3f}%; top: {100 * top / picture.height:.3f}%; "
                f'width: {100 / picture.width:.3f}%; height: {100 / picture.height:.3f}%"></i>'
            )
    return f'<div class="al-points">{image}{"".join(frames)}</div>'
