"""Guesses for another file, written beside its own cells in the format that a person wants."""

from __future__ import annotations

import numpy as np

from al_core.progress import Step
from al_core.projects.records import Download
from al_core.projects.takeaways.labelled_csv import in_lines
from al_core.projects.takeaways.labelled_file import (
    AS_IT_CAME,
    first_format,
    labelled_file,
    note_of,
)
from al_core.projects.takeaways.labelled_file import Wanted as Wanted
from al_core.projects.takeaways.model.taken import Guesses
from al_core.projects.takeaways.outcome import FinalColumn, Outcome, as_the_file_writes
from al_core.tables import Table
from al_core.tables.formats.writing.splice import why_not_as_it_came
from al_core.tables.sources.original import unpacked_original

GUESS, SURE = "guess", "how sure"


def guessed_file(
    table: Table, found: Guesses, wanted: Wanted | None = None, step: Step = float
) -> Download:
    """The file with a guess and how sure it is behind each row."""
    wanted = wanted or Wanted(first_format(table))
    if wanted.format != AS_IT_CAME:
        return labelled_file(_outcome(table, found), wanted, None, step)
    return labelled_file(_outcome(table, found), wanted, _original(table), step)


def guessed_note(table: Table, found: Guesses, wanted: Wanted) -> str:
    """The note of that file, known before it is made."""
    if wanted.format != AS_IT_CAME:
        return note_of(wanted.format)
    letters = "".join([*found.frame["prediction"].dropna().unique(), *free_of(table.columns)])
    return note_of(AS_IT_CAME, why_not_as_it_came(_original(table), table, letters))


def _original(table: Table) -> bytes | None:
    return None if table.original is None else unpacked_original(table.original)


def guesses_csv(table: Table, found: Guesses) -> bytes:
    """The same as CSV for Excel."""
    outcome = _outcome(table, found)
    return in_lines(table, [(name, cells.tolist()) for name, cells in outcome.record.items()])


def _outcome(table: Table, found: Guesses) -> Outcome:
    names = free_of(table.columns)
    guess = found.frame["prediction"].fillna("").to_numpy(dtype=object)
    decimal = table.dialect.decimal
    sure = [as_the_file_writes(one, decimal) for one in found.frame["confidence"]]
    record = {names[0]: guess, names[1]: np.asarray(sure, dtype=object)}
    return Outcome(table, FinalColumn(table.columns[0], True, {}), record)


def free_of(taken: list[str]) -> list[str]:
    """The names of the two columns, with a number where they are taken.

    >>> free_of(["id", "guess"])
    ['guess 2', 'how sure 2']
    """
    names, number = [GUESS, SURE], 2
    while set(names) & set(taken):
        names, number = [f"{GUESS} {number}", f"{SURE} {number}"], number + 1
    return names
