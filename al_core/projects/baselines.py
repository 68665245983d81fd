"""What the same start and then random rows would have given."""

from __future__ import annotations

import numpy as np

from al_core.learning import Band, Baseline, Round, check_baseline, label_grid, play
from al_core.projects.oracle import Oracle
from al_core.projects.rounds import Cancelled, Progress

SEEDS = 5
SPLITS = 20
DRAWN_FROM = 20
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


class Baselines(Oracle):
    """baseline, live and in a rehearsal."""

    def baseline(
        self, on_progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Baseline:
        """What the same start and then random rows give; kept until labels come in.

        Live: repeated splits within the check rows (from 20 on). Rehearsal: five runs at random and
        five with the strategy, all from this project's first rows, on its test rows.
        """

        def progress(done: float, what: str) -> None:
            if cancelled and cancelled():
                raise _Stopped
            if on_progress:
                on_progress(done, what)

        with self._lock:
            self._take_in()
            position = (*self._position(), self.settings.strategy, self.settings.batch_size)
            known = self._baseline
            if known is not None and self._baseline_at == position:
                return known
            ready = self._n_first(self._state.teach_order()) > 0
        if not ready:
            return Baseline(None, note="It starts once two different answers have been seen.")
        try:
            made = (
                self._oracle_baseline(progress)
                if self.kind == "oracle"
                else self._live_baseline(progress)
            )
        except _Stopped:
            return known or Baseline(None, note="Stopped before it was measured.")
        self._baseline, self._baseline_at = made, position
        return made

    def _live_baseline(self, progress: Progress) -> Baseline:
        with self._lock:
            taught = dict(zip(*self._state.taught(), strict=True))
            check, truth = self._state.checked()
            first = np.sort(self.first_rows)
        if len(check) < DRAWN_FROM:
            return Baseline(None, note=f"It is measured from {DRAWN_FROM} check rows on.")
        band = check_baseline(
            self.X[first],
            np.asarray([taught[row] for row in first.tolist()]),
            self.X[check],
            truth,
            estimator=self.estimator,
            metric=self.metric,
            seeds=range(self.seed, self.seed + SPLITS),
            grid=label_grid(len(first), len(first) + len(check) // 2),
            on_progress=progress,
        )
        return Baseline(band, note=_LIVE_NOTE)

    def _oracle_baseline(self, progress: Progress) -> Baseline:
        with self._lock:
            first, last = self.first_rows, self._state.n_teach()
            names = ["random", self.settings.strategy]
        runs: dict[str, list[list[Round]]] = {name: [] for name in names}
        jobs = [(name, self.seed + k) for name in runs for k in range(SEEDS)]
        for done, (name, seed) in enumerate(jobs):
            progress(done / len(jobs), f"run {done + 1} of {len(jobs)}")
            runs[name].append(self._run(name, seed, first, last, progress, done / len(jobs)))
        active = _band("chosen by the app", runs[names[1]])
        random = _band("random rows", runs["random"])
        return Baseline(random, active, runs, _ORACLE_NOTE.format(n=SEEDS))

    def _run(
        self,
        strategy: str,
        seed: int,
        first: np.ndarray,
        last: int,
        progress: Progress,
        done: float,
    ) -> list[Round]:
        """One run of the rehearsal, going on from where it stopped when labels were fewer."""
        known = self._runs
        key = (strategy, seed, first.tobytes(), self.settings.batch_size, *self._position()[2:])
        so_far = [r for r in known.get(key, []) if r.n_labels <= last]
        rows = np.concatenate([r.rows for r in so_far]) if so_far else first
        game = play(
            self.X,
            self._file_names(),
            rows,
            self.test_rows,
            estimator=self.estimator,
            strategy=strategy,
            metric=self.metric,
            seed=seed,
            batch_size=self.settings.batch_size,
            budget=last,
            sample=self._sample(strategy),
            grid=run_grid(len(first), last),
            intervals=False,
        )
        for number, played in enumerate(game):
            progress(done, f"{played.n_labels} labels")
            if number or not so_far:
                so_far.append(played)
        known[key] = so_far
        return so_far


def run_grid(first: int, last: int) -> list[int]:
    """Where runs are scored: densely at first; the same points however far the runs go.

    >>> run_grid(2, 8), run_grid(2, 100)[-3:]
    ([2, 3, 4, 5, 6, 7, 8], [96, 98, 100])
    """
    grid, n = [], first
    while n <= last:
        grid.append(n)
        done = n - first
        n += 1 if done < 30 else 2 if done < 100 else 5 if done < 300 else 20
    return grid


def _band(name: str, runs: list[list[Round]]) -> Band:
    """Mean, worst and best of the runs where all of them were scored."""
    common = sorted(set.intersection(*({r.n_labels for r in run} for run in runs)))
    scores = np.array([[r.score for r in run if r.n_labels in set(common)] for run in runs])
    return Band(
        name,
        np.asarray(common, dtype=np.int64),
        scores.mean(axis=0),
        scores.min(axis=0),
        scores.max(axis=0),
        len(runs),
    )
