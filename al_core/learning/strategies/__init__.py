"""All query strategies; importing this package registers them in menu order.

A new one is a module of this package with one decorated function, and its name in the list below.
"""

from __future__ import annotations

from importlib import import_module

from al_core.learning.strategies.base import STRATEGIES, Query, Strategy, get_strategy, strategy

_MODULES = (
    "margin",
    "least_confidence",
    "entropy",
    "random",
)

for _name in _MODULES:
    import_module(f"{__name__}.{_name}")

__all__ = ["STRATEGIES", "Query", "Strategy", "get_strategy", "strategy"]
