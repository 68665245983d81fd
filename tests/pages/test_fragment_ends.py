"""The browser hears of each fragment that has finished, so that it can take away what is left."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from pages.components.shell.fragment_ends import (
    after_last_words,
    keep_fragment_ends,
    of_this_page,
)

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


def redraw(page: str, *, pressed: bool = False, auto: bool = True) -> RerunData:
    """What a fragment asks for on a page, by itself or by a press."""
    states = WidgetStates()
    if pressed:
        states.widgets.add(id="answer", trigger_value=True)
    return RerunData(
        widget_states=states,
        page_script_hash=page,
        fragment_id_queue=["sidebar"],
        is_auto_rerun=auto,
    )


def test_a_redraw_asked_for_on_the_page_that_was_left_is_not_drawn_on_the_next():
    assert of_this_page(redraw("progress"), "label") is None


@pytest.mark.parametrize("auto", [False, True])
def test_a_press_on_the_page_that_was_left_counts_and_leaves_the_next_page_whole(auto):
    taken = of_this_page(redraw("progress", pressed=True, auto=auto), "label")
    assert taken is not None
    assert taken.page_script_hash == "label"
    assert taken.widget_states.widgets[0].trigger_value


def test_a_redraw_of_the_page_that_is_there_and_a_change_of_page_stay_as_they_are():
    here, change = redraw("label"), RerunData(page_script_hash="label")
    assert of_this_page(here, "label") is here
    assert of_this_page(change, "progress") is change


class Thread:
    """Of a session that draws: it takes a request on, or it is ending and does not."""

    def __init__(self, *, ending: bool) -> None:
        self.ending, self.taken = ending, []

    def request_rerun(self, asked: RerunData) -> bool:
        if not self.ending:
            self.taken.append(asked)
        return not self.ending


def what_happens(requests: int, state: AppSessionState) -> list[str]:
    """In which order a session hears the last words of a thread and begins the next ones."""
    happened: list[str] = []
    begun: list[Thread] = []

    def begin(session, asked):
        happened.append("begun")
        session._scriptrunner = Thread(ending=False)
        begun.append(session._scriptrunner)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        session = SimpleNamespace(_scriptrunner=Thread(ending=True), _state=state)
        session._call_soon_on_event_loop = loop.call_soon_threadsafe
        loop.call_soon_threadsafe(lambda: happened.append("last words"))
        for _ in range(requests):
            after_last_words(begin)(session, RerunData())
        await asyncio.sleep(0)

    # In a thread of its own: a browser test in the same process may have left a loop in this one.
    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    thread.join()
    return [*happened, *(f"takes on {len(one.taken)}" for one in begun)]


def test_what_an_ending_thread_has_told_is_heard_before_the_next_one_begins():
    assert what_happens(1, AppSessionState.APP_IS_RUNNING) == [
        "last words",
        "begun",
        "takes on 0",
    ]


def test_a_second_request_in_that_moment_is_taken_on_by_the_thread_that_was_begun():
    assert what_happens(2, AppSessionState.APP_IS_RUNNING) == [
        "last words",
        "begun",
        "takes on 1",
    ]


def test_a_session_that_is_shut_down_meanwhile_begins_nothing():
    assert what_happens(1, AppSessionState.SHUTDOWN_REQUESTED) == ["last words"]
