"""How much a reading may take, and what is said of one that took more."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from al_core.errors import TableError
from al_core.tables.sources.limits import SAMPLE_ROWS, megabytes
from al_core.tables.table import TooLargeError

# Choices: room for the tables that people drop, and little enough for a server to have it to spare.
_MEMORY, _TIMES_THE_FILE, _SECONDS = 1_000_000_000, 6, 60.0
# How much later the system itself steps in, should the watcher come too late; a choice.
_SLACK = 2


@dataclass(frozen=True)
class ReadLimits:
    """Bytes of resident memory that a reading may add, and its seconds of processor time."""

    memory: int
    seconds: float = _SECONDS

    @classmethod
    def of(cls, n_bytes: int) -> ReadLimits:
        """For a file of so many bytes.

        >>> ReadLimits.of(5_000).memory, ReadLimits.of(400_000_000).memory
        (1000000000, 2400000000)
        """
        return cls(max(_MEMORY, _TIMES_THE_FILE * n_bytes))

    def too_much_memory(self) -> TooLargeError:
        """What is said of a file whose reading took more."""
        return TooLargeError(
            f"Reading the file took more than {megabytes(self.memory)} of memory, so it was "
            "stopped; nothing else was touched. Files that unpack to far more than they hold do "
            f"that. Save it as plain CSV, or read a random sample of {SAMPLE_ROWS:,} rows.",
            SAMPLE_ROWS,
        )

    def too_much_time(self) -> TooLargeError:
        """What is said of a file whose reading took longer."""
        return TooLargeError(
            f"Reading the file took more than {self.seconds:g} seconds of work, so it was stopped; "
            "nothing else was touched. Leave out what is no data (empty rows, merged cells), or "
            f"read a random sample of {SAMPLE_ROWS:,} rows.",
            SAMPLE_ROWS,
        )

    def ask_the_system(self) -> None:
        """Have Linux itself refuse memory and time beyond the limits to this process."""
        if sys.platform != "linux":
            return
        system: Any = import_module("resource")
        used = system.getrusage(system.RUSAGE_SELF)
        time = int(used.ru_utime + used.ru_stime + _SLACK * self.seconds) + 1
        memory = _data_in_use() + _SLACK * self.memory
        for what, most in ((system.RLIMIT_CPU, time), (system.RLIMIT_DATA, memory)):
            hard = system.getrlimit(what)[1]
            system.setrlimit(what, (most if hard < 0 else min(most, hard), hard))


def _data_in_use() -> int:
    """Bytes of private memory that this process has asked for (``VmData`` of Linux)."""
    with open("/proc/self/status", encoding="ascii") as lines:
        found = next(line for line in lines if line.startswith("VmData"))
    return 1024 * int(found.split()[1])


def broken_off(fault: str = "") -> TableError:
    """What is said where the reading process broke; ``fault``: what a programmer calls it."""
    why = f" ({fault})" if fault else ""
    return TableError(
        f"The file could not be read: reading it broke off{why}. Nothing else was touched. It may "
        "be damaged: open it in the program it comes from and save it again, or save it as CSV."
    )
