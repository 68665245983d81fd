// A field takes the focus as it opens, with what was typed since the key that opens it was pressed.
// Escape leads back to where the person was, and so does closing it.

const FRAMES = 40 // until the field stands
const TRIES = 8 // of putting text into a field that may still be setting itself up
const SETTLES = 80 // milliseconds

function take(selector, name, frames = 0) {
  const desk = window.labelDesk
  const field = document.querySelector(selector)
  if (!field && frames < FRAMES)
    return requestAnimationFrame(() => take(selector, name, frames + 1))
  if (!field || desk?.writing === undefined || desk.noted === name) return
  desk.noted = name
  const text = desk.writing
  desk.writing = undefined
  field.focus()
  if (field.type === "number") typeOver(field, text)
  else if (text) put(selector, text, field.value.length, 0)
}

// What is typed takes the place of the number that stands there.
function typeOver(field, text) {
  field.select()
  if (text) document.execCommand("insertText", false, text)
}

// Unlike a value that is set, inserted text is noticed by the page as if it were typed. A field that
// has only just come may lose it again: then it goes in once more, before what was typed meanwhile.
function put(selector, text, at, tries) {
  const field = document.querySelector(selector)
  if (!field || tries > TRIES) return
  if (field.value.slice(at, at + text.length) !== text) {
    field.focus()
    field.setSelectionRange(at, at)
    document.execCommand("insertText", false, text)
    field.setSelectionRange(field.value.length, field.value.length)
  }
  setTimeout(() => put(selector, text, at, tries + 1), SETTLES)
}

export default function ({ data }) {
  const onKey = (event) => {
    if (event.key !== "Escape" || !event.target.matches?.(data.field)) return
    event.target.blur()
    window.labelDesk?.leadBack()
  }
  document.addEventListener("keydown", onKey)
  take(data.field, data.name)
  return () => {
    document.removeEventListener("keydown", onKey)
    if (window.labelDesk) window.labelDesk.noted = undefined
    setTimeout(() => window.labelDesk?.leadBack(), 50)
  }
}
