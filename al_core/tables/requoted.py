"""Cells between single or curly quotes, with the usual quotes in their place."""

from __future__ import annotations

import re

PAIRS = {"'": "'", "‘": "’", "“": "”", "„": "“", "«": "»", "`": "`"}
LINES_LOOKED_AT = 200


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
        if len(whole) >= 0.8 * (len(lines) - 1) and len(unpaired) <= 0.1 * len(whole):
            return opening
    return None


def requoted(text: str, opening: str, delimiter: str) -> str:
    """Such cells between the usual quotes; usual quotes within them doubled."""
    cell = _cell(opening, PAIRS[opening], delimiter)
    twice = PAIRS[opening] * 2

    def plain(match: re.Match[str]) -> str:
        inside = match[2].replace('"', '""')
        return (
            match[1]
            + '"'
            + (inside.replace(twice, twice[0]) if twice[0] == opening else inside)
            + '"'
        )

    return cell.sub(plain, text)


def _cell(opening: str, closing: str, delimiter: str) -> re.Pattern[str]:
    d, o, c = re.escape(delimiter), re.escape(opening), re.escape(closing)
    inside = rf"[^{c}\r\n]|{c}{c}" if opening == closing else rf"[^{c}\r\n]"
    return re.compile(rf"((?:^|{d})[ ]?){o}((?:{inside})*){c}(?=[ ]?(?:{d}|$))", re.MULTILINE)
