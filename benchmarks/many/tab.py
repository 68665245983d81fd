"""A browser tab without a browser: it speaks Streamlit's websocket protocol.

It sends what a tab sends and takes what a tab takes, but paints nothing, so that twenty of them
load the server and not the machine. Parts of a page that redraw themselves are asked for at their
pace, as a browser does.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

import requests
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

_TRIGGER = "$$STREAMLIT_INTERNAL_KEY_{}__events"
"""The name under which a component's presses travel, as the installed Streamlit writes it."""
_XSRF = "_streamlit_xsrf"
LONGEST = 120.0  # seconds to wait for anything; a tenth of a second is usual


@dataclass
class Part:
    """A widget or component on the page: its id, and the fragment that a press of it redraws."""

    id: str
    kind: str
    fragment: str
    data: dict[str, Any] = field(default_factory=dict)
    label: str = ""

    @property
    def name(self) -> str:
        """Its key, or what is written on it."""
        return f"{self.id} {self.label}"


class Tab:
    """One session of the server; ``async with Tab(url, "label", "project=...") as tab``."""

    def __init__(self, url: str, page: str = "", query: str = "") -> None:
        self.url, self.page, self.query = url, page, query
        self.session = ""
        self.parts: dict[str, Part] = {}
        self.heard: list[Callable[[Part], None]] = []
        self.runs = 0
        self.problems: list[str] = []
        self._hash = ""
        self._states: dict[str, WidgetState] = {}
        self._answers: dict[str, asyncio.Future[Any]] = {}
        self._changed = asyncio.Condition()
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._asked = 0

    async def __aenter__(self) -> Self:
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = await websockets.connect(
            address,
            subprotocols=[websockets.Subprotocol("streamlit")],
            origin=websockets.Origin(self.url),
            max_size=None,
            ping_interval=None,
        )
        self._listening = asyncio.create_task(self._listen())
        await self.rerun()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """As when a tab is closed."""
        for timer in self._timers.values():
            timer.cancel()
        await self._socket.close()
        with suppress(asyncio.CancelledError):
            await self._listening

    async def go(self, page: str, query: str) -> None:
        """Go to another page of the app, as its menu does."""
        self.page, self.query, self._hash = page, query, ""
        self.parts.clear()
        self._forget_timers()
        await self.rerun()

    async def rerun(self, fragment: str = "", *, by_itself: bool = False, **pressed: Any) -> None:
        """Ask for the page, or a fragment of it, with what was pressed."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self.query, self._hash
        asked.page_name = self.page if not self._hash else ""
        asked.fragment_id, asked.is_auto_rerun = fragment, by_itself
        asked.context_info.url = f"{self.url}/{self.page}"
        asked.context_info.timezone, asked.context_info.locale = "Europe/Berlin", "en"
        asked.widget_states.widgets.extend(self._states.values())
        asked.widget_states.widgets.extend(pressed.get("widgets", ()))
        await self._socket.send(message.SerializeToString())

    async def press(self, name: str) -> None:
        """Press a button by the name that stands in its key."""
        button = await self.part(name)
        state = WidgetState(id=button.id, trigger_value=True)
        await self.rerun(button.fragment, widgets=[state])

    async def tell(self, name: str, event: str, value: Any) -> None:
        """What a component of the app sends to the server."""
        part = await self.part(name)
        told = json.dumps([{"event": event, "value": value}])
        state = WidgetState(id=_TRIGGER.format(part.id), json_trigger_value=told)
        await self.rerun(part.fragment, widgets=[state])

    async def part(self, name: str) -> Part:
        """What stands on the page under this name, once it is there."""
        await self.until(lambda: self.find(name) is not None, name)
        found = self.find(name)
        assert found is not None
        return found

    def find(self, name: str) -> Part | None:
        """What stands on the page under this name; None where nothing does."""
        return next((one for one in reversed(self.parts.values()) if name in one.name), None)

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for something that comes with a message of the server."""
        if not await self.comes(condition, LONGEST):
            shown = ", ".join(part.id[-40:] for part in list(self.parts.values())[-20:])
            raise SystemExit(f"Waited in vain for {what}; there are {shown}.")

    async def comes(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Whether it comes with a message of the server within so many seconds."""
        async with self._changed:
            try:
                await asyncio.wait_for(self._changed.wait_for(condition), seconds)
            except TimeoutError:
                return False
        return True

    async def upload(self, name: str, file: str, content: bytes) -> None:
        """Drop a file, as the drop zone does it: a place for it, the file, then the page anew."""
        zone = await self.part(name)
        self._asked += 1
        message, wanted = BackMsg(), f"upload {self._asked}"
        asked = message.file_urls_request
        asked.request_id, asked.session_id = wanted, self.session
        asked.file_names.append(file)
        told = self._answers[wanted] = asyncio.get_running_loop().create_future()
        await self._socket.send(message.SerializeToString())
        place = (await asyncio.wait_for(told, LONGEST)).file_urls[0]
        self._answers.pop(wanted)
        await asyncio.to_thread(self._put, place.upload_url, file, content)
        state = WidgetState(id=zone.id)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = file, len(content), place.file_id
        info.file_urls.CopyFrom(place)
        self._states[zone.id] = state
        await self.rerun()

    def _put(self, path: str, file: str, content: bytes) -> None:
        with requests.Session() as session:
            session.get(f"{self.url}/_stcore/health", timeout=LONGEST)
            token = session.cookies.get(_XSRF, "") or ""
            done = session.put(
                f"{self.url}{path}",
                files={"file": (file, content)},
                headers={"X-Xsrftoken": token},
                timeout=LONGEST,
            )
        done.raise_for_status()

    def forget(self, name: str) -> None:
        """What a widget held is no longer sent, as when the page has it no more."""
        part = self.find(name)
        if part is not None:
            self._states.pop(part.id, None)
            self.parts.pop(part.id)

    async def _listen(self) -> None:
        with suppress(websockets.ConnectionClosed):
            async for content in self._socket:
                message = ForwardMsg()
                message.ParseFromString(content)
                self._take(message)
                async with self._changed:
                    self._changed.notify_all()

    def _take(self, message: Any) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._begin(message.new_session, list(message.metadata.run.fragment_ids))
        elif kind == "delta":
            self._take_delta(message.delta)
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self._redraw_at_its_pace(message.auto_rerun)
        elif kind == "stop_auto_rerun":
            for one in message.stop_auto_rerun.fragment_ids:
                self._forget_timers(one)
        elif kind == "script_finished":
            self.runs += 1
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "file_urls_response":
            answer = self._answers.get(message.file_urls_response.response_id)
            if answer is not None and not answer.done():
                answer.set_result(message.file_urls_response)

    def _begin(self, session: Any, fragments: list[str]) -> None:
        self.session = session.initialize.session_id or self.session
        if not fragments:  # the whole page comes anew
            self.parts.clear()
            self._forget_timers()

    def _take_delta(self, delta: Any) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        element = delta.new_element
        kind = element.WhichOneof("type")
        content: Any = getattr(element, kind) if kind else None
        if kind == "exception" or (kind == "alert" and "went wrong" in content.body):
            self.problems.append(str(content)[:300])
        if not getattr(content, "id", ""):
            return
        data = json.loads(content.json) if kind == "bidi_component" and content.json else {}
        part = Part(content.id, kind, delta.fragment_id, data, getattr(content, "label", ""))
        self.parts.pop(content.id, None)  # the latest of one name is the one that stands there
        self.parts[content.id] = part
        for heard in self.heard:
            heard(part)

    def _redraw_at_its_pace(self, auto: Any) -> None:
        self._forget_timers(auto.fragment_id)
        task = asyncio.create_task(self._redraw(auto.fragment_id, auto.interval))
        self._timers[auto.fragment_id] = task

    async def _redraw(self, fragment: str, every: float) -> None:
        with suppress(websockets.ConnectionClosed):
            while True:
                await asyncio.sleep(every)
                await self.rerun(fragment, by_itself=True)

    def _forget_timers(self, one: str | None = None) -> None:
        for fragment in [one] if one else list(self._timers):
            timer = self._timers.pop(fragment, None)
            if timer is not None:
                timer.cancel()
