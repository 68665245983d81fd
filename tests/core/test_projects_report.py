"""The report and the script: what was found, in one file each, for somebody else."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from al_core.errors import TableError
from al_core.projects import Project, prepare_replay
from al_core.tables import Role, guess_role, read_table
from tests.projects_cases import FEATURES, answer, live, points, rehearsal, truth_of

ROOT = Path(__file__).resolve().parents[2]


class Read(HTMLParser):
    """What a person reads, and what a browser would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [f"{k}={v}" for k, v in attrs if k in ("src", "href", "srcset", "data")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.words).split())


def told(folder: Path) -> Project:
    """Points with a text beside them that would be a page of its own."""
    rows = ["x,y,text"]
    for number in range(240):
        x = (number * 37 % 101 - 50) / 20
        words = f"<script>alert({number})</script> and **more** words of the row"
        rows.append(f'{x:.3f},{number % 7},"{words}"')
    table = read_table("\n".join(rows).encode(), name="points.csv")
    roles = {"x": Role("number", "t"), "y": Role("number", "t"), "text": Role("ignored", "t")}
    given = {"classes": ["no", "yes"], "model": "logistic_regression", "question": "Is it <so>?"}
    project = Project.create(folder, table, roles, given, background=False, name="points & <co>")
    for number in range(60):
        (question,) = project.ask()
        right = "yes" if float(question.values["x"]) > 0 else "no"
        other = "no" if right == "yes" else "yes"
        project.label(question.row, other if number % 8 == 0 else right, token=question.token)
    project.wait()
    return project


def test_the_report_says_first_how_good_it_is_and_what_certifies_it(tmp_path: Path) -> None:
    with told(tmp_path / "p") as project:
        page = Read(project.report_page("about 12 EUR").decode())
        score, wrong = project.score(), project._score.wrong_guesses()
    said = page.said
    top = said.split("How it learned")[0]
    assert score.sentence in top
    assert f"Tested on {score.n_check} rows that it learned nothing from." in top
    assert "No final check was made" in said
    for part in ("Which answers get mixed up", "Wrong guesses", "What was labelled"):
        assert part in said
    for part in ("How it was measured", "What it does not say", "about 12 EUR", "Is it <so>?"):
        assert part in said
    assert wrong
    assert said.count("The app said") == min(10, len(wrong))
    assert page.tags.count("svg") == 2


def test_the_report_fetches_nothing_runs_nothing_and_is_small(tmp_path: Path) -> None:
    with told(tmp_path / "p") as project:
        data = project.report_page()
    page = Read(data.decode())
    assert page.fetched == []
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert "alert(" in page.said  # the text of the wrong rows is there, as text
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", data.decode()) == []
    assert "@import" not in data.decode()
    assert "url(" not in data.decode()
    assert len(data) < 1_000_000


def test_a_final_check_stands_in_the_sentence_on_top(tmp_path: Path) -> None:
    with told(tmp_path / "p") as project:
        project.start_final_check(30)
        while questions := project.ask_final():
            for one in questions:
                right = "yes" if float(one.values["x"]) > 0 else "no"
                project.label(one.row, right, token=one.token)
        project.wait()
        check = project.final_checks()[-1]
        said = Read(project.report_page().decode()).said
    assert check.state == "done"
    assert check.sentence in said.split("How it learned")[0]


def test_what_an_answer_means_and_how_often_it_was_filled_in_stand_beside_it(
    tmp_path: Path,
) -> None:
    with told(tmp_path / "p") as project:
        assert "Filled in" not in Read(project.report_page().decode()).said
        project.write_guideline("yes", "x is <above> zero")
        project.fill(0.6)
        filled = project.rows_filled()["label"].value_counts()
        counts = project.counts().per_class
        page = project.report_page().decode()
    said = Read(page).said
    beside = rf"<td class=number>{counts['yes']}</td><td class=share><span class=bar"
    assert re.search(beside, page)  # the bar stands beside the number that it shows
    head = "Answer Labelled Filled in"
    assert f"{head} no {counts['no']} {filled['no']} yes x is <above> zero {counts['yes']}" in said


@pytest.mark.parametrize("background", [True, False])
def test_a_report_made_right_after_opening_waits_for_the_score(
    tmp_path: Path, background: bool
) -> None:
    told(tmp_path / "p").close()
    with Project.open(tmp_path / "p", background=background) as project:
        top = Read(project.report_page().decode()).said.split("How it learned")[0]
        assert project.score().ready
        assert project.score().sentence in top


def test_the_report_says_once_how_long_the_answers_took(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 30)
        worth = "30 rows labelled took about 88 seconds, €3: 3 s a row, pauses left out."
        said = project.report_page(worth).decode()
        assert worth in said
        assert said.count("pauses left out") == 1
        assert "answers took about" not in said
        assert "answers took about" in project.report_page().decode()


