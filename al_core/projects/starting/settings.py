"""The settings of a project: their defaults, and what each allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from al_core.errors import LabelError, SettingsError
from al_core.tables.columns.typed_answers import refuse_long_answer

MODEL_AUTO = "auto"
_WHOLE = {  # name: (lowest, highest)
    "batch_size": (1, 1000),
    "check_first": (0, 2000),
    "check_every": (2, 1000),
    "check_cap": (0, 100_000),
    "budget": (1, 100_000_000),
    "seed": (0, 2**32 - 1),
    "train_every": (1, 1000),
}
_FIXED = ("kind", "label_name", "check_share", "check_cap", "seed", "classes")


@dataclass(frozen=True)
class Settings:
    """Settings of a project, all optional.

    kind: "live" (a person answers) or "oracle" (the file's answers stand in); None: "oracle" where
    the answer column is full, else "live". classes: the answers in order; None: those of the file.
    label_name: name of what is asked, for the report. budget: the goal, in labels. check_share of
    the unlabelled rows, at most check_cap, are check rows; every second question is one until
    check_first are answered, then one in check_every. train_every: a new model is trained when
    presses pause, or after this many labels. read_meaning: read what free text means, beside its
    letters. target: how many in 100 shall be right, 1 to 99; None: nothing is said of it.
    """

    kind: Literal["live", "oracle"] | None = None
    classes: tuple[str, ...] | None = None
    label_name: str = "label"
    question: str = ""
    strategy: str = "margin"
    model: str = MODEL_AUTO
    metric: str = "auto"
    # The defaults are choices. One in four rows kept for testing, every second question until 12 of
    # them and then one in five: an honest range early against rows to learn from. 2,000 check rows
    # tell two points in 100. A new model every 5 labels: freshness against work.
    batch_size: int = 1
    check_first: int = 12
    check_every: int = 5
    check_share: float = 0.25
    check_cap: int = 2000
    budget: int = 100
    seed: int = 0
    show_guess: bool = False
    columns_shown: tuple[str, ...] | None = None
    allow_images: bool = False
    train_every: int = 5
    read_meaning: bool = True
    target: int | None = None


def read_settings(settings: Settings | Mapping[str, Any] | None) -> Settings:
    """Checked settings from a mapping; SettingsError names the unknown key or the bad value.

    >>> read_settings({"budget": 50}).budget
    50
    >>> read_settings({"bugdet": 50})
    Traceback (most recent call last):
    ...
    al_core.errors.SettingsError: There is no setting named 'bugdet'. ...
    """
    if not isinstance(settings, Settings | Mapping | None):
        raise SettingsError(f"The settings are {settings!r:.80}. Give names and their values.")
    given = asdict(settings) if isinstance(settings, Settings) else dict(settings or {})
    _refuse_unknown(given)
    return _checked(Settings(**_tuples(given)))


def change_settings(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """``settings`` with ``changes``; those that only count at the start are refused."""
    _refuse_unknown(changes)
    for name in changes:
        if name in _FIXED:
            raise SettingsError(
                f"{name!r} is fixed when a project starts. Start a new project to change it."
            )
    return _checked(replace(settings, **_tuples(changes)))


def as_json(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The same settings with lists in place of tuples, fit for JSON."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in changes.items()}


def _refuse_unknown(given: Mapping[str, Any]) -> None:
    known = [field.name for field in fields(Settings)]
    for name in given:
        if name not in known:
            raise SettingsError(f"There is no setting named {name!r}. Known: {', '.join(known)}.")


def _tuples(given: Mapping[str, Any]) -> dict[str, Any]:
    """Sequences as tuples, so that settings stay frozen and comparable."""
    lists = ("classes", "columns_shown")
    return {
        k: tuple(v) if k in lists and isinstance(v, Sequence) and not isinstance(v, str) else v
        for k, v in given.items()
    }


def _checked(settings: Settings) -> Settings:
    for name, (low, high) in _WHOLE.items():
        _check_whole(name, getattr(settings, name), low, high)
    if settings.target is not None:
        _check_whole("target", settings.target, 1, 99)
    share = settings.check_share
    # A choice: a tenth of the rows at least is left to learn from.
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 0.9:
        raise SettingsError(f"check_share is {share!r}. Give a share between 0 and 0.9.")
    _check_names(settings)
    for name in ("show_guess", "allow_images", "read_meaning"):
        if not isinstance(getattr(settings, name), bool):
            raise SettingsError(f"{name} is {getattr(settings, name)!r}. Give True or False.")
    _check_columns_shown(settings.columns_shown)
    if settings.classes is not None:
        check_classes(settings.classes)
    return settings


def _check_columns_shown(columns: object) -> None:
    if columns is not None and not (
        isinstance(columns, tuple) and all(isinstance(name, str) for name in columns)
    ):
        raise SettingsError(f"columns_shown is {columns!r}. Give a list of column names.")


def _check_whole(name: str, value: object, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise SettingsError(f"{name} is {value!r}. Give a whole number from {low} to {high}.")


def _check_names(settings: Settings) -> None:
    """Names of strategy, model, metric and kind must be registered ones."""
    from al_core.learning import METRICS, MODELS
    from al_core.learning.strategies import STRATEGIES

    allowed: dict[str, tuple[object, list[str]]] = {
        "kind": ("live" if settings.kind is None else settings.kind, ["live", "oracle"]),
        "strategy": (settings.strategy, list(STRATEGIES)),
        "model": (settings.model, [MODEL_AUTO, *MODELS]),
        "metric": (settings.metric, ["auto", *METRICS]),
    }
    for name, (value, choices) in allowed.items():
        if value not in choices:
            raise SettingsError(f"{name} is {value!r}. Choose one of: {', '.join(choices)}.")
    for name in ("label_name", "question"):
        if not isinstance(getattr(settings, name), str):
            raise SettingsError(f"{name} is {getattr(settings, name)!r}. Give a text.")


def check_classes(classes: Sequence[str]) -> None:
    """LabelError unless there are answers, none blank, too long or given twice."""
    if isinstance(classes, str) or not isinstance(classes, Sequence):
        raise LabelError(f"The answers are {classes!r:.80}. Give a list of texts.")
    seen: set[str] = set()
    for name in classes:
        if name is not None and not isinstance(name, str):
            raise LabelError(f"The answer {name!r:.80} is no text. Give each answer as text.")
        if not name or not name.strip():
            raise LabelError("One of the answers is blank. Give every answer a name.")
        if name.strip() in seen:
            raise LabelError(f"The answer {name!r} is given twice. Give each answer once.")
        seen.add(name.strip())
    refuse_long_answer(seen)
