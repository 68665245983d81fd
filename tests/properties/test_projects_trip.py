"""Whatever stands in a file and is answered: the labelled file reads back with the same of both."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from al_core.errors import TableError
from al_core.projects import Project, projects_of
from al_core.projects.takeaways.labelled_csv import csv_lines
from al_core.tables import (
    Role,
    Table,
    answers_in,
    guess_roles,
    own_label_column,
    read_table,
    twin_of,
)
from al_core.tables.formats.exports.own.formulas import with_formulas, without_formulas

SIGNS = st.sampled_from("'\",;\t\r\n=+-@1 ?Na/")
LETTERS = st.one_of(SIGNS, st.characters(exclude_categories=["Cs"]))
CELLS = st.one_of(
    st.text(LETTERS, max_size=6),
    st.sampled_from(["", "N/A", "null", "?", "nan", "+ve", "-ve", "'+ve", "''=1", "-1", "Total"]),
)
ANSWERS = st.lists(
    CELLS.filter(lambda text: bool(text.strip())),
    min_size=2,
    max_size=4,
    unique_by=lambda name: name.strip(),
)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(st.lists(st.text(LETTERS, max_size=6), max_size=6))
def test_what_is_done_to_formulas_is_undone_exactly(cells: list[str]) -> None:
    escaped = without_formulas(pa.array(cells, pa.large_string()))
    assert with_formulas(escaped).to_pylist() == cells
    assert not any(cell[:1] in "=@\t\r" and cell for cell in escaped.to_pylist())


def as_table(rows: list[list[str]], delimiter: str) -> Table:
    """The table of a file with these cells and two columns of numbers, as it is read."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["x", "y", *(f"text {i}" for i in range(len(rows[0])))])
    writer.writerows([f"{i}.5", f"{i * 7 % 5}.25", *row] for i, row in enumerate(rows))
    return read_table(out.getvalue().encode(), name="any.csv", delimiter=delimiter, header=1)


def exported(home: str, name: str, table: Table, roles: dict[str, Role], given: list[str]) -> bytes:
    """Label the rows with these answers, "" for none, and download the file."""
    classes = list(dict.fromkeys(answer for answer in given if answer))
    made = {"classes": classes, "model": "naive_bayes", "check_share": 0, "kind": "live"}
    with Project.create(Path(home) / name, table, roles, made, background=False) as project:
        for row, answer in enumerate(given):
            if answer:
                project.label(row, answer, note="'=a note" if row == 1 else "")
        return project.export_bytes()


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=4, max_size=6),
    ANSWERS,
    st.data(),
    st.sampled_from(",;\t|"),
)
@example([["'=1", "N/A"], ["", ""], ["=1", "a"], ["", ""]], ["N/A", "null"], None, ",")
@FEW
def test_a_labelled_file_reads_back_with_its_cells_and_labels(
    rows: list[list[str]], answers: list[str], data: st.DataObject | None, delimiter: str
) -> None:
    try:
        table = as_table(rows, delimiter)
    except TableError:
        assume(False)
    answers = [a for i, a in enumerate(answers) if twin_of(a, answers[:i]) is None]
    assume(len(answers) > 1)
    more = st.sampled_from(["", *answers])
    free = [data.draw(more) if data else "" for _ in range(table.n_rows - 3)]
    given = [*answers[:2], "", *free]
    with TemporaryDirectory() as home:
        out = exported(home, "first", table, guess_roles(table), given)
        again = read_table(out, name="again.csv")
        label = own_label_column(again.columns)
        assert label == "al_label"
        assert again.text[table.columns].equals(table.text)
        assert [answer or "" for answer in answers_in(again, label).values] == given
        assert [info.id for info in projects_of(again, home)] == ["first"]
        roles = {**guess_roles(again), label: Role("label", "the answer")}
        assert {r.kind for n, r in roles.items() if n.startswith("al_")} == {"label", "ignored"}
        with Project.create(Path(home) / "second", again, roles, background=False) as project:
            once_more = read_table(project.export_bytes(), name="again.csv")
        guesses = ["al_prediction", "al_confidence"]  # of a model that was fitted in another order
        assert once_more.text.drop(columns=guesses).equals(again.text.drop(columns=guesses))


def test_lines_of_any_cells_read_back_in_one_way() -> None:
    cells = ["'=1", "=1", "''=1", "'", "'a", "-1,5", "-a"]
    lines = csv_lines([pa.array(cells), pa.array(cells)], ",").decode()
    assert len(set(lines.splitlines())) == len(cells)
