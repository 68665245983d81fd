"""Texts that are no plain CSV yet: written anew as one, with a word about what was done."""

from __future__ import annotations

from al_core.tables.decoding.decoded import Decoded
from al_core.tables.delimited.delimiters import (
    Split,
    find_delimiter,
    lines_stand_in_quotes,
    split_with,
)
from al_core.tables.delimited.layout.header import looks_like_names
from al_core.tables.delimited.records import LINE_END, records
from al_core.tables.delimited.rewriting.drawn import (
    BLANKS,
    GAP,
    cut_at_rules,
    is_framed,
    is_matrix,
    is_ruled,
    is_spaced,
    with_tabs,
    without_frame,
)
from al_core.tables.delimited.rewriting.odd_signs import PAIRS, odd_quote, requoted
from al_core.tables.delimited.rewriting.preface import (
    blanked,
    comments_above,
    end_of_header,
    names_in,
)
from al_core.tables.delimited.rewriting.quoting import between_quotes

Rewritten = tuple[Decoded, str | None]
"""The new text, and the delimiter between its fields where that is known."""


def before_splitting(
    decoded: Decoded, head: str, delimiter: str | None, *, keep: int = 0
) -> Rewritten | None:
    """Texts whose comments are left out, or that are drawn with bars and rules.

    ``keep`` is a line that holds the names, as a person says; 0 where nobody does.
    """
    told = _without_preface(decoded, head, delimiter, keep)
    if told is not None:
        return told, delimiter
    if delimiter in {None, "|"} and is_framed(head):
        notice = "Read as a table drawn with bars and rules (Markdown); the rules were left out."
        return _anew(decoded, without_frame(decoded.text()), notice), "|"
    if delimiter is None and is_ruled(head):
        notice = "Read as columns below rules of dashes; the rules were left out."
        return _anew(decoded, cut_at_rules(decoded.text()), notice), "\t"
    return None


def after_splitting(decoded: Decoded, head: str, split: Split) -> Rewritten | None:
    """Texts with quotes of another kind, lines in quotes, or columns set apart by blanks."""
    sign = split.delimiter
    opening = None if '"' in head else odd_quote(head, sign)
    if opening and sign:
        text = requoted(decoded.text(), opening, sign)
        signs = opening + PAIRS[opening]
        return _anew(
            decoded, text, f"Cells stand between {signs}, which were read as quotes."
        ), sign
    if lines_stand_in_quotes(split, head):
        lines = (record.fields[0] for record in records(decoded.text(), None))
        notice = "Every line stood in quotes as a whole; these were taken away."
        return _anew(decoded, "\n".join(lines), notice), None
    if sign not in {None, " "}:
        return None
    for applies, gap, where in (
        (is_spaced, GAP, "two or more blanks stand"),
        (is_matrix, BLANKS, "blanks stand"),
    ):
        if applies(head):
            notice = f"Fields are split where {where}."
            return _anew(decoded, with_tabs(decoded.text(), gap), notice), "\t"
    return None


def _without_preface(
    decoded: Decoded, head: str, delimiter: str | None, keep: int
) -> Decoded | None:
    """The text with its comments and headers of programs made blank; None where it has none.

    Or where the line to ``keep`` is one of those.
    """
    end, notice = end_of_header(head)
    if end and keep and keep <= _n_lines(head[:end]):
        return None
    if end:
        return _anew(decoded, blanked(head[:end]) + decoded.text()[end:], notice)
    found = comments_above(head)
    if found is None or not head[found[1] :].strip():
        return None
    last, start, words = found
    body = head[start:]
    inner = split_with(body, delimiter) if delimiter else find_delimiter(body)
    names = names_in(words, inner.delimiter, inner.n_fields)
    if names is None and (inner.n_fields < 2 or find_delimiter(head).n_fields == inner.n_fields):
        return None
    line = 1 + _n_lines(head[:last])
    if keep and keep <= _n_lines(head[:start]) and (names is None or keep != line):
        return None
    rows = [record.fields for record in inner.head]
    if names is None or looks_like_names(rows[0], rows[1:]) is True:
        notice = "The comments at the top of the file were left out."
        return _anew(decoded, blanked(head[:start]) + decoded.text()[start:], notice)
    before, gap = blanked(head[:last]), blanked(head[last:start])
    text = before + (inner.delimiter or ",").join(map(between_quotes, names)) + gap
    notice = f"The names stand in the comment on line {line}."
    return _anew(decoded, text + decoded.text()[start:], notice)


def _n_lines(text: str) -> int:
    return len(LINE_END.findall(text))


def _anew(decoded: Decoded, text: str, notice: str) -> Decoded:
    return Decoded(text.encode(), decoded.encoding, 0, [*decoded.notices, notice])
