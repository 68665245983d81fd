"""The part of a project that never changes: table, roles, the file's answers, encoded rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from al_core.errors import ProjectDamaged, TableError
from al_core.learning import Matrix, get_model, recommend_model
from al_core.learning.models.threads import one_thread
from al_core.projects.starting.files import (
    ANSWERS_FILE,
    MEANING_FOLDER,
    ROLES_FILE,
    TABLE_FOLDER,
    check_readable,
    digests_of,
    load_answers,
    write_through,
)
from al_core.projects.starting.settings import MODEL_AUTO
from al_core.tables import (
    Encoded,
    Role,
    RowNames,
    Table,
    check_answers,
    encode,
    hidden_columns,
    is_to_check,
    load_table,
    save_table,
    words_not_answered,
)
from al_core.tables.features.meaning.features import (
    MeaningFeatures,
    load_features,
    stand_beside,
)
from al_core.tables.store import ORIGINAL


@dataclass
class ProjectData:
    """Table, roles and what is worked out from them; may be shared by several openers.

    ``file_codes``: (n_rows,) the file's answer as a place in ``file_classes``, -1 for none.
    ``meaning``: what the texts mean, once it is worked out. ``files``: the digests of the files it
    was read from. ``row_names``: what a person calls a
    row. The encoded rows are made once for dense and once for
    sparse models, when first needed.
    """

    table: Table
    roles: dict[str, Role]
    file_codes: NDArray[np.int32]
    file_classes: list[str]
    meaning: MeaningFeatures | None = field(default=None, repr=False)
    files: dict[str, str] = field(default_factory=dict, repr=False)
    row_names: RowNames = field(init=False, repr=False)
    _encoded: dict[bool, Encoded] = field(default_factory=dict, repr=False)
    _beside: dict[bool, tuple[MeaningFeatures, Matrix]] = field(default_factory=dict, repr=False)
    _cells: dict[str, Any] = field(default_factory=dict, repr=False)
    _shown: set[str] = field(default_factory=set, repr=False)
    _twins: tuple[NDArray[np.uint64], dict[int, list[int]]] | None = field(default=None, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        for name in self.table.columns:
            self._cells[name] = pa.array(self.table.text[name].array)
        self._shown = set(self.table.columns) - self.hidden
        self.row_names = RowNames(self.table, self.roles)

    @property
    def n_rows(self) -> int:
        """How many rows the table has."""
        return self.table.n_rows

    def twins_of(self, row: int) -> list[int]:
        """The other rows with the same cells in every column that is read, ascending."""
        with self._lock:
            if self._twins is None:
                self._twins = _groups(self.table, self.roles)
        group, rows = self._twins
        return [twin for twin in rows.get(int(group[row]), ()) if twin != row]

    @property
    def label_column(self) -> str | None:
        """The column that holds the file's answers, if any."""
        return next((name for name, role in self.roles.items() if role.kind == "label"), None)

    @property
    def guess_columns(self) -> list[str]:
        """The columns of guesses that a person wants checked, in the order of the table."""
        return [name for name, role in self.roles.items() if is_to_check(role)]

    @property
    def X(self) -> Matrix:
        """The encoded rows as most models take them; CSR for free text."""
        return self.encoded().X

    def encoded(self, dense: bool = False) -> Encoded:
        """The encoded table; ``dense`` for models that cannot take a sparse matrix."""
        with self._lock:
            if not dense or not self.has_text:
                dense = False
            if dense not in self._encoded:
                roles = {k: r for k, r in self.roles.items() if r.kind != "label"}
                with one_thread():  # twenty people who open theirs at once share the cores
                    self._encoded[dense] = encode(self.table.frame, roles, dense=dense)
            return self._encoded[dense]

    @property
    def has_text(self) -> bool:
        """Whether a column is read as free text."""
        return bool(self.text_columns)

    @property
    def text_columns(self) -> list[str]:
        """The columns that are read as free text."""
        return [name for name, role in self.roles.items() if role.kind == "text"]

    def model_name(self, wanted: str) -> str:
        """The name of the model: the recommended one where ``wanted`` is "auto"."""
        if wanted != MODEL_AUTO:
            return wanted
        return recommend_model(self.n_rows, self.X.shape[1], not isinstance(self.X, np.ndarray))

    def matrix(self, model: str, features: str = "") -> Matrix:
        """The encoded rows as the named model takes them.

        features: the digest of ``meaning`` to have that beside them; "": without.
        """
        dense = get_model(self.model_name(model)).dense
        if features and self.meaning is not None and self.meaning.digest == features:
            return self._with_meaning(dense, self.meaning)
        return self.encoded(dense).X

    def _with_meaning(self, dense: bool, meaning: MeaningFeatures) -> Matrix:
        letters = self.encoded(dense).X
        with self._lock:
            known = self._beside.get(dense)
            if known is None or known[0] is not meaning:
                known = self._beside[dense] = meaning, stand_beside(letters, meaning.features)
            return known[1]

    def take_meaning(self, meaning: MeaningFeatures) -> None:
        """Have what the texts mean; made ready here, so that no press waits for it."""
        self._with_meaning(False, meaning)
        self.meaning = meaning

    def n_beside(self, X: Matrix) -> int:
        """How many columns of ``X`` hold what the texts mean; they are the last."""
        return int(X.shape[1] - self.encoded(isinstance(X, np.ndarray)).X.shape[1])

    def cells(self, column: str) -> Any:
        """One column's original text as an Arrow array."""
        return self._cells[column]

    @property
    def hidden(self) -> frozenset[str]:
        """The answer column, and those that would sway an answer: another model's guesses."""
        flags = {name: role.flags for name, role in self.roles.items()}
        return hidden_columns(flags) | {self.label_column or ""}

    def row(self, row: int) -> dict[str, str]:
        """The original text of every column that a person sees before answering, in order."""
        return {k: cell[row].as_py() or "" for k, cell in self._cells.items() if k in self._shown}


