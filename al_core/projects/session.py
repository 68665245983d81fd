"""The doors of the projects wing, as promised; each is being filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from al_core.learning.records import Advice, Baseline, Round, Rows
from al_core.projects.records import (
    Counts,
    Explanation,
    Freshness,
    HistoryItem,
    Measurement,
    Pace,
    ProjectInfo,
    Question,
    Receipt,
    ScoreNow,
)
from al_core.projects.settings import Settings
from al_core.tables import Role, Table

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class ProjectData:
    """What does not change while a project lives: table, roles, encoded rows."""

    table: Table
    roles: dict[str, Role]
    X: Any


class Project:
    """An opened project: a table, its roles, and the journal of what was answered."""

    id: str
    opener: str
    folder: Path
    name: str
    table: Table
    roles: dict[str, Role]
    settings: Settings
    classes: list[str]
    kind: Literal["live", "oracle"]
    metric: str
    notices: list[str]
    saved_at: datetime | None
    estimator: Any
    X: Any
    seed: int
    first_rows: Rows
    check_rows: Rows
    test_rows: Rows
    data: ProjectData

    @classmethod
    def create(
        cls,
        folder: str | Path,
        table: Table,
        roles: Mapping[str, Role],
        settings: Settings | Mapping[str, Any] | None = None,
        *,
        background: bool = True,
        name: str | None = None,
    ) -> Project:
        """A new project in ``folder`` (made if absent, must hold no project yet)."""
        raise NotImplementedError

    @classmethod
    def open(
        cls,
        folder: str | Path,
        background: bool = True,
        *,
        data: ProjectData | None = None,
        takes_over: Sequence[str] = (),
    ) -> Project:
        """The project in ``folder``, exactly where it was."""
        raise NotImplementedError

    def ask(self, n: int = 1) -> list[Question]: ...
    def label(
        self,
        row: int,
        label: str,
        *,
        token: str | None = None,
        by: str = "person",
        note: str = "",
        purpose: str | None = None,
    ) -> Receipt: ...
    def skip(self, row: int, *, token: str | None = None, by: str = "person") -> Receipt: ...
    def dont_know(self, row: int, *, token: str | None = None, by: str = "person") -> Receipt: ...
    def undo(self, *, by: str = "person") -> Receipt: ...
    def label_many(
        self, rows: Sequence[int], label: str, *, by: str = "person", note: str = ""
    ) -> Receipt: ...
    def remove_label(self, row: int, *, by: str = "person") -> Receipt: ...
    def rename_class(self, old: str, new: str, *, by: str = "person") -> Receipt: ...
    def add_class(self, name: str, *, by: str = "person") -> Receipt: ...
    def add_note(self, row: int, text: str, *, by: str = "person") -> Receipt: ...
    def show_skipped(self) -> int: ...
    def counts(self) -> Counts: ...
    def score(self) -> ScoreNow: ...
    def freshness(self) -> Freshness: ...
    def advice(self) -> Advice: ...
    def pace(self) -> Pace: ...
    def rounds(
        self, on_progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> list[Round]: ...
    def baseline(
        self, on_progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Baseline: ...
    def measured(self) -> Measurement: ...
    def answer_with_oracle(
        self,
        n: int,
        on_round: Callable[[Round], None] | None = None,
        cancelled: Cancelled | None = None,
    ) -> list[Round]: ...
    def predictions(self) -> pd.DataFrame: ...
    def guess(self, row: int) -> dict[str, float]: ...
    def explain(self, row: int) -> Explanation: ...
    def find(self, text: str = "", column: str | None = None, limit: int = 200) -> list[int]: ...
    def row_values(self, row: int) -> dict[str, str]: ...
    def history(self, limit: int | None = None) -> list[HistoryItem]: ...
    def labels(self) -> pd.DataFrame: ...
    def next_rows(self, n: int) -> list[int]: ...
    def row_state(self) -> pd.DataFrame: ...
    def change(self, **settings: Any) -> None: ...
    def rename(self, new_name: str) -> None: ...
    def propose_metric(self) -> str | None: ...
    def export(self, path: str | Path) -> None: ...
    def export_bytes(self) -> bytes: ...
    def export_model(self, path: str | Path) -> None: ...
    def model_bytes(self) -> bytes: ...
    def report_bytes(self) -> bytes: ...
    def project_file_bytes(self) -> bytes: ...
    def close(self) -> None: ...
    def wait(self, timeout: float | None = None) -> bool: ...


def load_data(folder: str | Path) -> ProjectData: ...
def list_projects(home: str | Path | None = None) -> list[ProjectInfo]: ...
def projects_home() -> Path: ...
def new_project_folder(name: str, home: str | Path | None = None) -> Path: ...
def move_to_bin(folder: str | Path) -> Path: ...
def binned_projects(home: str | Path | None = None) -> list[ProjectInfo]: ...
def restore(folder: str | Path) -> Path: ...
def import_project(data: bytes, home: str | Path | None = None) -> Path: ...
