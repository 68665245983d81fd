"""For tables with free text: the words and cells that pull a model to one answer or another."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from al_core.learning import Matrix, class_probabilities
from al_core.learning.models.threads import one_thread
from al_core.projects.records import Term
from al_core.projects.starting.data import ProjectData
from al_core.tables.features.meaning.features import stand_beside

# Choices, so that a press does not wait: terms shown, words tried one by one, what counts as no
# pull, rows for a typical cell.
MOST_TERMS = 8
MOST_WORDS = 60
_NOTHING = 1e-6
_TYPICAL = 2_000
_WORD = re.compile(r"\w{2,}")


def words_and_cells(
    model: Any, data: ProjectData, X: Matrix, row: int, torn: tuple[str, str]
) -> list[Term]:
    """What pulls to the first or the second answer of ``torn``, strongest first, for any model.

    Each word of the text columns is left out once, each other cell is set once to its column's
    typical value, and the row is encoded and judged again: what the lead of the first answer loses
    is the pull. At most 60 words. Where ``X``, the rows as the model takes them, holds what the
    texts mean, that is left as it is. ``torn`` must be answers that the model knows.
    """
    names, trial = _trials(data, row)
    if not names:
        return []
    known = [str(name) for name in model.classes_]
    first, second = known.index(torn[0]), known.index(torn[1])
    trials = data.encoded(isinstance(X, np.ndarray)).transformer.transform(trial)
    beside = data.n_beside(X)
    if beside:
        meaning: Any = X[[row]][:, X.shape[1] - beside :]
        one = meaning if isinstance(meaning, np.ndarray) else meaning.toarray()
        trials = stand_beside(trials, np.repeat(one, len(trial), axis=0))
    with one_thread():
        chances = class_probabilities(model, trials)
    lead = chances[:, first] - chances[:, second]
    pulls = lead[0] - lead[1:]
    order = np.argsort(-np.abs(pulls), kind="stable")[:MOST_TERMS]
    return [
        Term(names[i], torn[0] if pulls[i] > 0 else torn[1], abs(float(pulls[i])))
        for i in order
        if abs(pulls[i]) > _NOTHING
    ]


def _trials(data: ProjectData, row: int) -> tuple[list[str], pd.DataFrame]:
    """What was left out in each trial, and the frame: the row itself first, then the trials."""
    words, cells = _words(data, row), _cells(data)
    line = data.table.frame.iloc[[row]]
    trial = pd.concat([line] * (1 + len(words) + len(cells)), ignore_index=True)
    names = []
    for at, (column, word) in enumerate(words, start=1):
        shorter = re.sub(rf"\b{re.escape(word)}\b", " ", str(trial.at[at, column]))
        trial.loc[at, column] = shorter
        names.append(word)
    for at, (column, typical) in enumerate(cells.items(), start=1 + len(words)):
        trial.loc[at, column] = typical
        names.append(f"{column}: {data.cells(column)[row].as_py()}")
    return names, trial


def _words(data: ProjectData, row: int) -> list[tuple[str, str]]:
    columns = [name for name, role in data.roles.items() if role.kind == "text"]
    return [
        (column, word)
        for column in columns
        for word in dict.fromkeys(_WORD.findall(data.cells(column)[row].as_py() or ""))
    ][:MOST_WORDS]


def _cells(data: ProjectData) -> dict[str, Any]:
    """The typical value of every column in use that is no text: its most frequent, or median."""
    frame = data.table.frame.iloc[:: max(1, data.n_rows // _TYPICAL)]
    typical = {}
    for name, role in data.roles.items():
        filled = frame[name].dropna()
        if role.kind not in ("number", "category", "date") or filled.empty:
            continue
        typical[name] = filled.mode().iloc[0]
        if role.kind == "number" and pd.api.types.is_float_dtype(filled):
            typical[name] = filled.median()
    return typical
