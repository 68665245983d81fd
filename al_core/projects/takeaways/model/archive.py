"""The model to take away: a zip that works in an empty environment; nothing in it is a pickle."""

from __future__ import annotations

import io
import json
import platform
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.pipeline import FeatureUnion, Pipeline

from al_core.errors import NotFittedError
from al_core.learning import get_model
from al_core.learning.models.sureness import Sureness
from al_core.projects.measuring.checks.records import FinalCheck
from al_core.projects.opened import Opened
from al_core.projects.records import Summary
from al_core.projects.takeaways.model.card import model_card, readme
from al_core.projects.takeaways.model.taken import ABOUT_FILE, MODEL_FILE, TakenModel
from al_core.projects.takeaways.model.trusted import TRUSTED
from al_core.projects.takeaways.model.wheel import own_wheel, wheel_name
from al_core.tables import Encoded
from al_core.tables.features.another_file import columns_as_learned
from al_core.tables.features.meaning.encoder import PACKAGE, VERSION
from al_core.tables.features.meaning.texts import TextMeaning

README_FILE, CARD_FILE, PREDICT_FILE = "README.txt", "card.md", "predict.py"
REQUIREMENTS_FILE = "requirements.txt"
OLDEST_PYTHON = "3.11"
_PACKAGES = ("scikit-learn", "skops", "numpy", "pandas")
_EXACT = ("scikit-learn", "skops")
"""A saved model is only promised to load with the versions that saved it."""


def taken_model(opened: Opened, model: Any, sureness: Sureness) -> TakenModel:
    """The final model as it is taken away; NotFittedError where it is None."""
    if model is None:
        raise NotFittedError(
            "There is no model yet: it needs labels of at least two answers. Label more rows."
        )
    encoded = opened.data.encoded(get_model(opened.model_name).dense)
    plain = model.as_plain() if hasattr(model, "as_plain") else model
    pipeline = Pipeline([("encode", _encoding(opened, encoded, model)), ("model", plain)])
    table = opened.data.table
    columns = columns_as_learned(table, opened.data.roles)
    return TakenModel(pipeline, columns, table.dialect.decimal, sureness)


def model_zip(
    opened: Opened, now: Summary, taken: TakenModel, checks: Sequence[FinalCheck] = ()
) -> bytes:
    """Model, wheel, program, card and versions as bytes of a zip file."""
    import skops.io  # only here: it would take a quarter of the app's start

    needs = [f"{PACKAGE}=={VERSION}"] if _reads_meaning(taken) else []
    parts: dict[str, str | bytes] = {
        MODEL_FILE: skops.io.dumps(taken.pipeline),
        ABOUT_FILE: json.dumps(_about(opened, now, taken, needs), ensure_ascii=False, indent=2),
        README_FILE: readme(OLDEST_PYTHON, needs),
        CARD_FILE: model_card(opened, now, taken.columns, list(checks)),
        PREDICT_FILE: predict_program(),
        REQUIREMENTS_FILE: "\n".join([f"./{wheel_name()}", *_exact_versions(), *needs, ""]),
        wheel_name(): own_wheel(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def predict_program() -> str:
    """``predict.py``, with the list of types that it trusts."""
    names = "\n".join(f'    "{name}",' for name in TRUSTED)
    text = Path(__file__).with_name("predict.txt").read_text(encoding="utf-8")
    return text.format(trusted=names)


def _exact_versions() -> list[str]:
    return [f"{package}=={version(package)}" for package in _EXACT]


def _reads_meaning(taken: TakenModel) -> bool:
    return isinstance(taken.pipeline.steps[0][1], FeatureUnion)


def _encoding(opened: Opened, encoded: Encoded, model: Any) -> Any:
    """What turns columns into numbers for this very model: letters, and the meaning it has read."""
    meaning = opened.data.meaning
    if meaning is None or model.n_features_in_ == encoded.X.shape[1]:
        return encoded.transformer
    sparse = not isinstance(encoded.X, np.ndarray)
    reads = TextMeaning(opened.data.text_columns, meaning.space, sparse)
    return FeatureUnion([("columns", encoded.transformer), ("meaning", reads)])


def _about(opened: Opened, now: Summary, taken: TakenModel, needs: list[str]) -> dict[str, object]:
    score = now.score
    return {
        "project": opened.state.name,
        "question": opened.settings.question,
        "answers": opened.classes,
        "model": opened.model_name,
        "columns": {k: asdict(role) for k, role in opened.data.roles.items()},
        "learned": {name: asdict(column) for name, column in taken.columns.items()},
        "decimal": taken.decimal,
        "sureness": asdict(taken.sureness),
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
        "needs": needs,
        "versions": {"python": platform.python_version(), **{p: version(p) for p in _PACKAGES}},
    }
