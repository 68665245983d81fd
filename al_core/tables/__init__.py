"""A person's file -> a typed table -> a feature matrix."""

from al_core.tables.columns.answers import (
    Cleaned,
    check_answers,
    clean_labels,
)
from al_core.tables.columns.candidates import Candidate, label_candidates
from al_core.tables.columns.leaks import flag_leaks
from al_core.tables.columns.pictures import Picture
from al_core.tables.columns.roles import Role, guess_roles, pictures
from al_core.tables.columns.summary import ColumnSummary, column_summary
from al_core.tables.columns.typed_answers import (
    look_the_same,
    read_classes,
    settle_answers,
    split_answers,
    twin_of,
)
from al_core.tables.demo_sets.sets import DemoSet, demo_sets, load_demo
from al_core.tables.features.encode import OWN_TYPES, Encoded, encode
from al_core.tables.options import EncodingOption, ReadOptions, read_options
from al_core.tables.read import read_table
from al_core.tables.store import holds_table, load_table, save_table
from al_core.tables.table import (
    BadRow,
    BadRowsError,
    Dialect,
    SheetError,
    Table,
    TooLargeError,
)

__all__ = [
    "OWN_TYPES",
    "BadRow",
    "BadRowsError",
    "Candidate",
    "Cleaned",
    "ColumnSummary",
    "DemoSet",
    "Dialect",
    "Encoded",
    "EncodingOption",
    "Picture",
    "ReadOptions",
    "Role",
    "SheetError",
    "Table",
    "TooLargeError",
    "check_answers",
    "clean_labels",
    "column_summary",
    "demo_sets",
    "encode",
    "flag_leaks",
    "guess_roles",
    "holds_table",
    "label_candidates",
    "load_demo",
    "load_table",
    "look_the_same",
    "pictures",
    "read_classes",
    "read_options",
    "read_table",
    "save_table",
    "settle_answers",
    "split_answers",
    "twin_of",
]
