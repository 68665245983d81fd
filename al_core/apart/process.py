"""The reading process as its watcher sees it: an order in, and its memory and time looked at."""

from __future__ import annotations

import json
import subprocess
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import psutil

from al_core.apart.limits import ReadLimits, broken_off
from al_core.processes import start_module
from al_core.progress import Progress

# Seconds between two looks at memory and time: a process gains some 100 MB meanwhile; a choice.
_LOOK = 0.05
WORKER = "al_core.apart.worker"


class ReadingProcess:
    """One process that reads one file at a time. ``is_free``: it waits for another."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self._process = start_module(WORKER, stdin=pipe, stdout=pipe)
        self._in: Any = self._process.stdin
        self._out: Any = self._process.stdout
        self._said: SimpleQueue[Any] = SimpleQueue()
        self.is_free = True
        Thread(target=self._hear, daemon=True, name="al-reading").start()

    def read(self, order: dict[str, Any], limits: ReadLimits, report: Progress) -> None:
        """Have one file read; raises TableError where it asks too much, or its process breaks.

        ``report`` may raise, which ends the process.
        """
        self.is_free = False
        try:
            self._send(order)
            self.is_free = self._watch(limits, report) == "done"
        finally:
            if not self.is_free:
                self.end()

    def end(self) -> None:
        """End the process, whatever it does, and wait until it is gone."""
        self.is_free = False
        with self._process:
            self._process.kill()

    def _send(self, order: dict[str, Any]) -> None:
        try:
            self._in.write(json.dumps(order).encode() + b"\n")
            self._in.flush()
        except OSError:
            raise broken_off() from None

    def _watch(self, limits: ReadLimits, report: Progress) -> str:
        """Look at it until it says that it has finished."""
        watched = psutil.Process(self._process.pid)
        share, what, before = 0.0, "Opening the file", _used(watched)
        while True:
            try:
                said = self._said.get(timeout=_LOOK)
            except Empty:
                said = [share, what]
            if said is None:
                raise broken_off()
            if said in ("done", "last"):
                return str(said)
            memory, seconds = (now - then for now, then in zip(_used(watched), before, strict=True))
            if memory > limits.memory:
                raise limits.too_much_memory()
            if seconds > limits.seconds:
                raise limits.too_much_time()
            share, what = (share, what) if said == "ready" else said
            report(share, what)

    def _hear(self) -> None:
        """Put what it says, line by line, where the watcher takes it; None when it is gone."""
        for line in self._out:
            self._said.put(json.loads(line))
        self._said.put(None)


def _used(process: psutil.Process) -> tuple[float, float]:
    """Bytes of resident memory and seconds of processor time of a process; those of one that is
    gone are 0, and what it said last tells why."""
    try:
        with process.oneshot():
            time = process.cpu_times()
            return float(process.memory_info().rss), time.user + time.system
    except psutil.Error:
        return 0.0, 0.0
