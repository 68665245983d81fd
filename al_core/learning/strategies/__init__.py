"""All query strategies; importing this package registers them in menu order.

A new one is a module of one of the folders here with a decorated function, and its name in the list
below; a family of near kin shares a file.
"""

from __future__ import annotations

from importlib import import_module

from al_core.learning.querying.strategy import (
    STRATEGIES,
    Query,
    Strategy,
    as_strategy,
    default_strategy,
    get_strategy,
    strategies_for,
    strategy,
)

_MODULES = (
    "uncertainty.margin_and_kin",
    "random",
    "mixed.badge",
    "coverage.core_set",
    "coverage.typiclust",
    "mixed.ranked_batch",
    "mixed.margin_cluster_mean",
    "coverage.probcover",
    "coverage.herding",
    "mixed.falcun",
    "mixed.clue",
    "mixed.drop_query",
    "coverage.hierarchical",
    "coverage.density",
    "coverage.discriminative",
    "coverage.quire",
    "uncertainty.epistemic",
    "lookahead.expected_model_change",
    "disagreement.votes",
    "disagreement.bald",
    "lookahead.expected_error_reduction",
    "lookahead.value_of_information",
    "uncertainty.cost_sensitive",
    "coverage.cold_start",
    "mixed.combined",
    "regression.greedy",
    "regression.spread",
    "regression.acquisition",
    "tags.confidence",
    "tags.margins",
    "tags.label_sets",
)

for _name in _MODULES:
    import_module(f"{__name__}.{_name}")

__all__ = [
    "STRATEGIES",
    "Query",
    "Strategy",
    "as_strategy",
    "default_strategy",
    "get_strategy",
    "strategies_for",
    "strategy",
]
