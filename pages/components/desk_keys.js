// The guard of the label desk's keys; desk_keys.py says what it is for.

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"
const BUTTONS = ".st-key-answers button, .st-key-tools button"
const LONGEST_WAIT = 1000 // milliseconds that a press waits for the buttons of its row

const shownRow = () => document.querySelector(".st-key-row_id")?.innerText.trim()

// The row that a button answers stands in the key of its container: answer_388_token_0.
function rowOf(button) {
  for (let element = button; element; element = element.parentElement) {
    const row = element.className.match?.(/st-key-(?:answer|skip|cant_tell|undo)_(\d+)_/)
    if (row) return row[1]
  }
}

// Of another row than the one on the screen: its own replacement is still on the way.
const isStale = (button) => rowOf(button) !== undefined && rowOf(button) !== shownRow()

// While the next row is being drawn, buttons of both rows may stand there: the fresh one counts.
function forKey(key) {
  const buttons = [...document.querySelectorAll(BUTTONS)].filter((button) =>
    button.querySelector(`[aria-label="Shortcut ${key.toUpperCase()}"]`),
  )
  return buttons.find((button) => !isStale(button)) ?? buttons[0]
}

function whenFresh(find) {
  const row = shownRow()
  const end = performance.now() + LONGEST_WAIT
  const look = () => {
    const button = find()
    if (shownRow() !== row || performance.now() > end) return
    if (button && !isStale(button)) button.click()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

function stop(event) {
  event.stopImmediatePropagation()
  event.preventDefault()
}

// Streamlit's shortcuts leave alone what is typed into a field, and look for the field on the event's
// path. They are bound only after the paint, so a fast press would be lost: the button is clicked
// here instead, which works as soon as it can be seen. Other listeners still get the event.
function hideFromShortcuts(event) {
  const field = document.createElement("input")
  Object.defineProperty(event, "composedPath", { value: () => [field] })
}

function onKey(event) {
  const typing = event.composedPath().some((element) => element.matches?.(TYPING))
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.repeat && event.key === "Enter") return event.preventDefault()
  const button = /^[a-z0-9]$/i.test(event.key) ? forKey(event.key) : undefined
  if (!button || button.closest("[inert]")) return
  hideFromShortcuts(event)
  if (event.repeat) return
  window.labelDesk.waiting = true
  if (button.disabled) return // the server is away; the page says so once it is back
  if (isStale(button)) whenFresh(() => forKey(event.key))
  else button.click()
}

function onClick(event) {
  const button = event.target.closest?.(BUTTONS)
  if (!button) return
  window.labelDesk.waiting = true
  if (!isStale(button)) return
  const place = [...document.querySelectorAll(BUTTONS)].indexOf(button)
  stop(event)
  whenFresh(() => document.querySelectorAll(BUTTONS)[place])
}

function guard(state) {
  const onFocus = (event) => {
    const button = event.target.closest?.("button")
    state.place = [...document.querySelectorAll(BUTTONS)].indexOf(button)
  }
  window.addEventListener("keydown", onKey, true)
  window.addEventListener("click", onClick, true)
  document.addEventListener("focusin", onFocus)
  return () => {
    window.removeEventListener("keydown", onKey, true)
    window.removeEventListener("click", onClick, true)
    document.removeEventListener("focusin", onFocus)
  }
}

// A press that no answer of the server followed before the page met another session was lost.
function noteReconnect(data, lost) {
  const desk = window.labelDesk
  if (desk.session && desk.session !== data.session) lost.hidden = !desk.waiting
  else if (desk.presses !== data.presses) lost.hidden = true
  if (desk.session !== data.session || desk.presses !== data.presses) desk.waiting = false
  desk.session = data.session
  desk.presses = data.presses
}

function showNewRow(state, row) {
  if (state.row === row) return
  state.row = row
  document.querySelector(".st-key-reading")?.scrollTo(0, 0)
  const lost = !document.activeElement || document.activeElement === document.body
  if (lost && state.place >= 0) {
    document.querySelectorAll(BUTTONS)[state.place]?.focus({ preventScroll: true })
  }
}

const instances = new WeakMap()

export default function ({ data, parentElement }) {
  window.labelDesk ??= { waiting: false }
  let state = instances.get(parentElement)
  if (!state) {
    state = { place: -1 }
    state.remove = guard(state)
    instances.set(parentElement, state)
  }
  const said = parentElement.querySelector("#said")
  if (said.textContent !== data.text) said.textContent = data.text
  noteReconnect(data, parentElement.querySelector("#lost"))
  showNewRow(state, data.row)
  return () => {
    state.remove()
    instances.delete(parentElement)
  }
}
