"""Where the shared test data lies; a test that needs it skips where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data(name: str) -> Path:
    """The path of a shared file; skips the calling test where the folder is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs the shared data file {name}, which is not on this machine")
    return path
