"""This library as a wheel, made from the files that run here: no network, no builder needed."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from importlib import import_module
from pathlib import Path

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
_ENDINGS = (".py", ".json", ".css", ".txt", ".typed")
_LEFT_OUT = ("tables/demo_sets/tickets.csv", "learning/demo/measured_runs.json")
"""What a model never reads and weighs most: texts to try the app with, and runs of its pictures."""
_HARDEST = 9  # the level of packing: a tenth of a second, once a download
# The earliest moment that a zip can hold: the same files give the same bytes.
_THEN = (1980, 1, 1, 0, 0, 0)
_ROOT = Path(__file__).resolve().parents[3]


def _version() -> str:
    """The library's version, asked late: its door imports this wing."""
    return str(import_module(NAME).__version__)


def wheel_name() -> str:
    """The file's name, as pip wants it."""
    return f"{NAME}-{_version()}-py3-none-any.whl"


def own_wheel() -> bytes:
    """The wheel's bytes; the same for the same files. All modules are in it, demo data is not."""
    files = {
        f"{NAME}/{path.relative_to(_ROOT).as_posix()}": path.read_bytes()
        for path in sorted(_ROOT.rglob("*"))
        if path.suffix in _ENDINGS
        and "__pycache__" not in path.parts
        and path.relative_to(_ROOT).as_posix() not in _LEFT_OUT
    }
    about = f"{NAME}-{_version()}.dist-info"
    files[f"{about}/METADATA"] = _metadata().encode()
    files[f"{about}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: al_core\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in files.items()]
    files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _THEN)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED, compresslevel=_HARDEST)
    return out.getvalue()


def _metadata() -> str:
    needs = "".join(f"Requires-Dist: {one}\n" for one in NEEDS)
    return (
        f"Metadata-Version: 2.1\nName: {NAME.replace('_', '-')}\nVersion: {_version()}\n"
        f"Summary: The library of the active-learning workbench\nLicense: MIT\n"
        f"Requires-Python: >=3.11\n{needs}"
    )


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
