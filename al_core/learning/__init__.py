"""Learning from labels: pool, learner, strategies, models, metrics, simulation, comparison.

Arrays and scikit-learn estimators only: no table, no project, no screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from al_core.lazy import lazily

if TYPE_CHECKING:
    from al_core.learning import demo
    from al_core.learning.comparison.compare import Comparison, compare
    from al_core.learning.comparison.duration import seconds_left, seconds_per_run
    from al_core.learning.comparison.runs import Run
    from al_core.learning.comparison.store import RunStore
    from al_core.learning.comparison.words import NO_COSTS, TOO_FEW, Costs
    from al_core.learning.learners.committee import Committee
    from al_core.learning.learners.learner import ActiveLearner
    from al_core.learning.matrices import Matrix
    from al_core.learning.models.fitting import Fitter, fit_model
    from al_core.learning.models.probabilities import class_probabilities
    from al_core.learning.models.registry import (
        MODELS,
        ModelSpec,
        get_model,
        models_for,
        recommend_model,
        why_recommended,
    )
    from al_core.learning.places import MAP_LIMIT, embed, map_methods, sample_rows
    from al_core.learning.pool import Pool
    from al_core.learning.querying.ask import Asking, Known, ask, round_rng
    from al_core.learning.querying.cold_start import initial_rows, representative_order
    from al_core.learning.querying.pick import pick_diverse
    from al_core.learning.querying.second_answer import UnusualRows, looks_for_second
    from al_core.learning.records import Advice, Band, Baseline, Round, Rows, Status
    from al_core.learning.scoring.curves import aubc, bootstrap_band, detectable_gap, label_grid
    from al_core.learning.scoring.metrics import METRICS, Metric, get_metric
    from al_core.learning.scoring.readings import Change, last_change
    from al_core.learning.simulation.check_row_baseline import Answered, check_baseline
    from al_core.learning.simulation.settings import Oracle, RowSets, RunSettings
    from al_core.learning.simulation.simulate import play, simulate
    from al_core.learning.simulation.splits import rows_to_test
    from al_core.learning.stopping import advise, changed_share
    from al_core.learning.strategies import STRATEGIES, Query, Strategy, get_strategy, strategy
    from al_core.learning.strategies.familiar import (
        entropy_sampling,
        margin_sampling,
        uncertainty_sampling,
    )

__all__ = [
    "MAP_LIMIT",
    "METRICS",
    "MODELS",
    "NO_COSTS",
    "STRATEGIES",
    "TOO_FEW",
    "ActiveLearner",
    "Advice",
    "Answered",
    "Asking",
    "Band",
    "Baseline",
    "Change",
    "Committee",
    "Comparison",
    "Costs",
    "Fitter",
    "Known",
    "Matrix",
    "Metric",
    "ModelSpec",
    "Oracle",
    "Pool",
    "Query",
    "Round",
    "RowSets",
    "Rows",
    "Run",
    "RunSettings",
    "RunStore",
    "Status",
    "Strategy",
    "UnusualRows",
    "advise",
    "ask",
    "aubc",
    "bootstrap_band",
    "changed_share",
    "check_baseline",
    "class_probabilities",
    "compare",
    "demo",
    "detectable_gap",
    "embed",
    "entropy_sampling",
    "fit_model",
    "get_metric",
    "get_model",
    "get_strategy",
    "initial_rows",
    "label_grid",
    "last_change",
    "looks_for_second",
    "map_methods",
    "margin_sampling",
    "models_for",
    "pick_diverse",
    "play",
    "recommend_model",
    "representative_order",
    "round_rng",
    "rows_to_test",
    "sample_rows",
    "seconds_left",
    "seconds_per_run",
    "simulate",
    "strategy",
    "uncertainty_sampling",
    "why_recommended",
]

_HOMES = {
    "comparison.compare": ("Comparison", "compare"),
    "comparison.duration": ("seconds_left", "seconds_per_run"),
    "comparison.runs": ("Run",),
    "comparison.store": ("RunStore",),
    "comparison.words": ("Costs", "NO_COSTS", "TOO_FEW"),
    "learners.committee": ("Committee",),
    "learners.learner": ("ActiveLearner",),
    "matrices": ("Matrix",),
    "models.fitting": ("Fitter", "fit_model"),
    "models.probabilities": ("class_probabilities",),
    "models.registry": (
        "MODELS",
        "ModelSpec",
        "get_model",
        "models_for",
        "recommend_model",
        "why_recommended",
    ),
    "places": ("MAP_LIMIT", "embed", "map_methods", "sample_rows"),
    "pool": ("Pool",),
    "querying.ask": ("Asking", "Known", "ask", "round_rng"),
    "querying.cold_start": ("initial_rows", "representative_order"),
    "querying.pick": ("pick_diverse",),
    "querying.second_answer": ("UnusualRows", "looks_for_second"),
    "records": ("Advice", "Band", "Baseline", "Round", "Rows", "Status"),
    "scoring.curves": ("aubc", "bootstrap_band", "detectable_gap", "label_grid"),
    "scoring.metrics": ("METRICS", "Metric", "get_metric"),
    "scoring.readings": ("Change", "last_change"),
    "simulation.check_row_baseline": ("Answered", "check_baseline"),
    "simulation.settings": ("Oracle", "RowSets", "RunSettings"),
    "simulation.simulate": ("play", "simulate"),
    "simulation.splits": ("rows_to_test",),
    "stopping": ("advise", "changed_share"),
    "strategies": ("Query", "STRATEGIES", "Strategy", "get_strategy", "strategy"),
    "strategies.familiar": ("entropy_sampling", "margin_sampling", "uncertainty_sampling"),
}
if not TYPE_CHECKING:  # a type checker would take any name for one of these
    __getattr__, __dir__ = lazily(__name__, _HOMES, ("demo",))
