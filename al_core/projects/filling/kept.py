"""Guesses kept beside the journal: one Parquet file a line, named by its digest, never changed."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from al_core.errors import ProjectError, ProjectReadOnly
from al_core.projects.starting.files import FILLED_FOLDER
from al_core.wording import short

# Seconds; a choice: whoever writes a list names it in the journal a moment later.
_NEW = 3600.0
_COLUMNS = ["row", "label", "confidence"]
# In the file's own notes, which a program that does not know them passes over.
_AGREEING = "agreeing_with"


def keep(folder: Path, guesses: pd.DataFrame, agreeing_with: str = "") -> str:
    """Write the guesses (row, label, confidence) into the project's folder; their digest.

    agreeing_with: the column of guesses from elsewhere that says the same of them, kept with them.
    Written aside and renamed, so that a file of that name is whole: the journal names it only
    afterwards.
    """
    data = _as_parquet(guesses, agreeing_with)
    digest = hashlib.sha256(data).hexdigest()
    try:
        path = path_of(folder, digest)
        path.parent.mkdir(exist_ok=True)
        aside = path.with_name(f"{digest}.{os.getpid()}.part")
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise ProjectReadOnly(
            f"The rows cannot be filled in: {FILLED_FOLDER} in {folder.name} cannot be written "
            f"({error.strerror}). Make room, or give this program the right to write there."
        ) from None
    return digest


def _as_parquet(guesses: pd.DataFrame, agreeing_with: str) -> bytes:
    table = pa.table(
        {
            "row": pa.array(guesses["row"], pa.int64()),
            "label": pa.array(guesses["label"].astype(str), pa.string()).dictionary_encode(),
            "confidence": pa.array(guesses["confidence"], pa.float64()),
        }
    )
    if agreeing_with:  # nothing else of a list without it changes: its digest stays the same
        table = table.replace_schema_metadata({_AGREEING: agreeing_with})
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def read(folder: Path, digest: str, n_rows: int) -> pd.DataFrame:
    """The guesses that were kept under that digest: row, label, confidence.

    ProjectError, in words, where the file is missing, was changed, or is of another table.
    """
    try:
        data = path_of(folder, digest).read_bytes()
    except OSError:
        raise ProjectError(_said("is missing", folder, digest)) from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise ProjectError(_said("was changed", folder, digest))
    try:
        frame = pq.read_table(io.BytesIO(data), columns=_COLUMNS).to_pandas()
        rows = frame["row"].to_numpy(dtype=np.int64)
    except MemoryError:  # Arrow's own is an ArrowException too, and no damage
        raise
    except (pa.ArrowException, ValueError, KeyError, TypeError):
        raise ProjectError(_said("is no such list", folder, digest)) from None
    if len(rows) and not (rows.min() >= 0 and rows.max() < n_rows):
        raise ProjectError(_said("is about another table", folder, digest))
    return pd.DataFrame(frame).astype({"label": object})


def agreeing_with(folder: Path, digest: str) -> str:
    """The column of guesses that says the same of all rows of that list; "" for none, and where the
    list cannot be read, which whoever needs its rows is told."""
    try:
        notes = pq.read_schema(path_of(folder, digest)).metadata or {}
    except (OSError, pa.ArrowException):
        return ""
    return bytes(notes.get(_AGREEING.encode(), b"")).decode("utf-8", "replace")


def forget_all_but(folder: Path, digests: list[str]) -> None:
    """Delete what no event of use names any more; what the disk refuses stays, and what is new:
    another opener may be about to name it."""
    wanted = {path_of(folder, digest).name for digest in digests}
    with contextlib.suppress(OSError):
        for path in (folder / FILLED_FOLDER).iterdir():
            if path.name not in wanted and time.time() - path.stat().st_mtime > _NEW:
                path.unlink()


def path_of(folder: Path, digest: str) -> Path:
    """Where the guesses of that digest lie."""
    return folder / FILLED_FOLDER / f"{Path(digest).name}.parquet"


def _said(what: str, folder: Path, digest: str) -> str:
    return (
        f"The list of the filled rows {what} ({short(digest, 20)} in {folder.name}). The answers "
        "that people gave are safe. Take the filling in back, or fill in again."
    )
