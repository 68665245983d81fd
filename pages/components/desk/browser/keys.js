// The label desk in the browser; keys.py says what it is for.
//
// The server says which row stands on the screen and which come next (data.queue). A press is sent
// with the token of the row that stood there, and the next row is painted at once, into the card that
// Streamlit drew. Presses that the server has not heard of are kept, and sent again with the next one.

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"
// What lies over the desk while it is open: keys are for it.
const TILES = '[class*="st-key-tile_button_"] button' // several rows at once
const OPEN = "[role=menu], [role=listbox], [role=dialog], [data-testid=stPopoverBody]"
const MORE = ".st-key-more_groups"
const BUTTONS = ".st-key-answers button, .st-key-tools button"
const SAME_PRESS = 60 // milliseconds between two presses of one key that were meant as one
const TWO_KEYS = 10 // the same for two keys under one finger
const DOUBLE_CLICK = 300 // milliseconds between two clicks that were meant as one

const SECOND = 1500 // milliseconds in which the second of two keys follows the first
const OPENS = 5000 // milliseconds that a field for a note may take to come once the server knows of it
const GONE = 1500 // milliseconds without this component until the page is no desk any more
const UNHEARD = 2000 // milliseconds after which presses of which the server says nothing are sent again
const STOPPED = 4000 // milliseconds without a server after which it is said to have stopped
const LOOKS = 1000 // milliseconds between looks
const READ = 4000 // milliseconds that word of a press which was not counted stays, however fast the hand

const EARLY = "That press came before the next row; it was not counted."
const TWICE = "Two presses at once were counted as one."
const AWAY = "The connection is lost for the moment; that press was not counted."

// Kept on the window: Streamlit may take this component away and bring it back between two rows.
const desk = (window.labelDesk ??= { queue: [], sent: [], last: 0, openings: 0, page: newName() })

function newName() {
  return `${Date.now()}-${Math.random()}` // crypto.randomUUID needs https
}

const waiting = (row) => desk.sent.some((press) => press.row === row && !isNote(press))
const isNote = ({ action }) => action === "write_note"
const goesBack = ({ action }) => action === "undo" || action === "redo"
const shown = () => desk.queue.find(({ row }) => !waiting(row))

// -- painting -------------------------------------------------------------------------------------

function textNode(selector) {
  const place = document.querySelector(selector)
  return place && document.createTreeWalker(place, NodeFilter.SHOW_TEXT).nextNode()
}

// A piece of HTML made on the server, where every word of the person's file is escaped.
function fill(selector, html, name) {
  const place = document.querySelector(`${selector} [data-testid="stHtml"]`)
  if (!place || place.querySelector(`[data-row="${name}"]`)) return
  place.innerHTML = html
}

// Where no row is in hand, the one just answered stays until the server has named the next: what
// Streamlit draws by then may be a row that was left before.
function paint() {
  const number = textNode(".st-key-row_id")
  if (!number) return
  const question = shown() ?? desk.painted
  if (!question) return
  if (number.nodeValue !== question.row) number.nodeValue = question.row
  fill(".st-key-row_badge", question.badge, question.row)
  fill(".st-key-reading", question.body, question.row)
  desk.painted = question
  keepAsIs(".st-key-answers")
  unfoldAsBefore()
  if (desk.token === question.token) return
  desk.token = question.token
  readFromTop(document.querySelector(".st-key-reading"))
}

// Words that a browser's translation must leave alone: what is pressed is what is recorded.
function keepAsIs(selector) {
  const place = document.querySelector(selector)
  if (place && place.translate) place.translate = false
}

const rests = () => [...document.querySelectorAll(".st-key-reading details.al-more")]

// The rest of long texts, opened or folded for this row and those that follow.
function unfold() {
  if (!rests().length) return false
  desk.unfolded = !rests().some((rest) => rest.open)
  rests().forEach((rest) => (rest.open = desk.unfolded))
  return true
}

// A rest is drawn folded, by Streamlit once more some time after it was painted.
function unfoldAsBefore() {
  for (const rest of rests()) {
    if (rest.dataset.drawn) continue
    rest.dataset.drawn = "yes"
    if (desk.unfolded) rest.open = true
  }
}

function onToggle({ target, newState }) {
  if (rests().includes(target)) desk.unfolded = newState === "open"
}

// A row longer than its frame can be reached with Tab, and scrolled with the arrow keys. Where the
// page was scrolled to something below, the next row comes back into sight.
function readFromTop(frame) {
  if (!frame) return
  frame.scrollTo(0, 0)
  if (frame.getBoundingClientRect().top < 0) frame.scrollIntoView({ block: "start" })
  if (frame.scrollHeight > frame.clientHeight) frame.tabIndex = 0
  else frame.removeAttribute("tabindex")
}

