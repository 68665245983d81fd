"""What else is taken away, each folded to a line on what it is for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import streamlit as st

from al_core.projects import Project
from pages.components.export.names import can_predict, stem
from pages.components.shell.money import spent_so_far

_NOT_YET = "Comes once two different answers are given."


def more_to_take_away(project: Project) -> None:
    """Report, guesses, model, script and project file."""
    ready, name = can_predict(project), stem(project.name)
    _report(project, name)
    with _folded("Model (works without this app)", "model"):
        st.text(
            "A zip for a colleague with Python: the model, this library, exact versions, and a "
            "program that guesses another file. It learned from all answers, check rows included; "
            "the score you saw was measured before that."
        )
        _download("Model", project.model_bytes, f"{name}_model.zip", ready=ready)
    with _folded("Guesses, script, project file", "rest"):
        st.text(f"The {project.row_names.word} of each row, the guess and how sure it is (0 to 1).")
        _download(
            "Guesses for every row", project.predictions_bytes, f"{name}_guesses.csv", ready=ready
        )
        st.text(
            "A program that shows where every number comes from: it reads your file, gives your "
            "answers again in their order, and ends with the numbers of the report."
        )
        _download("Script", project.script_bytes, "reproduce.py")
        st.text(
            "Data, answers and history, to keep or to go on elsewhere: drop it on the page Data."
        )
        _download("Project file", project.project_file_bytes, f"{name}.alproject.zip")


def _report(project: Project, name: str) -> None:
    with _folded("Report (one page, for reading or printing)", "report"):
        st.text(
            "How good it is and how that is known, which answers get mixed up, wrong guesses with "
            "their text, what was labelled. One file; it opens in any browser, also on a phone."
        )
        counts, seconds = project.counts(), project.pace().seconds_per_label
        worth = "" if project.kind == "oracle" else spent_so_far(counts.spent, seconds)
        with st.container(horizontal=True):
            _download("Report", lambda: project.report_page(worth), f"{name}_report.html")
            st.download_button(
                "As Markdown",
                project.report_bytes,
                file_name=f"{name}_report.md",
                key="download_report_markdown",
                type="tertiary",
                on_click="ignore",
            )


def _folded(title: str, key: str) -> AbstractContextManager[object]:
    return st.expander(title, key=f"more_{key}")


def _download(title: str, data: Callable[[], bytes], name: str, *, ready: bool = True) -> None:
    st.download_button(
        f"Download {title.lower()}",
        data,
        file_name=name,
        key=f"download_{title.lower().replace(' ', '_')}",
        icon=":material/download:",
        disabled=not ready,
        on_click="ignore",
    )
    if not ready:
        st.caption(_NOT_YET)
