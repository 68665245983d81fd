"""The model to take away: skops and JSON in a zip; nothing in it is a pickle."""

from __future__ import annotations

import io
import json
import platform
import zipfile
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

import numpy as np
from sklearn.pipeline import FeatureUnion, Pipeline

from al_core.errors import NotFittedError
from al_core.learning import get_model
from al_core.projects.opened import Opened
from al_core.projects.records import Summary
from al_core.tables import Encoded
from al_core.tables.features.meaning.encoder import PACKAGE, VERSION
from al_core.tables.features.meaning.texts import TextMeaning

MODEL_FILE = "model.skops"
ABOUT_FILE = "about.json"
README_FILE = "README.txt"
_PACKAGES = ("scikit-learn", "skops", "numpy", "pandas")
_README = """\
model.skops holds a scikit-learn Pipeline: the encoding of the columns and the model.
about.json says which columns it reads, which answers it gives, and the versions it was made with.

    import skops.io
    unknown = skops.io.get_untrusted_types(file="model.skops")
    print(unknown)            # read this list before you trust it
    model = skops.io.load("model.skops", trusted=unknown)
    model.predict(frame)      # a pandas frame with the columns of about.json

It needs this program's package al_core, and what about.json lists under "needs": where a model
reads what texts mean, that is the package with which it was taught to.

The model learned from all labels, check rows included. The score in about.json was measured before
that, on check rows that the measured model had not seen.
"""


def model_zip(opened: Opened, now: Summary, model: Any) -> bytes:
    """The final model as bytes of a zip file; NotFittedError where it is None."""
    import skops.io  # only here: it would take a quarter of the app's start

    if model is None:
        raise NotFittedError(
            "There is no model yet: it needs labels of at least two answers. Label more rows."
        )
    encoded = opened.data.encoded(get_model(opened.model_name).dense)
    plain = model.as_plain() if hasattr(model, "as_plain") else model
    encoding = _encoding(opened, encoded, model)
    pipeline = Pipeline([("encode", encoding), ("model", plain)])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MODEL_FILE, skops.io.dumps(pipeline))
        about = _about(opened, now, encoding is not encoded.transformer)
        archive.writestr(ABOUT_FILE, json.dumps(about, ensure_ascii=False, indent=2))
        archive.writestr(README_FILE, _README)
    return out.getvalue()


def _encoding(opened: Opened, encoded: Encoded, model: Any) -> Any:
    """What turns columns into numbers for this very model: letters, and the meaning it has read."""
    meaning = opened.data.meaning
    if meaning is None or model.n_features_in_ == encoded.X.shape[1]:
        return encoded.transformer
    sparse = not isinstance(encoded.X, np.ndarray)
    reads = TextMeaning(opened.data.text_columns, meaning.space, sparse)
    return FeatureUnion([("columns", encoded.transformer), ("meaning", reads)])


def _about(opened: Opened, now: Summary, reads_meaning: bool) -> dict[str, object]:
    score = now.score
    return {
        "project": opened.state.name,
        "question": opened.settings.question,
        "answers": opened.classes,
        "model": opened.model_name,
        "columns": {k: asdict(role) for k, role in opened.data.roles.items()},
        "labels": now.counts.labelled,
        "score": {
            "metric": score.metric,
            "value": score.score,
            "low": score.low,
            "high": score.high,
            "check_rows": score.n_check,
            "sentence": score.sentence,
        },
        "seed": opened.seed,
        "needs": [f"{PACKAGE}=={VERSION}"] if reads_meaning else [],
        "versions": {"python": platform.python_version(), **{p: version(p) for p in _PACKAGES}},
    }
