"""Which lines hold the names: every reading of the first lines is weighed, the heaviest is taken.

A reading says of each line at the top what it is: a title or note, a line of names or a part of
them, units, or the first row. Its score is the sum of the weights of evidence of these lines, each
against being one more row of the table below, and of what is usual.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from al_core.tables.delimited.layout.below import Column, column_below
from al_core.tables.delimited.layout.evidence import may_be_units
from al_core.tables.delimited.layout.line_signs import (
    distinct,
    is_sparse,
    is_whole,
    number_names,
    numbered,
    parted,
    parts_fit,
    title_form,
)
from al_core.tables.delimited.layout.names_on_lines import joined
from al_core.tables.delimited.layout.signs import Role, is_unit, weight
from al_core.tables.delimited.records import Record

# Choices, which trade certainty against time: columns and rows looked at, and lines of titles.
COLUMNS, WIDE, ROWS, TITLES = 64, 200, 60, 40
# Rows that all readings can be held against where the file has so many; a choice.
PLENTY, FEW = 12, 3
# Lines over which names are spread at most; a choice: what goes on longer is taken for rows.
MOST_LINES = 3
# What is usual, as logarithms of odds; choices: one table in twenty has no names, fewer have names
# on two lines or three.
NAMED = {1: 3.0, 2: 1.2, 3: 0.0}
# A single column is a bare list more often; prose as often as not. Choices.
NAMED_LIST, NAMED_PROSE = 1.2, 0.0
# A title above rows without names is rare, and a blank line says where a title ends; choices.
TITLE_WITHOUT_NAMES, APART = -3.0, 1.0
# A line that cannot be read as a row; a choice.
MISFIT = -5.0
# Lines above that are a table themselves are no titles, whatever the rest says.
TABLE_ABOVE = -50.0
# Lines of units are rare, those of other words rarer, and more than three were never seen; choices.
UNITS, WORDING, MOST_UNITS = -1.5, -5.5, 3
# Weights of evidence: what says something by itself.
EVIDENT = 2.0
# Words in the cells of a single column from which on it is prose; a choice.
PROSE_WORDS = 2.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the top of a file, by places in the head.

    ``lines`` hold the names (none: there are none) and ``start`` is the first row. ``names`` are
    those of the columns that were weighed. ``spread`` are ``lines`` and those of groups above that
    the names do without.
    """

    lines: tuple[int, ...]
    start: int
    names: tuple[str, ...]
    score: float
    spread: tuple[int, ...] = ()

    @property
    def top(self) -> int:
        """The first line that is no title."""
        return self.lines[0] if self.lines else self.start


def readings(head: Sequence[Record], n_fields: int) -> list[Reading]:
    """All readings of the head of a file, the likeliest first."""
    if len(head) < 2:
        return []
    return sorted(_Weighing(head, n_fields).all(), key=lambda reading: -reading.score)


def names_against_row(first: Sequence[str], rows: Sequence[Sequence[str]]) -> float:
    """The weight of evidence that a line holds the names of the rows below it, against a row."""
    head = [Record(list(fields), line, 0, 0) for line, fields in enumerate([first, *rows], 1)]
    return _Weighing(head, len(first)).names(0) if rows else 0.0


