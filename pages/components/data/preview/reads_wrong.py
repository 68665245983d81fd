"""The panel "Reads wrong?": letters, separator, decimals, line of the names, sheet, bad lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from al_core import tables
from pages.components.choosing import choose
from pages.components.data.draft import DroppedFile, ReadAs
from pages.components.shell import state
from pages.components.shell.text import count, plain

if TYPE_CHECKING:
    from al_core.tables import Dialect, ReadOptions

Read = Callable[[DroppedFile, ReadAs], None]

# Lines and letters of the file shown, and the number of sheets that leave a choice; choices.
_LINES, _WIDTH, _MANY = 8, 160, 2
_LONGEST = 400  # letters of one note: a choice
_AS_FOUND = "as found"
_TYPED = {r"\t": "\t", "tab": "\t", r"\x01": "\x01", r"\x1f": "\x1f", "space": " "}
_DECIMALS = {"": _AS_FOUND, ".": "3.14", ",": "3,14"}
_HEADERS = ("auto", "line", "none")
_HEADER_WORDS = {
    "auto": _AS_FOUND,
    "line": "In the line given here",
    "none": "There are no names",
}


def reading_panel(
    file: DroppedFile,
    read_as: ReadAs,
    dialect: Dialect | None,
    read: Read,
    told: Sequence[str] = (),
) -> None:
    """A closed panel with every guess of the reader and a control to overrule it.

    told: what else was guessed or repaired, for which there is no room above the rows.
    """
    more = f" · {count(len(told), 'more note')}" if told else ""
    key = f"reads_wrong_{dialect is None}"
    panel = st.expander(
        f"Reads wrong?{more}",
        # to Streamlit a panel with another label is another one, and closed
        expanded=bool(state.get(key)),
        type="compact",
        on_change="rerun",
        key=key,
    )
    if not panel.open:
        return
    options = _options(str(file.path), file.size)
    with panel, st.container(gap="xsmall"):
        for notice in told:
            st.caption(f":material/info: {plain(notice, _LONGEST)}")
    with panel, st.form("reading", border=False):
        _controls(options, read_as, dialect)
        st.form_submit_button(
            "Read it this way",
            icon=":material/refresh:",
            on_click=_read_this_way,
            args=(file, read_as, read),
        )


def _read_this_way(file: DroppedFile, before: ReadAs, read: Read) -> None:
    """What the controls say, taken when the form is sent."""
    header = {"auto": "auto", "none": None}.get(
        _header_state("read_header", before), _given_lines(before)
    )
    wanted = ReadAs(
        encoding=state.get("read_encoding") or None,
        delimiter=_sign(state.get("read_delimiter")),
        decimal=state.get("read_decimal") or None,
        header=header,
        skip_bad_rows=bool(state.get("read_skip")),
        sheet=before.sheet,
        sample=before.sample,
    )
    read(file, wanted)


def _header_key(name: str, read_as: ReadAs) -> str:
    """A control of its own for each wish: it never shows what was wished for before."""
    return f"{name}_{read_as.header}"


def _header_state(name: str, read_as: ReadAs) -> Any:
    return state.get(_header_key(name, read_as))


def _given_lines(before: ReadAs) -> int | tuple[int, int]:
    """The line typed, or the first and the last of several."""
    first = int(_header_state("read_header_line", before) or 1)
    last = int(_header_state("read_header_last", before) or first)
    return (first, last) if last > first else first


def _sign(chosen: object) -> str | None:
    """The signs chosen or typed; a tab and a control sign may be typed as programmers do."""
    typed = str(chosen or "")
    return _TYPED.get(typed, typed) or None


def sheet_picker(file: DroppedFile, read_as: ReadAs, dialect: Dialect | None, read: Read) -> None:
    """Which sheet of a workbook is read, where there is more than one."""
    if dialect is not None and dialect.kind != "xlsx":
        return
    sheets = _options(str(file.path), file.size).sheets
    if len(sheets) < _MANY:
        return
    now = read_as.sheet or (dialect.sheet if dialect is not None else None)
    chosen = choose.select(
        "Sheet",
        sheets,
        index=sheets.index(now) if now in sheets else 0,
        key=f"sheet_{file.path.parent.name}",
        width=320,
    )
    if chosen != now and (now is not None or chosen != sheets[0]):
        read(file, replace(read_as, sheet=chosen))
        st.rerun()


@st.cache_data(max_entries=20, show_spinner=False)
def _options(path: str, size: int) -> ReadOptions:
    """The path is new for each dropped file, so it is a sound key of the cache."""
    return tables.read_options(path)


def _controls(options: ReadOptions, read_as: ReadAs, dialect: Dialect | None) -> None:
    left, right = st.columns(2)
    with left:
        _encoding(options, read_as)
        _delimiter(options, read_as, dialect)
        _decimal(options, read_as)
    with right:
        _header(read_as, dialect)
        st.checkbox("Leave out lines that do not fit", value=read_as.skip_bad_rows, key="read_skip")
    _first_lines(options.first_lines)


def _encoding(options: ReadOptions, read_as: ReadAs) -> None:
    """Letters, each with a line of the file as it would read."""
    if not options.encodings:
        return
    words = {found.encoding: f"{found.title}: {found.preview}" for found in options.encodings}
    choices = ["", *words]
    choose.select(
        "Letters",
        choices,
        index=choices.index(read_as.encoding) if read_as.encoding in words else 0,
        words=lambda code: words.get(code, _AS_FOUND),
        key="read_encoding",
        help="Choose the line that reads right.",
    )


def _delimiter(options: ReadOptions, read_as: ReadAs, dialect: Dialect | None) -> None:
    """What stands between the fields; what was found is named but not chosen by itself."""
    if not options.delimiters:
        return
    words = dict(options.delimiters)
    found = dialect.delimiter if dialect is not None else None
    as_found = f"{_AS_FOUND} ({words[found]})" if found in words else _AS_FOUND
    now = read_as.delimiter or ""
    choices = list(dict.fromkeys(["", *words, now]))
    choose.select(
        "Split by",
        choices,
        index=choices.index(now),
        words=lambda sign: words.get(sign, sign or as_found),
        key="read_delimiter",
        accept_new_options=True,
        help="Choose what stands between the fields, or type it: up to three signs, such as ~|~.",
    )


def _decimal(options: ReadOptions, read_as: ReadAs) -> None:
    if not options.delimiters:
        return
    choose.select(
        "Decimals",
        list(_DECIMALS),
        index=list(_DECIMALS).index(read_as.decimal or ""),
        words=lambda sign: _DECIMALS.get(sign, _AS_FOUND),
        key="read_decimal",
    )


def _first_lines(lines: list[str]) -> None:
    """The file as it stands, to look up where the names are."""
    if lines:
        shown = [line[:_WIDTH] for line in lines[:_LINES]]
        # Wrapped: a box that scrolls sideways is out of the keyboard's reach.
        st.code("\n".join(shown), language=None, line_numbers=True, wrap_lines=True)


def _header(read_as: ReadAs, dialect: Dialect | None) -> None:
    """Where the names of the columns stand."""
    kinds: dict[object, str] = {"auto": "auto", None: "none"}
    kind = kinds.get(read_as.header, "line")
    with st.container(key="read_header"):
        choose.select(
            "Names of the columns",
            _HEADERS,
            index=_HEADERS.index(kind),
            words=lambda key: _HEADER_WORDS[key],
            key=_header_key("read_header", read_as),
        )
    found = dialect.header_line if dialect is not None and dialect.header_line else 1
    header = read_as.header
    first, last = header if isinstance(header, tuple) else (header, None)
    with st.container(key="read_header_line"):
        st.number_input(
            "Line of the names",
            min_value=1,
            value=first if isinstance(first, int) else found,
            key=_header_key("read_header_line", read_as),
            help="Counted from 1, as a text editor does.",
        )
    st.number_input(
        "Last line of the names, where there are several",
        min_value=1,
        value=last,
        placeholder="the same line",
        key=_header_key("read_header_last", read_as),
    )
