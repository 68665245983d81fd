"""What the same start and then random rows would have given."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from time import monotonic

import numpy as np

from al_core.learning import (
    Answered,
    Asking,
    Band,
    Baseline,
    Matrix,
    Oracle,
    Round,
    Rows,
    RowSets,
    RunSettings,
    check_baseline,
    label_grid,
    play,
)
from al_core.learning.records import text_labels
from al_core.progress import Progress
from al_core.projects.measuring.curve import Cancelled, Curve
from al_core.projects.measuring.kept import band_to_json, read_band, read_rounds, to_json
from al_core.projects.measuring.rehearsal import sample_size
from al_core.projects.opened import Opened
from al_core.projects.records import Measurement
from al_core.wording import count

# Choices. Runs of a rehearsal and splits of the check rows: the band against waiting. With fewer
# check rows random rows are not drawn, with fewer of an answer no curve: the range is too wide.
# Seconds between drawings.
SEEDS = 5
SPLITS = 20
DRAWN_FROM = 20
PER_CLASS = 3
_SHOW_EVERY = 0.4
_LIVE_NOTE = (
    "The same start, then random rows: measured by repeated splits within the check rows, "
    "so it ends at the first rows plus half the check rows."
)
_ORACLE_NOTE = (
    "The same model and first rows, played {n} times with random rows and {n} times with chosen "
    "ones. The line is the mean, the band reaches from the worst to the best run."
)


class _Stopped(Exception):
    """The person stopped a computation."""


class RandomBaseline:
    """Live by splits within the check rows, in a rehearsal by playing it."""

    def __init__(self, opened: Opened, curve: Curve) -> None:
        self._opened, self._curve = opened, curve
        self._baseline: Baseline | None = None
        self._baseline_at: tuple[object, ...] | None = None

    def baseline(
        self, on_progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Baseline:
        """What the same start and then random rows give; kept until labels come in.

        Live: repeated splits within the check rows (from 20 on). Rehearsal: five runs at random and
        five with the strategy, all from this project's first rows, on its test rows. Those runs are
        kept in the project's folder and only go on from there; ``measured`` shows what has come so
        far while they do.
        """

        def progress(done: float, what: str) -> None:
            if cancelled and cancelled():
                raise _Stopped
            if on_progress:
                on_progress(done, what)

        with self._opened.lock:
            self._opened.take_in()
            position = (
                *self._opened.position(),
                self._opened.settings.strategy,
                self._opened.settings.batch_size,
            )
            known = self._baseline
            if known is not None and self._baseline_at == position:
                return known
            ready = self._curve.n_first(self._opened.state.teach_order()) > 0
        if not ready:
            return Baseline(None, note="It starts once two different answers have been seen.")
        try:
            made = (
                self._oracle_baseline(progress)
                if self._opened.kind == "oracle"
                else self._live_baseline(progress)
            )
        except _Stopped:
            return known or Baseline(None, note="Stopped before it was measured.")
        self._baseline, self._baseline_at = made, position
        return made

    def _live_baseline(self, progress: Progress) -> Baseline:
        with self._opened.lock:
            taught = dict(zip(*self._opened.state.taught(), strict=True))
            check, truth = self._opened.state.checked()
            first, X = np.sort(self._curve.first_rows), self._opened.X
            labels = text_labels(taught[row] for row in first.tolist())
            round_key = self._curve.round_key(first, labels, check, truth)
        if len(check) < DRAWN_FROM:
            return Baseline(None, note=f"It is measured from {DRAWN_FROM} check rows on.")
        key = self._curve.kept_key(round_key, X)
        kept = [read_band(value) for value in self._curve.kept.values(key)]
        if kept and kept[0] is not None:
            return Baseline(kept[0], note=_LIVE_NOTE)
        band = check_baseline(
            Answered(X[first], labels),
            Answered(X[check], truth),
            estimator=self._opened.estimator,
            metric=self._opened.metric,
            classes=self._opened.classes,
            seeds=range(self._opened.seed, self._opened.seed + SPLITS),
            grid=label_grid(len(first), len(first) + len(check) // 2),
            on_progress=lambda done, _: progress(done, "random rows"),
        )
        self._curve.kept.add(key, band_to_json(band))
        return Baseline(band, note=_LIVE_NOTE)

    def _oracle_baseline(self, progress: Progress) -> Baseline:
        with self._opened.lock:
            first, last = self._curve.first_rows, self._opened.state.n_teach()
            names = ("random", self._opened.settings.strategy)
            X = self._opened.X
        keys = {name: self._run_keys(name, first, X) for name in names}
        runs = {name: [self._run_so_far(key, last) for key in keys[name]] for name in names}
        # Both sides of a repeat after one another, so that what is drawn meanwhile is a fair pair.
        jobs = [(k, name) for k in range(SEEDS) for name in runs]
        shown = monotonic()
        for done, (k, name) in enumerate(jobs):
            for played in self._run_on(
                keys[name][k], runs[name][k], name, self._opened.seed + k, first, last, X
            ):
                what = f"repeat {k + 1} of {SEEDS}, {played.n_labels} of {last} rows"
                progress((done + played.n_labels / last) / len(jobs), what)
                if monotonic() - shown > _SHOW_EVERY:
                    self._show_so_far(_baseline(runs, names[1], partial=True))
                    shown = monotonic()
        return _baseline(runs, names[1], partial=False)

    def _show_so_far(self, partial: Baseline) -> None:
        """For the chart, which fills in while it is measured."""
        self._baseline, self._baseline_at = partial, None

    def _run_keys(self, strategy: str, first: Rows, X: Matrix) -> list[str]:
        """The names under which the runs of a strategy are kept, one a repeat."""
        digest = blake2b(first.astype(np.int64).tobytes(), digest_size=16)
        digest.update(self._opened.test_rows.astype(np.int64).tobytes())
        digest.update("\n".join(self._opened.file_names().tolist()).encode())
        settings = (
            self._opened.model_name,
            self._opened.metric,
            self._opened.seed,
            self._opened.settings.batch_size,
        )
        parts = (
            strategy,
            sample_size(self._opened, strategy),
            *settings,
            sorted(self._opened.classes),
        )
        digest.update(repr(parts).encode())
        return [self._curve.kept_key(digest.digest() + bytes([k]), X) for k in range(SEEDS)]

    def _run_so_far(self, key: str, last: int) -> list[Round]:
        """What is kept of a run, up to ``last`` labels."""
        kept = read_rounds(self._curve.kept.values(key), len(self._opened.test_rows))
        return [played for played in kept if played.n_labels <= last]

    def _run_on(
        self,
        key: str,
        so_far: list[Round],
        strategy: str,
        seed: int,
        first: Rows,
        last: int,
        X: Matrix,
    ) -> Iterator[Round]:
        """Play a run on from where it stopped, into ``so_far``; what came new is kept at the end,
        also where the person stops it."""
        known = len(so_far)
        opened = self._opened
        settings = RunSettings(
            opened.estimator,
            Asking(strategy, seed, sample=sample_size(opened, strategy)),
            opened.metric,
            opened.settings.batch_size,
            budget=last,
            grid=run_grid(len(first), last),
            intervals=False,
        )
        before = np.concatenate([r.rows for r in so_far]) if so_far else first
        oracle = Oracle(opened.file_names(), classes=opened.classes)
        game = play(X, oracle, RowSets(before, opened.test_rows), settings)
        try:
            for number, played in enumerate(
                game if not known or so_far[-1].n_labels < last else ()
            ):
                if number or not known:
                    so_far.append(played)
                yield played
        finally:
            if len(so_far) > known:
                self._curve.kept.add(key, to_json(so_far[known:]))

    def measured(self) -> Measurement:
        """The last computed curve and baseline, and whether labels came in since."""
        with self._opened.lock:
            rounds = self._curve.measured
            stale = self._curve.measured_at != self._opened.position()
            sentence = self._not_drawable()
            return Measurement(rounds, self._baseline, stale, sentence == "", sentence)

    def _not_drawable(self) -> str:
        rows, truth = self._opened.tested_on()
        first = self._opened.settings.check_first
        if self._opened.kind == "live" and len(rows) < min(
            first, len(self._opened.state.counted_checks())
        ):
            to_go = min(first, len(self._opened.state.counted_checks())) - len(rows)
            return (
                f"The curve is drawn after {count(len(rows) + to_go, 'check row')}: {to_go} to go."
            )
        if self._opened.kind == "live" and not len(rows):
            return "No check rows are kept, so there is no curve."
        rare = [name for name in self._opened.classes if (truth == name).sum() < PER_CLASS]
        if self._opened.metric != "accuracy" and rare:
            return (
                f"Too rare among the check rows to be measured: {', '.join(rare)} "
                f"(fewer than {PER_CLASS} seen)."
            )
        return ""


def run_grid(first: int, last: int) -> list[int]:
    """Where runs are scored: densely at first; the same points however far the runs go.

    >>> run_grid(2, 8), run_grid(2, 100)[-3:]
    ([2, 3, 4, 5, 6, 7, 8], [96, 98, 100])
    """
    grid, n = [], first
    while n <= last:
        grid.append(n)
        done = n - first
        # A choice: a curve bends early; later points cost the same and show less.
        n += 1 if done < 30 else 2 if done < 100 else 5 if done < 300 else 20
    return grid


def _baseline(runs: dict[str, list[list[Round]]], chosen: str, *, partial: bool) -> Baseline:
    active, random = _band("chosen by the app", runs[chosen]), _band("random rows", runs["random"])
    copies = {name: [list(run) for run in each] for name, each in runs.items()}
    return Baseline(random, active, copies, _ORACLE_NOTE.format(n=SEEDS), partial)


def _band(name: str, runs: list[list[Round]]) -> Band | None:
    """Mean, worst and best of the runs that have come so far; at points that all those were scored
    at. None before the first score."""
    scores = [{r.n_labels: r.score for r in run} for run in runs if run]
    points, values = list[int](), list[list[float]]()
    for n in sorted(set().union(*scores)):
        there = [run for run in scores if max(run) >= n]
        if all(n in run for run in there):
            points.append(n)
            values.append([run[n] for run in there])
    if not points:
        return None
    return Band(
        name,
        np.asarray(points, dtype=np.int64),
        np.array([np.mean(at) for at in values]),
        np.array([min(at) for at in values]),
        np.array([max(at) for at in values]),
        len(scores),
    )
