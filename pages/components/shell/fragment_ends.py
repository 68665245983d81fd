"""What a fragment no longer draws leaves the page, also when the next fragment starts at once.

The browser takes away what a fragment did not draw again when it hears that the fragment has
finished. Streamlit 1.67 rewrites that message to "interrupted" if it was not sent yet when the next
run starts, though the next run may be of another fragment (the sidebar, the line on learning: they
redraw themselves). Buttons of the old drawing then stay, and still hear their keys.
"""

from __future__ import annotations

from functools import wraps

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import forward_msg_queue
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

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
