"""Use it on another file: drop one with the same columns, get guesses for its rows."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from al_core import read_table_apart
from al_core.projects import (
    Guesses,
    Project,
    TakenModel,
    Wanted,
    formats_for,
    guessed_file,
    guessed_note,
)
from al_core.tables import Table
from pages.components.choosing.drop_zone import drop_zone
from pages.components.export.formats import choose_format, ending_of, media_of
from pages.components.export.names import can_predict, stem
from pages.components.shell import jobs, state
from pages.components.shell.text import count, in_100, plain, show_error
from pages.components.shell.waiting import finished

_OPEN, _JOB, _SEEN = "_another_file_of", "guess_another", "_another_seen"
# Share of the work that reading the file takes, for the bar; warnings shown at once. Choices.
_READING, _MOST = 0.6, 8


@dataclass(frozen=True)
class _Guessed:
    """Another file, and what the app guesses for its rows."""

    name: str
    table: Table
    found: Guesses
    notes: dict[str, str]


def is_open(project: Project) -> bool:
    """Whether this view takes the page's place."""
    return bool(state.get(_OPEN) == project.id) and can_predict(project)


def link_to_it(project: Project) -> None:
    """The link at the foot of the page."""
    ready = can_predict(project)
    st.button(
        "Use it on another file",
        key="use_elsewhere",
        type="tertiary",
        icon=":material/arrow_forward:",
        icon_position="right",
        disabled=not ready,
        on_click=state.put,
        args=(_OPEN, project.id),
        help=None if ready else "Comes once two different answers are given.",
    )


def another_file(project: Project) -> None:
    """The view: a drop zone, warnings, the file with guesses."""
    st.button(
        "Back to Finish",
        key="back_to_finish",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=_leave,
    )
    st.title("Use it on another file", anchor=False)
    st.text(
        "What the app has learned here, used on new rows. It reads the columns by the same rules: "
        "what was a number stays one, with the same decimal sign."
    )
    uploaded = drop_zone(
        "Drop a file with the same columns: CSV, Excel, Parquet", key="another_upload"
    )
    st.caption(plain(f"It reads: {_columns(project)}. Nothing of this project is changed.", 600))
    if uploaded is None:
        _forget()
        return
    if uploaded.file_id != state.get(_SEEN):
        state.put(_SEEN, uploaded.file_id)
        data = bytes(uploaded.getbuffer())
        name = uploaded.name
        jobs.start_job(_JOB, lambda progress, cancelled: _guess(project, name, data, progress))
    guessing = finished(_JOB, "Guessing the rows")
    if guessing is None or guessing.cancelled:
        st.text("Stopped. Drop the file again to go on.")
    elif guessing.error is not None:
        show_error(guessing.error)
    else:
        _show(guessing.result)


def _columns(project: Project) -> str:
    roles = project.roles.items()
    return ", ".join(name for name, role in roles if role.kind not in ("ignored", "label"))


def _guess(project: Project, name: str, data: bytes, progress: jobs.Progress) -> _Guessed:
    def reading(share: float, what: str) -> None:
        progress(_READING * share, what)

    table = read_table_apart(data, name=name, on_progress=reading)
    model: TakenModel = project.taken_model()
    rest = 1 - _READING
    found = model.guesses(table, lambda share: progress(_READING + rest * share, "guessing"))
    notes = {kind: guessed_note(table, found, Wanted(kind)) for kind in formats_for(table)}
    return _Guessed(name, table, found, notes)


def _show(done: _Guessed) -> None:
    frame, n = done.found.frame, done.table.n_rows
    for warning in done.found.warnings[:_MOST]:
        st.warning(plain(warning, 300), icon=":material/warning:")
    sure = in_100(float(frame["confidence"].mean()))
    st.text(f"{count(n, 'row')} guessed; on average the app is {sure} sure of its guess.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = st.container(width="content")
        kind = choose_format(done.table, "another_format")
    name = f"{stem(done.name)}_guessed{ending_of(kind)}"
    place.download_button(
        f"Download {plain(name, 60)}",
        lambda: guessed_file(done.table, done.found, Wanted(kind)).data,
        file_name=name,
        mime=media_of(kind),
        key="download_guesses",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(plain(done.notes[kind], 400))
    counts = frame["prediction"].value_counts()
    st.dataframe(
        {"Guess": counts.index.tolist(), "Rows": counts.tolist()},
        hide_index=True,
        width=420,
        alt="How many rows got which guess",
    )


def _leave() -> None:
    state.drop(_OPEN)
    _forget()


def _forget() -> None:
    jobs.drop_job(_JOB)
    state.drop(_SEEN)
