"""The model that a final check has frozen: all labels up to an event, fitted again when needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from al_core.errors import ProjectError
from al_core.learning import Fitter, Matrix, Rows, class_probabilities, fit_model, get_model
from al_core.learning.models.threads import one_thread
from al_core.projects.journal.events import Event
from al_core.projects.opened import Labels, Opened
from al_core.projects.replay.final_checks import DrawnCheck
from al_core.projects.replay.state import replay
from al_core.projects.starting.settings import read_settings

# Rows whose probabilities are held at once; a choice, which trades calls against memory.
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Frozen:
    """The model of a check before its rows are drawn: its name, the event up to which it learned,
    from how many labels, and what it answers for rows. ``beside``: a further event that goes with
    the check of that id."""

    model: str
    upto: int
    n_labels: int
    guesses: Callable[[Rows], list[str]]
    beside: Callable[[int], Event] | None = None


def frozen_now(opened: Opened) -> Frozen:
    """The model of all labels as they stand now, check rows included."""
    with opened.lock:
        upto, model, X = opened.state.last_id, opened.model_name, opened.X
        rows, labels = opened.state.all_labels()
    fitted = _fit(opened, model, X, rows, labels)
    return Frozen(model, upto, len(labels), lambda wanted: _guesses(fitted, X, wanted))


def _fit(opened: Opened, model: str, X: Matrix, rows: Rows, labels: Labels) -> Any:
    """The named model fitted on these labels, seeded as every model of the project is."""
    estimator = Fitter(get_model(model).make(), opened.seed).template
    return fit_model(estimator, X[rows], labels, opened.seed)


def _guesses(fitted: Any, X: Matrix, rows: Rows) -> list[str]:
    with one_thread():
        return [str(name) for name in fitted.predict(X[rows])]


def frozen_guesses(opened: Opened, check: DrawnCheck) -> pd.DataFrame:
    """The frozen model's opinion of every row: row, prediction, confidence (0 to 1).

    Fitted from the journal as it stood then. ProjectError where it does not say of the check's own
    rows what it said at the start: what was shown of that model is not shown of another.
    """
    with opened.lock:
        events = [one for one in opened.journal.read_after(0) if one.id <= check.drawn.upto]
    data = opened.data
    then = replay(events, data.file_codes, data.file_classes, data.twins_of)
    model = check.drawn.model
    reads_meaning = read_settings(then.settings).read_meaning
    X = opened.data.matrix(model, then.features if reads_meaning else "")
    fitted = _fit(opened, model, X, *then.all_labels())
    asked = np.asarray(check.drawn.rows, dtype=np.intp)
    if _guesses(fitted, X, asked) != check.drawn.guesses:
        raise ProjectError(
            "The model of this final check cannot be made again here: it was made by another "
            "version of the program. Start a new final check."
        )
    return _opinions(opened, fitted, X, check)


def _opinions(opened: Opened, fitted: Any, X: Matrix, check: DrawnCheck) -> pd.DataFrame:
    n = opened.data.n_rows
    now = opened.state.classes.now
    names = np.asarray([now(str(name), check.id) for name in fitted.classes_], dtype=object)
    best, sure = np.empty(n, dtype=object), np.empty(n)
    with one_thread():
        for start in range(0, n, _CHUNK):
            chances = class_probabilities(fitted, X[start : start + _CHUNK])
            best[start : start + _CHUNK] = names[chances.argmax(axis=1)]
            sure[start : start + _CHUNK] = chances.max(axis=1)
    return pd.DataFrame({"row": np.arange(n), "prediction": best, "confidence": sure})
