// Shows one part of the page over the whole screen; Escape or F ends it.
const buttons = new WeakMap();

export default function ({ data, parentElement }) {
  const known = buttons.get(parentElement) ?? makeButton(parentElement);
  buttons.set(parentElement, known);
  known.part = data.part;
  return () => known.leave();
}

function makeButton(parent) {
  const button = parent.querySelector("#present");
  const known = { part: "", leave };

  function present() {
    const part = document.querySelector(`.st-key-${known.part}`);
    if (document.fullscreenElement) document.exitFullscreen();
    else part?.requestFullscreen?.();
  }
  function onKey(event) {
    const focused = event.composedPath()[0];
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName ?? "") || focused.isContentEditable;
    const other = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
    if (typing || other || event.key.toLowerCase() !== "f" || !button.isConnected) return;
    event.preventDefault();
    present();
  }
  // A chart measures its place when the window changes, and a part that grows does not tell it.
  function resize() {
    window.dispatchEvent(new Event("resize"));
  }
  function leave() {
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("fullscreenchange", resize);
    buttons.delete(parent);
  }

  button.onclick = present;
  document.addEventListener("keydown", onKey);
  document.addEventListener("fullscreenchange", resize);
  return known;
}
