"""The page's one primary action: the labelled file, in the format that a person wants."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from al_core import UserError
from al_core.projects import Counts, Download, Project, Wanted
from pages.components.export.formats import choose_format, ending_of, media_of
from pages.components.export.names import can_predict, stem
from pages.components.shell import jobs, state
from pages.components.shell.jobs import Cancelled, Progress
from pages.components.shell.text import plain, show_error
from pages.components.shell.waiting import finished

_AT_ONCE = 100_000
"""Rows up to which the labelled file is written in about a second."""
_JOB = "labelled_file"


def final_file(project: Project, counts: Counts) -> None:
    """Button, what is in the file, and how it is wanted."""
    with st.container(key="final_file"):
        place = st.container(horizontal=True, vertical_alignment="bottom")
        name, of_file = project.final_name()
        with place:
            button = st.container(width="content")
            kind = choose_format(project.table, "format")
            typed = "" if of_file else _ask_name(project, name)
        with_record = st.toggle(
            "With who answered, when, and the app's guesses",
            value=True,
            key="with_record",
            help="Columns that begin with al_, behind your own; times are in UTC. Without them the "
            "file is known again here only as long as nothing in it is changed.",
        )
        wanted = Wanted(kind, with_record, typed)
        said = _problem(project, typed)
        with button:
            _button(project, wanted, said)
        st.text(what_is_in_it(project, counts, wanted))
        if said:
            show_error(said)
        if not said and (note := _note(project, wanted)):
            st.caption(plain(note, 400))
        if not counts.labelled:
            _go_on(project)


def _ask_name(project: Project, proposed: str) -> str:
    return str(
        st.text_input(
            "Name of the answers' column",
            value=proposed,
            key=f"final_name_{project.id}",
            max_chars=80,
            width=260,
        )
    )


def _note(project: Project, wanted: Wanted) -> str:
    """How the file is written: of a large one as it came, known once it is made."""
    if project.counts().n_rows <= _AT_ONCE or wanted.format != "csv":
        return project.how_written(wanted)
    made = _made(jobs.job(_JOB), project, wanted)
    return made.note if made else ""


def _problem(project: Project, typed: str) -> str:
    try:
        project.final_name(typed)
    except UserError as problem:
        return str(problem)
    return ""


def _by_whom(project: Project) -> str:
    if project.kind == "oracle":
        return "from the file"
    return "by several people" if project.agreement_between() else "by you"


def what_is_in_it(project: Project, counts: Counts, wanted: Wanted) -> str:
    """One sentence on the file, true for how far the project is."""
    if not counts.labelled:
        return "Nothing labelled yet. You can still download your file with empty columns."
    now = project.filled()
    filled = now.count if now else 0
    blank = counts.blank - filled
    parts = [
        f"{counts.spent:,} answered {_by_whom(project)}",
        f"{counts.file_labels:,} came with the file" if counts.file_labels else "",
        f"{filled:,} filled in by the app" if filled else "",
        f"{counts.dont_know:,} can't tell" if counts.dont_know else "",
        f"{blank:,} blank",
    ]
    told = ", ".join(filter(None, parts))
    if blank and wanted.with_record and can_predict(project):
        return f"{told}. The blank ones carry the app's guess and how sure it is, in columns apart."
    return f"{told}."


def _go_on(project: Project) -> None:
    if project.kind == "oracle":
        state.page_link("curves", "Answer from the file", icon=":material/show_chart:")
    else:
        state.page_link("label", "Go on labelling", icon=":material/label:")


def _button(project: Project, wanted: Wanted, problem: str) -> None:
    """The file at once; a large one is made first, with a bar and a way to stop."""
    if problem:
        _download(project, wanted, b"", disabled=True)
    elif project.counts().n_rows <= _AT_ONCE:
        _download(project, wanted, lambda: project.export_file(wanted).data)
    elif (made := _made(jobs.job(_JOB), project, wanted)) is not None:
        _download(project, wanted, made.data)
    else:
        _make_first(project, wanted)


def _made(making: jobs.Job | None, project: Project, wanted: Wanted) -> Download | None:
    """The file, where it was made from the answers as they are now, as it is wanted now."""
    if making is None or making.result is None:
        return None
    if making.result[0] != _as_it_is(project, wanted):
        return None
    made: Download = making.result[1]
    return made


def _make_first(project: Project, wanted: Wanted) -> None:
    st.button(
        "Make labelled file",
        key="make_labels",
        type="primary",
        icon=":material/table_rows:",
        on_click=_begin,
        args=(project, wanted),
    )
    making = finished(_JOB, "Writing the file")
    if _made(making, project, wanted) is not None:
        st.rerun()
    if making is None:
        return
    if making.error is not None:
        show_error(making.error)
    elif making.result is None:
        st.text("Stopped. Nothing was lost; the file can be made again.")
    else:
        st.text("The file that was made is of other answers or another format. Make it again.")


def _begin(project: Project, wanted: Wanted) -> None:
    as_it_is = _as_it_is(project, wanted)

    def make(progress: Progress, cancelled: Cancelled) -> tuple[object, Download]:
        return as_it_is, project.export_file(wanted, progress)

    jobs.start_job(_JOB, make)


def _as_it_is(project: Project, wanted: Wanted) -> tuple[str, object, Wanted]:
    return project.id, project.saved_at, wanted


def _download(
    project: Project,
    wanted: Wanted,
    data: bytes | Callable[[], bytes],
    *,
    disabled: bool = False,
) -> None:
    name = f"{stem(project.name)}_labelled{ending_of(wanted.format)}"
    st.download_button(
        f"Download {plain(name, 60)}",
        data,
        file_name=name,
        mime=media_of(wanted.format),
        key="download_labels",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        disabled=disabled,
    )
