"""The short run of every fault: nothing acknowledged is lost in silence, nothing is changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need processes that fork")
def test_no_fault_loses_an_acknowledged_answer_in_silence_or_changes_one() -> None:
    run = [sys.executable, "-m", "benchmarks.faults", "--short", "--json"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(outcomes) == 16
    wrong = [one for one in outcomes if one["lost"] or one["changed"] or one["raw"]]
    assert wrong == []
    assert all(one["tried"] for one in outcomes)
    killed = [one for one in outcomes if one["fault"].startswith("killed")]
    assert all(one["whole"] + one["told"] == one["tried"] for one in killed)
