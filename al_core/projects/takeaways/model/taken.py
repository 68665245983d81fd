"""A model that was taken away, or is about to be: guesses for the rows of another file."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from al_core.errors import ProjectError
from al_core.learning import class_probabilities
from al_core.learning.models.sureness import Sureness
from al_core.learning.models.threads import one_thread
from al_core.progress import Step
from al_core.projects.takeaways.model.trusted import TRUSTED, with_present_names
from al_core.tables import Table
from al_core.tables.features.another_file import READ, ColumnAsLearned, as_learned

MODEL_FILE, ABOUT_FILE = "model.skops", "about.json"
# Rows guessed at once; a choice, which trades calls against memory.
_CHUNK = 20_000


@dataclass(frozen=True)
class Guesses:
    """Guesses for the rows of a file: frame (row, prediction, confidence), and plain warnings where
    its columns look unlike those that were learned from."""

    frame: pd.DataFrame
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TakenModel:
    """A fitted pipeline, the columns it reads, the decimal sign of its file, and how sure it is."""

    pipeline: Any
    columns: Mapping[str, ColumnAsLearned]
    decimal: str = "."
    sureness: Sureness = field(default_factory=Sureness)

    def guesses(self, table: Table, step: Step = float) -> Guesses:
        """The guess for every row of another file of the same columns.

        Raises TableError for columns that are missing.
        """
        frame, warnings = as_learned(table, self.columns, self.decimal)
        encode, model = self.pipeline.steps[0][1], self.pipeline.steps[-1][1]
        names = np.asarray(model.classes_, dtype=object)
        best, sure = np.full(len(frame), None, dtype=object), np.full(len(frame), np.nan)
        with one_thread():
            for start in range(0, len(frame), _CHUNK):
                X = encode.transform(frame.iloc[start : start + _CHUNK])
                chances = class_probabilities(model, X)
                best[start : start + _CHUNK] = names[chances.argmax(axis=1)]
                sure[start : start + _CHUNK] = self.sureness(chances.max(axis=1))
                step(min(1.0, (start + _CHUNK) / len(frame)))
        rows = np.arange(len(frame))
        found = pd.DataFrame({"row": rows, "prediction": best, "confidence": sure})
        return Guesses(found, warnings)


def load_model(place: str | Path, trusted: Sequence[str] = TRUSTED) -> TakenModel:
    """A model that was downloaded here: its zip, or the folder into which it was unpacked.

    Nothing is loaded but types of a fixed list, ``trusted``. Models of the first
    version load too. Raises ProjectError in words.
    """
    place = Path(place)
    try:
        if place.is_dir():
            data, about = (place / MODEL_FILE).read_bytes(), (place / ABOUT_FILE).read_bytes()
        else:
            with zipfile.ZipFile(place) as archive:
                data, about = archive.read(MODEL_FILE), archive.read(ABOUT_FILE)
        return model_of(data, json.loads(about), trusted)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ProjectError(
            f"There is no model of this app in {place.name} ({type(error).__name__}). Choose the "
            "zip that was downloaded, or the folder with its files."
        ) from None


def model_of(data: bytes, about: Mapping[str, Any], trusted: Sequence[str] = TRUSTED) -> TakenModel:
    """From the two files of a model."""
    import skops.io  # only here: it would take a quarter of the app's start

    data = with_present_names(data)
    unknown = set(skops.io.get_untrusted_types(data=data)) - set(trusted)
    if unknown:
        raise ProjectError(
            f"The model holds types that are not ours ({', '.join(sorted(unknown)[:3])}). It was "
            "not loaded."
        )
    pipeline = skops.io.loads(data, trusted=list(trusted))
    learned = about.get("learned", {})
    columns = {name: _column(role, learned.get(name)) for name, role in about["columns"].items()
               if role["kind"] in READ}  # fmt: skip
    sure = about.get("sureness", {"slope": 1.0, "shift": 0.0})
    return TakenModel(pipeline, columns, about.get("decimal", "."), Sureness(**sure))


_USUALLY = {"number": "number", "pixels": "number", "date": "date"}
"""How columns were read, of models that do not say it."""


def _column(role: Mapping[str, Any], learned: Mapping[str, Any] | None) -> ColumnAsLearned:
    if learned is None:
        return ColumnAsLearned(role["kind"], _USUALLY.get(role["kind"], "text"))
    return ColumnAsLearned(**{**learned, "values": tuple(learned["values"])})
