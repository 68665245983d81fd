"""How many questions until a rare answer was seen once, by how the first rows are chosen?

    python -m benchmarks.first_answers                        the shared sets, 2 in 100, 5 seeds
    python -m benchmarks.first_answers --shares 1 2 5 --seeds 10
    python -m benchmarks.first_answers --live                 through a live project, check rows too

Every data set becomes a question of two answers, the given one and all others; rows of the given
one are left out at random until they are so many in 100 of what is left (300 rows at least are
left, or the set is passed over). Starts: ``centres`` (20 cluster centres, then random rows: before
unusual rows were looked for), ``random``, ``farthest`` (farthest-first from the first row on), and
``app`` (a few typical rows, then unusual ones). Printed: the median over seeds of the questions
until the first row of the rare answer, then the median over data sets and in how many of them
``app`` is below ``random``. --live counts all questions of a project, of which every second is a
random check row, until an answer to learn from is the rare one.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from al_core import Project
from al_core.learning import Rows, UnusualRows, looks_for_second, representative_order
from al_core.tables import (
    Role,
    Table,
    check_answers,
    encode,
    guess_roles,
    read_table,
    readable_rows,
)

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
# File, column of the answers, the answer that is made rare.
SETS = {
    "bank": ("csv/bank_additional_semicolon.csv", "y", "yes"),
    "telco": ("csv/telco_churn.csv", "Churn", "Yes"),
    "adult": ("csv/adult_6k.csv", "income", ">50K"),
    "credit": ("csv/german_credit_words.csv", "credit_risk", "bad"),
    "wine": ("csv/wine_quality_red.csv", "quality", "7"),
    "pendigits": ("csv/pendigits.csv", "digit", "5"),
    "sms": ("csv/sms_spam.csv", "label", "spam"),
    "sentences": ("csv/sentiment_sentences.csv", "sentiment", "0"),
    "ag_news": ("text/ag_news_en.csv", "label", ""),
    "news_de": ("text/news_de.csv", "label", ""),
    "spambase": ("lu2023/spambase.csv", "label", "1"),
    "german": ("lu2023/german.csv", "label", "1"),
}
STARTS = ("centres", "random", "farthest", "app")
# What a project keeps of cluster centres, and the longest search that is counted.
_CENTRES, _LONGEST = 20, 2_000
_FEWEST_ROWS = 300


@dataclass(frozen=True)
class Rare:
    """A table, its roles without the answer, and True for each row of the rare answer."""

    table: Table
    roles: dict[str, Role]
    is_rare: NDArray[np.bool_]


def load(name: str) -> Rare:
    """One data set; without a given answer the first by the alphabet is made rare."""
    file, column, answer = SETS[name]
    table = read_table(DATA / file)
    column = column if column in table.columns else table.columns[-1]
    labels = check_answers(table, column).values.astype(str)
    rare = answer if (labels == answer).any() else sorted(labels.unique())[0]
    roles = {k: r for k, r in guess_roles(table).items() if k != column and r.kind != "label"}
    return Rare(table, roles, (labels == rare).to_numpy())


def thinned(is_rare: NDArray[np.bool_], percent: float, seed: int) -> Rows:
    """Rows such that ``percent`` in 100 are of the rare answer; none where too few are left."""
    common, rare = np.flatnonzero(~is_rare), np.flatnonzero(is_rare)
    wanted = round(len(common) * percent / (100 - percent))
    if not 1 <= wanted <= len(rare) or len(common) + wanted < _FEWEST_ROWS:
        return np.empty(0, dtype=np.intp)
    kept = np.random.default_rng([seed, 51]).choice(rare, wanted, replace=False)
    return np.sort(np.concatenate([common, kept])).astype(np.intp)


def order(start: str, X: object, data: Rare, rows: Rows, seed: int) -> Iterator[int]:
    """Places among ``rows`` in the order in which a start asks them."""
    n = len(rows)
    if start == "random":
        yield from np.random.default_rng([seed, 52]).permutation(n).tolist()
        return
    typical = [] if start == "farthest" else representative_order(X, _CENTRES, seed).tolist()
    if start == "centres":
        yield from typical
        return
    unusual = UnusualRows(
        X, np.arange(n), seed, lambda some: readable_rows(data.table, data.roles, rows[some])
    )
    seen = [typical[0] if typical else int(np.random.default_rng([seed, 53]).integers(n))]
    yield seen[0]
    while len(seen) < n:
        looking = start == "farthest" or looks_for_second(len(seen))
        row = unusual.next(set(seen)) if looking else typical[len(seen)]
        if row is None:
            return
        seen.append(row)
        yield row


def questions(start: str, X: object, data: Rare, rows: Rows, seed: int) -> int:
    """How many rows are asked up to the first of the rare answer."""
    asked = 0
    for place in order(start, X, data, rows, seed):
        asked += 1
        if data.is_rare[rows[place]] or asked >= _LONGEST:
            break
    return asked


def live_questions(data: Rare, rows: Rows, seed: int) -> int:
    """The same through a live project, check rows counted, up to the first that can teach."""
    frame, text = data.table.frame.iloc[rows], data.table.text.iloc[rows]
    table = Table(frame.reset_index(drop=True), text.reset_index(drop=True), name="rare")
    settings = {"kind": "live", "classes": ["common", "rare"], "seed": seed}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rare"
        project = Project.create(path, table, data.roles, settings, background=False)
        with project:
            return _asked_live(project, data.is_rare[rows])


def _asked_live(project: Project, is_rare: NDArray[np.bool_]) -> int:
    """Questions that an opened project asks up to the first rare row that can teach."""
    for asked in range(1, _LONGEST):
        [question] = project.ask(1)
        rare = bool(is_rare[question.row])
        if rare and question.purpose != "check":
            return asked
        project.label(question.row, "rare" if rare else "common", token=question.token)
    return _LONGEST


def measure(name: str, percent: float, seeds: range, live: bool) -> dict[str, float]:
    """Median questions by start."""
    data = load(name)
    found: dict[str, list[int]] = {start: [] for start in (("app",) if live else STARTS)}
    for seed in seeds:
        rows = thinned(data.is_rare, percent, seed)
        if not len(rows):
            return {}
        if live:
            found["app"].append(live_questions(data, rows, seed))
            continue
        roles = {k: r for k, r in data.roles.items() if r.kind != "ignored"}
        X = encode(data.table.frame.iloc[rows], roles).X
        for start in STARTS:
            found[start].append(questions(start, X, data, rows, seed))
    return {start: median(counts) for start, counts in found.items()}


def main() -> None:
    """Print one table a share."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--shares", nargs="+", type=float, default=[2.0], help="in 100")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--live", action="store_true", help="through a live project")
    args = parser.parse_args()
    seeds = range(args.first_seed, args.first_seed + args.seeds)
    starts = ("app",) if args.live else STARTS
    for percent in args.shares:
        print(f"\n| {percent:g} in 100 | {' | '.join(starts)} |\n|---|{'---|' * len(starts)}")
        lines = []
        for name in args.sets:
            line = measure(name, percent, seeds, args.live)
            if line:
                lines.append(line)
                print(f"| {name} | {' | '.join(f'{line[s]:g}' for s in starts)} |", flush=True)
        middle = [f"{median(line[s] for line in lines):g}" for s in starts]
        print(f"| median | {' | '.join(middle)} |")
        if not args.live:
            below = sum(line["app"] < line["random"] for line in lines)
            print(f"\n`app` below `random` in {below} of {len(lines)}.")


if __name__ == "__main__":
    main()
