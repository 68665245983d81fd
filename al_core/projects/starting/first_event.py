"""Starting a project: which answers there are, which rows are reserved, which come first."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
from numpy.typing import NDArray

from al_core.errors import LabelError, ProjectError, SettingsError
from al_core.learning import Matrix, Rows, representative_order
from al_core.projects.journal.events import ProjectCreated
from al_core.projects.starting.check_rows import reserve, row_keys
from al_core.projects.starting.data import ProjectData
from al_core.projects.starting.settings import (
    Settings,
    as_json,
    check_classes,
    read_settings,
)

# Choices: start rows kept ready until two answers are known, and rows their centres are sought in.
CENTRES = 20
_SAMPLE = 20_000
# Choices: with so many answers in the file a quarter of them says more than it costs; 500 tell four
# points in 100.
HELD_FROM = 60
HELD_SHARE = 0.25
HELD_MOST = 500
_HELD_STREAM = 7  # of random numbers; 1 to 6 are drawn from elsewhere


def first_event(data: ProjectData, settings: Settings, name: str) -> ProjectCreated:
    """Everything that is decided at the start; raises SettingsError or LabelError in words."""
    if data.n_rows == 0:
        raise ProjectError("The table has no rows. Choose a file with at least one row.")
    kind = settings.kind or ("oracle" if _is_full(data) else "live")
    settings = replace(settings, kind=kind)
    classes = _classes(data, settings, kind)
    free = _rows_to_label(data, kind)
    X = data.matrix(settings.model)
    checks = _check_rows(X, free, data.file_codes >= 0, settings)
    return ProjectCreated(
        name=name,
        kind=kind,
        n_rows=data.n_rows,
        classes=classes,
        settings=as_json(asdict(settings)),
        check_rows=checks.tolist(),
        start_rows=_typical_rows(X, np.setdiff1d(free, checks), settings.seed).tolist(),
        n_file_labels=int((data.file_codes >= 0).sum()) if kind == "live" else 0,
    )


def rows_held_out(data: ProjectData, created: ProjectCreated) -> list[int]:
    """A random quarter of the rows that came with an answer, kept for testing; none of a few.

    They are no random sample of all rows, and are said not to be; but they are there at once.
    """
    known = np.flatnonzero(data.file_codes >= 0)
    # Who wants no check rows at all wants none of these either.
    if created.kind != "live" or len(known) < HELD_FROM or not created.settings["check_share"]:
        return []
    settings = read_settings(created.settings)
    X = data.matrix(settings.model)
    alone = _unlike(X, known, data.file_codes < 0)
    held = reserve(
        X, alone, share=HELD_SHARE, cap=HELD_MOST, seed=settings.seed, stream=_HELD_STREAM
    )
    left = np.setdiff1d(known, held)
    enough = len(set(data.file_codes[left].tolist())) > 1  # what is left must teach
    return held.tolist() if enough else []


def _check_rows(X: Matrix, free: Rows, answered: NDArray[np.bool_], settings: Settings) -> Rows:
    """The rows that test, of those without an answer; none has a twin that the file answers, unless
    too few are left that way to ever score a model."""
    share, cap, seed = settings.check_share, settings.check_cap, settings.seed
    alone = free if settings.kind == "oracle" else _unlike(X, free, answered)
    if round(share * len(alone)) < min(settings.check_first, round(share * len(free))):
        alone = free
    return reserve(X, alone, share=share, cap=cap, seed=seed)


def _unlike(X: Matrix, rows: Rows, others: NDArray[np.bool_]) -> Rows:
    """Those of the rows that have no twin among the others: none tests while its twin teaches."""
    if not others.any():
        return rows
    keys = row_keys(X)
    return rows[~np.isin(keys[rows], keys[others])]


def _is_full(data: ProjectData) -> bool:
    return data.label_column is not None and bool((data.file_codes >= 0).all())


def _classes(data: ProjectData, settings: Settings, kind: str) -> list[str]:
    if kind == "oracle" and not _is_full(data):
        raise SettingsError(
            "A rehearsal needs a column in which every row has its answer. Choose such a column, "
            f"or start a project in which a person answers (kind 'live').{_hint(data)}"
        )
    classes = list(settings.classes or in_order(data.file_classes))
    check_classes(classes)
    unknown = [name for name in data.file_classes if name not in classes]
    if unknown:
        raise LabelError(
            f"The file holds the answer {unknown[0]!r}, which is not among those given: "
            f"{', '.join(classes)}. Add it."
        )
    if len(classes) < 2:
        raise LabelError(
            f"There {'is one answer' if classes else 'are no answers'} to choose from. "
            f"Give at least two.{_hint(data)}"
        )
    return classes


def _hint(data: ProjectData) -> str:
    """How to say which column holds the answers, where none was said to."""
    if data.label_column is not None:
        return ""
    return (
        " No column has the role label: guess_roles(table, answer=...) gives it to the column with "
        'that name, and so does roles[name] = Role("label", "the answers").'
    )


def in_order(names: list[str]) -> list[str]:
    """Answers as a person would list them: numbers by size, names by the alphabet.

    >>> in_order(["10", "9", "1"]), in_order(["yes", "No"])
    (['1', '9', '10'], ['No', 'yes'])
    """
    try:
        return sorted(names, key=float)
    except ValueError:
        return sorted(names, key=lambda name: (name.casefold(), name))


def _rows_to_label(data: ProjectData, kind: str) -> Rows:
    if kind == "oracle":
        return np.arange(data.n_rows)
    free = np.flatnonzero(data.file_codes < 0)
    if len(free) == 0:
        raise SettingsError(
            "Every row has an answer already. Rehearse with them (kind 'oracle'), or ask a new "
            "question and leave that column out."
        )
    return free


def _typical_rows(X: object, rows: Rows, seed: int) -> Rows:
    """The rows nearest to the cluster centres of (a sample of) these rows."""
    if len(rows) > _SAMPLE:
        rng = np.random.default_rng([seed, 4])
        rows = np.sort(rng.choice(rows, _SAMPLE, replace=False))
    if len(rows) == 0:
        return rows
    order = representative_order(X[rows], CENTRES, seed)  # type: ignore[index]
    return rows[order[:CENTRES]]
