"""Rows that end in a control sign and quotes that are letters, written as plain CSV."""

from __future__ import annotations

import re
from dataclasses import replace

from al_core.tables.decoded import Decoded

LOOKED_AT = 100_000
FIELD, ROW, OLD_FIELD, THORN = "\x1f", "\x1e", "\x14", "þ"
PAGE = "\x0c"
PAGE_WITHIN = re.compile(r"[^\r\n\x0c]\x0c+[^\r\n\x0c]")
MOST_BYTES = 300_000_000


def with_usual_signs(decoded: Decoded) -> Decoded:
    """ASCII's own separators and the quotes of legal files (þ) as line ends and quotes."""
    head = decoded.head(LOOKED_AT)
    if len(decoded.data) > MOST_BYTES:
        return decoded
    if head.startswith(THORN) and f"{THORN}{OLD_FIELD}{THORN}" in head:
        text = decoded.text().replace('"', '""').replace(THORN, '"')
        notices = [*decoded.notices, "Cells stand between the signs þ, which were taken as quotes."]
        return replace(decoded, data=text.encode(), start=0, notices=notices)
    if FIELD in head and head.count(ROW) > head.count("\n"):
        rows = decoded.text().strip("\r\n").removesuffix(ROW).split(ROW)
        text = "\n".join(FIELD.join(map(_quoted, row.split(FIELD))) for row in rows) + "\n"
        notices = [*decoded.notices, "Rows end with the record separator, a control sign."]
        return replace(decoded, data=text.encode(), start=0, notices=notices)
    if PAGE in head and not PAGE_WITHIN.search(head):
        notices = [*decoded.notices, "Page breaks were left out."]
        text = decoded.text().replace(PAGE, "")
        return replace(decoded, data=text.encode(), start=0, notices=notices)
    return decoded


def _quoted(cell: str) -> str:
    odd = any(sign in cell for sign in '"\r\n')
    return '"' + cell.replace('"', '""') + '"' if odd else cell
