"""A small guard in the browser: a held key is one press, and the next row is read out.

Streamlit's shortcuts fire again for every repeat of a held key. This component
stops repeats before they reach a button, keeps the focus in place when the pressed button is
replaced by the next row's, and says row and result in a live region for screen readers.
"""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from al_core.projects import Question
from pages.components import desk_press, state

_SESSION = "desk_session"

_HTML = """
<div id="said" role="status" aria-live="polite"></div>
<div id="lost" role="alert" hidden>This page was reconnected. Your last press was not saved;
please answer this row again.</div>
"""
_CSS = """
#said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
#lost { padding: 0.6rem 0.8rem; border-left: 3px solid #d55e00; color: var(--st-text-color); }
"""
_JS = """
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"
const PLACE = ".st-key-answers button, .st-key-tools button"

function guard(state) {
  const stop = (event) => {
    const typing = event.composedPath().some((e) => e.matches?.(TYPING))
    const plain = event.key.length === 1 || event.key === "Enter"
    if (event.repeat && plain && !typing && !event.ctrlKey && !event.metaKey) {
      event.stopImmediatePropagation()
      event.preventDefault()
    }
  }
  const remember = (event) => {
    const buttons = [...document.querySelectorAll(PLACE)]
    const place = buttons.indexOf(event.target.closest?.("button"))
    state.place = place
  }
  const pressed = (event) => {
    if (event.target.closest?.(PLACE)) window.labelDesk.waiting = true
  }
  const typed = (event) => {
    const key = event.key.toUpperCase()
    const hints = [...document.querySelectorAll(PLACE + ", .st-key-answers [aria-label]")]
    const hint = (e) => e.getAttribute("aria-label") === "Shortcut " + key
    if (hints.some((e) => hint(e) || [...e.querySelectorAll("[aria-label]")].some(hint))) {
      window.labelDesk.waiting = true
    }
  }
  window.addEventListener("keydown", stop, true)
  document.addEventListener("focusin", remember)
  document.addEventListener("click", pressed, true)
  document.addEventListener("keydown", typed, true)
  return () => {
    window.removeEventListener("keydown", stop, true)
    document.removeEventListener("focusin", remember)
    document.removeEventListener("click", pressed, true)
    document.removeEventListener("keydown", typed, true)
  }
}

const instances = new WeakMap()

export default function ({ data, parentElement }) {
  let state = instances.get(parentElement)
  if (!state) {
    state = { place: -1 }
    state.remove = guard(state)
    instances.set(parentElement, state)
  }
  const desk = (window.labelDesk ??= { waiting: false })
  if (desk.session && desk.session !== data.session) {
    parentElement.querySelector("#lost").hidden = !desk.waiting
    desk.session = data.session
    desk.turn = data.turn
    desk.waiting = false
  } else if (desk.turn !== data.turn) {
    parentElement.querySelector("#lost").hidden = true
    desk.session = data.session
    desk.turn = data.turn
    desk.waiting = false
  }
  const said = parentElement.querySelector("#said")
  if (said.textContent !== data.text) said.textContent = data.text
  if (state.row !== data.row) {
    state.row = data.row
    document.querySelector(".st-key-reading")?.scrollTo(0, 0)
    const lost = !document.activeElement || document.activeElement === document.body
    if (lost && state.place >= 0) {
      document.querySelectorAll(PLACE)[state.place]?.focus({ preventScroll: true })
    }
  }
  return () => { state.remove(); instances.delete(parentElement) }
}
"""

_guard = st.components.v2.component("label_desk_keys", html=_HTML, css=_CSS, js=_JS)


def _session() -> str:
    """A name for this session: a page that meets another one was reconnected."""
    if state.get(_SESSION) is None:
        state.put(_SESSION, uuid4().hex)
    return str(state.get(_SESSION))


def draw_key_guard(question: Question | None, turn: int) -> None:
    """Mount the guard, with what a screen reader is to say after this press."""
    line = desk_press.said()
    result = line.text + " " if line is not None else ""
    row = "" if question is None else f"Row {question.row}. {' '.join(question.values.values())}"
    with st.container(key="desk_keys"):
        _guard(
            key="desk_guard",
            data={
                "text": (result + row)[:600],
                "row": -1 if question is None else question.row,
                "turn": turn,
                "session": _session(),
            },
            height="content",
        )
