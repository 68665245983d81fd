"""Reading texts for their meaning, in a process of its own and of low priority.

    python -m al_core.tables.features.meaning.reading FOLDER

FOLDER holds what is wanted (:class:`Wanted`) and gets the vectors, and the features once they are
whole. Texts that have a vector are passed over, so a stopped reading goes on where it was. One
process reads in a folder at a time; another waits for it. It ends when its standard input does:
whoever started it holds the other end, and a process that is killed holds nothing any more.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import IO

from al_core.errors import UserError
from al_core.processes import start_module
from al_core.tables.features.meaning.encoder import SentenceEncoder, sentence_encoder
from al_core.tables.features.meaning.features import Wanted, load_features, make_features
from al_core.tables.features.meaning.kept import KeptVectors

# Texts between two writes: a tenth of a second of work, which is what a stop can lose.
_AT_ONCE = 64
# The priority of a process that nobody waits for (the lowest of Unix is 19): at 10 it still gets a
# tenth of a core beside two that are busy, at 15 a thirtieth (weights of the Linux scheduler).
_NICE = 10
# Seconds between looks whether another process has finished; a choice.
_LOOK = 0.2
VECTORS_FILE, PROBLEM_FILE, LOCK_FILE = "vectors.bin", "problem.txt", "reading.lock"

GoesOn = Callable[[], bool]


def read_texts(
    texts: Iterable[str],
    kept: KeptVectors,
    encoder: SentenceEncoder,
    goes_on: GoesOn = lambda: True,
) -> int:
    """Read the texts that have no vector yet, a few at a time while ``goes_on``; how many were."""
    missing = kept.missing(texts)
    done = 0
    while done < len(missing) and goes_on():
        some = missing[done : done + _AT_ONCE]
        kept.add(some, encoder.vectors(some))
        done += len(some)
    return done


def read_folder(folder: Path, goes_on: GoesOn = lambda: True) -> bool:
    """Read what is wanted in ``folder`` and keep its features; whether they are whole.

    Raises SettingsError, in words, for an encoder that was not looked into.
    """
    encoder = sentence_encoder()
    if encoder is None:
        return False
    asked = Wanted.load(folder)
    with _alone(folder, goes_on) as mine:
        if not mine:
            return False
        kept = KeptVectors(folder / VECTORS_FILE, encoder.version)
        read_texts(asked.texts, kept, encoder, goes_on)
        if not goes_on():
            return False
        make_features(asked, kept, load_features(folder, len(asked.places))).save(folder)
    return True


def start_reading(folder: Path) -> subprocess.Popen[bytes]:
    """Read what is wanted in ``folder`` in a process of its own, to be ended by
    :func:`end_reading`; it does not outlive this process."""
    (folder / PROBLEM_FILE).unlink(missing_ok=True)
    nothing = subprocess.DEVNULL
    return start_module(
        __name__, str(folder), stdin=subprocess.PIPE, stdout=nothing, stderr=nothing
    )


def end_reading(process: subprocess.Popen[bytes]) -> None:
    """Stop it, if it still reads, and wait until it is gone."""
    with process:  # which closes its standard input and waits
        if process.poll() is None:
            process.terminate()


def vectors_in(folder: Path) -> KeptVectors:
    """The vectors that were read in ``folder`` so far."""
    return KeptVectors(folder / VECTORS_FILE, SentenceEncoder.version)


def n_read(folder: Path) -> int:
    """How many texts have a vector; cheap."""
    return vectors_in(folder).n_kept()


def problem_of(folder: Path) -> str:
    """Why the reading ended early, in words; empty where it did not."""
    with contextlib.suppress(OSError):
        return (folder / PROBLEM_FILE).read_text(encoding="utf-8")
    return ""


@contextlib.contextmanager
def _alone(folder: Path, goes_on: GoesOn) -> Iterator[bool]:
    """Wait until no other process reads in the folder; whether that came before the end."""
    with (folder / LOCK_FILE).open("wb") as file:
        mine = _locked(file)
        while not mine and goes_on():
            sleep(_LOOK)
            mine = _locked(file)
        yield mine


def _locked(file: IO[bytes]) -> bool:
    """Lock the file if nobody has; where the system knows no locks, it is free."""
    try:
        if os.name == "nt":
            locking = import_module("msvcrt")
            locking.locking(file.fileno(), locking.LK_NBLCK, 1)
        else:
            locks = import_module("fcntl")
            locks.flock(file.fileno(), locks.LOCK_EX | locks.LOCK_NB)
    except ImportError:
        return True
    except OSError:
        return False
    return True


def _wait_for_the_end(gone: Event) -> None:
    """Say when standard input ends. Read past Python's buffer, whose lock would be held at exit."""
    while os.read(0, 1):
        pass
    gone.set()


def main(folder: Path) -> None:
    """What the process does."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    gone = Event()
    Thread(target=_wait_for_the_end, args=(gone,), daemon=True).start()
    try:
        read_folder(folder, lambda: not gone.is_set())
    except (UserError, OSError) as problem:
        (folder / PROBLEM_FILE).write_text(str(problem), encoding="utf-8")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
