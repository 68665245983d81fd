"""The command ``al-workbench``: starts the app that is installed beside this library.

It hands over to Streamlit by its module name: the library itself never imports it.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]
_PLACES = (_HERE / "al_workbench" / "app.py", _HERE / "app.py")
"""In an installation, and in a checkout or an editable installation."""


def app_file() -> Path:
    """Where the app's first file is; FileNotFoundError where only the library was copied."""
    for place in _PLACES:
        if place.is_file():
            return place
    raise FileNotFoundError(
        f"The app is neither at {_PLACES[0]} nor at {_PLACES[1]}. Install the whole package: "
        "pip install al-workbench."
    )


def main() -> None:
    """Start the app; what follows the command is passed on to ``streamlit run``."""
    sys.argv = ["streamlit", "run", str(app_file()), *sys.argv[1:]]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
