"""This library as a wheel, made from the files that run here: no network, no builder needed."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from pathlib import Path

import al_core

NAME = "al_core"
NEEDS = (
    "pandas>=3.0,<4",
    "scikit-learn>=1.8,<2",
    "numpy>=2.1,<3",
    "pyarrow>=20",
    "joblib>=1.4",
    "threadpoolctl>=3.5",
    "chardet>=7.7,<8",
    "platformdirs>=4.3",
    "openpyxl>=3.1.5",
    "skops>=0.13",
)
"""What reading a table and guessing need; the app's own list (pyproject.toml) has more."""
_ENDINGS = (".py", ".json", ".csv", ".css", ".txt", ".typed")
# The earliest moment that a zip can hold: the same files give the same bytes.
_THEN = (1980, 1, 1, 0, 0, 0)


def wheel_name() -> str:
    """The file's name, as pip wants it."""
    return f"{NAME}-{al_core.__version__}-py3-none-any.whl"


def own_wheel() -> bytes:
    """The wheel's bytes; the same for the same files."""
    root = Path(al_core.__file__).parent
    files = {
        f"{NAME}/{path.relative_to(root).as_posix()}": path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.suffix in _ENDINGS and "__pycache__" not in path.parts
    }
    about = f"{NAME}-{al_core.__version__}.dist-info"
    files[f"{about}/METADATA"] = _metadata().encode()
    files[f"{about}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: al_core\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in files.items()]
    files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _THEN), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _metadata() -> str:
    needs = "".join(f"Requires-Dist: {one}\n" for one in NEEDS)
    return (
        f"Metadata-Version: 2.1\nName: {NAME.replace('_', '-')}\nVersion: {al_core.__version__}\n"
        f"Summary: The library of the active-learning workbench\nLicense: MIT\n"
        f"Requires-Python: >=3.11\n{needs}"
    )


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
