// Several rows at once, in the browser; batch.py says what it is for.

const FRAMES = '[class*="st-key-tile_"]'
const CHOICES = ".st-key-desk_in_hand, .st-key-desk_batch_size"
const SETTLES = 300 // milliseconds until the tiles of this drawing stand in the page

// After a click with the mouse Enter is for Save, not for the button that was clicked; Tab goes on
// from there.
function onClick(event) {
  if (event.detail && event.target.closest?.("[data-testid=stMain] :is(button, [role=radio])"))
    setTimeout(() => document.activeElement?.blur())
}

// An answer chosen with the keyboard keeps the focus, and Enter would do nothing there.
function onKeyDown(event) {
  if (event.key !== "Enter" || !event.target.closest?.(CHOICES)) return
  event.preventDefault()
  event.stopPropagation()
  document.querySelector('[class*="st-key-save_batch_"] button')?.click()
}

// A row longer than its tile can be reached with Tab, and scrolled with the arrow keys.
function makeReachable() {
  for (const frame of document.querySelectorAll(FRAMES))
    if (frame.scrollHeight > frame.clientHeight && getComputedStyle(frame).overflowY === "auto")
      frame.tabIndex = 0
}

export default function () {
  document.addEventListener("click", onClick)
  document.addEventListener("keydown", onKeyDown, true)
  setTimeout(makeReachable, SETTLES)
  return () => {
    document.removeEventListener("click", onClick)
    document.removeEventListener("keydown", onKeyDown, true)
  }
}
