// What opens under the desk comes into sight, as far as it needs and no further: the row stays in
// sight where there is room for both. Escape leaves its fields, and once more closes it.

const GROWS = 800 // milliseconds in which it is drawn
const FIELD = ".st-key-panel_open :is(input, textarea)"
// What lies over the page while it is open: Escape is for it.
const OVER = "[role=menu], [role=listbox], [role=dialog], [data-testid=stPopoverBody]"

function onKey(event) {
  if (event.key !== "Escape" || document.querySelector(OVER)) return
  if (event.target.matches?.(FIELD)) {
    event.target.blur()
    window.labelDesk?.leadBack()
    document.querySelector(".st-key-row")?.scrollIntoView({ block: "nearest" })
  } else document.querySelector(".st-key-close_panel button")?.click()
}

function comeIntoSight(title) {
  const panel = document.querySelector(".st-key-panel_open")
  if (!panel || panel.dataset.shown === title) return
  panel.dataset.shown = title
  const end = performance.now() + GROWS
  const show = () => {
    panel.scrollIntoView({ block: "nearest" })
    if (performance.now() < end && panel.isConnected) requestAnimationFrame(show)
  }
  show()
}

export default function ({ data }) {
  document.addEventListener("keydown", onKey, true)
  comeIntoSight(data.title)
  return () => document.removeEventListener("keydown", onKey, true)
}
