"""What a person takes away. Nothing is made before its button is pressed."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from al_core.projects import Counts, Project
from pages.components.shell import jobs, state
from pages.components.shell.jobs import Cancelled, Progress
from pages.components.shell.text import count, show_error
from pages.components.shell.waiting import finished

# Answers that a model needs, and rows from which a file is made before it is downloaded
# (docs/decisions.md).
_FEWEST = 2
_AT_ONCE = 100_000
"""Rows up to which the labelled file is written in about a second."""
_JOB = "labelled_file"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_KNOWN_ENDS = re.compile(r"(\.(csv|tsv|txt|xlsx|parquet|jsonl|json|gz|zip))+$", re.IGNORECASE)


def what_is_in_it(project: Project, counts: Counts) -> None:
    """One sentence on the file, true for how far the project is."""
    labelled, n_rows = counts.labelled, counts.n_rows
    if labelled == 0:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text("Nothing labelled yet. You can still download your file with empty columns.")
            if project.kind == "oracle":
                state.page_link("curves", "Answer from the file", icon=":material/show_chart:")
            else:
                state.page_link("label", "Go on labelling", icon=":material/label:")
        return
    rest = n_rows - labelled
    guesses = (
        f"; the other {count(rest, 'row')} carry the app's guess and how sure it is"
        if rest and can_predict(project)
        else ""
    )
    st.text(
        f"Your file as it was, every row and column in order, with {count(labelled, 'answer')} "
        f"added: who gave it and when{guesses}."
    )
    st.caption(
        "The added columns begin with al_; times are in UTC. A cell that a spreadsheet would run "
        "as a formula gets an apostrophe in front; dropped in here again, it is as it was."
    )


def can_predict(project: Project) -> bool:
    """Whether there is a model: it takes two different answers."""
    return sum(times > 0 for times in project.counts().per_class.values()) >= _FEWEST


def labelled_file(project: Project) -> None:
    """The page's one primary action; a large file is made first, with a bar and a way to stop."""
    if project.counts().n_rows <= _AT_ONCE:
        _download(project, project.export_bytes)
    elif (data := _made(jobs.job(_JOB), project)) is not None:
        _download(project, data)
    else:
        _make_first(project)


def _made(making: jobs.Job | None, project: Project) -> bytes | None:
    """The file, where it was made from the answers as they are now."""
    if making is None or making.result is None or making.result[0] != _as_it_is(project):
        return None
    data: bytes = making.result[1]
    return data


def _make_first(project: Project) -> None:
    st.button(
        "Make labelled file",
        key="make_labels",
        type="primary",
        icon=":material/table_rows:",
        on_click=_begin,
        args=(project,),
    )
    making = finished(_JOB, "Writing the file")
    if _made(making, project) is not None:
        st.rerun()
    if making is None:
        return
    if making.error is not None:
        show_error(making.error)
    elif making.result is None:
        st.text("Stopped. Nothing was lost; the file can be made again.")
    else:
        st.text("There are newer answers than in the file that was made. Make it again.")


def _begin(project: Project) -> None:
    as_it_is = _as_it_is(project)

    def make(progress: Progress, cancelled: Cancelled) -> tuple[object, bytes]:
        return as_it_is, project.export_bytes(on_progress=progress)

    jobs.start_job(_JOB, make)


def _as_it_is(project: Project) -> tuple[str, object]:
    return project.id, project.saved_at


def _download(project: Project, data: bytes | Callable[[], bytes]) -> None:
    st.download_button(
        "Download labelled file",
        data,
        file_name=f"{stem(project.name)}_labelled.csv",
        mime="text/csv",
        key="download_labels",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )


def other_files(project: Project) -> None:
    """Quieter downloads, each with a line on what it is for."""
    ready = can_predict(project)
    name = stem(project.name)
    st.header("More to take away", anchor=False)
    with st.grid(2, border=True):
        _card(
            "Guesses for every row",
            f"The {project.row_names.word} of each, the app's guess and how sure it is (0 to 1).",
            project.predictions_bytes,
            f"{name}_guesses.csv",
            ready,
        )
        _card(
            "Model",
            "Learned from all answers, check rows included. For Python.",
            project.model_bytes,
            f"{name}_model.zip",
            ready,
        )
        _card(
            "Report",
            "How good it is, how that was measured, what was answered.",
            project.report_bytes,
            f"{name}_report.md",
            True,
        )
        _card(
            "Project file",
            "Data, answers and history, to keep or to go on elsewhere.",
            project.project_file_bytes,
            f"{name}.alproject.zip",
            True,
        )
    if not ready:
        st.caption("Guesses and model come once two different answers are given.")
    else:
        st.caption(
            "The score you saw was measured before the check rows were learned from; "
            "the model and the guesses have learned from them too."
        )


def _card(title: str, words: str, data: Callable[[], bytes], name: str, ready: bool) -> None:
    with st.container(gap="xsmall"):
        st.markdown(f"**{title}**")
        st.caption(words)
        st.download_button(
            f"Download {title.lower()}",
            data,
            file_name=name,
            key=f"download_{title.lower().replace(' ', '_')}",
            icon=":material/download:",
            disabled=not ready,
            on_click="ignore",
        )


def stem(name: str) -> str:
    """A project's name as the start of a file name.

    >>> stem("tickets 2026.csv"), stem("a/b: c?.xlsx"), stem("...")
    ('tickets 2026', 'a_b_ c_', 'project')
    """
    safe = _UNSAFE.sub("_", name)
    return _KNOWN_ENDS.sub("", safe).strip(" .") or "project"