class _Weighing:
    """The lines of one head, each weighed once in each role."""

    def __init__(self, head: Sequence[Record], n_fields: int) -> None:
        self.head = head
        self.n_fields = n_fields
        top = head[: TITLES + ROWS * 2]
        self.fields = [looked_at(fitted(record.fields, n_fields)) for record in top]
        self.fits = [len(record.fields) == n_fields for record in head]
        n_seen = min(n_fields, WIDE)
        step = max(1, n_seen // COLUMNS)
        self.places = sorted({*range(0, n_seen, step)[: COLUMNS - 1], n_seen - 1})
        self._columns: dict[tuple[int, int], list[Column]] = {}
        self._weights: dict[tuple[int, Role], float] = {}

    @cached_property
    def tops(self) -> list[int]:
        """Where the table may begin: below no title, or below lines that may be titles."""
        return [place for place in range(self.full + 3) if place < len(self.fields)]

    @cached_property
    def full(self) -> int:
        """The first line that fits the table as the next does, and is too full for a title."""
        places = range(min(len(self.fields), TITLES + 1))
        fits = [*self.fits[: len(self.fields)], True]
        full = (p for p in places if fits[p] and fits[p + 1] and not is_sparse(self.fields[p]))
        return next(full, max(0, len(places) - 1))

    def _misfits(self, start: int) -> float:
        """The weight of lines that would be rows and do not fit the table."""
        return MISFIT * sum(not fits for fits in self.fits[start : self.full + 1])

    def all(self) -> Iterator[Reading]:
        """Every reading that the form of the lines allows."""
        for top in self.tops:
            above = self.titles_above(top)
            if self.fits[top]:
                score = above + self.without_names(top) + self._misfits(top)
                yield Reading((), top, (), score)
            for n_lines in range(1, MOST_LINES + 1):
                lines = tuple(range(top, top + n_lines))
                if lines[-1] + 1 < len(self.fields) and self._may_hold_names(lines):
                    yield from self.named(lines, above)

    def _may_hold_names(self, lines: tuple[int, ...]) -> bool:
        return (
            all(self.fits[line] for line in (*lines[1:], lines[-1] + 1))
            and (self.fits[lines[0]] or len(lines) > 1 < len(self.head[lines[0]].fields))
            and not any(is_whole(self.fields[line]) for line in lines[:-1])
            and all(any(map(str.strip, self.fields[line])) for line in lines)
            and all(self._together(line) for line in lines[:-1])
        )

    def _together(self, line: int) -> bool:
        """Whether no blank line stands below a line."""
        record = self.head[line]
        within = sum(cell.count("\n") for cell in record.fields)  # a cell over several lines
        return self.head[line + 1].line - record.line in (1, 1 + within)

    def named(self, lines: tuple[int, ...], above: float) -> Iterator[Reading]:
        """The readings that take the names from these lines: with no units below them, and some."""
        last = lines[-1]
        parts = [self.fields[line] for line in lines]
        names = joined(parts)
        taken = (last,) if names == self.fields[last] else lines
        for start in self._starts(last):
            score = above + self._prior(len(lines), start) + self._misfits(start)
            if len(lines) == 1:
                score += self.names(last)
            else:
                score += sum(map(self.part, lines))
                score += parts_fit(parts, names)
            units = range(last + 1, start)
            score += sum(self.line(line, Role.UNITS) + UNITS for line in units)
            score += 0.0 if self._known(units) else WORDING
            yield Reading(taken, start, tuple(names), score, lines)

    def _known(self, units: range) -> bool:
        """Whether half of the cells in the first line below the names, if any, are known units."""
        cells = [cell for cell in self.fields[units[0]] if cell.strip()] if units else []
        return 2 * sum(map(is_unit, cells)) >= len(cells)

    def _starts(self, last: int) -> Iterator[int]:
        """Where the first row may stand below the last line of names: there, or below units."""
        start = last + 1
        yield start
        for _ in range(MOST_UNITS):
            if start + 1 >= len(self.fields) or not self.fits[start]:
                return
            rows = self.fields[start : start + ROWS]
            if not may_be_units(rows[0], rows[1:]):
                return
            start += 1
            if self.fits[start]:
                yield start

    def names(self, line: int) -> float:
        """The weight of one line as the line of names."""
        fields, rows = self.fields[line], self._rows(line)
        whole = distinct(fields, rows) + numbered(fields, rows) + parted(fields, rows)
        return self._cells(line) + whole

    def part(self, line: int) -> float:
        """The weight of one line as one of several lines of names: full, or with gaps."""
        if all(cell.strip() for cell in self.fields[line]):
            return self._cells(line)
        return self.line(line, Role.PART)

    def _cells(self, line: int) -> float:
        weights = [
            weight(self.fields[line][place], column, Role.NAMES, first=place == 0)
            for place, column in zip(self.places, self.columns(line), strict=True)
        ]
        shown = [[row[place] for place in self.places] for row in self._rows(line)]
        return number_names([self.fields[line][p] for p in self.places], weights, shown)

    def line(self, line: int, role: Role) -> float:
        """The weight of one line in a role."""
        if (line, role) not in self._weights:
            fields = self.fields[line]
            self._weights[line, role] = sum(
                weight(fields[place], column, role, first=place == 0)
                for place, column in zip(self.places, self.columns(line), strict=True)
            )
        return self._weights[line, role]

    def titles_above(self, top: int) -> float:
        """The weight of all lines above as titles."""
        total = 0.0
        for place in range(top):
            if self.fits[place]:
                form = title_form(self.fields[place], self.fields[top])
                total += self.line(place, Role.TITLE) + form
        if top and self._gap_above(top):
            total += APART
        return total + (TABLE_ABOVE if self._is_table(top) else 0.0)

    def _is_table(self, top: int) -> bool:
        """Whether the lines above are a table of their own, not words about this one."""
        rows = [[c for c in self.fields[i] if c.strip()] for i in range(top) if self.fits[i]]
        rows = [row for row in rows if len(row) > 1]
        rows = [row for row in rows if len(row) == len(rows[0])]
        return len(rows) > 2 and names_against_row(rows[0], rows[1:]) > EVIDENT

    def _gap_above(self, top: int) -> bool:
        apart = self.head[top].line > self.head[top - 1].line + 1
        return apart or not any(map(str.strip, self.fields[top - 1]))

    def without_names(self, start: int) -> float:
        """What is usual of rows without names, below titles or at the top."""
        return TITLE_WITHOUT_NAMES if any(self.fits[:start]) else 0.0

    def _prior(self, n_lines: int, start: int) -> float:
        if self.n_fields > 1 or n_lines > 1:
            return NAMED[n_lines]
        rows = self.fields[start : start + ROWS]
        cells = [row[0] for row in rows if row[0].strip()]
        words = sum(len(cell.split()) for cell in cells) / max(1, len(cells))
        return NAMED_PROSE if words >= PROSE_WORDS else NAMED_LIST

    def _reference(self, line: int) -> int:
        """The row from which on rows are held against a line: behind all that may be no rows.

        So every line is held against the same rows, whatever a reading takes it for.
        """
        surely = self.full + 1 + MOST_LINES + MOST_UNITS
        if len(self.fields) - surely >= PLENTY:
            return max(line + 1, surely)
        common = self.full + 1
        return max(line + 1, common) if len(self.fields) - common >= FEW else line + 1

    def _rows(self, line: int) -> list[list[str]]:
        """The rows that a line is held against: those that fit, but for itself once more."""
        first = self._reference(line)
        lines = range(first, min(len(self.fields), first + ROWS))
        rows = [self.fields[i] for i in lines if self.fits[i]]
        again = rows.count(self.fields[line])
        # Names on each page; what comes more often than on every tenth line is a row. A choice.
        if not 0 < again <= 1 + len(rows) // 10:
            return rows
        return [row for row in rows if row != self.fields[line]]

    def columns(self, line: int) -> list[Column]:
        """What is known of the columns from the rows below a line."""
        first, own = self._reference(line), self.fields[line]
        key = (first, line if own in self.fields[first : first + ROWS] else -1)
        if key not in self._columns:
            rows = self._rows(line)
            self._columns[key] = [column_below([row[p] for row in rows]) for p in self.places]
        return self._columns[key]


def looked_at(fields: list[str]) -> list[str]:
    """The cells of the columns that are weighed: neighbours stay neighbours, and the last is one.

    Thousands of columns tell no more of the lines above them than these do.
    """
    return fields if len(fields) <= WIDE else [*fields[: WIDE - 1], fields[-1]]


def fitted(fields: list[str], n_fields: int) -> list[str]:
    """As many cells as the table has columns."""
    if len(fields) == n_fields:
        return fields
    return [*fields[:n_fields], *[""] * (n_fields - len(fields))]
