"""A real cluster of two worker processes on this machine: same numbers, and none lost."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import StandardScaler

from al_core.errors import SettingsError
from al_core.learning import Run, compare

dask = pytest.importorskip("dask", reason="needs requirements-dask.txt")
distributed = pytest.importorskip("distributed", reason="needs requirements-dask.txt")

X, Y = load_breast_cancer(return_X_y=True)


@pytest.fixture(scope="module")
def plain_main() -> Iterator[None]:
    """A worker process imports the main module again; a page test may have left a page there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield


@pytest.fixture(scope="module")
def cluster(plain_main: None) -> Iterator[Any]:
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options, processes=True) as running:
        yield running


def lab(**more: Any) -> Any:
    options: dict[str, Any] = {
        "estimators": {"naive Bayes": GaussianNB()},
        "strategies": ["margin"],
        "seeds": 4,
        "budget": 50,
    }
    return compare(X, Y, **options | more)


def test_a_cluster_gives_the_numbers_of_this_process(cluster: Any) -> None:
    finished: list[Run] = []
    far = lab(dask_scheduler=cluster.scheduler_address, on_round=finished.append)
    assert far.rounds.equals(lab().rounds)
    assert len(finished) == 8


def test_a_lost_worker_costs_no_run(cluster: Any) -> None:
    finished: list[Run] = []

    def lose_a_worker(run: Run) -> None:
        finished.append(run)
        if len(finished) == 2:
            next(iter(cluster.workers.values())).process.process.kill()

    survived = lab(seeds=6, dask_scheduler=cluster.scheduler_address, on_round=lose_a_worker)
    assert survived.rounds.equals(lab(seeds=6).rounds)
    assert len(finished) == 12


def test_a_scheduler_that_does_not_answer_is_told() -> None:
    quick = dask.config.set({"distributed.comm.timeouts.connect": "2s"})
    with (
        quick,
        pytest.raises(SettingsError, match="No Dask scheduler answers at"),
    ):
        lab(dask_scheduler="tcp://127.0.0.1:9")


# joblib warns that the runs that were begun are cancelled, which is what was asked for.
@pytest.mark.filterwarnings("ignore:.*tasks which were still being processed:UserWarning")
def test_cancelling_keeps_what_is_done(cluster: Any) -> None:
    finished: list[Run] = []
    stopped = lab(
        seeds=30,
        dask_scheduler=cluster.scheduler_address,
        on_round=finished.append,
        cancelled=lambda: len(finished) >= 3,
    )
    assert stopped.cancelled
    assert np.isin([run.key for run in stopped.runs], [run.key for run in finished]).all()


def test_the_example_of_the_docs_runs_on_this_cluster(cluster: Any) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "dask.md").read_text("utf-8")
    (example,) = re.findall(r"```py\n(.*?)```", text, flags=re.DOTALL)
    assert example.count("tcp://SCHEDULER:8786") == 1
    assert example.count("seeds=100") == 1
    # The cluster of this test, and fewer repeats: the rest is run as it stands.
    example = example.replace("tcp://SCHEDULER:8786", cluster.scheduler_address)
    rows = np.r_[:40, 520:569]
    names: dict[str, Any] = {"X": StandardScaler().fit_transform(X[rows]), "y": Y[rows]}
    exec(compile(example.replace("seeds=100", "seeds=2"), "docs/dask.md", "exec"), names)
    comparison = names["comparison"]
    assert not comparison.errors
    assert [run.key[1:] for run in comparison.runs] == [
        ("random", 0),
        ("random", 1),
        ("margin", 0),
        ("margin", 1),
    ]
