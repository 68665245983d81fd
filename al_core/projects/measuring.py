"""How good the model is, said honestly, and what random rows would have given."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning import (
    Advice,
    Metric,
    Round,
    advise,
    get_metric,
)
from al_core.learning.metrics import confusion
from al_core.projects.baselines import DRAWN_FROM, Baselines
from al_core.projects.records import Freshness, Measurement, ScoreNow
from al_core.projects.rounds import Labels
from al_core.projects.words import count, in_100

PER_CLASS = 3
RARE = 0.2


class Measuring(Baselines):
    """score, freshness, advice, measured, propose_metric."""

    def score(self) -> ScoreNow:
        """The current model's score on the check rows answered in order; nothing is computed anew
        but a count over at most 2,000 opinions."""
        with self._lock:
            rows, truth = self._tested_on()
            length, _, unanswered = self._state.prefix()
            passed = self._state.check_rows[:length].tolist()
            trained = self._trainer.current
            key = (id(trained), self._position())
            if self._score_now is not None and self._score_key == key:
                return self._score_now
            n_check, oracle = len(rows), self.kind == "oracle"
            unanswered = 0 if oracle else unanswered
            to_go = 0 if oracle else max(0, self.counts().check_target - n_check)
            metric = get_metric(self.metric)
            if trained is None or n_check == 0 or to_go > 0:
                sentence = self._no_score(to_go, n_check)
                now = ScoreNow(None, None, None, n_check, unanswered, sentence, False, to_go,
                               metric=metric.name)  # fmt: skip
            else:
                answered = set(rows.tolist())
                open_rows = [] if oracle else [r for r in passed if r not in answered]
                predicted = np.asarray([trained.opinions[row] for row in rows.tolist()])
                open_opinions = [trained.opinions[row] for row in open_rows]
                now = score_now(metric, truth, predicted, open_opinions, self.classes)
            self._score_now, self._score_key = now, key
            return now

    def _no_score(self, to_go: int, n_check: int) -> str:
        if len(self._state.check_rows) == 0:
            return "No check rows are kept, so there is no score."
        if to_go:
            target = self.counts().check_target
            return f"First score after {count(target, 'check row', 'check rows')}: {to_go} to go."
        if self._state.n_classes_taught() >= 2:
            return "Measuring how often the app is right."
        return "The first score comes once two different answers have been learned."

    def freshness(self) -> Freshness:
        """How many labels the current model knows; cheap."""
        with self._lock:
            trained, labels = self._trainer.current, self._state.n_teach()
            known = trained.n_labels if trained else 0
            fresh = trained is not None and trained.key == self._training_key()
            behind = 0 if fresh else max(1, abs(labels - known)) if labels else 0
            sentence = self._trainer.problem or _fresh_sentence(known, labels, behind)
            changed = trained.changed if trained else None
            return Freshness(
                known, labels, behind, changed, sentence, self._trainer.busy, self._trainer.swaps
            )

    def advice(self) -> Advice:
        """Whether more labels are likely to pay, from what was last measured; cheap.

        Judged by the computed curve where it is up to date, else by the models that came in since
        this opener began, all scored on the check rows answered by now.
        """
        with self._lock:
            key = (self._trainer.swaps, self._position(), self._measured_at, self._left() == 0)
            if self._advice is None or self._advice[0] != key:
                fresh = self._measured_at == self._position()
                rounds = self._measured_rounds if fresh else self._past_rounds()
                changes = list(self._trainer.changes)
                self._advice = key, advise(rounds, changes, n_left=self._left())
            return self._advice[1]

    def _past_rounds(self) -> list[Round]:
        """The models of this opener as rounds, one a number of labels."""
        rows, truth = self._tested_on()
        if len(rows) == 0:
            return []
        place = {row: at for at, row in enumerate(self._state.check_rows.tolist())}
        at = np.asarray([place[row] for row in rows.tolist()])
        metric, nothing = get_metric(self.metric), np.empty(0, dtype=np.intp)
        rounds = []
        for n, past in sorted(self._trainer.past.items()):
            if n <= self._state.n_teach():
                score = metric.score(truth, past.names[past.codes[at]])
                rounds.append(Round(n, score, nothing, np.nan, np.nan, len(rows), 0.0))
        return rounds

    def measured(self) -> Measurement:
        """The last computed curve and baseline, and whether labels came in since."""
        with self._lock:
            rounds = self._measured_rounds
            stale = self._measured_at != self._position()
            sentence = self._not_drawable()
            return Measurement(rounds, self._baseline, stale, sentence == "", sentence)

    def _not_drawable(self) -> str:
        rows, truth = self._tested_on()
        if self.kind == "live" and len(rows) < DRAWN_FROM:
            to_go = DRAWN_FROM - len(rows)
            return f"The curve is drawn after {DRAWN_FROM} check rows: {to_go} to go."
        rare = [name for name in self.classes if (truth == name).sum() < PER_CLASS]
        if self.metric != "accuracy" and rare:
            return (
                f"Too rare among the check rows to be measured: {', '.join(rare)} "
                f"(fewer than {PER_CLASS} seen)."
            )
        return ""

    def propose_metric(self) -> str | None:
        """Propose "balanced_accuracy" where the rarest answer has under 20 % of the check rows.

        None before 20 check rows are answered, and where a metric was chosen already.
        """
        if self._settings.metric != "auto":
            return None
        with self._lock:
            rows, truth = self._tested_on()
            if len(rows) < DRAWN_FROM:
                return None
            used = [name for name in self.classes if self._state.rows.in_use(name)]
            shares = [float((truth == name).mean()) for name in {*used, *truth.tolist()}]
            return "balanced_accuracy" if min(shares) < RARE else None

    def mixups(self) -> tuple[NDArray[np.int64], list[str]] | None:
        """Which answers the current model mixes up, on the check rows that score it.

        Counts (k, k): the true answer down, the model's guess across, in the order of the names
        given beside them. None before there is a score.
        """
        with self._lock:
            rows, truth = self._tested_on()
            trained = self._trainer.current
            if trained is None or not len(rows):
                return None
            guessed = np.asarray([trained.opinions[row] for row in rows.tolist()], dtype=np.str_)
            names = sorted({*self.classes, *truth.tolist(), *guessed.tolist()})
        return confusion(truth, guessed, np.asarray(names)), names


def score_now(
    metric: Metric, truth: Labels, predicted: Labels, unanswered: list[str], classes: list[str]
) -> ScoreNow:
    """The score in numbers and words. unanswered: opinions on check rows without an answer."""
    score = metric.score(truth, predicted)
    low, high = metric.interval(truth, predicted)
    n, n_open = len(truth), len(unanswered)
    worst, best = _extremes(metric, truth, predicted, unanswered, classes)
    range_ = f"({in_100(low)} to {in_100(high)})"
    if metric.name == "accuracy":
        sentence = f"Right about {in_100(score)} times in 100 {range_}."
    else:
        sentence = f"{metric.title}: {in_100(score)} in 100 {range_}."
    if n_open:
        have = "has" if n_open == 1 else "have"
        sentence += (
            f" {n_open} of {count(n + n_open, 'check row', 'check rows')} {have} no answer; "
            f"the score could be {in_100(worst)} to {in_100(best)}."
        )
    return ScoreNow(
        score, low, high, n, n_open, sentence, True, 0, worst=worst, best=best, metric=metric.name
    )


def _extremes(
    metric: Metric, truth: Labels, predicted: Labels, unanswered: list[str], classes: list[str]
) -> tuple[float, float]:
    """The score if the model were wrong, and if it were right, on all unanswered rows."""
    both = np.concatenate([predicted, np.asarray(unanswered, dtype=np.str_)])
    best = metric.score(np.concatenate([truth, unanswered]), both)
    worst = best
    for name in classes:
        others = next((c for c in classes if c != name), name)
        wrong = [name if opinion != name else others for opinion in unanswered]
        worst = min(worst, metric.score(np.concatenate([truth, wrong]), both))
    return worst, best


def _fresh_sentence(known: int, labels: int, behind: int) -> str:
    if known == 0:
        return "The app starts learning once it has seen two different answers."
    if behind == 0:
        return f"Learned from all {count(labels, 'label', 'labels')}."
    return f"{count(behind, 'label', 'labels')} behind."
