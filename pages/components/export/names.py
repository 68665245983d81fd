"""Names of files to download, and whether there is a model yet."""

from __future__ import annotations

import re

from al_core.projects import Project

# Answers that a model needs (docs/decisions.md).
_FEWEST = 2
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_KNOWN_ENDS = re.compile(r"(\.(csv|tsv|txt|xlsx|parquet|jsonl|json|gz|zip))+$", re.IGNORECASE)


def can_predict(project: Project) -> bool:
    """Whether there is a model: it takes two different answers."""
    return sum(times > 0 for times in project.counts().per_class.values()) >= _FEWEST


def stem(name: str) -> str:
    """A project's name as the start of a file name.

    >>> stem("tickets 2026.csv"), stem("a/b: c?.xlsx"), stem("...")
    ('tickets 2026', 'a_b_ c_', 'project')
    """
    safe = _UNSAFE.sub("_", name)
    return _KNOWN_ENDS.sub("", safe).strip(" .") or "project"
