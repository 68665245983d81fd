"""One strict pass over the rows that knows field counts and line numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from al_core.progress import Step
from al_core.tables.decoding.decoded import name_lines
from al_core.tables.delimited.another_table import Beginnings
from al_core.tables.delimited.delimiters import Split
from al_core.tables.delimited.layout.header import Layout
from al_core.tables.delimited.layout.notes_and_other_tables import (
    Tail,
    begins_table,
    notes_below,
)
from al_core.tables.delimited.missing_ends import notice_of_short_rows
from al_core.tables.delimited.records import LINE_END, UNCLOSED, Record, ends_within, records
from al_core.tables.raw import RawTable
from al_core.tables.sources.limits import MAX_BAD_ROWS_LISTED
from al_core.tables.table import BadRow, BadRowsError
from al_core.wording import and_more, count

AGAIN, COMMENT, BLANK = "the names again", "a comment", "delimiters alone"
NOTE, OTHER = "a note below the rows", "another table begins here"


class CarefulPass:
    """Goes over the rows; those that do not fit are noted in ``bad``, with their lines.

    ``aside`` holds what is no row: the names once more, comments, and lines of delimiters alone.
    What fits the table is a row where the person has said themselves which line holds the names.
    """

    def __init__(
        self,
        text: str,
        split: Split,
        layout: Layout,
        offset: int,
        step: Step,
        *,
        tidy: bool = True,
    ) -> None:
        self.text = text
        self.split = split
        self.layout = layout
        self.n_fields = layout.n_fields
        self.names = layout.names if tidy and len(layout.names or []) > 1 else None
        self.tidy = tidy
        first = split.head[layout.first] if layout.first < len(split.head) else None
        self.start = first.start if first else len(text)
        self.before = (first.line - 1 if first else 0) + offset
        above = split.head[: layout.first]
        self._line = self.before + 1 - ends_within(text, above, split.line_end)
        self.lines = array("q")  # of each row; numbers of eight bytes, for there may be millions
        self.step = step
        self.bad: list[BadRow] = []
        self.aside: list[BadRow] = []
        self.n_bad = 0
        self.n_rows = 0
        self.tail: list[Tail] = []
        self.n_short = 0
        self.beginnings = Beginnings(layout.n_fields)
        self._apart = False
        self._end = 0

    def rows(self) -> Iterator[list[str]]:
        """The rows that fit; the others are noted."""
        text = self.text[self.start :] if self.start else self.text
        how = {"end": self.split.line_end, "escapes": self.split.escapes}
        for place, record in enumerate(records(text, self.split.delimiter, **how)):  # type: ignore[arg-type]
            if place % 10_000 == 9_999:
                self.step(record.end / max(1, len(text)))
            between = text[self._end : record.start]
            n_ends = max(between.count("\n"), between.count("\r"))
            self._apart |= n_ends > 1 and place > 0
            self._line += max(n_ends, 1) if place else 0
            if self._apart:
                self.beginnings.gap(self.n_rows, record.line + self.before)
            self._fill_up(record)
            if self._is_row(record, text):
                self.lines.append(self._line)
                self.beginnings.row(self.n_rows, record.line + self.before)
                self.n_rows += 1
                self.tail.clear()
                yield record.fields
            self.beginnings.passed(record.fields, self.n_rows, record.line + self.before)
            self._apart = not any(map(str.strip, record.fields))
            self._end = record.end

    def _fill_up(self, record: Record) -> None:
        """Add the blank cells that a row has lost at its end."""
        missing = self.n_fields - len(record.fields)
        if missing > 0 and 0 < self.split.least <= len(record.fields) and not record.problem:
            record.fields += [""] * missing
            self.n_short += 1

    def _is_row(self, record: Record, text: str) -> bool:
        fits = not record.problem and len(record.fields) == self.n_fields
        what = self._set_aside(record, fits) if self.tidy or not fits else ""
        if what == AGAIN:
            self.beginnings.names_again(record.line + self.before)
        if what:
            self._note(self.aside, record, text, what)
        elif not fits and (len(record.fields) > 1 or record.fields[0].strip() or record.problem):
            self.n_bad += 1
            problem = record.problem or self._counted(len(record.fields))
            self._note(self.bad, record, text, problem)
            bad = self._bad_row(record, text, record.problem)
            self.tail.append(Tail(bad, record.fields, self._apart))
        return fits and not what

    def _set_aside(self, record: Record, fits: bool) -> str:
        fields = record.fields
        if fits:
            return AGAIN if self.names and fields[: len(self.names)] == self.names else ""
        if fields[0].lstrip().startswith("#") and record.problem == "":
            return COMMENT
        return BLANK if len(fields) > 1 and not any(map(str.strip, fields)) else ""

    def _counted(self, n_fields: int) -> str:
        fields = "1 field" if n_fields == 1 else f"{n_fields} fields"
        return f"{fields}, {self.n_fields} expected"

    def _note(self, rows: list[BadRow], record: Record, text: str, problem: str) -> None:
        if len(rows) < MAX_BAD_ROWS_LISTED:
            rows.append(self._bad_row(record, text, problem))

    def _bad_row(self, record: Record, text: str, problem: str) -> BadRow:
        cells = text[record.start : record.end][:500]
        return BadRow(record.line + self.before, cells, problem)

    def without_tail(self, columns: list[Any]) -> list[Any]:
        """Notes below the rows set aside, and the rows of another table below them made bad."""
        if not self.n_rows:
            return columns
        if len(self.tail) <= len(self.bad) and notes_below(self.tail):
            kept = len(self.bad) - len(self.tail)
            self.aside += [replace(bad, problem=NOTE) for bad in self.bad[kept:]]
            self.bad, self.n_bad = self.bad[:kept], self.n_bad - len(self.tail)
            return columns
        place = begins_table(self.tail)
        if place is not None and len(self.tail) <= len(self.bad):
            at = len(self.bad) - len(self.tail) + place
            self.bad[at] = replace(self.bad[at], problem=OTHER)
        return self._without_other_table(columns) if self.tidy else columns

    def _without_other_table(self, columns: list[Any]) -> list[Any]:
        """The rows of the first table alone; those of another one below it count as bad."""
        found = self.beginnings.first_table(columns)
        if found is None:
            return columns
        begun = LINE_END.split(self.text[self.start :])[found.line - self.before - 1]
        self.aside = [row for row in self.aside if row.line < found.line]
        above = [row for row in self.bad if row.line < found.line]
        self.n_bad = len(above) + self.n_rows - found.kept
        self.bad = [*above, BadRow(found.line, begun[:500], OTHER)]
        self.n_rows = found.kept
        return [column[: found.kept] for column in columns]


def refuse_bad_rows(careful: CarefulPass, raw: RawTable, *, skip_bad_rows: bool) -> None:
    """Bad rows are left out by choice, or an error that names their lines."""
    raw.notices.extend(_notices_of_left_out(careful.aside))
    if careful.n_short:
        lost = [name for name in (careful.layout.names or [])[careful.split.least :] if name]
        raw.notices.append(notice_of_short_rows(careful.n_short, careful.n_rows, lost))
    raw.bad_rows = sorted([*careful.bad, *careful.aside], key=lambda bad: bad.line)
    if not careful.n_bad:
        return
    n_told = len(careful.bad[:5])
    told = "; ".join(f"line {bad.line}: {bad.problem}" for bad in careful.bad[:5])
    more = f"; {and_more(careful.n_bad - n_told)}" if careful.n_bad > n_told else ""
    rows = count(careful.n_bad, "row")
    if skip_bad_rows and careful.n_rows:
        raw.notices.append(f"{rows} left out that could not be read ({told}{more}).")
        return
    verb = "does" if careful.n_bad == 1 else "do"
    hint = HINTS.get(careful.bad[0].problem, "Mend the file")
    raise BadRowsError(
        f"{rows} of {careful.n_bad + careful.n_rows:,} {verb} not fit the table: {told}{more}. "
        f"{hint}, or leave out such rows and read the other {careful.n_rows:,}.",
        careful.bad,
        careful.n_bad,
        careful.n_rows,
    )


HINTS = {
    UNCLOSED: "Close the quote in the file",
    OTHER: "Keep each table in a file of its own",
}
TOLD = {
    AGAIN: "The names stand once more within the file ({}); that is no row and was left out.",
    COMMENT: "Comments that begin with # were left out ({}).",
    BLANK: "Lines of delimiters alone were left out ({}).",
    NOTE: "What stands below the rows is a note, no row, and was left out ({}).",
}


def _notices_of_left_out(aside: list[BadRow]) -> list[str]:
    lines = {what: [row.line for row in aside if row.problem == what] for what in TOLD}
    return [TOLD[what].format(name_lines(found)) for what, found in lines.items() if found]
