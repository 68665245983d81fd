"""A person's file -> a typed table -> a feature matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from al_core.lazy import lazily

# At once: the function has the name of its package, which would stand in its place otherwise.
from al_core.tables.demo_sets.sets import DemoSet, demo_sets, load_demo

if TYPE_CHECKING:
    from al_core.tables.columns.added import hidden_columns, own_label, shown_columns
    from al_core.tables.columns.answer_keys import visible
    from al_core.tables.columns.answers import Cleaned, answers_in, check_answers, clean_labels
    from al_core.tables.columns.candidates import Candidate, guess_columns, label_candidates
    from al_core.tables.columns.leaks import flag_leaks
    from al_core.tables.columns.notices import decisions_first
    from al_core.tables.columns.pictures import Picture
    from al_core.tables.columns.readable import readable_rows
    from al_core.tables.columns.roles import (
        Role,
        guess_role,
        guess_roles,
        is_to_check,
        label_role,
        pictures,
        words_not_answered,
    )
    from al_core.tables.columns.row_names import RowNames
    from al_core.tables.columns.summary import ColumnSummary, column_summary
    from al_core.tables.columns.typed_answers import (
        look_the_same,
        read_classes,
        settle_answers,
        split_answers,
        twin_of,
    )
    from al_core.tables.columns.unanswered import Doubt, doubtful_answers
    from al_core.tables.features.encode import OWN_TYPES, Encoded, encode
    from al_core.tables.formats.exports.own.names import own_columns, own_label_column
    from al_core.tables.formats.writing.lines import bad_rows_csv
    from al_core.tables.options import EncodingOption, ReadOptions, read_options
    from al_core.tables.read import read_table
    from al_core.tables.store import holds_table, load_table, save_table
    from al_core.tables.table import (
        BadRow,
        BadRowsError,
        Dialect,
        Header,
        HeaderChoice,
        HeaderOption,
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
    "Doubt",
    "Encoded",
    "EncodingOption",
    "Header",
    "HeaderChoice",
    "HeaderOption",
    "Picture",
    "ReadOptions",
    "Role",
    "RowNames",
    "SheetError",
    "Table",
    "TooLargeError",
    "answers_in",
    "bad_rows_csv",
    "check_answers",
    "clean_labels",
    "column_summary",
    "decisions_first",
    "demo_sets",
    "doubtful_answers",
    "encode",
    "flag_leaks",
    "guess_columns",
    "guess_role",
    "guess_roles",
    "hidden_columns",
    "holds_table",
    "is_to_check",
    "label_candidates",
    "label_role",
    "load_demo",
    "load_table",
    "look_the_same",
    "own_columns",
    "own_label",
    "own_label_column",
    "pictures",
    "read_classes",
    "read_options",
    "read_table",
    "readable_rows",
    "save_table",
    "settle_answers",
    "shown_columns",
    "split_answers",
    "twin_of",
    "visible",
    "words_not_answered",
]

_HOMES = {
    "columns.added": ("hidden_columns", "own_label", "shown_columns"),
    "columns.answer_keys": ("visible",),
    "columns.answers": ("Cleaned", "answers_in", "check_answers", "clean_labels"),
    "columns.candidates": ("Candidate", "guess_columns", "label_candidates"),
    "columns.leaks": ("flag_leaks",),
    "columns.notices": ("decisions_first",),
    "columns.pictures": ("Picture",),
    "columns.readable": ("readable_rows",),
    "columns.roles": (
        "Role",
        "guess_role",
        "guess_roles",
        "is_to_check",
        "label_role",
        "pictures",
        "words_not_answered",
    ),
    "columns.row_names": ("RowNames",),
    "columns.summary": ("ColumnSummary", "column_summary"),
    "columns.typed_answers": (
        "look_the_same",
        "read_classes",
        "settle_answers",
        "split_answers",
        "twin_of",
    ),
    "columns.unanswered": ("Doubt", "doubtful_answers"),
    "features.encode": ("Encoded", "OWN_TYPES", "encode"),
    "formats.exports.own.names": ("own_columns", "own_label_column"),
    "formats.writing.lines": ("bad_rows_csv",),
    "options": ("EncodingOption", "ReadOptions", "read_options"),
    "read": ("read_table",),
    "store": ("holds_table", "load_table", "save_table"),
    "table": (
        "BadRow",
        "BadRowsError",
        "Dialect",
        "Header",
        "HeaderChoice",
        "HeaderOption",
        "SheetError",
        "Table",
        "TooLargeError",
    ),
}
if not TYPE_CHECKING:  # a type checker would take any name for one of these
    __getattr__, __dir__ = lazily(__name__, _HOMES)
