"""Whether to go on: a function of the labels alone, whenever the app happened to learn.

Models are looked at after fixed numbers of labels. Those that are missing, after a restart or where
labels came faster than models, are fitted anew while nobody waits.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import pairwise

import numpy as np

from al_core.learning import Advice, Round, Rows, advise, changed_share, get_metric, get_model
from al_core.learning.stopping import FEWEST_CHECKS, SETTLED_REFITS, needed_steps
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
        if self._facts.left() == 0:
            return advise([], n_left=0)
        past = self._past()
        if past is None:
            self._model.trainer.look_back(self.past_task)
            return self._advice[1] if self._advice else _LOOKING
        late = [opinions for _, opinions in past][-SETTLED_REFITS - 1 :]
        changes = [changed_share(a.watched, b.watched) for a, b in pairwise(late)]
        found = advise(self._as_rounds(past), changes)
        if found.stop and missing:
            title, reason = never_given(missing)
            title = f"{found.title}, {title}"
            found = Advice(True, title, reason, never_given=tuple(missing))
        return found

    def _past(self) -> list[tuple[int, PastOpinions]] | None:
        """What the models that the verdict needs have said; None while one is missing."""
        keys = self._needed()
        found = [(n, self._model.trainer.past.get(key)) for n, key in keys.items()]
        known = [(n, opinions) for n, opinions in found if opinions is not None]
        return known if len(known) == len(found) else None

    def _as_rounds(self, past: list[tuple[int, PastOpinions]]) -> list[Round]:
        """Those models as rounds, all scored on the check rows answered by now."""
        rows, truth = self._opened.tested_on()
        if not past:
            return [Round(0, 0.0, _NO_ROWS, np.nan, np.nan, len(rows), 0.0)]
        place = {row: at for at, row in enumerate(self._opened.state.check_rows.tolist())}
        at = np.asarray([place[row] for row in rows.tolist()], dtype=np.intp)
        metric = get_metric(self._opened.metric)
        scores = [
            (n, metric.score(truth, o.names[o.codes[at]], self._opened.classes)) for n, o in past
        ]
        return [Round(n, score, _NO_ROWS, np.nan, np.nan, len(rows), 0.0) for n, score in scores]

    # -- the models it looks at -----------------------------------------------------------------

    def past_task(self) -> Task | None:
        """The next model that the verdict needs and that was not fitted yet; None: none is."""
        with self._opened.lock:
            if self._opened.closed:
                return None
            wanted = [
                (n, k) for n, k in self._needed().items() if k not in self._model.trainer.past
            ]
            if not wanted:
                return None
            n, key = wanted[-1]
            X = self._opened.X  # under the lock: the key names its features
            rows = self._opened.state.teach_order()[:n]
            labels = self._labels_of(rows)
            order = np.argsort(rows)
            return Task(
                key=(key,),
                X=X,
                rows=rows[order],
                labels=labels[order],
                candidates=_NO_ROWS,
                classes=self._opened.state.class_names(),
                estimator=get_model(self._opened.model_name).make(),
                strategy=self._opened.settings.strategy,
                seed=self._opened.seed,
                batch_size=1,
                check_rows=self._opened.check_rows,
                watch_rows=self._model.watched,
            )

    def _needed(self) -> dict[int, bytes]:
        """Numbers of labels that the verdict looks at, and what names the model of each."""
        if len(self._opened.tested_on()[0]) < FEWEST_CHECKS or self._facts.left() == 0:
            return {}
        order = self._opened.state.teach_order()
        first = self._first_model(order)
        return {n: self._past_key(order[:n]) for n in needed_steps(first, len(order))}

    def _first_model(self, order: Rows) -> int:
        """Labels before the first model; more than there are while there is none."""
        rows, n_file = self._opened.state.rows, self._opened.state.n_file_labels()
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
        state, own = self._opened.state.rows, rows[self._opened.state.n_file_labels() :]
        file = sorted(state.file_gone), state.file_names() if len(own) < len(rows) else []
        digest = blake2b(
            repr(
                (self._opened.model_name, self._opened.seed, file, self._opened.features)
            ).encode(),
            digest_size=16,
        )
        digest.update(own.astype(np.int64).tobytes())
        digest.update("\n".join(state.answers[row].label for row in own.tolist()).encode())
        return digest.digest()

    def _labels_of(self, rows: Rows) -> Labels:
        """The labels of taught rows in teaching order: the file's first, then those given here."""
        state, n_file = self._opened.state.rows, self._opened.state.n_file_labels()
        names = np.asarray(state.file_names() or [""])
        own = [state.answers[row].label for row in rows[n_file:].tolist()]
        labels = np.concatenate([names[state.file_codes[rows[:n_file]]], own])
        return labels.astype(np.str_)
