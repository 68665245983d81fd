"""Vectors of texts kept on disk: each text is read once, and a stop loses at most one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_core.tables.features.meaning.encoder import SIZE

# Bytes of a text's digest: by chance two of a million texts share one once in 10^26 files.
_DIGEST = 16
# Half precision: of vectors of length 1 the fourth digit, at half the disk.
_RECORD = np.dtype([("text", f"V{_DIGEST}"), ("vector", np.float16, (SIZE,))])


def text_digest(text: str, encoder: str) -> bytes:
    """What names a text's vector: the text and the version of the encoder."""
    return blake2b(
        f"{encoder}\n{text}".encode(errors="surrogatepass"), digest_size=_DIGEST
    ).digest()


class KeptVectors:
    """One file of records of fixed length, only ever added to.

    A record that was cut short, by a power cut or while another process writes, is not read; the
    next writer cuts it off. One process writes at a time, any number read.
    """

    def __init__(self, path: Path, encoder: str) -> None:
        self.path, self.encoder = path, encoder
        self._places: dict[bytes, int] = {}
        self._n_read = 0

    def n_kept(self) -> int:
        """How many vectors there are; looks at the file's length alone."""
        return self._n_whole()

    def missing(self, texts: Iterable[str]) -> list[str]:
        """Those of the texts that have no vector yet, each once, in their order."""
        self._look()
        once = dict.fromkeys(texts)
        return [text for text in once if self._digest(text) not in self._places]

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 512) for n texts; raises KeyError for one that has none yet."""
        self._look()
        if not len(texts):
            return np.empty((0, SIZE), dtype=np.float32)
        places = [self._places[self._digest(text)] for text in texts]
        return np.asarray(self._records()["vector"][places], dtype=np.float32)

    def vectors_or_zeros(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 512) for n texts; zeros for one that has none yet."""
        missing = set(self.missing(texts))
        known = np.array([text not in missing for text in texts], dtype=bool)
        found = np.zeros((len(texts), SIZE), dtype=np.float32)
        found[known] = self.vectors([text for text in texts if text not in missing])
        return found

    def add(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep the vectors (n, 512) of n texts."""
        records = np.zeros(len(texts), dtype=_RECORD)
        records["text"] = [np.void(self._digest(text)) for text in texts]
        records["vector"] = vectors
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            whole = file.tell() // _RECORD.itemsize * _RECORD.itemsize
            file.truncate(whole)
            file.seek(whole)
            file.write(records.tobytes())

    def _digest(self, text: str) -> bytes:
        return text_digest(text, self.encoder)

    def _n_whole(self) -> int:
        return self.path.stat().st_size // _RECORD.itemsize if self.path.exists() else 0

    def _records(self) -> NDArray[np.void]:
        return np.memmap(self.path, dtype=_RECORD, mode="r", shape=(self._n_whole(),))

    def _look(self) -> None:
        """Learn of records added since, here or by another process."""
        n = self._n_whole()
        if n < self._n_read:  # another file in its place
            self._places, self._n_read = {}, 0
        if n > self._n_read:
            new = self._records()["text"][self._n_read : n]
            for place, digest in enumerate(new, start=self._n_read):
                self._places.setdefault(digest.tobytes(), place)
            self._n_read = n
