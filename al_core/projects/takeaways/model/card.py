"""The card of a model: what it learned from, what it says, how good it is, what it cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from al_core.learning import MODELS
from al_core.projects.measuring.checks.records import FinalCheck
from al_core.projects.opened import Opened
from al_core.projects.records import Counts, Summary
from al_core.projects.takeaways.report.markdown import plain, score_sentence, under_headings
from al_core.tables.features.another_file import ColumnAsLearned
from al_core.wording import count

_LIMITS = """\
- It gives one of the answers above to every row, also to one that none of them fits.
- It knows nothing of rows that are unlike those it learned from; `predict.py` warns where a column
  looks unlike, and cannot warn of everything.
- It learned from all labels, check rows included. The score was measured before that.
- How sure it is was learned on the check rows; with fewer than 20 of them it is the model's own
  word, which is often too sure.
- Rows were chosen to teach it, so that the shares of its answers among the labels say nothing of
  their shares in the data.
"""


def model_card(
    opened: Opened,
    now: Summary,
    columns: Mapping[str, ColumnAsLearned],
    checks: list[FinalCheck],
) -> str:
    """The card as Markdown; text from the person's file is escaped."""
    done = [check.sentence for check in checks if check.state == "done"]
    rival = now.score.rival_sentence
    parts = {
        f"# Model of {plain(opened.state.name)}": [
            plain(opened.settings.question or opened.settings.label_name)
        ],
        "## Data": _data(opened, now.counts, columns),
        "## Answers": [f"- {plain(name)}: {n:,} rows" for name, n in now.counts.per_class.items()],
        "## How good it is": [
            score_sentence(now.score),
            *([plain(rival)] if rival else []),
            *(plain(sentence) for sentence in done[-1:]),
        ],
        "## Limits": [_LIMITS.rstrip()],
        "## How it was made": [
            f"{MODELS[opened.model_name].title}, seed {opened.seed}. See about.json for versions."
        ],
    }
    return under_headings(parts)


def _data(opened: Opened, counts: Counts, columns: Mapping[str, ColumnAsLearned]) -> list[str]:
    """The table, how much of it was labelled, and how each column was read."""
    table = opened.data.table
    return [
        f"{count(table.n_rows, 'row')} of {plain(table.name)}, of which "
        f"{counts.labelled:,} were labelled ({counts.teach:,} to teach, {counts.check:,} to check, "
        f"{counts.file_labels:,} came with the file).",
        "",
        "| column | used as | read as |",
        "|---|---|---|",
        *(f"| {plain(name)} | {one.kind} | {one.read_as} |" for name, one in columns.items()),
        "",
        f"Decimal sign of the file: `{table.dialect.decimal}`",
    ]


def readme(python: str, needs: list[str]) -> str:
    """How to use the files, for whoever gets the zip."""
    also: Any = f"\nIt reads what texts mean: requirements.txt names {needs[0]}.\n" if needs else ""
    return f"""\
A model that guesses answers for the rows of a table. It works without the app that made it.

In this folder, with Python {python} or later:

    python -m venv environment
    environment/bin/pip install -r requirements.txt
    environment/bin/python predict.py new.csv out.csv

(On Windows: environment\\Scripts instead of environment/bin.)
{also}
In code:

    from al_core.projects import load_model
    from al_core.tables import read_table
    found = load_model(".").guesses(read_table("new.csv"))
    found.frame        # row, prediction, confidence
    found.warnings     # where a column looks unlike those that were learned from

card.md says what it learned from, how good it is and what it cannot do; about.json the same for
programs. model.skops is a scikit-learn Pipeline; nothing in this zip is a pickle.
"""
