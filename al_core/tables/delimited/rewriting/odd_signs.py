"""Rows that end in a control sign and quotes that are letters, written as plain CSV."""

from __future__ import annotations

import re
from dataclasses import replace

from al_core.tables.decoding.decoded import Decoded
from al_core.tables.delimited.rewriting.quoting import between_quotes, doubled, quoted

# Letters looked at for odd signs; a choice.
LOOKED_AT = 100_000
FIELD, ROW, OLD_FIELD, THORN = "\x1f", "\x1e", "\x14", "þ"
PAGE = "\x0c"
PAGE_WITHIN = re.compile(r"[^\r\n\x0c]\x0c+[^\r\n\x0c]")
# A choice: rewriting holds the text several times in memory.
MOST_BYTES = 300_000_000
PAIRS = {"'": "'", "‘": "’", "“": "”", "„": "“", "«": "»", "`": "`"}
# A choice: enough lines to know how cells are quoted.
LINES_LOOKED_AT = 200


def with_usual_signs(decoded: Decoded) -> Decoded:
    """ASCII's own separators and the quotes of legal files (þ) as line ends and quotes."""
    head = decoded.head(LOOKED_AT)
    if len(decoded.data) > MOST_BYTES:
        return decoded
    if head.startswith(THORN) and f"{THORN}{OLD_FIELD}{THORN}" in head:
        text = doubled(decoded.text()).replace(THORN, '"')
        notices = [*decoded.notices, "Cells stand between the signs þ, which were taken as quotes."]
        return replace(decoded, data=text.encode(), start=0, notices=notices)
    if FIELD in head and head.count(ROW) > head.count("\n"):
        rows = decoded.text().strip("\r\n").removesuffix(ROW).split(ROW)
        text = "".join(f"{_plain_row(row)}\n" for row in rows)
        notices = [*decoded.notices, "Rows end with the record separator, a control sign."]
        return replace(decoded, data=text.encode(), start=0, notices=notices)
    if PAGE in head and not PAGE_WITHIN.search(head):
        notices = [*decoded.notices, "Page breaks were left out."]
        text = decoded.text().replace(PAGE, "")
        return replace(decoded, data=text.encode(), start=0, notices=notices)
    return decoded


def _plain_row(row: str) -> str:
    return FIELD.join(quoted(cell, "\r\n") for cell in row.split(FIELD))


# -- Cells between single or curly quotes, with the usual quotes in their place.


def odd_quote(head: str, delimiter: str | None) -> str | None:
    """The opening quote that stands round cells of most lines instead of the usual one."""
    lines = [
        line for line in re.split(r"[\r\n]+", head)[: LINES_LOOKED_AT + 1][:-1] if line.strip()
    ]
    if len(lines) < 3 or delimiter is None:
        return None
    for opening, closing in PAIRS.items():
        if opening not in head:
            continue
        cell = _cell(opening, closing, delimiter)
        whole = [line for line in lines if cell.search(line)]
        unpaired = [line for line in whole if opening in cell.sub("", line)]
        # Choices: short cells may go without quotes, and a slip in ten lines is no other reading.
        if len(whole) >= 0.8 * (len(lines) - 1) and len(unpaired) <= 0.1 * len(whole):
            return opening
    return None


def requoted(text: str, opening: str, delimiter: str) -> str:
    """Such cells between the usual quotes; usual quotes within them doubled."""
    cell = _cell(opening, PAIRS[opening], delimiter)
    twice = PAIRS[opening] * 2

    def plain(match: re.Match[str]) -> str:
        inside = match[2].replace(twice, twice[0]) if twice[0] == opening else match[2]
        return match[1] + between_quotes(inside)

    return cell.sub(plain, text)


def _cell(opening: str, closing: str, delimiter: str) -> re.Pattern[str]:
    d, o, c = re.escape(delimiter), re.escape(opening), re.escape(closing)
    inside = rf"[^{c}\r\n]|{c}{c}" if opening == closing else rf"[^{c}\r\n]"
    return re.compile(rf"((?:^|{d})[ ]?){o}((?:{inside})*){c}(?=[ ]?(?:{d}|$))", re.MULTILINE)
