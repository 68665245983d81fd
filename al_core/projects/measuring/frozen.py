"""The model that a final check has frozen: all labels up to an event, fitted again when needed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from al_core.errors import ProjectError
from al_core.learning import Fitter, Rows, class_probabilities, fit_model, get_model
from al_core.learning.models.threads import one_thread
from al_core.projects.opened import Labels, Opened
from al_core.projects.replay.final_checks import DrawnCheck
from al_core.projects.replay.state import replay

# Rows whose probabilities are held at once; a choice, which trades calls against memory.
_CHUNK = 20_000


def fit_frozen(opened: Opened, model: str, rows: Rows, labels: Labels) -> Any:
    """The named model fitted on these labels, seeded as every model of the project is."""
    estimator = Fitter(get_model(model).make(), opened.seed).template
    return fit_model(estimator, opened.data.matrix(model)[rows], labels, opened.seed)


def guesses_of(opened: Opened, fitted: Any, model: str, rows: Rows) -> list[str]:
    """What it answers for these rows."""
    with one_thread():
        return [str(name) for name in fitted.predict(opened.data.matrix(model)[rows])]


def frozen_guesses(opened: Opened, check: DrawnCheck) -> pd.DataFrame:
    """The frozen model's opinion of every row: row, prediction, confidence (0 to 1).

    Fitted from the journal as it stood then. ProjectError where it does not say of the check's own
    rows what it said at the start: what was shown of that model is not shown of another.
    """
    with opened.lock:
        events = [one for one in opened.journal.read_after(0) if one.id <= check.drawn.upto]
    then = replay(events, opened.data.file_codes, opened.data.file_classes)
    model = check.drawn.model
    fitted = fit_frozen(opened, model, *then.all_labels())
    asked = np.asarray(check.drawn.rows, dtype=np.intp)
    if guesses_of(opened, fitted, model, asked) != check.drawn.guesses:
        raise ProjectError(
            "The model of this final check cannot be made again here: it was made by another "
            "version of the program. Start a new final check."
        )
    return _opinions(opened, fitted, check)


def _opinions(opened: Opened, fitted: Any, check: DrawnCheck) -> pd.DataFrame:
    X, n = opened.data.matrix(check.drawn.model), opened.data.n_rows
    now = opened.state.classes.now
    names = np.asarray([now(str(name), check.id) for name in fitted.classes_], dtype=object)
    best, sure = np.empty(n, dtype=object), np.empty(n)
    with one_thread():
        for start in range(0, n, _CHUNK):
            chances = class_probabilities(fitted, X[start : start + _CHUNK])
            best[start : start + _CHUNK] = names[chances.argmax(axis=1)]
            sure[start : start + _CHUNK] = chances.max(axis=1)
    return pd.DataFrame({"row": np.arange(n), "prediction": best, "confidence": sure})
