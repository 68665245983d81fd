"""A small TCP proxy between browser and server, whose connections a test can cut."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator


class Proxy:
    """Passes bytes between its own port and the server's; ``cut`` is a lost connection."""

    def __init__(self, server_port: int) -> None:
        self._server = ("127.0.0.1", server_port)
        self._open: set[socket.socket] = set()
        self._lost = self._swallows = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, seconds: float) -> None:
        """End every connection, and let nobody through for so long."""
        self.break_off()
        time.sleep(seconds)
        self.mend()

    def break_off(self) -> None:
        """End every connection, and let nobody through."""
        self._lost = True
        for one in tuple(self._open):
            _end(one)

    def mend(self) -> None:
        """Let everybody and everything through again."""
        self._lost = self._swallows = False

    def swallow(self) -> None:
        """From now on what the browser says is lost on its way."""
        self._swallows = True

    def close(self) -> None:
        """End the proxy."""
        _end(self._listening)
        self.break_off()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                self._join(here)

    def _join(self, here: socket.socket) -> None:
        if self._lost:
            _end(here)
            return
        try:
            there = socket.create_connection(self._server)
        except OSError:  # the server is gone as well
            _end(here)
            return
        self._open |= {here, there}
        for one, other in ((here, there), (there, here)):
            args = (one, other, one is here)
            threading.Thread(target=self._pass_on, args=args, daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, from_browser: bool) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                if not (from_browser and self._swallows):
                    other.sendall(data)
        _end(one)
        _end(other)
        self._open -= {one, other}


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextlib.contextmanager
def proxied(server_port: int) -> Iterator[Proxy]:
    """A proxy before the server on this port."""
    proxy = Proxy(server_port)
    try:
        yield proxy
    finally:
        proxy.close()
