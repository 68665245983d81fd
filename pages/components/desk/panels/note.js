// The field for a note takes the focus as it opens, with what was typed since N was pressed.
// Escape leads back to where the person was, and so does closing it.

const FIELD = ".st-key-note_field textarea"
const FRAMES = 40 // until the field stands
const TRIES = 8 // of putting text into a field that may still be setting itself up
const SETTLES = 80 // milliseconds

const find = () => document.querySelector(FIELD)

function take(token, frames = 0) {
  const desk = window.labelDesk
  if (!find() && frames < FRAMES) return requestAnimationFrame(() => take(token, frames + 1))
  if (!find() || desk?.writing === undefined || desk.noted === token) return
  desk.noted = token
  const text = desk.writing
  desk.writing = undefined
  find().focus()
  if (text) put(text, find().value.length, 0)
}

// Unlike a value that is set, inserted text is noticed by the page as if it were typed. A field that
// has only just come may lose it again: then it goes in once more, before what was typed meanwhile.
function put(text, at, tries) {
  const field = find()
  if (!field || tries > TRIES) return
  if (field.value.slice(at, at + text.length) !== text) {
    field.focus()
    field.setSelectionRange(at, at)
    document.execCommand("insertText", false, text)
    field.setSelectionRange(field.value.length, field.value.length)
  }
  setTimeout(() => put(text, at, tries + 1), SETTLES)
}

function onKey(event) {
  if (event.key !== "Escape" || !event.target.matches?.(FIELD)) return
  event.target.blur()
  window.labelDesk?.leadBack()
}

export default function ({ data }) {
  document.addEventListener("keydown", onKey)
  take(data.token)
  return () => {
    document.removeEventListener("keydown", onKey)
    if (window.labelDesk) window.labelDesk.noted = undefined
    setTimeout(() => window.labelDesk?.leadBack(), 50)
  }
}
