"""A field to drop a file into, whose file leaves the server's memory when the field is gone.

Streamlit keeps what was dropped until the browser tab is closed, also where the page has no such
field any more: somebody who tries five large files would hold all five.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.components.shell import state

_HELD = "_dropped_files"  # by the key of their field


def drop_zone(title: str, *, key: str) -> UploadedFile | None:
    """The field; the file that it holds."""
    uploaded = st.file_uploader(title, key=key)
    held: dict[str, str] = state.get(_HELD, {})
    if uploaded is not None and held.get(key) != uploaded.file_id:
        _forget(held.get(key))
        state.put(_HELD, {**held, key: uploaded.file_id})
    return uploaded


def let_go_of_files() -> None:
    """Take the files out of memory whose fields were not drawn by the run before this one."""
    held: dict[str, str] = state.get(_HELD, {})
    left = {key: file for key, file in held.items() if state.get(key) is not None}
    for key in held.keys() - left.keys():
        _forget(held[key])
    if left != held:
        state.put(_HELD, left)


def _forget(file_id: str | None) -> None:
    context = get_script_run_ctx()
    manager = None if context is None else context.uploaded_file_mgr
    # Streamlit's own fields that let go of a file check for this manager too: others keep files
    # elsewhere.
    if file_id and context is not None and isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(session_id=context.session_id, file_id=file_id)
