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
    from al_core.learning.comparison.targets import proposed_target
    from al_core.learning.comparison.words import Costs, Headline
    from al_core.learning.learners.committee import Committee, CommitteeRegressor
    from al_core.learning.learners.learner import ActiveLearner
    from al_core.learning.learners.optimizer import BayesianOptimizer
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
    from al_core.learning.models.tags import TagModel
    from al_core.learning.places import MAP_LIMIT, embed, map_methods, sample_rows
    from al_core.learning.pool import Pool
    from al_core.learning.querying.ask import Asking, Known, ask, round_rng
    from al_core.learning.querying.cold_start import initial_rows, representative_order
    from al_core.learning.querying.pick import pick_diverse
    from al_core.learning.querying.second_answer import UnusualRows, looks_for_second
    from al_core.learning.records import Advice, Band, Baseline, Evidence, Round, Rows, Status
    from al_core.learning.scoring.curves import aubc, bootstrap_band, detectable_gap, label_grid
    from al_core.learning.scoring.exact_ranges import (
        Claim,
        alpha_at,
        at_least,
        at_most,
        claim,
        exact_range,
        latest_look,
        looks,
    )
    from al_core.learning.scoring.metrics import METRICS, Metric, get_metric
    from al_core.learning.scoring.of_answers import metrics_for
    from al_core.learning.scoring.readings import Change, last_change
    from al_core.learning.simulation.check_row_baseline import (
        Answered,
        check_baseline,
        check_differences,
    )
    from al_core.learning.simulation.settings import Oracle, RowSets, RunSettings
    from al_core.learning.simulation.simulate import play, simulate
    from al_core.learning.simulation.splits import rows_to_test
    from al_core.learning.stopping.advice import Standing, advise
    from al_core.learning.stopping.criteria import (
        Budget,
        ClassificationChange,
        Criterion,
        FoundThemAll,
        Look,
        OverallUncertainty,
        Settled,
        StabilisingPredictions,
        Target,
    )
    from al_core.learning.stopping.recall import RECALL_LEVELS, Recall
    from al_core.learning.stopping.settled import changed_share
    from al_core.learning.strategies import (
        STRATEGIES,
        Query,
        Strategy,
        get_strategy,
        strategies_for,
        strategy,
    )
    from al_core.learning.strategies.familiar.acquisition import (
        max_EI,
        max_PI,
        max_UCB,
        optimizer_EI,
        optimizer_PI,
        optimizer_UCB,
    )
    from al_core.learning.strategies.familiar.disagreement import (
        KL_max_disagreement,
        consensus_entropy,
        consensus_entropy_sampling,
        max_disagreement_sampling,
        max_std_sampling,
        vote_entropy,
        vote_entropy_sampling,
    )
    from al_core.learning.strategies.familiar.others import (
        SVM_binary_minimum,
        avg_confidence,
        avg_score,
        expected_error_reduction,
        information_density,
        max_loss,
        max_score,
        mean_max_loss,
        min_confidence,
        uncertainty_batch_sampling,
    )
    from al_core.learning.strategies.familiar.uncertainty import (
        classifier_entropy,
        classifier_margin,
        classifier_uncertainty,
        entropy_sampling,
        margin_sampling,
        uncertainty_sampling,
    )

__all__ = [
    "MAP_LIMIT",
    "METRICS",
    "MODELS",
    "RECALL_LEVELS",
    "STRATEGIES",
    "ActiveLearner",
    "Advice",
    "Answered",
    "Asking",
    "Band",
    "Baseline",
    "BayesianOptimizer",
    "Budget",
    "Change",
    "Claim",
    "ClassificationChange",
    "Committee",
    "CommitteeRegressor",
    "Comparison",
    "Costs",
    "Criterion",
    "Evidence",
    "Fitter",
    "FoundThemAll",
    "Headline",
    "KL_max_disagreement",
    "Known",
    "Look",
    "Matrix",
    "Metric",
    "ModelSpec",
    "Oracle",
    "OverallUncertainty",
    "Pool",
    "Query",
    "Recall",
    "Round",
    "RowSets",
    "Rows",
    "Run",
    "RunSettings",
    "RunStore",
    "SVM_binary_minimum",
    "Settled",
    "StabilisingPredictions",
    "Standing",
    "Status",
    "Strategy",
    "TagModel",
    "Target",
    "UnusualRows",
    "advise",
    "alpha_at",
    "ask",
    "at_least",
    "at_most",
    "aubc",
    "avg_confidence",
    "avg_score",
    "bootstrap_band",
    "changed_share",
    "check_baseline",
    "check_differences",
    "claim",
    "class_probabilities",
    "classifier_entropy",
    "classifier_margin",
    "classifier_uncertainty",
    "compare",
    "consensus_entropy",
    "consensus_entropy_sampling",
    "demo",
    "detectable_gap",
    "embed",
    "entropy_sampling",
    "exact_range",
    "expected_error_reduction",
    "fit_model",
    "get_metric",
    "get_model",
    "get_strategy",
    "information_density",
    "initial_rows",
    "label_grid",
    "last_change",
    "latest_look",
    "looks",
    "looks_for_second",
    "map_methods",
    "margin_sampling",
    "max_EI",
    "max_PI",
    "max_UCB",
    "max_disagreement_sampling",
    "max_loss",
    "max_score",
    "max_std_sampling",
    "mean_max_loss",
    "metrics_for",
    "min_confidence",
    "models_for",
    "optimizer_EI",
    "optimizer_PI",
    "optimizer_UCB",
    "pick_diverse",
    "play",
    "proposed_target",
    "recommend_model",
    "representative_order",
    "round_rng",
    "rows_to_test",
    "sample_rows",
    "seconds_left",
    "seconds_per_run",
    "simulate",
    "strategies_for",
    "strategy",
    "uncertainty_batch_sampling",
    "uncertainty_sampling",
    "vote_entropy",
    "vote_entropy_sampling",
    "why_recommended",
]

