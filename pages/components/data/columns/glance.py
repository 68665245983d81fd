"""Each column in one line: what it is used for and why, a small picture, its frequent values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from al_core import tables
from pages.components.data.columns.roles import WORDS, Line, lines, roles_now, word_of
from pages.components.data.draft import Draft
from pages.components.shell import state
from pages.components.shell.text import count, short

if TYPE_CHECKING:
    import pandas as pd

    from al_core.tables import ColumnSummary

# Choices: lines that a browser scrolls well, summaries worked out, bars and values that fit a cell,
# pixels of height.
MOST_LINES = 1000
_MOST_PICTURES = 200
_BARS = 10
_VALUES = 4
_HEIGHT = 420


def show_glance(draft: Draft) -> None:
    """The list of columns, to read only."""
    in_column = state.get("question_kind") == "column"
    answer = state.get("label_column") if in_column else None
    if answer is not None and draft.holds_guesses(answer):
        answer = None
    shown = lines(roles_now(draft, answer), with_answer=True)
    st.dataframe(
        glance_frame(draft, shown),
        hide_index=True,
        height=min(_HEIGHT, 38 + 35 * min(len(shown), MOST_LINES)),
        column_config=glance_config(),
        key=f"glance_{draft.token}",
        alt="Each column: what it is used for, why, and what is in it",
    )
    say_limits(len(shown))


def glance_frame(draft: Draft, shown: list[Line]) -> pd.DataFrame:
    """One row a line: column, use, reason, picture, values, blanks."""
    import pandas as pd  # the page without a file is drawn before pandas is loaded

    shown = shown[:MOST_LINES]
    summaries = draft.once(
        f"summaries of {[line.title for line in shown[:_MOST_PICTURES]]}",
        lambda: [
            tables.column_summary(draft.table, line.columns[0]) for line in shown[:_MOST_PICTURES]
        ],
    )
    missing = len(shown) - len(summaries)
    return pd.DataFrame(
        {
            "Column": [line.title for line in shown],
            "Used as": [word_of(line.role) for line in shown],
            "Why": [line.role.reason for line in shown],
            "Spread": [*map(_bars_of, shown, summaries), *[None] * missing],
            "Most often": [*map(_words_of, shown, summaries), *[""] * missing],
            "Blank": [_blank(draft, summary) for summary in summaries] + [""] * missing,
        }
    )


def glance_config() -> dict[Any, Any]:
    """How the list is drawn."""
    return {
        "Column": st.column_config.TextColumn(pinned=True, width=170),
        "Used as": st.column_config.SelectboxColumn(
            options=list(WORDS.values()), required=True, width=150
        ),
        "Why": st.column_config.TextColumn(width=210),
        "Spread": st.column_config.BarChartColumn(
            width=110, y_min=0, help="How often low to high values, or the frequent ones, occur"
        ),
        "Most often": st.column_config.TextColumn(width=300),
        "Blank": st.column_config.TextColumn(width=80),
    }


def say_limits(n_lines: int) -> None:
    """Say what is not drawn of a very wide table."""
    if n_lines > MOST_LINES:
        st.caption(
            f"The first {MOST_LINES:,} of {n_lines:,} are listed; the others are used as guessed."
        )


def bars(summary: ColumnSummary) -> list[int]:
    """Heights of the small picture: the histogram of numbers and dates, or the frequent values."""
    if summary.histogram is not None:
        return list(summary.histogram[1])
    return [times for _, times in summary.top[:_BARS]]


def values_in_words(summary: ColumnSummary) -> str:
    """The frequent values, or the range of numbers.

    >>> from al_core.tables import ColumnSummary
    >>> values_in_words(ColumnSummary("text", 0, 2, [("no", 5174), ("yes", 1869)], None))
    'no 5,174 · yes 1,869'
    >>> values_in_words(ColumnSummary("text", 0, 90, [("a", 1), ("b", 1)], None))
    '90 different values, such as a'
    """
    if summary.kind == "number" and summary.histogram is not None and summary.n_distinct > _BARS:
        low, high = summary.histogram[0][0], summary.histogram[0][-1]
        return f"{low:,.6g} to {high:,.6g}"
    top = summary.top[:_VALUES]
    if not top:
        return "nothing"
    if top[0][1] <= 1:
        return f"{count(summary.n_distinct, 'different value')}, such as {short(top[0][0], 40)}"
    return " · ".join(f"{short(text, 40)} {times:,}" for text, times in top)


def _bars_of(line: Line, summary: ColumnSummary) -> list[int] | None:
    """Nothing for a picture: the spread of one of its points says nothing."""
    return bars(summary) if len(line.columns) == 1 else None


def _words_of(line: Line, summary: ColumnSummary) -> str:
    n_columns = len(line.columns)
    return values_in_words(summary) if n_columns == 1 else f"{n_columns:,} columns"


def _blank(draft: Draft, summary: ColumnSummary) -> str:
    """The share of blank cells, never rounded to nothing.

    Empty where no cell is blank.
    """
    if not summary.n_blank:
        return ""
    share = 100 * summary.n_blank / max(draft.table.n_rows, 1)
    return "under 1 %" if share < 1 else f"{share:.0f} %"
