"""The corpus: every shape as often as it is worth, each table from a seed of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.header_corpus import like_values, no_names, one_line, several_lines, titles
from benchmarks.header_corpus.sheet import Sheet, file_of

Shape = Callable[[Random], Sheet]
SHAPES: dict[str, tuple[Shape, int]] = {
    f"{group}: {shape.__name__.replace('_', ' ')}": (shape, n)
    for group, shapes in (
        ("one line", one_line.SHAPES),
        ("names like values", like_values.SHAPES),
        ("below a title", titles.SHAPES),
        ("several lines", several_lines.SHAPES),
        ("no names", no_names.SHAPES),
    )
    for shape, n in shapes.items()
}


@dataclass(frozen=True)
class Case:
    """One file and the truth about it.

    ``lines`` are the lines of the file (from 1) that hold names, none where it has none; ``names``
    what a person would call the columns, groups joined by ": ". Nobody could tell a ``doubtful``
    one, whatever was meant: all that can be asked for is that the app says it is not certain.
    """

    shape: str
    file: str
    text: str
    lines: tuple[int, ...]
    names: tuple[str, ...]
    doubtful: bool

    @property
    def group(self) -> str:
        """The kind of shape: one line, several lines, no names ..."""
        return self.shape.split(":")[0]

    @property
    def data(self) -> bytes:
        """The file's bytes, in UTF-8."""
        return self.text.encode()


def corpus(seed: int = 0) -> list[Case]:
    """All cases; the same seed gives the same bytes."""
    return [case(name, seed, i) for name, (_, n) in SHAPES.items() for i in range(n)]


def case(name: str, seed: int, i: int) -> Case:
    """Table number ``i`` of a shape."""
    rng = Random(f"{name} {seed} {i}")
    sheet = SHAPES[name][0](rng)
    text, lines = file_of(sheet, rng)
    stem = name.replace(": ", "-").replace(" ", "_")
    return Case(
        name, f"{stem}-{i:03d}{sheet.suffix}", text, lines, tuple(sheet.names), sheet.doubtful
    )
