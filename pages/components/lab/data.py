"""The data of a comparison: this project, a demo set or an upload, wherever answers are known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st

from al_core import LabelError, read_table_apart
from al_core.projects import Project, ProjectData, new_data
from al_core.tables import (
    Role,
    Table,
    demo_sets,
    guess_roles,
    label_candidates,
    load_demo,
)
from pages.components.choosing import choose
from pages.components.choosing.drop_zone import drop_zone

PROJECT, UPLOAD = "project", "upload"
_OWN = "A file of your own"
# Known answers needed to compare; a choice: with fewer, no difference shows.
_FEWEST = 40


@dataclass(frozen=True)
class LabData:
    """Rows whose answers are known. ``data`` encodes them as each model needs it; ``features``
    names what is read beside letters, "" for nothing."""

    name: str
    data: ProjectData
    rows: np.ndarray[Any, Any]
    labels: np.ndarray[Any, Any]
    features: str = ""

    def matrix(self, model: str) -> Any:
        """The encoded rows, (n, d), as the named model takes them."""
        return self.data.matrix(model, self.features)[self.rows]

    @property
    def read_by(self) -> str:
        """What of texts is read, in a few words; "" where there is no text."""
        if not self.data.has_text:
            return ""
        return "letters and meaning" if self.features else "letters alone"


def choose_data(project: Project | None) -> LabData | None:
    """The picker, and what was picked; None while there is nothing to compare on."""
    titles = {demo.key: demo.title for demo in demo_sets()} | {UPLOAD: _OWN}
    if project is not None and _n_known(project) >= _FEWEST:
        titles = {PROJECT: f"This project: {project.name}"} | titles
    key = choose.select(
        "Data",
        list(titles),
        words=titles.__getitem__,
        key="lab_data",
        bind="query-params",
    )
    if key == UPLOAD:
        return _uploaded()
    if key == PROJECT and project is not None:
        return _of_project(project)
    return _of_demo(str(key))


def data_title(key: str) -> str:
    """A choice of data as the address names it; a project is only known where it is open."""
    titles = {demo.key: demo.title for demo in demo_sets()} | {UPLOAD: _OWN}
    return titles.get(key, key)


@st.cache_resource(max_entries=5, show_spinner="Reading the demo set")
def _of_demo(key: str) -> LabData:
    demo = next(demo for demo in demo_sets() if demo.key == key)
    return _known(load_demo(key), demo.label_column, demo.title)


def _n_known(project: Project) -> int:
    return project.counts().n_rows if project.kind == "oracle" else project.counts().labelled


def _of_project(project: Project) -> LabData:
    """All rows of a rehearsal; of a live project those that are labelled by now."""
    if project.kind == "oracle":
        return replace(_known_rows(project.data, project.name), features=project.features)
    labels = project.labels()
    rows = labels["row"].to_numpy(dtype=np.intp)
    known = labels["label"].to_numpy(dtype=object)
    return LabData(project.name, project.data, rows, known, project.features)


def _uploaded() -> LabData | None:
    file = drop_zone("A file with an answer in every row", key="lab_upload")
    if file is None:
        st.caption("CSV, Excel or Parquet. Rows without an answer are left out.")
        return None
    content = file.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    table = _read(digest, file.name, content)
    columns = [candidate.column for candidate in label_candidates(table)]
    if not columns:
        raise LabelError(
            f"No column of {file.name} can hold the answers: each has only one value, or a "
            "different one in every row. Choose a file in which every row has its answer."
        )
    column = choose.select("The answers stand in", columns, key=f"lab_column_{digest[:8]}")
    return _of_upload(digest, str(column), table)


@st.cache_resource(max_entries=2, show_spinner="Reading the file")
def _read(digest: str, name: str, _content: bytes) -> Table:
    return read_table_apart(_content, name=name)


@st.cache_resource(max_entries=2, show_spinner=False)
def _of_upload(digest: str, column: str, _table: Table) -> LabData:
    return _known(_table, column, _table.name)


def _known(table: Table, column: str, name: str) -> LabData:
    guessed = guess_roles(table)
    roles = {key: _not_the_answer(role) for key, role in guessed.items()}
    return _known_rows(new_data(table, roles | {column: Role("label", "the answer")}), name)


def _not_the_answer(role: Role) -> Role:
    return replace(role, kind="ignored") if role.kind == "label" else role


def _known_rows(data: ProjectData, name: str) -> LabData:
    rows = np.flatnonzero(data.file_codes >= 0)
    return LabData(name, data, rows, np.asarray(data.file_classes)[data.file_codes[rows]])
