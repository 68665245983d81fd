"""A class as a door: each of its verbs, and each fact, is that of a part that it holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def verb(
    part: str,
    method: Callable[Concatenate[Any, P], T],
    before: Callable[[Any], object] = lambda whole: None,
) -> Callable[Concatenate[Any, P], T]:
    """The method of a part as one of the whole: its signature and docstring stand there alone.

    before: called with the whole each time first; it refuses by raising.
    """

    @wraps(method)
    def call(whole: Any, /, *args: P.args, **kwargs: P.kwargs) -> T:
        before(whole)
        return method(getattr(whole, part), *args, **kwargs)

    return call


class Fact(Generic[T]):
    """A property of a part as one of the whole, under the same name; it is described there alone.

    >>> class Part:
    ...     colour = "red"
    >>> class Whole:
    ...     colour = Fact[str]("part")
    ...     def __init__(self):
    ...         self.part = Part()
    >>> Whole().colour
    'red'
    """

    def __init__(self, part: str) -> None:
        self._part, self._name = part, ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, whole: Any, owner: type | None = None) -> T:
        value: T = getattr(getattr(whole, self._part), self._name)
        return value

    def __set__(self, whole: Any, value: object) -> None:
        raise AttributeError(f"{self._name} is a fact about {self._part.strip('_')}, not to be set")
