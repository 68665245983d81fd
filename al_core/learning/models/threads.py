"""One thread for BLAS and OpenMP while a model is fitted or asked.

With two BLAS threads small fits were measured ten times slower than with one. Several threads of
this process may fit at the same time (a background trainer a project), so the limit is counted: the
first one in sets it, the last one out takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock, local
from typing import Any

_lock = Lock()
_here = local()
_blas: dict[str, Any] = {"users": 0, "limit": None}


@cache
def _controller() -> Any:
    """Found once: looking through the loaded libraries costs milliseconds."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def one_thread() -> Iterator[None]:
    """Pin BLAS and OpenMP to one thread inside the block; cheap when nested."""
    depth = getattr(_here, "depth", 0)
    if depth:
        _here.depth = depth + 1
        try:
            yield
        finally:
            _here.depth -= 1
        return
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    controller = _controller()
    with _lock:
        if _blas["users"] == 0:
            _blas["limit"] = controller.limit(limits=1, user_api="blas")
        _blas["users"] += 1
    # OpenMP keeps its setting per thread, BLAS for the whole process.
    _here.openmp = controller.limit(limits=1, user_api="openmp")
    _here.depth = 1


def _leave() -> None:
    _here.depth = 0
    _here.openmp.restore_original_limits()
    with _lock:
        _blas["users"] -= 1
        if _blas["users"] == 0:
            _blas["limit"].restore_original_limits()