def test_a_report_of_nothing_says_what_is_missing(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        said = Read(project.report_page().decode()).said
    assert "First score after 12 check rows: 12 to go." in said
    assert "0 rows of 120 labelled" in said


def test_a_rehearsal_says_that_the_file_answered(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        project.answer_with_oracle(20)
        said = Read(project.report_page().decode()).said
    assert "This is a rehearsal" in said


def test_the_script_replays_every_answer_and_ends_with_the_numbers_of_the_report(
    tmp_path: Path,
) -> None:
    with told(tmp_path / "p") as project:
        project.undo()
        project.rename_class("yes", 'yes """ {so}')
        project.wait()
        (tmp_path / "reproduce.py").write_bytes(project.script_bytes())
        sentence, counts = project.score().sentence, project.counts()
        original = "\n".join(
            [",".join(project.table.columns)]
            + [f'{x},{y},"{t}"' for x, y, t in project.table.text.to_numpy().tolist()]
        )
    (tmp_path / "points.csv").write_text(original, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "reproduce.py", "points.csv"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert sentence in done.stdout
    assert f"{counts.labelled} of {counts.n_rows} rows labelled" in done.stdout
    assert f'yes """ {{so}}: {counts.per_class["yes " + chr(34) * 3 + " {so}"]}' in done.stdout


def test_the_script_refuses_another_file_in_words(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 5)
        text = project.script_bytes().decode()
    (tmp_path / "other.csv").write_text("x,y\n1,2\n3,4\n", encoding="utf-8")
    recipe: dict[str, object] = {}
    exec(text.replace("sys.exit(main())", "pass"), recipe)
    with pytest.raises(TableError, match="not the file that was labelled"):
        prepare_replay(tmp_path / "other.csv", recipe["RECIPE"], tmp_path / "q")  # type: ignore[arg-type]


def with_guesses(folder: Path, labels: int) -> Project:
    """Points with two columns of guesses, one of them told of by an odd name."""
    table = points(300)
    lines = ["x,y,gpt *new*,rule"]
    for row, (x, y) in enumerate(zip(table.text["x"], table.text["y"], strict=True)):
        other = {"yes": "no", "no": "yes"}[truth_of(x)]
        lines.append(f"{x},{y},{other if row % 5 == 0 else truth_of(x)},{truth_of(x)}")
    read = read_table("\n".join(lines).encode(), name="guessed.csv")
    roles = {**FEATURES, "gpt *new*": guess_role("test"), "rule": guess_role("test")}
    project = Project.create(folder, read, roles, {"classes": ["no", "yes"]}, background=False)
    answer(project, labels)
    return project


def test_the_report_says_how_often_guesses_from_elsewhere_are_right_in_the_words_of_progress(
    tmp_path: Path,
) -> None:
    with with_guesses(tmp_path / "p", 60) as project:
        scores = project.guess_scores()
        page, text = Read(project.report_page().decode()).said, project.report_bytes().decode()
    first, second = (one.words for one in scores)
    said = f"Guesses that are right: gpt *new* {first} · rule {second}."
    rows = f"On {scores[0].n} check rows, answered without seeing them."
    section = page.split("Guesses from elsewhere ")[1].split("How it learned")[0]
    assert section.startswith(said)
    assert rows in section
    assert f"## Guesses from elsewhere\n\n{said.replace('*', chr(92) + '*')}\n\n" in text


def test_the_report_says_nothing_of_guesses_where_there_are_none_to_speak_of(
    tmp_path: Path,
) -> None:
    with with_guesses(tmp_path / "few", 6) as few, told(tmp_path / "none") as none:
        for project in (few, none):
            both = project.report_page() + project.report_bytes()
            assert "Guesses from elsewhere" not in both.decode()


def test_the_report_says_near_the_top_which_answers_a_column_of_guesses_mixes_up_most(
    tmp_path: Path,
) -> None:
    with with_guesses(tmp_path / "p", 100) as project:
        labels = project.labels().set_index("row")["label"]
        rows = [row for row in project.check_rows.tolist() if row in labels.index]
        cells = project.table.text["gpt *new*"]
        page, text = Read(project.report_page().decode()).said, project.report_bytes().decode()
    pairs = [("yes", "no"), ("no", "yes")]
    found = []
    for truth, guess in pairs:
        of = [row for row in rows if labels[row] == truth]
        n = sum(cells[row] == guess for row in of)
        found.append((n, f"\u201c{guess}\u201d for {n} of {len(of)} of \u201c{truth}\u201d"))
    top = page.split("How it learned")[0]
    assert max(found)[0] >= 3
    for n, said in found:
        assert (said in top) == (n >= 3)
    assert max(found)[1] in text
    assert "rule says" not in page  # it mixes up nothing
