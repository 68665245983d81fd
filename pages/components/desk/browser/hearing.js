// -- what the server says -------------------------------------------------------------------------

// The server went away and is back. It asks again, under their old tokens, the rows that were open:
// presses for these are sent once more. What cannot be kept is said to be lost.
function reconnect(queue) {
  const undone = desk.sent.findIndex(goesBack)
  const before = undone < 0 ? desk.sent : desk.sent.slice(0, undone)
  const kept = before.filter((press) => queue.some(({ token }) => token === press.token))
  sayLost(desk.missed || kept.length < desk.sent.length)
  Object.assign(desk, { sent: kept, writing: undefined })
  if (kept.length) setTimeout(tell)
}

// With the presses goes the row that stands there now: the server may have chosen others meanwhile.
function tell() {
  const on = shown()?.token ?? ""
  desk.setTriggerValue("pressed", { page: desk.page, presses: [...desk.sent], on })
  tellAgain()
}

// What was sent into a connection that broke is not heard of.
function tellAgain() {
  clearTimeout(desk.telling)
  if (desk.sent.length) desk.telling = setTimeout(() => desk.end && tell(), UNHEARD)
}

// The row on the screen stays until it is pressed, whatever the server would ask by now, unless the
// person went elsewhere (undo, a picked row): then the server has said so with another lead.
function inHand({ queue, lead }) {
  const { painted } = desk
  const isRead = ({ row }) => row === painted.row
  if (!painted || painted.token === desk.left || !queue.length || lead !== desk.lead) return queue
  return [queue.find(isRead) ?? painted, ...queue.filter((question) => !isRead(question))]
}

function hear(data) {
  if (desk.session !== undefined && desk.session !== data.session) reconnect(data.queue)
  desk.missed = false
  desk.session = data.session
  if (data.heard.page === desk.page) desk.sent = desk.sent.filter(({ id }) => id > data.heard.id)
  desk.queue = inHand(data)
  desk.lead = data.lead
  if (!desk.queue.length) desk.painted = undefined
  tellAgain()
  // What stays on the screen while the page scrolls under it has the ground of the theme.
  const { backgroundColor } = getComputedStyle(document.querySelector("[data-testid=stApp]"))
  document.documentElement.style.setProperty("--al-ground", backgroundColor)
  for (const name of ["primary", "border"]) {
    const colour = getComputedStyle(desk.word).getPropertyValue(`--st-${name}-color`)
    document.documentElement.style.setProperty(`--al-${name}`, colour)
  }
  desk.opens = data.opens
  desk.second = data.second
  if (desk.writing !== undefined && !desk.sent.some(isNote)) {
    const { last } = desk
    setTimeout(() => desk.last === last && (desk.writing = undefined), OPENS)
  }
  const spoken = shown() && desk.token === shown().token ? "" : (shown()?.spoken ?? "")
  const text = `${data.result} ${spoken}`.trim()
  if (desk.said.textContent !== text) desk.said.textContent = text
  paint()
  if (data.picked && data.picked !== desk.picked)
    document.querySelector(".st-key-row")?.scrollIntoView({ block: "nearest" })
  desk.picked = data.picked
  sendHeld()
}

// Rows that a newer model would ask; taken only while the server and this page see the same row.
function renew(queue) {
  if (!desk.sent.length && queue[0]?.token === desk.queue[0]?.token) desk.queue = queue
}

// A list without presses: the server draws the desk anew and takes in what other tabs have recorded.
function look(reason) {
  if (desk.looked === reason || desk.sent.length) return
  desk.looked = reason
  desk.setTriggerValue("pressed", { page: desk.page, presses: [], reason })
}

// The pressed button is replaced with the row; the focus goes to the one in its place.
function keepFocus() {
  const lost = !document.activeElement || document.activeElement === document.body
  if (lost && desk.place >= 0)
    document.querySelectorAll(BUTTONS)[desk.place]?.focus({ preventScroll: true })
}

function onFocus(event) {
  const button = event.target.closest?.("button")
  desk.place = [...document.querySelectorAll(BUTTONS)].indexOf(button)
}

// A server that stays away is said to be in words of ours, beside those of Streamlit.
function watchServer() {
  const app = document.querySelector("[data-testid=stApp]")
  const away = app && app.dataset.testConnectionState !== "CONNECTED"
  desk.awaySince = away ? (desk.awaySince ?? performance.now()) : undefined
  desk.gone.hidden = !away || performance.now() - desk.awaySince < STOPPED
}

function begin() {
  const looking = setInterval(watchServer, LOOKS)
  window.addEventListener("keydown", onKey, true)
  window.addEventListener("keydown", showNext)
  window.addEventListener("click", onClick, true)
  document.addEventListener("focusin", onFocus)
  document.addEventListener("toggle", onToggle, true)
  // An answer of the server that is behind the hand must not bring an earlier row back.
  const watch = new MutationObserver(paint)
  watch.observe(document.body, { subtree: true, childList: true, characterData: true })
  desk.end = () => {
    watch.disconnect()
    clearInterval(looking)
    window.removeEventListener("keydown", onKey, true)
    window.removeEventListener("keydown", showNext)
    window.removeEventListener("click", onClick, true)
    document.removeEventListener("focusin", onFocus)
    document.removeEventListener("toggle", onToggle, true)
    desk.end = undefined
    Object.assign(desk, { queue: [], token: undefined, painted: undefined, held: undefined })
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  clearTimeout(desk.ending)
  for (const name of ["said", "word", "lost", "gone"]) desk[name] = parentElement.querySelector(`#${name}`)
  Object.assign(desk, { setTriggerValue, renew, look, leadBack, answer })
  sayRefused()
  if (!desk.end) begin()
  hear(data)
  keepFocus()
  return () => {
    desk.ending = setTimeout(() => desk.end?.(), GONE)
  }
}
