// What opens under the desk comes into sight, as far as it needs and no further: the row stays in
// sight where there is room for both.

const GROWS = 800 // milliseconds in which it is drawn

export default function ({ data }) {
  const panel = document.querySelector(".st-key-panel_open")
  if (!panel || panel.dataset.shown === data.title) return
  panel.dataset.shown = data.title
  const end = performance.now() + GROWS
  const show = () => {
    panel.scrollIntoView({ block: "nearest" })
    if (performance.now() < end && panel.isConnected) requestAnimationFrame(show)
  }
  show()
}
