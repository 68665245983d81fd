"""The registry as a table for the documents, so that they cannot fall behind the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from al_core.learning.querying.strategy import Strategy, strategies_for

if TYPE_CHECKING:
    from al_core.learning.models.answers import Answers

_HEAD = ("name", "asks", "returns", "chance", "pool up to", "paper")


def markdown_table(answers: Answers = "classes") -> str:
    """All strategies of this package for ``answers``, in menu order, as lines of a Markdown table.

    Those for numbers and tags that serve classes as well stand in the first table alone.

    >>> print(markdown_table().splitlines()[0])
    | name | asks | returns | chance | pool up to | paper |
    """
    here = strategies_for(answers).values()
    ours = [s for s in here if s.function.__module__.startswith(__package__ or "")]
    ours = [s for s in ours if answers == "classes" or "classes" not in s.answers]
    lines = [_line(_HEAD), _line(["---"] * len(_HEAD)), *(_line(_cells(s)) for s in ours)]
    return "\n".join(lines)


def _cells(strategy: Strategy) -> list[str]:
    name = f"`{strategy.name}`"
    return [
        f"**{name}**" if strategy.menu else name,
        strategy.summary,
        "utilities" if strategy.kind == "utility" else "rows",
        "none" if strategy.deterministic else "seeded",
        f"{strategy.max_pool:,}",
        strategy.paper,
    ]


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"
