"""The registry as a table for the documents, so that they cannot fall behind the code."""

from __future__ import annotations

from al_core.learning.querying.strategy import STRATEGIES, Strategy

_HEAD = ("name", "asks", "returns", "chance", "pool up to", "paper")


def markdown_table() -> str:
    """All strategies of this package, in menu order, as the lines of a Markdown table.

    >>> print(markdown_table().splitlines()[0])
    | name | asks | returns | chance | pool up to | paper |
    """
    ours = [s for s in STRATEGIES.values() if s.function.__module__.startswith(__package__ or "")]
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
