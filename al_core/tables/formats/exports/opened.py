"""Records of JSON opened up, whatever labelling tool has written them."""

from __future__ import annotations

from typing import Any

from al_core.tables.formats.exports.argilla import open_argilla
from al_core.tables.formats.exports.doccano import open_doccano
from al_core.tables.formats.exports.label_studio import open_label_studio
from al_core.tables.formats.exports.marks import Opened
from al_core.tables.formats.exports.prodigy import open_prodigy


def opened_up(rows: list[dict[str, Any]]) -> Opened | None:
    """The records as flat rows with their answers; None where no tool is known by them."""
    for look in (open_label_studio, open_argilla, open_prodigy, open_doccano):
        found = look(rows)
        if found is not None:
            return found
    return None
