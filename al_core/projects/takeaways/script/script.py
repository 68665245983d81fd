"""The script that replays a project, and the replaying itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from al_core.errors import TableError
from al_core.projects.folder.project_file import line_of, read_line
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.store import FILE, Journal
from al_core.projects.opened import Opened
from al_core.projects.starting.data import new_data, save_data
from al_core.projects.starting.files import digests_of
from al_core.tables import Role, Table, read_table
from al_core.wording import short


def script(opened: Opened, events: Sequence[Recorded]) -> str:
    """``reproduce.py`` with everything that was answered, but not the file."""
    table = opened.data.table
    recipe = {
        "read_as": table.read_as,
        "cells": cells_digest(table),
        "name": opened.state.name,
        "roles": {name: asdict(role) for name, role in opened.data.roles.items()},
        "events": [json.loads(line_of(recorded)) for recorded in events],
    }
    # Escaped, so that nothing in it can end the text in which it stands.
    body = json.dumps(recipe, ensure_ascii=True).replace('"""', '\\"\\"\\"')
    text = Path(__file__).with_name("reproduce.txt").read_text(encoding="utf-8")
    name, file = (_harmless(one) for one in (opened.state.name, table.name))
    return text.format(name=name, file=file, recipe=body.replace("], [", "],\n["))


def _harmless(text: str) -> str:
    """A name within the words at the top of a program: letters, digits, blanks and a few signs."""
    kept = "".join(sign if sign.isalnum() or sign in " ._-" else "_" for sign in text)
    return short(kept, 80).encode("ascii", "replace").decode().replace("?", "_")


def cells_digest(table: Table) -> str:
    """The SHA-256 of a table's names and cells."""
    found = hashlib.sha256("\x1f".join(table.columns).encode("utf-8", "surrogatepass"))
    for name in table.columns:
        cells = table.text[name].fillna("").tolist()
        found.update("\x1f".join(cells).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def prepare_replay(source: str | Path, recipe: Mapping[str, Any], folder: str | Path) -> None:
    """Make ``folder`` hold the project of a recipe, that of ``script_bytes``, with its file.

    Raises TableError where the file is another one.
    """
    folder = Path(folder).absolute()
    read_as: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in recipe["read_as"].items()
    }
    table = read_table(source, **read_as)
    if cells_digest(table) != recipe["cells"]:
        raise TableError(
            f"{Path(source).name} is not the file that was labelled, or it was changed since: it "
            f"has {table.n_rows:,} rows and the columns {', '.join(table.columns[:8])}. Give the "
            "file as it was."
        )
    roles = {
        name: Role(**{**role, "flags": tuple(role["flags"])})
        for name, role in recipe["roles"].items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    save_data(new_data(table, roles), folder)
    journal = Journal.create(folder / FILE)
    try:
        with journal.writing():
            for event in recipe["events"]:
                journal.keep(read_line(json.dumps(event)))
            journal.start_chain(digests_of(folder))
    finally:
        journal.close()
