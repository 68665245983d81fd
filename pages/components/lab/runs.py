"""Running a comparison as a job; what is done is kept on disk and in the session."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import streamlit as st

from al_core import UserError
from al_core.learning import (
    Comparison,
    Run,
    RunStore,
    compare,
    proposed_target,
    seconds_left,
    seconds_per_run,
)
from al_core.projects import projects_home
from pages.components.lab.data import LabData
from pages.components.lab.settings import Plan
from pages.components.shell import jobs, state

_JOB, _LAB, _RECALLED = "comparison", "_comparison", "_comparison_recalled"
# Seconds of work that stay in this process: workers take about 4 s to start (docs/benchmarks.md).
# Most workers: a choice, for each holds the data.
_SHORT, _MOST_WORKERS = 15.0, 8
_FOUND_WITHIN = 0.5  # runs that come so early were kept from before


@dataclass
class Lab:
    """The comparison of this session: its plan and the runs that are done so far.

    ``target``, in 100, is fixed before the first run; None: what random reaches in the end.
    ``target_number``: which of the targets tried on these runs it is; 0 until the last run is in.
    """

    data: LabData
    plan: Plan
    n_seeds: int
    target: int | None
    runs: list[Run] = field(default_factory=list)
    expected: float = 0.0
    n_workers: int = 1
    begun: float = field(default_factory=monotonic)
    last: float = field(default_factory=monotonic)
    fresh: int = 0
    target_number: int = 0
    _said: tuple[tuple[int, int], Comparison] | None = None

    @property
    def total(self) -> int:
        """How many runs it has in all; random is always one of the ways."""
        return (len(self.plan.strategies) + 1) * self.n_seeds

    def seconds_left(self) -> float | None:
        """From the pace when the last run came in, less the time since; runs that were kept from
        before tell no pace. None where it would have to be guessed."""
        kept = len(self.runs) - self.fresh
        since = monotonic() - self.last if self.fresh else 0.0
        now = self.last if self.fresh else monotonic()
        left = seconds_left(self.expected, now - self.begun, self.fresh, self.total - kept)
        return None if left is None or left <= since else left - since

    @property
    def rests(self) -> bool:
        """Whether its workers rest just now, for whoever answers rows meanwhile."""
        return self.n_workers > 1 and state.several_at_work()

    def fraction(self) -> float:
        """How much is done, for a bar that moves while the first runs are still being played."""
        done = len(self.runs) / self.total
        expected = (monotonic() - self.begun) / self.expected if self.expected else 0.0
        # A choice: never more than the next run or two ahead of what is done.
        return min(1.0, max(done, min(expected, done + 2 / self.total, 0.95)))

    def comparison(self) -> Comparison:
        """What the runs so far say."""
        runs = tuple(self.runs)
        known = len(runs), self.target_number
        if self._said is None or self._said[0] != known:
            ordered = sorted(
                runs, key=lambda run: (run.strategy != "random", run.strategy, run.seed)
            )
            goal = None if self.target is None else self.target / 100
            found = Comparison(
                tuple(ordered),
                self.plan.more.metric,
                goal,
                cancelled=len(runs) < self.total or not self.target_number,
                target_number=max(1, self.target_number),
            )
            self._said = known, found
        return self._said[1]


def current_lab() -> Lab | None:
    """The comparison that this session started last."""
    found: Lab | None = state.get(_LAB)
    return found


def running() -> jobs.Job | None:
    """Its job, while it runs."""
    found = jobs.job(_JOB)
    return found if found is not None and not found.done else None


def problem() -> str:
    """Why it could not run, in words; empty where it could."""
    found = jobs.job(_JOB)
    return str(found.error) if found is not None and found.error is not None else ""


def stop() -> None:
    """Stop after the runs that are being done; those that are done stay."""
    found = jobs.job(_JOB)
    if found is not None:
        found.cancel()


@st.cache_data(max_entries=50, show_spinner="Timing a few rounds")
def _seconds(name: tuple[str, str], n_rows: int, plan: Plan, _data: LabData) -> dict[str, float]:
    shared = plan.options()
    timed = ("n_initial", "budget", "batch_size", "test")
    return seconds_per_run(
        _data.matrix(plan.model),
        _data.labels,
        estimator=plan.estimator,
        strategies=plan.strategies,
        **{name: shared[name] for name in timed},
    )


def _named(data: LabData) -> tuple[str, str]:
    """What numbers were measured of, to be kept under."""
    return data.name, data.features


def estimate(data: LabData, plan: Plan, n_seeds: int) -> float | None:
    """Seconds that the comparison will take; None where it cannot be told."""
    try:
        one = sum(_seconds(_named(data), len(data.rows), plan, data).values())
    except UserError:
        return None
    return one * n_seeds / _workers(one * n_seeds)


def proposal(data: LabData, plan: Plan) -> int | None:
    """The target that is proposed for these settings; None where it cannot be told."""
    try:
        return _proposal(_named(data), len(data.rows), replace(plan, strategies=()), data)
    except (UserError, ValueError):  # what is wrong is said once a person asks for a run
        return None


@st.cache_data(max_entries=50, show_spinner="Trying random rows")
def _proposal(name: tuple[str, str], n_rows: int, plan: Plan, _data: LabData) -> int:
    shared = plan.options()
    return proposed_target(
        _data.matrix(plan.model),
        _data.labels,
        estimator=plan.estimator,
        **{name: shared[name] for name in ("budget", "test", "metric")},
    )


def _workers(seconds: float) -> int:
    """Worker processes: more than one pays where there is work for more than their start (4 s
    with the imports). Where there are cores to spare, one is left to the person."""
    cores = os.cpu_count() or 1
    return min(_MOST_WORKERS, max(2, cores - 1)) if seconds > _SHORT and cores > 1 else 1


def _store() -> RunStore:
    return RunStore(projects_home() / ".comparisons" / "runs.jsonl")


def recall(data: LabData, plan: Plan, n_seeds: int, target: int | None) -> bool:
    """Take up what is kept of these settings, once a session: a reload loses sight of nothing.

    Whether there was anything.
    """
    if state.get(_RECALLED) or current_lab() is not None:
        return False
    state.put(_RECALLED, True)
    store = _store()
    if not store.path.exists():
        return False
    lab = Lab(data, plan, n_seeds, target)
    try:
        kept = _compare(lab, on_round=lab.runs.append, store=store, only_kept=True)
    except UserError:  # what is wrong is said once a person asks for a run
        return False
    if lab.runs:
        lab.target_number = kept.target_number
        state.put(_LAB, lab)
    return bool(lab.runs)


def start(data: LabData, plan: Plan, n_seeds: int, target: int | None) -> None:
    """Start it; runs that were done before under the same settings are not done again."""
    expected = sum(_seconds(_named(data), len(data.rows), plan, data).values()) * n_seeds
    workers = _workers(expected)
    lab = Lab(data, plan, n_seeds, target, expected=expected / workers, n_workers=workers)
    store = _store()

    def work(progress: jobs.Progress, cancelled: jobs.Cancelled) -> Comparison:
        def on_round(run: Run) -> None:
            lab.runs.append(run)
            if monotonic() - lab.begun > _FOUND_WITHIN:
                lab.last, lab.fresh = monotonic(), lab.fresh + 1
            if not cancelled():
                progress(len(lab.runs) / lab.total, "")

        found = _compare(
            lab,
            n_jobs=workers,
            on_round=on_round,
            cancelled=cancelled,
            gives_way=state.several_at_work,
            store=store,
        )
        lab.target_number = found.target_number
        return found

    state.put(_LAB, lab)
    jobs.start_job(_JOB, work)


def _compare(lab: Lab, **more: Any) -> Comparison:
    data, plan = lab.data, lab.plan
    return compare(
        data.matrix(plan.model),
        data.labels,
        estimators={plan.model: plan.estimator},
        strategies=plan.strategies,
        seeds=lab.n_seeds,
        target=None if lab.target is None else lab.target / 100,
        **plan.options(),
        **more,
    )