// -- pressing -------------------------------------------------------------------------------------

// What a button does stands in the key of its container: answer_388_token_0, skip_388_token.
function deed(button) {
  for (let element = button; element; element = element.parentElement) {
    const key = element.className.match?.(/st-key-(answer|skip|cant_tell|undo|write_note)_\w*?(\d+)?(?:\s|$)/)
    if (key) return { action: key[1], index: Number(key[2] ?? 0) }
  }
}

// A press that is not counted is said to be, long enough to be read; the presses that follow do not
// wipe it away.
function refuse(text) {
  const again = desk.refused?.text === text ? desk.refused.times + 1 : 1
  desk.refused = { text, times: again }
  clearTimeout(desk.forgetting)
  desk.forgetting = setTimeout(() => sayRefused((desk.refused = undefined)), READ)
  sayRefused()
}

function sayRefused() {
  const { text, times } = desk.refused ?? { text: "" }
  desk.word.textContent = times > 1 ? `${text} (${times} times)` : text
  desk.word.hidden = !text
}

function sayLost(lost) {
  if (lost) desk.lostAt = performance.now()
  desk.lost.hidden = !lost && performance.now() - (desk.lostAt ?? -READ) >= READ
}

function send({ action, index }, at, apart = SAME_PRESS) {
  const question = shown()
  if (!goesBack({ action })) {
    if (!question) return refuse(EARLY)
    const gap = desk.deed === action + index ? apart : TWO_KEYS
    if (at - desk.pressedAt < gap || question.token !== desk.token) return refuse(TWICE)
  }
  Object.assign(desk, { pressedAt: at, deed: action + index })
  if (action === "write_note") Object.assign(desk, { writing: "", back: desk.place })
  sayLost(false)
  const { token, row } = goesBack({ action }) ? { token: "" } : question
  desk.sent.push({ id: ++desk.last, token, row, action, index })
  if (row && action !== "write_note") desk.left = token
  tell()
  desk.next = true
  setTimeout(showNext) // after whoever else listens to this press has seen the row it was for
}

// Streamlit paints a row a moment before this script hears of it: a press waits until then.
const rowOnCard = () => textNode(".st-key-row_id")?.nodeValue
const isNew = () =>
  rowOnCard() &&
  rowOnCard() !== desk.painted?.row &&
  !desk.queue.some(({ row }) => row === rowOnCard())

function hold(press, at) {
  if (desk.held?.row === rowOnCard()) return press() && refuse(TWICE)
  desk.held = { row: rowOnCard(), press, at }
}

function sendHeld() {
  const { held } = desk
  desk.held = undefined
  const done = held?.press()
  if (!done) return
  if (held.row === shown()?.row) send(done, held.at)
  else refuse(EARLY)
}

// For a key this is the end of its event: a timer could come after Streamlit's drawing, which may
// take as long as a fast hand needs for the next press.
function showNext() {
  if (!desk.next) return
  desk.next = false
  const before = desk.token
  paint()
  if (desk.token !== before) desk.said.textContent = shown().spoken
}

function stop(event) {
  event.stopImmediatePropagation()
  event.preventDefault()
}

// Streamlit's shortcuts leave alone what is typed into a field, and look for the field on the event's
// path. Other listeners still get the event.
function hideFromShortcuts(event) {
  const field = document.createElement("input")
  Object.defineProperty(event, "composedPath", { value: () => [field] })
}

function forKey(key, among = BUTTONS) {
  return [...document.querySelectorAll(among)].find((button) =>
    button.querySelector(`[aria-label="Shortcut ${key.toUpperCase()}"]`),
  )
}

// Between a key and the field that it opens letters are letters already; focus.js puts them there.
function typeAhead(event) {
  if (event.key === "Escape") desk.writing = undefined
  else if (event.key.length === 1) desk.writing += event.key
  stop(event)
}

function leadBack() {
  const lost = !document.activeElement || document.activeElement === document.body
  if (lost && desk.back >= 0) document.querySelectorAll(BUTTONS)[desk.back]?.focus()
}

// The grid has taken the place of the row, whose buttons may stand in the page a moment longer.
function onGrid(event) {
  const tile = forKey(event.key, TILES)
  if (tile) hideFromShortcuts(event)
  if (tile && !event.repeat) tile.click()
}

