"""What the desk calls rare, and how it writes whole numbers."""

from __future__ import annotations

from pathlib import Path

from al_core.projects import Project
from al_core.tables import guess_roles, read_table
from pages.components.desk.row.fields import RowView, read_row, usual_values


def view(tmp_path: Path, row: int) -> RowView:
    """A row of 400 customers in 1,200 rows, one of whom pays in an odd way."""
    lines = [
        f"c{i % 400},{'odd' if i == 7 else 'card'},{'' if i % 5 == 1 else f'{i % 9}.0'},{i * 1.5}"
        for i in range(1200)
    ]
    table = read_table("\n".join(["customer,pays,size,price", *lines]).encode())
    settings = {"classes": ["yes", "no"]}
    with Project.create(tmp_path, table, guess_roles(table), settings) as project:
        values = project.row_values(row)
        return read_row(project, row, values, usual_values(project), everything=True)


def test_a_value_among_common_ones_is_rare_and_one_customer_of_many_is_not(tmp_path: Path) -> None:
    marks = {fact.name: fact.mark for fact in view(tmp_path, 7).facts}
    assert marks["customer"] == ""
    assert marks["pays"] == "rare"


def test_whole_numbers_beside_gaps_are_shown_without_a_point(tmp_path: Path) -> None:
    texts = {fact.name: fact.text for fact in view(tmp_path, 7).facts}
    assert texts["size"] == "7"
    assert texts["price"] == "10.5"
