"""Three faults of Streamlit 1.67 where fragments redraw themselves, mended from outside.

What a fragment no longer draws leaves the page, also when the next fragment starts at once. The
browser takes away what a fragment did not draw again when it hears that the fragment has finished.
Streamlit rewrites that message to "interrupted" if it was not sent yet when the next run starts,
though the next run may be of another fragment (the sidebar, the line on learning: they redraw
themselves). Buttons of the old drawing then stay, and still hear their keys.

A redraw that was asked for on one page does not come to the next. A fragment may ask for it in the
very moment in which another page is gone to; its run then comes after that of the new page, and
says that it is of the old one. The browser takes this for a change of page, empties the new one,
finds no place for what the fragment draws, and shows nothing at all until it is reloaded.

What a run has drawn is sent, also when another is asked for as its thread ends. Such a thread takes
nothing on any more, so Streamlit begins a new one at once; and what the old one has told and the
session has not come round to by then counts as told by nobody. Where many people pressed, answers
to presses were lost in this way, and came when the press was sent again (benchmarks/twenty.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial, wraps

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import forward_msg_queue
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

_Creates = Callable[[AppSession, RerunData], None]
_FINISHED = ForwardMsg.ScriptFinishedStatus.FINISHED_FRAGMENT_RUN_SUCCESSFULLY


def keep_fragment_ends() -> None:
    """Let the browser hear of every fragment that has finished. Calling it again does nothing.

    Does nothing either where Streamlit no longer rewrites the message.
    """
    rewrites = hasattr(forward_msg_queue, "_update_script_finished_message")
    if not rewrites or hasattr(ForwardMsgQueue.clear, "__wrapped__"):
        return
    original = ForwardMsgQueue.clear

    @wraps(original)
    def clear(
        queue: ForwardMsgQueue,
        retain_lifecycle_msgs: bool = False,
        fragment_ids_this_run: list[str] | None = None,
    ) -> None:
        ends = _ends_of_others(queue, set(fragment_ids_this_run or ()))
        original(queue, retain_lifecycle_msgs, fragment_ids_this_run)
        for message in ends:
            message.script_finished = _FINISHED

    setattr(ForwardMsgQueue, "clear", clear)  # noqa: B010 - mypy refuses the assignment


def _ends_of_others(queue: ForwardMsgQueue, running: set[str]) -> list[ForwardMsg]:
    """The unsent ends of fragments that the coming run does not draw; none before a whole page.

    A fragment that runs again right away must not end here: what it had drawn was never sent.
    """
    if not running:
        return []
    return [
        message
        for message in queue._queue
        if message.WhichOneof("type") == "script_finished"
        and message.script_finished == _FINISHED
        and running.isdisjoint(message.metadata.run.fragment_ids)
    ]


def keep_to_the_page() -> None:
    """Let no redraw of the page that was left come to the one that is there. Twice is once."""
    if hasattr(ScriptRunner._run_script, "__wrapped__"):
        return
    original = ScriptRunner._run_script

    @wraps(original)
    def run(runner: ScriptRunner, asked: RerunData) -> None:
        wanted = of_this_page(asked, runner._get_script_run_ctx().page_script_hash)
        if wanted is not None:
            original(runner, wanted)

    setattr(ScriptRunner, "_run_script", run)  # noqa: B010 - mypy refuses the assignment


def of_this_page(asked: RerunData, page: str) -> RerunData | None:
    """What is run on the page that is there; None for a mere redraw of a page that was left.

    A press on that page counts: its callback is called, and what no longer exists is not drawn.
    """
    left = bool(asked.fragment_id_queue) and asked.page_script_hash not in ("", page)
    if not left or not page:
        return asked
    if asked.is_auto_rerun and not _holds_a_press(asked):
        return None
    return replace(asked, page_script_hash=page)


def _holds_a_press(asked: RerunData) -> bool:
    states = asked.widget_states.widgets if asked.widget_states is not None else ()
    return any((state.WhichOneof("value") or "").endswith("trigger_value") for state in states)


def keep_last_words() -> None:
    """Let a session hear all that a thread has told before the next one begins. Twice is once.

    Does nothing where Streamlit no longer begins threads in this way.
    """
    original = getattr(AppSession, "_create_scriptrunner", None)
    if original is not None and not hasattr(original, "__wrapped__"):
        setattr(AppSession, "_create_scriptrunner", after_last_words(original))  # noqa: B010


def after_last_words(original: _Creates) -> _Creates:
    """The same, but behind everything that a thread which is ending has put into the line."""

    @wraps(original)
    def create(session: AppSession, asked: RerunData) -> None:
        ending = session._scriptrunner
        if ending is None:
            original(session, asked)
        else:
            later = partial(_begin, session, asked, ending, original)
            session._call_soon_on_event_loop(later)

    return create


def _begin(session: AppSession, asked: RerunData, ending: ScriptRunner, create: _Creates) -> None:
    """Begin the new thread, unless another was begun meanwhile that takes this on as well."""
    now = session._scriptrunner
    if session._state == AppSessionState.SHUTDOWN_REQUESTED:
        return
    if now is None or now is ending or not now.request_rerun(asked):
        create(session, asked)
