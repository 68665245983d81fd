"""Reading texts for their meaning, in a process of its own and of low priority.

    python -m al_core.tables.features.meaning.reading TEXTS VECTORS

TEXTS: a file with one JSON text a line, in the order in which they are wanted; VECTORS: the file of
:class:`KeptVectors`. Texts that have a vector are passed over, so a stopped reading goes on where
it was. Ends by itself once its parent is gone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from al_core.tables.features.meaning.encoder import SentenceEncoder, sentence_encoder
from al_core.tables.features.meaning.kept import KeptVectors

# Texts between two writes: a tenth of a second of work, which is what a stop can lose.
_AT_ONCE = 64
# The priority of a process that nobody waits for (the lowest of Unix is 19).
_NICE = 15


def read_texts(
    texts: Iterable[str],
    kept: KeptVectors,
    encoder: SentenceEncoder,
    goes_on: Callable[[], bool] = lambda: True,
) -> int:
    """Read the texts that have no vector yet, a few at a time while ``goes_on``; how many were."""
    missing = kept.missing(texts)
    done = 0
    while done < len(missing) and goes_on():
        some = missing[done : done + _AT_ONCE]
        kept.add(some, encoder.vectors(some))
        done += len(some)
    return done


def start_reading(texts: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    """Read ``texts`` into ``folder`` in a process of its own; nobody waits for it."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "texts.jsonl"
    wanted.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    command = [sys.executable, "-m", __name__, str(wanted), str(vectors_file(folder))]
    # Found wherever it runs, also where the app was started from a folder and is not installed.
    paths = [str(Path(__file__).resolve().parents[4]), os.environ.get("PYTHONPATH", "")]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    nothing = subprocess.DEVNULL
    return subprocess.Popen(
        command, stdin=nothing, stdout=nothing, stderr=nothing, env=surroundings
    )


def vectors_file(folder: Path) -> Path:
    """Where the vectors of a folder are kept."""
    return folder / "vectors.bin"


def main(wanted: Path, vectors: Path) -> None:
    """What the process does."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    encoder, parent = sentence_encoder(), os.getppid()
    if encoder is None:
        return
    texts = [json.loads(line) for line in wanted.read_text(encoding="utf-8").splitlines()]
    kept = KeptVectors(vectors, encoder.version)
    read_texts(texts, kept, encoder, lambda: os.getppid() == parent)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
