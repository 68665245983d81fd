"""How many questions until 1, 5 and 20 rows of a rare answer are found, by how rows are asked?

    python -m benchmarks.rare                    four shared sets, 1 and 2 in 100, 5 seeds
    python -m benchmarks.rare --model balanced_vote
    python -m benchmarks.rare --in-turn          likely and torn rows in turn to the end
    python -m benchmarks.rare --short            one set, 2 in 100, one seed, 150 questions
    python -m benchmarks.rare --sets sms ag_news --seeds 10 --longest 1000

Every set becomes a question of two answers as in ``benchmarks.first_answers``: rows of the given
answer are left out at random until they are so many in 100. Rows to learn from only: an app that
asks check rows between them needs those as well. A model is fitted every five labels, as the desk
does for a fast hand; of its ranking the next rows are asked in between.

``random``: no model. ``margin`` and ``likely``: random rows until both answers are known, then the
rows that the model is torn about, or those that most likely have the rare answer. ``farthest``: a
few typical rows and then unusual ones until both are known (random ones where only letters of
texts are there: what they mean is not read here), then margin: what the app does when nothing is
sought. ``mode``: the same start, then likely and torn rows in turn until
five of each answer are known, then likely ones: the app seeking the answer.
``words``: the mode with two words, for sets with text: of the words (three letters or more, small)
in a tenth of the answer's rows, two at least, those whose share of these rows is farthest above
their share of 200 other rows. Rows that hold them count as the person's own search would: every
second row until the answer is known, then every third.

Printed: medians over seeds; > where it was not reached by then.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning import (
    Asking,
    Known,
    Rows,
    UnusualRows,
    ask,
    class_probabilities,
    fit_model,
    get_model,
    looks_for_second,
    representative_order,
    round_rng,
)
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.second_answer import has_distances
from al_core.learning.querying.seeking import (
    SOUGHT,
    hinted_order,
    likely_alone,
    seeking_turns,
    takes_hinted,
)
from al_core.tables import encode
from benchmarks.first_answers import SETS, Rare, load, thinned

METHODS = ("random", "margin", "likely", "farthest", "mode", "words")
FOUND = (1, 5, SOUGHT)
# Choices: labels from model to model as in the app, and rows held against those of the answer when
# words are picked.
_EVERY, _OTHERS, _CENTRES = 5, 200, 20
COMMON, RARE = "common", "rare"


@dataclass(frozen=True)
class Task:
    """The rows of one run: their numbers, the truth, and how many of the words each holds."""

    X: Any
    is_rare: NDArray[np.bool_]
    hits: NDArray[np.int16] | None
    seed: int
    model: str
    alone: bool = True

    @property
    def labels(self) -> NDArray[np.str_]:
        """The answers by name."""
        return np.where(self.is_rare, RARE, COMMON)


def telling_words(texts: list[str], is_rare: NDArray[np.bool_], seed: int) -> list[str]:
    """Two words by the rule above."""
    rng = np.random.default_rng([seed, 61])
    rare, common = np.flatnonzero(is_rare), np.flatnonzero(~is_rare)
    known = rng.choice(rare, max(2, len(rare) // 10), replace=False)
    others = rng.choice(common, min(_OTHERS, len(common)), replace=False)
    words = [{*re.findall(r"[^\W\d_]{3,}", text.lower())} for text in texts]

    def above(word: str) -> float:
        inside = np.mean([word in words[row] for row in known])
        return float(inside - np.mean([word in words[row] for row in others]))

    seen = sorted(set().union(*(words[row] for row in known)))
    return sorted(seen, key=above, reverse=True)[:2]


def make_task(data: Rare, rows: Rows, seed: int, model: str) -> tuple[Task, list[str]]:
    """The run of one seed, and its words; none for a set without text."""
    roles = {k: r for k, r in data.roles.items() if r.kind != "ignored"}
    X, is_rare = encode(data.table.frame.iloc[rows], roles).X, data.is_rare[rows]
    columns = [name for name, role in roles.items() if role.kind == "text"]
    if not columns:
        return Task(X, is_rare, None, seed, model), []
    texts = [" ".join(map(str, line)) for line in data.table.text[columns].iloc[rows].to_numpy()]
    words = telling_words(texts, is_rare, seed)
    held = [[word in text.lower() for word in words] for text in texts]
    hits = np.asarray(held).sum(axis=1).astype(np.int16)
    return Task(X, is_rare, hits, seed, model), words


def start_rows(method: str, task: Task) -> Callable[[list[int]], int]:
    """What is asked while one answer only is known: from the rows asked so far to the next one."""
    n, rng = len(task.is_rare), np.random.default_rng([task.seed, 62])
    lots = rng.permutation(n).tolist()
    looks = method in ("farthest", "mode", "words")
    typical = representative_order(task.X, _CENTRES, task.seed).tolist() if looks else lots
    unusual = UnusualRows(task.X, np.arange(n), task.seed) if looks else None
    hinted: list[int] = []
    if method == "words" and task.hits is not None:
        hinted = hinted_order(task.hits, rng).tolist()

    def following(asked: list[int]) -> int:
        done = set(asked)
        if takes_hinted(len(asked)) and (free := [row for row in hinted if row not in done]):
            return int(free[0])
        if unusual is not None and has_distances(task.X) and looks_for_second(len(asked)):
            row = unusual.next(done)
            if row is not None:
                return row
        order = [*typical[:3], *lots] if looks else lots
        return int(next(row for row in order if row not in done))

    return following


def ranking(method: str, task: Task, asked: list[int]) -> list[int]:
    """The rows that a model of the labels so far asks next, best first."""
    rows = np.sort(np.asarray(asked, dtype=np.intp))
    free = np.setdiff1d(np.arange(len(task.is_rare)), rows)
    estimator = get_model(task.model).make()
    with one_thread():
        model = fit_model(estimator, task.X[rows], task.labels[rows], task.seed)
        if method in ("margin", "farthest"):
            known = Known(model, task.X[rows], task.labels[rows], [COMMON, RARE], estimator)
            n = min(_EVERY, len(free))
            asking = Asking("margin", task.seed)
            return [*map(int, ask(task.X, known, asking, candidates=free, n=n)[0])]
        chances = class_probabilities(model, task.X[free])
    answer, rng = list(model.classes_).index(RARE), round_rng(task.seed, len(asked))
    if method == "likely":
        lots = rng.permutation(len(free))
        order = lots[np.argsort(-chances[lots, answer], kind="stable")]
    else:
        hits = task.hits[free] if method == "words" and task.hits is not None else None
        found = int(task.is_rare[asked].sum())
        alone = task.alone and likely_alone(found, len(asked) - found)
        order, _ = seeking_turns(chances, answer, len(asked), rng, hits, _EVERY, alone)
    return [int(row) for row in free[order[:_EVERY]]]


def asked_rows(method: str, task: Task) -> Iterator[int]:
    """All rows in the order in which a method asks them."""
    asked: list[int] = []
    first = start_rows(method, task)
    while len(asked) < len(task.is_rare):
        both = len(set(task.is_rare[asked].tolist())) == 2
        wanted = ranking(method, task, asked) if both and method != "random" else [first(asked)]
        for row in wanted:
            asked.append(row)
            yield row


def questions(method: str, task: Task, longest: int) -> list[float]:
    """Questions until so many are found as ``FOUND`` says; infinite where it took longer."""
    found: list[int] = []
    for number, row in enumerate(asked_rows(method, task), start=1):
        if task.is_rare[row]:
            found.append(number)
        if number >= longest or len(found) >= max(FOUND):
            break
    return [found[n - 1] if n <= len(found) else float("inf") for n in FOUND]


def measure(
    name: str, percent: float, seeds: range, longest: int, model: str, alone: bool = True
) -> dict[str, list[float]]:
    """Medians over seeds by method, one for each of ``FOUND``; none where a set is too small."""
    data, runs = load(name), dict[str, list[list[float]]]()
    for seed in seeds:
        rows = thinned(data.is_rare, percent, seed)
        if not len(rows):
            return {}
        task, words = make_task(data, rows, seed, model)
        task = replace(task, alone=alone)
        if words:
            print(f"<!-- {name}, {percent:g} in 100, seed {seed}: {' and '.join(words)} -->")
        for method in METHODS:
            if method != "words" or words:
                runs.setdefault(method, []).append(questions(method, task, longest))
    return {
        one: [median(column) for column in zip(*found, strict=True)] for one, found in runs.items()
    }


def in_words(medians: list[float] | None, longest: int) -> str:
    """The cells of one method: 1, 5 and 20 found."""
    if medians is None:
        return "-"
    return " / ".join(f"{n:g}" if n < float("inf") else f"> {longest:,}" for n in medians)


def main() -> None:
    """Print one table a share."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sets = ["sms", "bank", "pendigits", "adult"]
    parser.add_argument("--sets", nargs="+", default=sets, choices=list(SETS))
    parser.add_argument("--shares", nargs="+", type=float, default=[1.0, 2.0], help="in 100")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--longest", type=int, default=400, help="questions after which a run ends")
    parser.add_argument("--model", default="logistic_regression", help="a name of the menu")
    parser.add_argument("--in-turn", action="store_true", help="likely and torn to the end")
    parser.add_argument("--short", action="store_true", help="seconds in place of minutes")
    args = parser.parse_args()
    if args.short:
        args.sets, args.shares, args.seeds, args.longest = ["pendigits"], [2.0], 1, 150
    seeds = range(args.first_seed, args.first_seed + args.seeds)
    for percent in args.shares:
        print(f"\n| {percent:g} in 100 | {' | '.join(METHODS)} |\n|---|{'---|' * len(METHODS)}")
        for name in args.sets:
            line = measure(name, percent, seeds, args.longest, args.model, not args.in_turn)
            if line:
                cells = [in_words(line.get(method), args.longest) for method in METHODS]
                print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
