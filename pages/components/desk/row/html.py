"""The card of one row as a piece of HTML, with every word of the file escaped.

One piece rather than a widget a cell: it is drawn in a few thousandths of a second whatever the
number of columns, and the browser can show the next row's card before the server has answered.
No Streamlit here.
"""

from __future__ import annotations

import re
from html import escape

from pages.components.desk.row.cells import cell_html
from pages.components.desk.row.fields import Fact, RowView
from pages.components.shell.text import and_more

# A choice: more values are not read, and slow the browser down.
MOST_FACTS = 1000
"""Short values drawn of one row; the rest are counted."""

_MARKS = {"high": "unusually high", "low": "unusually low", "rare": "rare"}
_PICTURE = re.compile(r"https?://\S+\.(png|jpe?g|gif|webp)(\?\S*)?", re.IGNORECASE)
BADGES = {
    "check": ("Check row", "Picked at random, used only to test; it is in your download."),
    "again": ("Asked again", "Answer as if you saw it for the first time; your label stays."),
    "shared": (
        "Asked of somebody else too",
        "Answer as if you were alone: the first answer stays the label.",
    ),
    "chosen": ("You picked this row", ""),
    "recall": ("Search for all", "Picked at random from the rows left; the guess stays hidden."),
    "final": ("Final check", "Picked at random; nobody has read it, and the guess stays hidden."),
    "start": ("First row", "Asked before the app could choose: that takes two different answers."),
}


def badge_html(purpose: str, answer: str | None = None) -> str:
    """What kind of question this is, in a word and a reason; empty for an ordinary one.

    answer: what a picked row has by now.

    >>> badge_html("chosen")
    '<p class="al-badge al-chosen"><b>You picked this row</b></p>'
    >>> "<span>Its answer now: A &amp; B</span>" in badge_html("chosen", "A & B")
    True
    """
    if purpose not in BADGES:
        return ""
    name, why = BADGES[purpose]
    why = f"Its answer now: {escape(answer)}" if answer else why
    reason = f" <span>{why}</span>" if why else ""
    return f'<p class="al-badge al-{purpose}"><b>{name}</b>{reason}</p>'


def name_html(name: str) -> str:
    """What a person calls the row.

    >>> name_html("<b> 1, line 7")
    '<p class="al-name" translate="no">&lt;b&gt; 1, line 7</p>'
    """
    return f'<p class="al-name" translate="no">{escape(name)}</p>'


def twins_html(n: int) -> str:
    """That further rows are the same, and what becomes of them; "" for none.

    >>> twins_html(1)
    '<p class="al-badge"><span>1 more row is the same: one answer for both.</span></p>'
    """
    if not n:
        return ""
    rest = "rows are the same: one answer for all"
    if n == 1:
        rest = "row is the same: one answer for both"
    return f'<p class="al-badge"><span>{n:,} more {rest}.</span></p>'


def card_html(view: RowView, images: list[str]) -> str:
    """Pictures, then texts in a reading column with the facts beside them.

    images: whole ``<img>`` elements. Facts alone take the whole width.
    """
    texts, facts = _texts(view), _facts(view)
    kind = "al-both" if texts and facts else "al-one"
    pictures = f'<div class="al-images">{"".join(images)}</div>' if images else ""
    inside = f'{pictures}<div class="{kind}">{texts}{facts}</div>'
    return f'<div class="al-card" translate="no">{inside}</div>'


def named(row: int, html: str) -> str:
    """A piece that says which row it shows, so that the browser knows what stands there."""
    return f'<div data-row="{row}">{html}</div>'


def image_html(address: str, words: str, width: int) -> str:
    """A picture, of a data address made here or of a web address that stood in a cell."""
    return f'<img src="{escape(address)}" alt="{escape(words)}" width="{width}">'


def web_images(values: dict[str, str]) -> list[str]:
    """Cells that are the web address of a picture, as pictures."""
    found = {name: text.strip() for name, text in values.items()}
    return [
        image_html(address, f"Picture in the column {name}", 320)
        for name, address in found.items()
        if _PICTURE.fullmatch(address)
    ]


def _texts(view: RowView) -> str:
    if not view.texts:
        return ""
    named = len(view.texts) > 1 or bool(view.facts)
    parts = []
    for name, text in view.texts:
        head = f"<h2>{escape(name)}</h2>" if named else ""
        parts.append(head + cell_html(text))
    return f'<div class="al-texts">{"".join(parts)}</div>'


def _facts(view: RowView) -> str:
    if not view.facts:
        return ""
    shown = view.facts[:MOST_FACTS]
    # Choices: few values stand under each other, many side by side.
    n_tables = 1 if view.texts or len(shown) <= 4 else 2 if len(shown) <= 10 else 3
    size = -(-len(shown) // n_tables)
    tables = [_table(shown[start : start + size]) for start in range(0, len(shown), size)]
    more = len(view.facts) - len(shown)
    rest = f"<p>{and_more(more)} columns</p>" if more else ""
    return f'<div class="al-facts al-{n_tables}">{"".join(tables)}</div>{rest}'


def _table(facts: list[Fact]) -> str:
    rows = (
        f'<tr><th scope="row">{escape(f.name)}</th><td dir="auto">{_value(f)}</td></tr>'
        for f in facts
    )
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _value(fact: Fact) -> str:
    if not fact.text:
        return "<i>–</i>"
    mark = f' <span class="al-mark">{_MARKS[fact.mark]}</span>' if fact.mark else ""
    return escape(fact.text) + mark