_HOMES = {
    "comparison.compare": ("Comparison", "compare"),
    "comparison.duration": ("seconds_left", "seconds_per_run"),
    "comparison.runs": ("Run",),
    "comparison.store": ("RunStore",),
    "comparison.targets": ("proposed_target",),
    "comparison.words": ("Costs", "Headline"),
    "learners.committee": ("Committee", "CommitteeRegressor"),
    "learners.learner": ("ActiveLearner",),
    "learners.optimizer": ("BayesianOptimizer",),
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
    "models.tags": ("TagModel",),
    "places": ("MAP_LIMIT", "embed", "map_methods", "sample_rows"),
    "pool": ("Pool",),
    "querying.ask": ("Asking", "Known", "ask", "round_rng"),
    "querying.cold_start": ("initial_rows", "representative_order"),
    "querying.pick": ("pick_diverse",),
    "querying.second_answer": ("UnusualRows", "looks_for_second"),
    "records": ("Advice", "Band", "Baseline", "Evidence", "Round", "Rows", "Status"),
    "scoring.curves": ("aubc", "bootstrap_band", "detectable_gap", "label_grid"),
    "scoring.exact_ranges": (
        "Claim",
        "alpha_at",
        "at_least",
        "at_most",
        "claim",
        "exact_range",
        "latest_look",
        "looks",
    ),
    "scoring.metrics": ("METRICS", "Metric", "get_metric"),
    "scoring.of_answers": ("metrics_for",),
    "scoring.readings": ("Change", "last_change"),
    "simulation.check_row_baseline": ("Answered", "check_baseline", "check_differences"),
    "simulation.settings": ("Oracle", "RowSets", "RunSettings"),
    "simulation.simulate": ("play", "simulate"),
    "simulation.splits": ("rows_to_test",),
    "stopping.advice": ("Standing", "advise"),
    "stopping.criteria": (
        "Budget",
        "ClassificationChange",
        "Criterion",
        "FoundThemAll",
        "Look",
        "OverallUncertainty",
        "Settled",
        "StabilisingPredictions",
        "Target",
    ),
    "stopping.recall": ("RECALL_LEVELS", "Recall"),
    "stopping.settled": ("changed_share",),
    "strategies": ("Query", "STRATEGIES", "Strategy", "get_strategy", "strategies_for", "strategy"),
    "strategies.familiar.acquisition": (
        "max_EI",
        "max_PI",
        "max_UCB",
        "optimizer_EI",
        "optimizer_PI",
        "optimizer_UCB",
    ),
    "strategies.familiar.disagreement": (
        "KL_max_disagreement",
        "consensus_entropy",
        "consensus_entropy_sampling",
        "max_disagreement_sampling",
        "max_std_sampling",
        "vote_entropy",
        "vote_entropy_sampling",
    ),
    "strategies.familiar.others": (
        "SVM_binary_minimum",
        "avg_confidence",
        "avg_score",
        "expected_error_reduction",
        "information_density",
        "max_loss",
        "max_score",
        "mean_max_loss",
        "min_confidence",
        "uncertainty_batch_sampling",
    ),
    "strategies.familiar.uncertainty": (
        "classifier_entropy",
        "classifier_margin",
        "classifier_uncertainty",
        "entropy_sampling",
        "margin_sampling",
        "uncertainty_sampling",
    ),
}
if not TYPE_CHECKING:  # a type checker would take any name for one of these
    __getattr__, __dir__ = lazily(__name__, _HOMES, ("demo",))
