"""Whether to go on: a function of the labels alone, whenever the app happened to learn.

Models are looked at after fixed numbers of labels. Those that are missing, after a restart or where
labels came faster than models, are fitted anew while nobody waits.
"""

from __future__ import annotations

import math
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import numpy as np

from al_core.learning import Advice, Rows, Standing, advise, changed_share, get_metric, get_model
from al_core.learning.records import text_labels
from al_core.learning.scoring.rival import plainest_rival
from al_core.learning.stopping.above_rival import LEVEL, Beside, shown_above
from al_core.learning.stopping.advice import FEWEST_CHECKS
from al_core.learning.stopping.settled import Moved, fewest_labels, moved, steps, third_ago
from al_core.projects.labelling.facts import Facts
from al_core.projects.model.background import PastOpinions
from al_core.projects.model.current import CurrentModel
from al_core.projects.model.train import Task
from al_core.projects.opened import Labels, Opened
from al_core.projects.words import never_given

_LOOKING = Advice(None, "One moment", "Looking back at how its guesses have changed.")
_NO_ROWS = np.empty(0, dtype=np.intp)


class LookingBack:
    """The advice, and the models that it looks at."""

    def __init__(self, opened: Opened, model: CurrentModel, facts: Facts) -> None:
        self._opened, self._model, self._facts = opened, model, facts
        self._advice: tuple[object, Advice] | None = None

    def advice(self) -> Advice:
        """Whether more labels are likely to pay; cheap.

        The same labels give the same verdict, also after a restart. While a model that it needs is
        still being fitted in the background, the verdict before holds.
        """
        with self._opened.lock:
            if not self._opened.background:
                while (task := self.past_task()) is not None:
                    self._model.trainer.look_at(task)
            names = tuple(n for n in self._opened.classes if not self._opened.state.rows.in_use(n))
            key = (
                self._opened.position(),
                self._facts.left() == 0,
                self._model.trainer.looked,
                names,
            )
            if self._advice is None or self._advice[0] != key:
                self._advice = key, self._judge(list(names))
            return self._advice[1]

    def _judge(self, missing: list[str]) -> Advice:
        now = self._standing()
        if now.n_left == 0 or not self._worth_looking(now):
            return advise(now)
        found, unknown = self._moved()
        apart, unscored = self._told_apart()
        if unknown or unscored:
            self._model.trainer.look_back(self.past_task)
            return self._advice[1] if self._advice else _LOOKING
        advice = advise(replace(now, moved=found, told_apart=apart, **self._scored()))
        if not (advice.stop and missing):
            return advice
        title, reason = never_given(missing)
        return replace(
            advice, title=f"{advice.title}, {title}", reason=reason, never_given=tuple(missing)
        )

    def _standing(self) -> Standing:
        """What is known without a look at any model."""
        state = self._opened.state
        n_check, names = len(self._opened.tested_on()[0]), self._opened.classes
        return Standing(self._facts.left(), state.n_teach(), len(names), n_check)

    def _worth_looking(self, now: Standing) -> bool:
        return now.n_check >= FEWEST_CHECKS and now.taught >= fewest_labels(now.n_classes)

    def _scored(self) -> dict[str, Any]:
        """The last of the models beside the plainest rival, on the check rows answered by now."""
        steps_taken, (rows, truth) = self._steps(), self._opened.tested_on()
        opinions = self._past_at(steps_taken[-1]) if steps_taken else None
        metric, classes = get_metric(self._opened.metric), self._opened.classes
        rival = plainest_rival(metric, truth, classes)
        if opinions is None or rival is None:
            return {}
        score = metric.score(truth, self._guesses(opinions, rows), classes)
        return {"score": score, "rival": rival[1], "rival_name": rival[0]}

    def _guesses(self, opinions: PastOpinions, rows: Rows) -> Labels:
        place = {row: at for at, row in enumerate(self._opened.opinion_rows.tolist())}
        at = np.asarray([place[row] for row in rows.tolist()], dtype=np.intp)
        return opinions.names[opinions.codes[at]]

    def _told_apart(self) -> tuple[bool, list[int]]:
        """Whether it was shown above the plainest rival, and models that this still needs.

        Looked at are the models since a third of the labels ago, each on the check rows that were
        answered when the next one came.
        """
        order, every, unknown = self._opened.state.teach_order(), self._steps(), list[int]()
        if not every:
            return False, []
        since = third_ago(every[-1], self._first_model(order))
        at = [n for n in every if n >= since]
        rows, truth = self._opened.tested_on()
        given = np.asarray([self._since(row) for row in rows.tolist()])

        def beside(n: int) -> Beside | None:
            opinions = self._past_at(n)
            if opinions is None:
                unknown.append(n)
                return None
            later = [step for step in at if step > n]
            seen = given <= (self._since(order[later[0] - 1]) if later else math.inf)
            return self._beside(rows[seen], truth[seen], opinions)

        return bool(shown_above(at, beside)), unknown

    def _since(self, row: int) -> int:
        """The event that the row has had a label since; 0: it came with the file."""
        answer = self._opened.state.rows.answers.get(row)
        return answer.since if answer else 0

    def _beside(self, rows: Rows, truth: Labels, opinions: PastOpinions) -> Beside | None:
        metric, classes = get_metric(self._opened.metric), self._opened.classes
        rival = plainest_rival(metric, truth, classes)
        if rival is None:
            return Beside(0.0, 0.0, 0.0)
        guesses = self._guesses(opinions, rows)
        low, _ = metric.interval(truth, guesses, classes, LEVEL)
        return Beside(metric.score(truth, guesses, classes), low, rival[1])

    # -- the models it looks at -----------------------------------------------------------------

    def past_task(self) -> Task | None:
        """The next model that the verdict needs and that was not fitted yet; None: none is."""
        with self._opened.lock:
            if self._opened.closed:
                return None
            now = self._standing()
            worth = now.n_left and self._worth_looking(now)
            unknown = self._moved()[1] or self._told_apart()[1] if worth else []
            if not unknown:
                return None
            rows = self._rows_at(unknown[0])
            labels = self._labels_of(rows)
            order = np.argsort(rows)
            return Task(
                key=(self._past_key(rows),),
                X=self._opened.X,
                rows=rows[order],
                labels=labels[order],
                candidates=_NO_ROWS,
                classes=self._opened.state.class_names(),
                estimator=get_model(self._opened.model_name).make(),
                strategy=self._opened.settings.strategy,
                seed=self._opened.seed,
                batch_size=1,
                check_rows=self._opened.opinion_rows,
                watch_rows=self._model.watched,
            )

    def _steps(self) -> list[int]:
        """The numbers of labels at which models are looked at, from where it is not too early."""
        order = self._opened.state.teach_order()
        fewest = fewest_labels(len(self._opened.classes))
        return [n for n in steps(self._first_model(order), len(order)) if n >= fewest]

    def _moved(self) -> tuple[Moved | None, list[int]]:
        """What the guesses did, and the numbers of labels whose models that still needs."""
        first, unknown = self._first_model(self._opened.state.teach_order()), list[int]()

        def share(n: int) -> float | None:
            both = n, third_ago(n, first)
            now, before = (self._past_at(at) for at in both)
            if now is None or before is None:
                unknown.extend(at for at in both if self._past_at(at) is None)
                return None
            return changed_share(before.watched, now.watched)

        found = moved(self._steps(), first, share, n_rows=len(self._model.watched))
        return found, unknown

    def _past_at(self, n: int) -> PastOpinions | None:
        """What the model of the first ``n`` labels has said; None: it was not asked yet."""
        rows = self._rows_at(n)
        labels = set(self._labels_of(rows).tolist())
        if len(labels) < 2:  # one answer alone teaches no model: it would be given to all
            alike = text_labels([*labels, ""][:1])
            codes = np.zeros(len(self._opened.opinion_rows), dtype=np.int16)
            return PastOpinions(alike, codes, np.repeat(alike, len(self._model.watched)))
        return self._model.trainer.past.get(self._past_key(rows))

    def _rows_at(self, n: int) -> Rows:
        """The first ``n`` labelled rows; of those of the file, which have no order, random ones."""
        order, n_file = self._opened.state.teach_order(), self._opened.state.n_file_taught()
        if n >= n_file:
            return order[:n]
        return np.random.default_rng([self._opened.seed, 8]).permutation(order[:n_file])[:n]

    def _first_model(self, order: Rows) -> int:
        """Labels before the first model; more than there are while there is none."""
        rows, n_file = self._opened.state.rows, self._opened.state.n_file_taught()
        seen = {name for name, n in rows.file_counts.items() if n > 0}
        if len(seen) > 1:
            return n_file
        for n, row in enumerate(order[n_file:].tolist(), start=n_file + 1):
            seen.add(rows.answers[row].label)
            if len(seen) > 1:
                return n
        return len(order) + 1

    def _past_key(self, rows: Rows) -> bytes:
        """All that a model of these rows depends on; of the file's own labels a summary, so that
        a million of them are not gone through at each press."""
        state, own = self._opened.state.rows, rows[self._opened.state.n_file_taught() :]
        file = sorted(state.file_gone), state.file_names() if len(own) < len(rows) else []
        sizes = len(rows), len(self._opened.opinion_rows)
        digest = blake2b(
            repr(
                (self._opened.model_name, self._opened.seed, file, *sizes, self._opened.features)
            ).encode(),
            digest_size=16,
        )
        digest.update(own.astype(np.int64).tobytes())
        digest.update("\n".join(state.answers[row].label for row in own.tolist()).encode())
        return digest.digest()

    def _labels_of(self, rows: Rows) -> Labels:
        """The labels of taught rows in teaching order: the file's first, then those given here."""
        state, n_file = self._opened.state.rows, self._opened.state.n_file_taught()
        names = text_labels(state.file_names() or [""])
        own = [state.answers[row].label for row in rows[n_file:].tolist()]
        return np.concatenate([names[state.file_codes[rows[:n_file]]], text_labels(own)])
