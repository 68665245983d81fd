"""The types that a model of ours may be made of, and where classes stood in earlier versions."""

from __future__ import annotations

import io
import zipfile

from al_core.tables import OWN_TYPES

FOREIGN = (
    "scipy.sparse._csr.csr_matrix",
    "sklearn.calibration._CalibratedClassifier",
    "sklearn.calibration._TemperatureScaling",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.metrics._dist_metrics.EuclideanDistance64",
    "sklearn.neighbors._ball_tree.BallTree",
    "sklearn.neighbors._kd_tree.KDTree",
    "sklearn.tree._tree.Tree",
)
"""What scikit-learn's models hold that skops does not know by itself; all hold numbers alone."""
TRUSTED = sorted({*OWN_TYPES, *FOREIGN})
_MOVED = {
    "al_core.tables.categories": "al_core.tables.features.categories",
    "al_core.tables.ngrams": "al_core.tables.features.ngrams",
    "al_core.tables.texts": "al_core.tables.features.texts",
    "al_core.tables.transformers": "al_core.tables.features.transformers",
}
"""Modules of our classes in models that earlier versions have saved, and where they are now."""
_SCHEMA = "schema.json"


def with_present_names(data: bytes) -> bytes:
    """A skops file in which our classes stand under their present modules."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        schema = old.read(_SCHEMA).decode()
        if not any(f'"{module}"' in schema for module in _MOVED):
            return data
        for before, now in _MOVED.items():
            schema = schema.replace(f'"{before}"', f'"{now}"')
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for member in old.infolist():
                content = schema.encode() if member.filename == _SCHEMA else old.read(member)
                new.writestr(member.filename, content)
    return out.getvalue()
