"""How good the model is, said honestly, and what random rows would have given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from al_core.learning import Advice, Metric, Rows, get_metric
from al_core.learning.querying.seeking import SOUGHT
from al_core.learning.records import text_labels
from al_core.learning.scoring.metrics import confusion
from al_core.learning.scoring.rival import plainest_rival
from al_core.learning.stopping.advice import beside_target
from al_core.projects.labelling.facts import Facts
from al_core.projects.measuring.advice import LookingBack
from al_core.projects.measuring.baseline import DRAWN_FROM
from al_core.projects.measuring.curve import Curve, Scores
from al_core.projects.model.current import CurrentModel
from al_core.projects.opened import Labels, Opened
from al_core.projects.records import ScoreNow, Summary
from al_core.projects.words import FROM_FILE, not_tested, score_words, without_answer
from al_core.wording import count

# Choices: under 0.4 of an equal share accuracy says little about the rare answer; chance by the
# usual level of a test.
RARE, CHANCE = 0.4, 0.05
# A choice: of an answer under 5 in 100 hardly one comes by itself in the first 20 rows.
SELDOM = 0.05


class Score:
    """The score of the current model, and what else its check rows say."""

    def __init__(
        self,
        opened: Opened,
        model: CurrentModel,
        facts: Facts,
        advice: LookingBack,
        curve: Curve,
    ) -> None:
        self._opened, self._model, self._facts = opened, model, facts
        self._advice, self._curve = advice, curve
        self._score_now: ScoreNow | None = None
        self._score_key: object = None

    def summary(self) -> Summary:
        """The numbers that stand in more than one place, all of one moment; cheap."""
        with self._opened.lock:
            counts = self._facts.counts()
            return Summary(counts, self.score(), self.advice(), self._opened.saved_at)

    def advice(self) -> Advice:
        """Whether more labels are likely to pay, and whether the target looks reached; cheap.

        The same labels give the same verdict on settling, also after a restart. While a model that
        it needs is still being fitted in the background, the verdict before holds.
        """
        with self._opened.lock:
            advice, target = self._advice.advice(), self._opened.settings.target
            return advice if target is None else beside_target(advice, self.score().score, target)

    def score(self) -> ScoreNow:
        """The current model's score on the check rows answered in order; nothing is computed anew
        but a count over at most 2,000 opinions."""
        with self._opened.lock:
            rows, truth = self._opened.tested_on()
            length, _, unanswered = self._opened.state.prefix()
            by_file = self._opened.tested_on_file
            length, unanswered = (0, 0) if by_file else (length, unanswered)
            passed = self._opened.state.counted_checks()[:length].tolist()
            trained = self._model.now
            if trained is not None and not trained.opinions.keys() >= {*rows.tolist(), *passed}:
                trained = None  # rows of a final check that it has not heard of
            key = (id(trained), self._opened.position())
            if self._score_now is not None and self._score_key == key:
                return self._score_now
            n_check, oracle = len(rows), self._opened.kind == "oracle"
            unanswered = 0 if oracle else unanswered
            to_go = 0 if oracle else max(0, self._facts.counts().check_target - n_check)
            metric = get_metric(self._opened.metric)
            played = self._played_score(rows, truth) if oracle else None
            if played is not None:
                unseen = _unseen(metric, truth, self._opened.classes)
                sentence = score_words(_title(metric), *played) + not_tested(unseen)
                now = ScoreNow(*played, n_check, 0, sentence, True, 0, metric=metric.name,
                               unseen=unseen)  # fmt: skip
            elif trained is None or n_check == 0 or to_go > 0:
                sentence = self._no_score(to_go, n_check)
                now = ScoreNow(None, None, None, n_check, unanswered, sentence, False, to_go,
                               metric=metric.name)  # fmt: skip
            else:
                answered = set(rows.tolist())
                open_rows = [] if oracle else [r for r in passed if r not in answered]
                predicted = text_labels(trained.opinions[row] for row in rows.tolist())
                open_opinions = [trained.opinions[row] for row in open_rows]
                now = score_now(metric, truth, predicted, open_opinions, self._opened.classes)
            rival = plainest_rival(metric, truth, self._opened.classes) if now.ready else None
            if rival is not None:
                now = replace(now, rival=rival[1], rival_name=rival[0])
            if by_file and now.ready:
                now = replace(now, from_file=True, sentence=f"{now.sentence}{FROM_FILE}")
            self._score_now, self._score_key = now, key
            return now

    def _played_score(self, rows: Rows, truth: Labels) -> Scores | None:
        """In a rehearsal the score after the very last answer: rounds are played ahead of the model
        in the background, and all of a page must speak of one model."""
        if self._opened.state.n_classes_taught() < 2 or len(rows) == 0:
            return None
        return self._curve.known_scores(
            self._curve.round_key(*self._opened.state.taught(), rows, truth)
        )

    def _no_score(self, to_go: int, n_check: int) -> str:
        if len(self._opened.state.check_rows) == 0:
            return "No check rows are kept, so there is no score."
        if to_go:
            target = self._facts.counts().check_target
            return f"First score after {count(target, 'check row')}: {to_go} to go."
        if self._opened.state.n_classes_taught() >= 2:
            return "Measuring how often the app is right."
        return "The first score comes once two different answers have been learned."

    def propose_metric(self) -> str | None:
        """Propose "balanced_accuracy" where an answer is rare beyond what chance could do, or where
        the model is no better than one answer for all.

        In a rehearsal the whole file says so. None before 20 check rows are answered, and where a
        metric was chosen already.
        """
        if self._opened.settings.metric != "auto":
            return None
        with self._opened.lock:
            rows, truth = self._opened.tested_on()
            if len(rows) < DRAWN_FROM:
                return None
            if self._opened.kind == "oracle":
                truth = self._opened.file_names()
            used = [name for name in self._opened.classes if self._opened.state.rows.in_use(name)]
            counts = [int((truth == name).sum()) for name in {*used, *truth.tolist()}]
            now = self.score()
            no_better = now.score is not None and now.score <= (now.rival or 0.0)
            rare = any(is_rare(one, counts) for one in counts)
            return "balanced_accuracy" if rare or no_better else None

    def rare_answers(self) -> list[str]:
        """Answers that are rare beyond what chance could do, the rarest first.

        The check rows say so, which are a random sample; none before 20 of them are answered, nor
        in a rehearsal.
        """
        with self._opened.lock:
            truth = self._opened.tested_on()[1]
            if self._opened.kind == "oracle" or len(truth) < DRAWN_FROM:
                return []
            seen = {name: int((truth == name).sum()) for name in self._opened.classes}
            rare = [name for name, n in seen.items() if is_rare(n, list(seen.values()))]
            return sorted(rare, key=lambda name: seen[name])

    def propose_seeking(self) -> str | None:
        """The rarest answer under 5 in 100 of which too few are known and that was never sought."""
        with self._opened.lock:
            truth, ever = self._opened.tested_on()[1], self._opened.state.seekings.ever()
            if len(truth) < DRAWN_FROM:
                return None
            few = [name for name in self._opened.classes if self._opened.n_found(name) < SOUGHT]
            few = [name for name in few if name not in ever]
            seldom = {name for name in few if (truth == name).sum() < SELDOM * len(truth)}
            # Asked at each press, and mostly there is none.
            rare = self.rare_answers() if seldom else []
            return next((name for name in rare if name in seldom), None)

    def mixups(self) -> tuple[NDArray[np.int64], list[str]] | None:
        """Which answers the current model mixes up, on the check rows that score it.

        Counts (k, k): the true answer down, the model's guess across, in the order of the names
        given beside them. None before there is a score.
        """
        found = self._guessed()
        if found is None:
            return None
        _, truth, guessed = found
        names = sorted({*self._opened.classes, *truth.tolist(), *guessed.tolist()})
        return confusion(truth, guessed, text_labels(names)), names

    def mixup_rows(self, truth: str, guess: str) -> list[int]:
        """The rows in a cell of :meth:`mixups`: answered ``truth``, and ``guess`` by the model."""
        found = self._guessed()
        if found is None:
            return []
        rows, given, guessed = found
        return [int(row) for row in rows[(given == truth) & (guessed == guess)]]

    def _guessed(self) -> tuple[Rows, Labels, Labels] | None:
        """The rows that score the current model, their labels, and what it says of them."""
        with self._opened.lock:
            rows, truth = self._opened.tested_on()
            trained = self._model.now
            if trained is None or not len(rows) or not trained.opinions.keys() >= {*rows.tolist()}:
                return None
            guessed = text_labels(trained.opinions[row] for row in rows.tolist())
        return rows, truth, guessed

    def wrong_guesses(self) -> list[tuple[int, str, str]]:
        """(row, true answer, guess) of the check rows that the current model guesses wrongly."""
        with self._opened.lock:
            rows, truth = self._opened.tested_on()
            trained = self._model.now
            if trained is None or not trained.opinions.keys() >= {*rows.tolist()}:
                return []
            pairs = zip(rows.tolist(), truth.tolist(), strict=True)
            guessed = [(row, answer, trained.opinions[row]) for row, answer in pairs]
        return [one for one in guessed if one[1] != one[2]]


def is_rare(n: int, counts: list[int]) -> bool:
    """Whether an answer that ``n`` rows have, among k answers with these counts, has under 0.4 of
    an equal share (for two: under 20 in 100), and could hardly have so few by chance if all were
    equally common.

    >>> is_rare(2, [2, 28]), is_rare(28, [2, 28]), is_rare(0, [0, 2, 1, 3, 0, 4, 2, 3, 3, 2])
    (True, False, False)
    """
    k, total = len(counts), sum(counts)
    by_chance = float(stats.binom.cdf(n, total, 1 / k)) * k if k > 1 else 1.0
    return n * k < RARE * total and by_chance < CHANCE


def score_now(
    metric: Metric, truth: Labels, predicted: Labels, unanswered: list[str], classes: list[str]
) -> ScoreNow:
    """The score in numbers and words. unanswered: opinions on check rows without an answer.

    classes: every answer of the project. Score and range average over all of them; one that no
    check row has so far is named in the sentence, since it makes the range wide.
    """
    score = metric.score(truth, predicted, classes)
    unseen = _unseen(metric, truth, classes)
    n, n_open = len(truth), len(unanswered)
    worst, best, (low, high) = _extremes(metric, truth, predicted, unanswered, classes)
    sentence = score_words(_title(metric), score, low, high) + not_tested(unseen)
    now = ScoreNow(score, low, high, n, n_open, sentence, True, 0, worst=worst, best=best,
                   metric=metric.name, unseen=unseen)  # fmt: skip
    more = without_answer(now)
    return replace(now, sentence=f"{sentence} {more}") if more else now


def _unseen(metric: Metric, truth: Labels, classes: list[str]) -> tuple[str, ...]:
    """Answers that no check row has, where that opens the range; the share right knows none."""
    if metric.name == "accuracy":
        return ()
    return tuple(name for name in classes if not (truth == name).any())


def _title(metric: Metric) -> str:
    return "" if metric.name == "accuracy" else metric.title


def _extremes(
    metric: Metric, truth: Labels, predicted: Labels, unanswered: list[str], classes: list[str]
) -> tuple[float, float, tuple[float, float]]:
    """The score if the model were wrong, and if it were right, on all unanswered rows; and one
    range that holds the true figure either way."""
    both = np.concatenate([predicted, text_labels(unanswered)])
    right = np.concatenate([truth, text_labels(unanswered)])
    best = worst = metric.score(right, both, classes)
    low, high = metric.interval(truth, predicted, classes)
    if not unanswered:
        return worst, best, (low, high)
    lowest = right
    for name in classes:
        others = next((c for c in classes if c != name), name)
        wrong = [name if opinion != name else others for opinion in unanswered]
        answers = np.concatenate([truth, text_labels(wrong)])
        if (score := metric.score(answers, both, classes)) < worst:
            worst, lowest = score, answers
    low = min(low, metric.interval(lowest, both, classes)[0])
    high = max(high, metric.interval(right, both, classes)[1])
    return worst, best, (low, high)
