"""All query strategies; importing this package registers them in menu order.

A new one is a module of this package with one decorated function, and its name in the list below.
"""

from __future__ import annotations

from importlib import import_module

from al_core.learning.strategies.base import (
    STRATEGIES,
    Query,
    Strategy,
    as_strategy,
    get_strategy,
    strategy,
)

_MODULES = (
    "margin",
    "least_confidence",
    "entropy",
    "random",
    "badge",
    "core_set",
    "typiclust",
    "ranked_batch",
    "margin_cluster_mean",
    "probcover",
    "max_herding",
    "uncertainty_herding",
    "falcun",
    "clue",
    "drop_query",
    "hierarchical",
    "density",
    "discriminative",
    "quire",
    "epistemic",
    "expected_model_change",
    "vote_entropy",
    "consensus_entropy",
    "max_disagreement",
    "variation_ratios",
    "bald",
    "batch_bald",
    "expected_error_reduction",
    "value_of_information",
    "cost_sensitive",
    "cold_start",
    "combined",
)

for _name in _MODULES:
    import_module(f"{__name__}.{_name}")

__all__ = ["STRATEGIES", "Query", "Strategy", "as_strategy", "get_strategy", "strategy"]
