"""The columns that this app adds to a labelled file, known again by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence

LABEL, SOURCE = "al_label", "al_source"
COLUMNS = (
    LABEL,
    SOURCE,
    "al_by",
    "al_time",
    "al_purpose",
    "al_prediction",
    "al_confidence",
)
NOTE = "al_note"
ANSWERED_BY = ("file", "person", "oracle")
"""What stands in al_source beside an answer; beside anything else stands a guess."""
CANNOT_TELL = "can't tell"
"""What stands in the final column of a row for which a person gave up."""
_NAME = re.compile(r"(al_[a-z]+)(_\d+)?")
# A choice: where a person has renamed or left out al_label, three others by chance are no chance.
_ENOUGH = 3


def own_columns(names: Sequence[str]) -> list[str]:
    """Those of a table's columns that this app has added, by earlier and by the last labelling.

    A set of them has one suffix; it is ours where al_label or three others are there.

    >>> own_columns(["text", "al_label", "al_source", "al_label_2", "al_time_3"])
    ['al_label', 'al_source', 'al_label_2']
    """
    suffixes: dict[str, list[str]] = {}
    for name in names:
        found = _NAME.fullmatch(name)
        if found and found[1] in (*COLUMNS, NOTE):
            suffixes.setdefault(found[2] or "", []).append(name)
    ours = {
        name
        for suffix, found in suffixes.items()
        if LABEL + suffix in found or len(found) >= _ENOUGH
        for name in found
    }
    return [name for name in names if name in ours]


def without_own(names: Sequence[str]) -> list[str]:
    """The other columns, in order; all where there are no others.

    >>> without_own(["text", "al_label", "al_source"]), without_own(["al_label"])
    (['text'], ['al_label'])
    """
    ours = set(own_columns(names))
    return [name for name in names if name not in ours] or list(names)


def own_label_column(names: Sequence[str]) -> str | None:
    """The column of the labels that were given last; None where the file was never labelled here.

    >>> own_label_column(["al_label", "al_label_3", "al_label_2"]), own_label_column(["label"])
    ('al_label_3', None)
    """
    labels = [name for name in own_columns(names) if name.startswith(LABEL)]
    return max(labels, key=_number, default=None)


def beside(label_column: str, name: str) -> str:
    """The column of the same labelling that is called ``name``.

    >>> beside("al_label_2", "al_source")
    'al_source_2'
    """
    return name + label_column.removeprefix(LABEL)


def _number(name: str) -> int:
    found = _NAME.fullmatch(name)
    return int(found[2][1:]) if found and found[2] else 0
