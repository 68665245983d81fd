"""Whether the line(s) of names are found, over a generated corpus of tables that know theirs.

    python -m benchmarks.headers
    python -m benchmarks.headers --shapes "several lines" --wrong 20
    python -m benchmarks.headers --write some/folder

One line a shape: how many tables, how many of them right, how many of the wrong ones had been said
to be uncertain, and how many of the right ones had been said so too. For several lines of names
the joined names are held against the truth as well. A file that is refused is wrong, and was not
said to be uncertain. Tables that nobody could decide stand in a line of their own and do not count.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from al_core.errors import UserError
from al_core.tables import read_table
from al_core.tables.table import Table
from benchmarks.header_corpus import Case, corpus

# The gates: choices of the project's plan.
RIGHT = 0.98
FLAGGED = 0.95


@dataclass(frozen=True)
class Found:
    """What the app made of one case."""

    case: Case
    lines: tuple[int, ...]
    certain: bool
    names: tuple[str, ...]
    refused: str = ""

    @property
    def right(self) -> bool:
        """Whether the lines of names are the true ones."""
        return not self.refused and self.lines == self.case.lines

    @property
    def joined(self) -> bool:
        """Whether the names of several lines are joined as a person would."""
        pairs = zip(self.names, self.case.names, strict=False)
        alike = len(self.names) == len(self.case.names)
        return alike and all(not true or name == true for name, true in pairs)


def found_in(case: Case) -> Found:
    """Read one file as the app does."""
    try:
        table = read_table(io.BytesIO(case.data), name=case.file)
    except UserError as error:
        return Found(case, (), True, (), str(error))
    lines, certain = lines_of_names(table)
    return Found(case, lines, certain, tuple(table.columns))


def lines_of_names(table: Table) -> tuple[tuple[int, ...], bool]:
    """The lines that were taken for names, and whether that was said to be certain."""
    choice = getattr(table, "header", None)
    if choice is not None:
        return tuple(choice.lines), bool(choice.certain)
    line = table.dialect.header_line
    return (() if line is None else (line,)), True


def share(part: int, whole: int) -> str:
    """98.2 %, or nothing where there is nothing to divide."""
    return f"{100 * part / whole:.1f} %" if whole else ""


def line_of(title: str, found: list[Found]) -> str:
    """One line of the table."""
    right = [one for one in found if one.right]
    wrong = [one for one in found if not one.right]
    several = [one for one in right if len(one.case.lines) > 1]
    cells = (
        title,
        str(len(found)),
        share(len(right), len(found)),
        str(sum(bool(one.refused) for one in found) or ""),
        share(sum(not one.certain for one in wrong), len(wrong)),
        share(sum(not one.certain for one in right), len(right)),
        share(sum(one.joined for one in several), len(several)),
    )
    return "| " + " | ".join(cells) + " |"


def report(found: list[Found]) -> bool:
    """Print the table; whether the gates hold."""
    head = "shape", "tables", "right", "refused", "wrong, flagged", "right, flagged", "joined"
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    counted = [one for one in found if not one.case.doubtful]
    for shape in dict.fromkeys(one.case.shape for one in found):
        title = shape + (" (not counted)" if shape not in {o.case.shape for o in counted} else "")
        print(line_of(title, [one for one in found if one.case.shape == shape]))
    for group in dict.fromkeys(one.case.group for one in counted):
        print(line_of(f"all: {group}", [one for one in counted if one.case.group == group]))
    print(line_of("all that count", counted))
    right = sum(one.right for one in counted)
    wrong = [one for one in counted if not one.right]
    flagged = sum(not one.certain for one in wrong)
    return right >= RIGHT * len(counted) and flagged >= FLAGGED * len(wrong)


def show_wrong(found: Iterable[Found], n: int) -> None:
    """The first ``n`` wrong ones, unflagged before flagged."""
    wrong = [one for one in found if not one.right and not one.case.doubtful]
    for one in sorted(wrong, key=lambda one: not one.certain)[:n]:
        said = one.refused or f"lines {one.lines}, {'certain' if one.certain else 'uncertain'}"
        print(f"\n{one.case.file}: true lines {one.case.lines}; {said}")
        print("\n".join(line[:120] for line in one.case.text.splitlines()[:7]))


def options() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=0, help="another corpus of the same shapes")
    parser.add_argument("--shapes", default="", help="only shapes whose name holds this")
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="show N wrong ones")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the files, and stop")
    return parser.parse_args()


def write(cases: list[Case], folder: Path) -> None:
    """Every file of the corpus into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases:
        (folder / case.file).write_bytes(case.data)
    print(f"{len(cases)} files in {folder}")


if __name__ == "__main__":
    asked = options()
    chosen = [case for case in corpus(asked.seed) if asked.shapes in case.shape]
    if asked.write:
        write(chosen, asked.write)
        sys.exit(0)
    start = time.perf_counter()
    results = [found_in(case) for case in chosen]
    good = report(results)
    show_wrong(results, asked.wrong)
    print("gates hold" if good else "a gate does NOT hold", end=" ")
    print(f"({time.perf_counter() - start:.0f} s)")
    sys.exit(0 if good else 1)
