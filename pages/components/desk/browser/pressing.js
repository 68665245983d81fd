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
  if (action === "write_note") {
    const open = document.querySelector(`[class*="st-key-note_"][class*="_${question.token}"] textarea`)
    if (open) return void setTimeout(() => open.focus()) // after the letter was heard
    Object.assign(desk, { writing: "", back: desk.place })
  }
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

// The grid has taken the place of the row, whose buttons may stand in the page a moment longer. Its own
// script takes the keys, those too that came before it.
function onGrid(event) {
  if (window.labelGrid?.take) return
  stop(event)
  if (!event.repeat) (window.labelGridHeld ??= []).push(event.key)
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
  if (event.repeat || !Object.keys(desk.second ?? {}).length) return false // 0 may be an answer's own
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

const ready = () => shown()?.enter ?? -1

// Where an answer stands ready Enter takes it, whatever was clicked before. Who went to a button with
// Tab presses that button.
function takesGuess() {
  const on = document.activeElement
  const walked = desk.byKey && on && on !== document.body
  return !walked && (ready() >= 0 || isNew())
}

// Of a row that this script has not heard of it is not known yet whether an answer stands ready.
function acceptGuess(event) {
  stop(event)
  const taken = () => (ready() >= 0 ? { action: "answer", index: ready() } : undefined)
  if (isNew()) hold(taken, event.timeStamp)
  else send(taken(), event.timeStamp)
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
