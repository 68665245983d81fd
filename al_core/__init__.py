"""Active learning for people with a table: the library under the workbench.

Glossary, one word per thing:

row            a line of the table; its number (0-based, as read) is its name for life
table, role    a person's file, typed; what each column is used for
pool           all rows, with one status each: unlabelled, labelled, skipped, don't know, check
seed rows      the first labelled rows, chosen before there is a model
learner, model an estimator before, and after, it is fitted
strategy       from a model and X to utilities: which row is asked next
utility, pick  a number about a row, higher is asked first; from utilities to rows
query, oracle  what is asked, and who answers: a person, or a column
label, code    the answer as text, and its number inside
round          fit, score, ask
score, curve   a number about a model; the scores against the number of labels
AUBC           the area under that curve
budget         how many labels there may be
check rows     reserved at random before the first query, labelled like others, never fitted
shared rows    answered by one person, and asked of another who does not see the answer
baseline       the same, with rows picked at random
plainest rival always the commonest answer
final check    rows that nobody has read, asked once, the model frozen
event, journal what happened, and all of it in order; a replay gives the state
project        a table, its roles and its journal
person, owner  who has a project open, by the name of their login; whose it is
share, right   another person who is let in by the owner, and what for: to label, or to read
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.2.0"

from al_core.errors import (
    LabelError,
    NotFittedError,
    PoolError,
    ProjectDamaged,
    ProjectError,
    ProjectMissing,
    ProjectReadOnly,
    ProjectTooNew,
    SettingsError,
    StrategyError,
    TableError,
    UserError,
)
from al_core.lazy import lazily

if TYPE_CHECKING:
    from al_core.apart.importing import import_project_apart
    from al_core.apart.reading import read_table_apart, ready_to_read
    from al_core.learning import (
        METRICS,
        MODELS,
        STRATEGIES,
        ActiveLearner,
        BayesianOptimizer,
        Committee,
        CommitteeRegressor,
        Comparison,
        Pool,
        Query,
        Round,
        Status,
        Strategy,
        TagModel,
        aubc,
        classifier_entropy,
        classifier_margin,
        classifier_uncertainty,
        compare,
        entropy_sampling,
        get_strategy,
        margin_sampling,
        simulate,
        strategies_for,
        strategy,
        uncertainty_sampling,
    )
    from al_core.projects import Project, list_projects
    from al_core.tables import (
        Candidate,
        Cleaned,
        Encoded,
        Role,
        Table,
        clean_labels,
        encode,
        guess_roles,
        label_candidates,
        read_table,
    )

__all__ = [
    "METRICS",
    "MODELS",
    "STRATEGIES",
    "ActiveLearner",
    "BayesianOptimizer",
    "Candidate",
    "Cleaned",
    "Committee",
    "CommitteeRegressor",
    "Comparison",
    "Encoded",
    "LabelError",
    "NotFittedError",
    "Pool",
    "PoolError",
    "Project",
    "ProjectDamaged",
    "ProjectError",
    "ProjectMissing",
    "ProjectReadOnly",
    "ProjectTooNew",
    "Query",
    "Role",
    "Round",
    "SettingsError",
    "Status",
    "Strategy",
    "StrategyError",
    "Table",
    "TableError",
    "TagModel",
    "UserError",
    "aubc",
    "classifier_entropy",
    "classifier_margin",
    "classifier_uncertainty",
    "clean_labels",
    "compare",
    "encode",
    "entropy_sampling",
    "get_strategy",
    "guess_roles",
    "import_project_apart",
    "label_candidates",
    "list_projects",
    "margin_sampling",
    "read_table",
    "read_table_apart",
    "ready_to_read",
    "simulate",
    "strategies_for",
    "strategy",
    "uncertainty_sampling",
]

_HOMES = {
    "apart.importing": ("import_project_apart",),
    "apart.reading": ("read_table_apart", "ready_to_read"),
    "learning": (
        "ActiveLearner",
        "BayesianOptimizer",
        "Committee",
        "CommitteeRegressor",
        "Comparison",
        "METRICS",
        "MODELS",
        "Pool",
        "Query",
        "Round",
        "STRATEGIES",
        "Status",
        "Strategy",
        "TagModel",
        "aubc",
        "classifier_entropy",
        "classifier_margin",
        "classifier_uncertainty",
        "compare",
        "entropy_sampling",
        "get_strategy",
        "margin_sampling",
        "simulate",
        "strategies_for",
        "strategy",
        "uncertainty_sampling",
    ),
    "projects": (
        "Project",
        "list_projects",
    ),
    "tables": (
        "Candidate",
        "Cleaned",
        "Encoded",
        "Role",
        "Table",
        "clean_labels",
        "encode",
        "guess_roles",
        "label_candidates",
        "read_table",
    ),
}
if not TYPE_CHECKING:  # a type checker would take any name for one of these
    __getattr__, __dir__ = lazily(__name__, _HOMES, ("figures", "learning", "projects", "tables"))
