"""The meaning of a table's rows as features, and what is to be read for them; both kept on disk."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from al_core.tables.features.meaning.encoder import SentenceEncoder
from al_core.tables.features.meaning.kept import KeptVectors, text_digest
from al_core.tables.features.meaning.space import COMPONENTS, LENGTH, MeaningSpace

FEATURES_FILE, WANTED_FILE, TEXTS_FILE = "features.npz", "wanted.npz", "texts.jsonl"
# Rows whose vectors are held at once (20 MB); a choice, which trades calls against memory.
_CHUNK = 10_000


@dataclass(frozen=True)
class Wanted:
    """What is to be read: different ``texts``, those needed first in front.

    places: (n_rows,) the place of each row's text, -1 for a row that is not read; fit_rows: the
    rows that the space is fitted on; digest: names the features that come of it.
    """

    texts: list[str]
    places: NDArray[np.int32]
    fit_rows: NDArray[np.intp]
    digest: str

    def save(self, folder: Path) -> None:
        """Write it for the process that reads."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(text) + "\n" for text in self.texts)
        (folder / TEXTS_FILE).write_text(lines, encoding="utf-8")
        np.savez(
            folder / WANTED_FILE, places=self.places, fit_rows=self.fit_rows, digest=self.digest
        )

    @classmethod
    def load(cls, folder: Path) -> Wanted:
        """What was written."""
        lines = (folder / TEXTS_FILE).read_text(encoding="utf-8").splitlines()
        with np.load(folder / WANTED_FILE, allow_pickle=False) as kept:
            places, fit_rows, digest = kept["places"], kept["fit_rows"], str(kept["digest"])
        return cls([json.loads(line) for line in lines], places, fit_rows, digest)


def wanted(row_texts: Sequence[str], order: NDArray[np.intp], fit_rows: NDArray[np.intp]) -> Wanted:
    """What to read of a table: the texts of the rows in ``order``, each once.

    row_texts: (n_rows,); fit_rows: ascending, and all in ``order``.
    """
    places = np.full(len(row_texts), -1, dtype=np.int32)
    known: dict[str, int] = {}
    for row in order.tolist():
        places[row] = known.setdefault(row_texts[row], len(known))
    digest = blake2b(repr((COMPONENTS, LENGTH, len(fit_rows))).encode(), digest_size=16)
    for row in fit_rows.tolist():
        digest.update(text_digest(row_texts[row], SentenceEncoder.version))
    return Wanted(list(known), places, fit_rows, digest.hexdigest())


@dataclass(frozen=True)
class MeaningFeatures:
    """``features``: (n_rows, 16) float32, zeros (the average text) for rows not ``read``.

    ``read``: (n_rows,) bool; ``digest``: names the space that they lie in.
    """

    digest: str
    features: NDArray[np.float32]
    read: NDArray[np.bool_]
    space: MeaningSpace

    def save(self, folder: Path) -> None:
        """Write them, whole or not at all."""
        early = folder / f"{FEATURES_FILE}.{os.getpid()}.npz"
        space = self.space
        np.savez(
            early,
            digest=self.digest,
            features=self.features,
            read=self.read,
            middle=space.middle_,
            directions=space.directions_,
            scale=space.scale_,
        )
        os.replace(early, folder / FEATURES_FILE)


def stand_beside(X: Any, features: NDArray[np.float32]) -> Any:
    """Encoded rows (n, d), an array or CSR, with the features (n, 16) as their last columns."""
    if sp.issparse(X):
        parts: list[Any] = [X, sp.csr_matrix(features)]
        return sp.csr_matrix(sp.hstack(parts, format="csr"))
    return np.ascontiguousarray(np.hstack([X, features]), dtype=np.float32)


def load_features(folder: Path, n_rows: int) -> MeaningFeatures | None:
    """The features kept in a folder; None where there are none of so many rows."""
    try:
        with np.load(folder / FEATURES_FILE, allow_pickle=False) as kept:
            space = MeaningSpace()
            space.middle_, space.directions_ = kept["middle"], kept["directions"]
            space.scale_ = float(kept["scale"])
            found = MeaningFeatures(str(kept["digest"]), kept["features"], kept["read"], space)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    fits = found.features.ndim == 2 and len(found.features) == len(found.read) == n_rows
    return found if fits else None


def make_features(
    asked: Wanted, kept: KeptVectors, before: MeaningFeatures | None
) -> MeaningFeatures:
    """The features of all rows asked for, whose texts have vectors; never fitted twice."""
    if before is not None and before.digest == asked.digest:
        space = before.space
    else:
        fit = [asked.texts[place] for place in asked.places[asked.fit_rows].tolist()]
        space = MeaningSpace().fit(kept.vectors(fit))
    of_texts = [
        space.transform(kept.vectors(asked.texts[start : start + _CHUNK]))
        for start in range(0, len(asked.texts), _CHUNK)
    ]
    read = asked.places >= 0
    features = np.zeros((len(read), space.directions_.shape[1]), dtype=np.float32)
    features[read] = np.concatenate(of_texts)[asked.places[read]]
    return MeaningFeatures(asked.digest, features, read, space)