// What lies over the desk may be Streamlit's own word that the server is away.
function onCover(event) {
  if (!event.repeat && forKey(event.key)?.disabled) miss()
  hideFromShortcuts(event)
}

// An answer after the ninth has two keys, the first of them 0.
function isSecond(event) {
  const since = event.timeStamp - (desk.zeroAt ?? -SECOND)
  desk.zeroAt = undefined
  if (event.repeat || !desk.second) return false
  if (event.key === "0") desk.zeroAt = event.timeStamp
  const index = since < SECOND ? desk.second[event.key.toLowerCase()] : undefined
  if (index === undefined) return event.key === "0"
  desk.zeroAt = undefined
  answer(index, event.timeStamp)
  return true
}

function answer(index, at) {
  const done = { action: "answer", index }
  if (isNew()) hold(() => done, at)
  else send(done, at)
  showNext()
}

function redo(event) {
  hideFromShortcuts(event)
  if (!event.repeat) send({ action: "redo", index: 0 }, event.timeStamp)
}

// A letter that opens something beside the row, as its entry under More says; again, it closes it.
function opens(event) {
  const entry = event.shiftKey || event.repeat ? undefined : desk.opens?.[event.key.toLowerCase()]
  if (!entry) return false
  hideFromShortcuts(event)
  if (entry.field && !document.querySelector(entry.field)) Object.assign(desk, { writing: "", back: desk.place })
  desk.setTriggerValue("opened", { name: entry.name, at: `${desk.page} ${++desk.openings}` })
  return true
}

function onKey(event) {
  const typing = event.composedPath().some((element) => element.matches?.(TYPING))
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return
  if (document.querySelector(MORE) && opens(event)) return
  if (document.querySelector(OPEN)) return onCover(event)
  if (document.querySelector(TILES)) return onGrid(event)
  if (desk.writing !== undefined) return typeAhead(event)
  if (event.key === "Tab") desk.byKey = true
  if (event.repeat && event.key === "Enter") return event.preventDefault()
  if (event.key === "Enter" && takesGuess()) return acceptGuess(event)
  if (isSecond(event)) return hideFromShortcuts(event)
  if (event.key === "/" && window.labelFilter) return stop(event) ?? window.labelFilter()
  if (event.key.toLowerCase() === "x" && unfold()) return hideFromShortcuts(event)
  if (opens(event)) return
  if (event.key === "U") return redo(event) // with Shift
  const { key } = event
  const button = /^[a-z0-9]$/i.test(key) ? forKey(key) : undefined
  if (isNew() && !event.repeat) hold(() => deed(forKey(key)), event.timeStamp)
  if (!button || button.closest("[inert]")) return
  hideFromShortcuts(event)
  if (event.repeat) return
  if (button.disabled) miss()
  else if (!deed(button)) button.click()
  else if (!isNew()) send(deed(button), event.timeStamp)
}

// Where an answer stands ready Enter takes it, whatever was clicked before. Who went to a button with
// Tab presses that button.
function takesGuess() {
  const on = document.activeElement
  const walked = desk.byKey && on && on !== document.body
  return !walked && (desk.enter >= 0 || isNew())
}

// Of a row that this script has not heard of it is not known yet whether an answer stands ready.
function acceptGuess(event) {
  stop(event)
  const ready = () => (desk.enter >= 0 ? { action: "answer", index: desk.enter } : undefined)
  if (isNew()) hold(ready, event.timeStamp)
  else send(ready(), event.timeStamp)
}

// The server is away. Where it comes back as another one, the page says so once more.
function miss() {
  desk.missed = true
  refuse(AWAY)
}

function onClick(event) {
  const button = event.target.closest?.(BUTTONS)
  const done = button && deed(button)
  desk.byKey = false
  if (!done || button.disabled) return
  stop(event)
  button.focus({ preventScroll: true })
  if (isNew()) hold(() => done, event.timeStamp)
  else send(done, event.timeStamp, event.detail > 1 ? DOUBLE_CLICK : SAME_PRESS)
}

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
  desk.enter = data.enter
  desk.lead = data.lead
  if (!desk.queue.length) desk.painted = undefined
  tellAgain()
  // What stays on the screen while the page scrolls under it has the ground of the theme.
  const { backgroundColor } = getComputedStyle(document.querySelector("[data-testid=stApp]"))
  document.documentElement.style.setProperty("--al-ground", backgroundColor)
  desk.opens = data.opens
  desk.second = data.second
  const opening = desk.writing
  if (opening !== undefined && !desk.sent.some(isNote))
    setTimeout(() => desk.writing === opening && (desk.writing = undefined), OPENS)
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
