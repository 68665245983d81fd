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
def _controller(user_api: str) -> Any:
    """Found once: looking through the loaded libraries costs milliseconds."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api=user_api)


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
    with _lock:
        if _blas["users"] == 0:
            _let_go()
            _blas["limit"] = _controller("blas").limit(limits=1)
        _blas["users"] += 1
    # OpenMP keeps its setting per thread, BLAS for the whole process.
    _here.openmp = _controller("openmp").limit(limits=1)
    _here.depth = 1


def _leave() -> None:
    _here.depth = 0
    _here.openmp.restore_original_limits()
    with _lock:
        _blas["users"] -= 1
        if _blas["users"] == 0:
            _let_go()
            _blas["limit"].restore_original_limits()
            _let_go()


def _let_go() -> None:
    """Any thread may set the limit of BLAS from here on.

    From threadpoolctl 3.8 on OpenBLAS obeys the first thread that set a limit, until that thread is
    gone or this is called; what other threads set does nothing, without a word. Ours want the same.
    """
    for library in _controller("blas").lib_controllers:
        if hasattr(library, "clear_controlling_thread"):
            library.clear_controlling_thread(force=True)
