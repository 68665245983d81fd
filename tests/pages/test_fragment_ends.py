"""The browser hears of each fragment that has finished, so that it can take away what is left."""

from __future__ import annotations

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from pages.components.shell.fragment_ends import keep_fragment_ends

STATUS = ForwardMsg.ScriptFinishedStatus
FRAGMENT, WHOLE = STATUS.FINISHED_FRAGMENT_RUN_SUCCESSFULLY, STATUS.FINISHED_SUCCESSFULLY
INTERRUPTED = STATUS.FINISHED_EARLY_FOR_RERUN


def ends_after(status: int, ran: list[str], next_run: list[str] | None) -> list[int]:
    """What a browser hears of a run whose end was not sent when the next one starts."""
    keep_fragment_ends()
    queue = ForwardMsgQueue()
    message = ForwardMsg()
    message.script_finished = status
    message.metadata.run.fragment_ids.extend(ran)
    queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=next_run)
    return [left.script_finished for left in queue.flush()]


def test_a_finished_fragment_stays_finished_when_another_starts_at_once():
    assert ends_after(FRAGMENT, ["desk", "panel"], ["freshness"]) == [FRAGMENT]


@pytest.mark.parametrize("next_run", [["desk"], ["freshness", "desk"]])
def test_a_fragment_that_is_drawn_again_at_once_does_not_end_in_between(next_run):
    assert ends_after(FRAGMENT, ["desk"], next_run) == [INTERRUPTED]


def test_before_a_whole_page_the_end_of_a_fragment_is_an_interruption():
    assert ends_after(FRAGMENT, ["desk"], None) == [INTERRUPTED]


def test_the_end_of_a_whole_page_stays_what_it_was():
    assert ends_after(WHOLE, [], ["freshness"]) == [WHOLE]


def test_an_interrupted_fragment_is_not_made_a_finished_one():
    assert ends_after(INTERRUPTED, ["desk"], ["freshness"]) == [INTERRUPTED]


def test_calling_it_twice_wraps_once():
    keep_fragment_ends()
    first = ForwardMsgQueue.clear
    keep_fragment_ends()
    assert ForwardMsgQueue.clear is first
