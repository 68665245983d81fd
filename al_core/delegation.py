"""A class as a door: each of its verbs is the method of a part that it holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def verb(part: str, method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], T]:
    """The method of a part as one of the whole: its signature and docstring stand there alone."""

    @wraps(method)
    def call(whole: Any, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return method(getattr(whole, part), *args, **kwargs)

    return call
