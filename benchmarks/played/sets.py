"""The data sets that projects are played on: the shared files, read as the app reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning import Fitter, Matrix, get_model
from al_core.projects.starting.data import new_data
from al_core.tables import Role, guess_roles, read_table

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MOST_ROWS = 4000  # of each set, drawn at random: a choice, so that many projects can be played
# Name: (file, column of the answer).
SETS = {
    "telco": ("csv/telco_churn.csv", "Churn"),
    "adult": ("csv/adult_6k.csv", "income"),
    "spambase": ("lu2023/spambase.csv", "label"),
    "pendigits": ("csv/pendigits.csv", "digit"),
    "bank": ("csv/bank_additional_semicolon.csv", "y"),
    "sms": ("csv/sms_spam.csv", "label"),
    "banana": ("lu2023/banana.csv", "label"),
    "sentiment": ("csv/sentiment_sentences.csv", "sentiment"),
    "ag_news": ("text/ag_news_en.csv", "label"),
    "wine": ("csv/wine_quality_red.csv", "quality"),
}


@dataclass(frozen=True)
class Known:
    """Encoded rows (n, d) with all their answers (n,), and the name of the recommended model."""

    name: str
    X: Matrix
    y: NDArray[np.str_]
    model: str

    def estimator(self, seed: int) -> Any:
        """A new, unfitted one of the recommended kind."""
        return Fitter(get_model(self.model).make(), seed).template


def load(name: str) -> Known:
    """One set; its model is the one that the app recommends."""
    file, answer = SETS[name]
    table = read_table(DATA / file)
    roles = guess_roles(table) | {answer: Role("label", "the answer")}
    data = new_data(table, roles)
    known = np.flatnonzero(data.file_codes >= 0)
    rows = np.sort(np.random.default_rng(0).permutation(known)[:MOST_ROWS])
    y = np.asarray(data.file_classes, dtype=np.str_)[data.file_codes[rows]]
    return Known(name, data.matrix("auto")[rows], y, data.model_name("auto"))