def _groups(
    table: Table, roles: Mapping[str, Role]
) -> tuple[NDArray[np.uint64], dict[int, list[int]]]:
    """A number for what the read columns of each row hold, and the rows of those held twice."""
    read = [name for name, role in roles.items() if role.kind not in ("label", "ignored")]
    if not read:
        return np.arange(table.n_rows, dtype=np.uint64), {}
    hashed = pd.util.hash_pandas_object(table.text[read].astype(str), index=False)
    numbers = np.asarray(hashed, dtype=np.uint64)
    twice = np.flatnonzero(hashed.duplicated(keep=False))
    rows: dict[int, list[int]] = {}
    for row in twice.tolist():
        rows.setdefault(int(numbers[row]), []).append(row)
    return numbers, rows


def new_data(table: Table, roles: Mapping[str, Role]) -> ProjectData:
    """The data of a new project; LabelError where the answer column cannot be one."""
    wrong = [name for name in roles if name not in table.columns]
    if wrong:
        raise TableError(f"The table has no column {wrong[0]!r}. Its columns: {table.columns}.")
    labels = [name for name, role in roles.items() if role.kind == "label"]
    if len(labels) > 1:
        raise TableError(
            f"Two columns are marked as the answer: {labels[0]!r} and {labels[1]!r}. Mark one."
        )
    everything = {name: roles.get(name, Role("ignored", "not chosen")) for name in table.columns}
    codes, classes = np.full(table.n_rows, -1, dtype=np.int32), list[str]()
    if labels:
        codes, classes = _file_answers(table, labels[0], roles[labels[0]])
    return ProjectData(table, everything, codes, classes)


def _file_answers(table: Table, column: str, role: Role) -> tuple[NDArray[np.int32], list[str]]:
    apart, said = "keep_apart" in role.flags, words_not_answered(role)
    cleaned = check_answers(table, column, keep_apart=apart, not_answered=said)
    codes = pd.Categorical(cleaned.values, categories=cleaned.classes).codes
    return np.asarray(codes, dtype=np.int32), list(cleaned.classes)


def save_data(data: ProjectData, folder: Path) -> None:
    """Write table, roles and the file's answers as they were read at the start."""
    save_table(data.table, folder / TABLE_FOLDER)
    roles = {name: asdict(role) for name, role in data.roles.items()}
    (folder / ROLES_FILE).write_text(json.dumps(roles, ensure_ascii=False), encoding="utf-8")
    answers = {"classes": data.file_classes, "codes": data.file_codes.tolist()}
    if data.label_column is None:
        answers["codes"] = []
    (folder / ANSWERS_FILE).write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    for path in folder.rglob("*"):
        if path.is_file():
            write_through(path)


def load_data(folder: str | Path) -> ProjectData:
    """The unchanging part of the project in ``folder``: heavy, may be cached and shared.

    Raises ProjectDamaged where a file is missing or is not what it should be, and ProjectReadOnly
    where the folder may not be read.
    """
    folder = Path(folder)
    check_readable(folder)
    try:
        table = load_table(folder / TABLE_FOLDER)
        roles = json.loads((folder / ROLES_FILE).read_text(encoding="utf-8"))
        codes, classes = load_answers(folder / ANSWERS_FILE)
        data = _as_saved(table, roles, codes, classes)
        data.files = digests_of(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, TableError) as error:
        lost = Path(str(getattr(error, "filename", "") or "")).name
        which = f": {lost} is not there" if lost else ""
        raise ProjectDamaged(
            f"The table of the project {folder.name} cannot be read{which}. Restore the folder "
            "from a copy. The answers given so far are safe in its journal."
        ) from None
    data.encoded()  # here, where a wait is expected, and not at the first press
    data.twins_of(0)
    meaning = load_features(folder / MEANING_FOLDER, data.n_rows) if data.has_text else None
    if meaning is not None:
        data.take_meaning(meaning)
    return data


def check_files(data: ProjectData, known: Mapping[str, str], folder: Path) -> None:
    """ProjectDamaged where the files are not those that the journal is about.

    known: their digests as the journal has them; {} where it has none. The file as it came may be
    gone: nothing is answered by it.
    """
    for name, digest in known.items():
        here = data.files.get(name)
        if data.files and here != digest and (here or not name.endswith(ORIGINAL)):
            raise ProjectDamaged(
                f"{name} in {folder.name} is not the file that this project began with: it was "
                "changed, or belongs to another project. Restore the folder from a copy. The "
                "answers given so far are safe in its journal."
            )


def _as_saved(
    table: Table, roles: dict[str, Any], codes: NDArray[np.int32], classes: list[str]
) -> ProjectData:
    """Put the parts together; ValueError where they do not fit."""
    read = {k: Role(**{**role, "flags": tuple(role["flags"])}) for k, role in roles.items()}
    if not len(codes):
        codes = np.full(table.n_rows, -1, dtype=np.int32)
    if list(read) != table.columns:
        raise ValueError(f"{ROLES_FILE} is about other columns")
    if len(codes) != table.n_rows or codes.min(initial=-1) < -1 or codes.max() >= len(classes):
        raise ValueError(f"{ANSWERS_FILE} does not fit the table")
    return ProjectData(table, read, codes, classes)
