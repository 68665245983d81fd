// Several rows at once, in the browser; driven.py says what it is for.
//
// One row has the frame and the focus. A key changes what stands under it at once; presses that the
// server has not heard of are kept, and sent again with the next one.

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"
const OPEN = "[role=menu], [role=listbox], [role=dialog], [data-testid=stPopoverBody]"
const CHOICES = ".st-key-desk_in_hand, .st-key-desk_batch_size"
const OWN = { save: '[class*="st-key-save_batch_"]', undo: ".st-key-undo", leave: ".st-key-one_at_a_time" }
const DEEDS = { Enter: "save", u: "undo", v: "leave" }
const SECOND = 1500 // milliseconds in which the second of two keys follows the first
const UNHEARD = 2000 // milliseconds after which presses of which the server says nothing are sent again
const READ = 4000 // milliseconds that word of a press which was not counted stays
const PAGE = 0.8 // of a tile's height that a press on Page Down scrolls
const EARLY = "That press came before the next rows; it was not counted."

// Kept on the window: Streamlit may take this component away and bring it back between two drawings.
const grid = (window.labelGrid ??= { sent: [], last: 0, at: 0, page: `${Date.now()}-${Math.random()}` })

const one = (selector, within = document) => within.querySelector(selector)
const tile = (place) => one(`.st-key-tile_${place}`)
const cell = (place) => tile(place)?.closest("[data-testid=stColumn]")
const cells = () => grid.rows.map((_, place) => cell(place)).filter(Boolean)
const button = (place) => one('[class*="st-key-tile_button_"] button', cell(place))

// -- what stands under each row -------------------------------------------------------------------

// What the server says of a row, and what was pressed since.
function standing(place) {
  const row = grid.rows[place]
  const press = grid.sent.findLast(({ deed, token }) => deed === "mark" && token === row.token)
  const undone = grid.sent.findLast(({ deed }) => deed === "undo")
  if (press && (!undone || undone.id < press.id)) return { answer: press.answer, isGuess: false }
  return undone ? { answer: row.guess, isGuess: Boolean(row.guess) } : row
}

function words(place) {
  const { answer, isGuess } = standing(place)
  if (!answer) return grid.words.nothing
  return (grid.names[grid.answers.indexOf(answer)] ?? answer) + (isGuess ? grid.words.guess : "")
}

function put(element, text) {
  if (!element || element.textContent === text) return
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = nodes.nextNode(), rest = text; node; node = nodes.nextNode(), rest = "") node.nodeValue = rest
}

function set(element, name, value) {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value)
}

// Streamlit draws tiles and buttons anew as it likes: what is ours is put there again.
function paint() {
  set(one(".st-key-tiles"), "role", "grid")
  set(one(".st-key-tiles"), "aria-label", "Rows to answer")
  grid.rows.forEach((row, place) => paintRow(row, place, cell(place)))
}

function paintRow(row, place, square) {
  if (!square || !button(place)) return
  put(one("p", button(place)), words(place))
  set(square.closest("[data-testid=stHorizontalBlock]"), "role", "row")
  set(square, "role", "gridcell")
  set(square, "tabindex", place === grid.at ? "0" : "-1")
  set(square, "aria-label", `${words(place)}. ${row.spoken}`)
  if (place === grid.at) set(square, "data-at", "yes")
  else square.removeAttribute("data-at")
  set(button(place), "tabindex", "-1")
  set(button(place), "translate", "no")
  set(tile(place), "tabindex", "-1") // a long row is scrolled with Page Down
}

// -- the frame ------------------------------------------------------------------------------------

// Whether nobody would miss the focus: it is on no element, or on a row.
function isFree() {
  const on = document.activeElement
  return !on || on === document.body || Boolean(on.closest(".st-key-tiles"))
}

function goTo(place) {
  if (!grid.rows.length) return
  grid.at = Math.max(0, Math.min(place, grid.rows.length - 1))
  paint()
  cell(grid.at)?.focus({ preventScroll: true })
  cell(grid.at)?.scrollIntoView({ block: "nearest" })
}

// Rows side by side; on a phone they stand one under the other.
function across() {
  const tops = cells().map((square) => square.getBoundingClientRect().top)
  return Math.max(1, tops.filter((top) => Math.abs(top - tops[0]) < 1).length)
}

function goBy(steps) {
  const place = grid.at + steps
  goTo(place < 0 || place >= grid.rows.length ? grid.at : place)
}

const MOVES = {
  ArrowRight: () => goBy(1),
  ArrowLeft: () => goBy(-1),
  ArrowDown: () => goBy(across()),
  ArrowUp: () => goBy(-across()),
  Home: () => goTo(0),
  End: () => goTo(grid.rows.length - 1),
  PageDown: () => scroll(PAGE),
  PageUp: () => scroll(-PAGE),
}

function scroll(share) {
  const frame = tile(grid.at)
  frame?.scrollBy(0, share * frame.clientHeight)
}

// -- pressing -------------------------------------------------------------------------------------

function tell() {
  grid.setTriggerValue("pressed", { page: grid.page, presses: [...grid.sent] })
  clearTimeout(grid.telling)
  grid.telling = setTimeout(() => grid.take && grid.sent.length && tell(), UNHEARD)
}

// After Enter the rows that stand there are gone, whatever is pressed before the next ones come.
const isLeaving = () => grid.sent.some(({ deed }) => deed === "save" || deed === "leave")

function send(press) {
  if (isLeaving()) return refuse()
  grid.sent.push({ id: ++grid.last, batch: grid.batch, ...press })
  tell()
  paint()
}

function refuse() {
  clearTimeout(grid.forgetting)
  grid.word.textContent = EARLY
  grid.word.hidden = false
  grid.forgetting = setTimeout(() => (grid.word.hidden = true), READ)
}

function mark(answer) {
  const row = grid.rows[grid.at]
  if (row) send({ deed: "mark", token: row.token, answer })
}

function give(answer) {
  if (isLeaving()) return refuse()
  mark(answer)
  goTo(grid.at + 1)
}

function act(deed) {
  const saves = grid.putsAway || grid.rows.some((_, place) => standing(place).answer)
  if (deed !== "save" || saves) send({ deed })
}

// The answer of a key; an answer after the ninth has two, the first of them 0.
function answerOf(key, at) {
  const since = at - (grid.zeroAt ?? -SECOND)
  grid.zeroAt = key === "0" && Object.keys(grid.second).length ? at : undefined
  return (since < SECOND ? grid.second[key.toLowerCase()] : undefined) ?? grid.keys[key]
}

// Whether the key is one of the grid's; what it does is done.
function take(key, at, repeated = false) {
  if (MOVES[key]) return MOVES[key]() ?? true
  const deed = key.length === 1 ? DEEDS[key.toLowerCase()] : DEEDS[key]
  const answer = repeated ? undefined : answerOf(key, at)
  if (answer !== undefined) return give(answer) ?? true
  if (repeated) return Boolean(deed) || /^\d$/.test(key)
  if (key === "Backspace" || key === "Delete") return mark("") ?? true
  if (key === "/" && window.labelFilter) return window.labelFilter() ?? true
  if (deed) return act(deed) ?? true
  return grid.zeroAt === at
}

// Who went to a button with Tab presses that button with Enter, and chooses with the arrows there.
function isTheirs(event) {
  const on = event.target
  if (on.closest?.(CHOICES)) return Boolean(MOVES[event.key])
  const own = on.closest?.("button, a, summary") && !on.closest(".st-key-tiles")
  return Boolean(own) && event.key === "Enter"
}

function onKeyDown(event) {
  const typing = event.composedPath().some((element) => element.matches?.(TYPING))
  if (typing || event.ctrlKey || event.metaKey || event.altKey || one(OPEN)) return
  if (isTheirs(event)) return event.key === "Enter" && event.stopPropagation()
  if (!take(event.key, event.timeStamp, event.repeat)) return
  event.stopImmediatePropagation()
  event.preventDefault()
}

// A click must not overtake keys of which the server has not heard. After it, keys are for the rows;
// Tab goes on from there.
function onClick(event) {
  const pressed = event.target.closest?.("[data-testid=stMain] :is(button, [role=radio])")
  if (!pressed) return
  const deed = Object.keys(OWN).find((name) => pressed.closest(OWN[name]))
  if (deed && grid.sent.length && !pressed.disabled) {
    event.stopImmediatePropagation()
    event.preventDefault()
    act(deed)
  }
  if (event.detail) setTimeout(() => grid.take && goTo(grid.at))
}

function onFocus(event) {
  const place = cells().findIndex((square) => square.contains(event.target))
  if (place < 0 || place === grid.at) return
  grid.at = place
  paint()
}

// -- what the server says -------------------------------------------------------------------------

function hear(data) {
  const isNew = data.batch !== grid.batch
  Object.assign(grid, data)
  grid.sent = grid.sent.filter(({ id }) => data.heard.page !== grid.page || id > data.heard.id)
  if (isNew) Object.assign(grid, { at: 0, zeroAt: undefined, sent: grid.sent.filter(({ batch }) => batch === data.batch) })
  paint()
  if (isFree()) goTo(grid.at)
}

// The theme's colours reach a component; the frame and the line that stays below stand outside of it.
function takeColours(place) {
  const theme = getComputedStyle(place)
  for (const [ours, name] of [["--al-primary", "--st-primary-color"], ["--al-ground", "--st-background-color"]])
    document.documentElement.style.setProperty(ours, theme.getPropertyValue(name))
}

function begin() {
  window.addEventListener("keydown", onKeyDown, true)
  window.addEventListener("click", onClick, true)
  document.addEventListener("focusin", onFocus)
  const watch = new MutationObserver(() => (paint(), focusIfLost()))
  watch.observe(document.body, { subtree: true, childList: true, characterData: true })
  grid.end = () => {
    watch.disconnect()
    window.removeEventListener("keydown", onKeyDown, true)
    window.removeEventListener("click", onClick, true)
    document.removeEventListener("focusin", onFocus)
    Object.assign(grid, { take: undefined, end: undefined })
  }
}

// The tiles may come after this script has.
function focusIfLost() {
  const on = document.activeElement
  if (!on || on === document.body) cell(grid.at)?.focus({ preventScroll: true })
}

export default function ({ data, parentElement, setTriggerValue }) {
  grid.end?.()
  Object.assign(grid, { setTriggerValue, word: one("#word", parentElement), take })
  Object.assign(grid, { answer: (place) => (goTo(grid.at), give(grid.answers[place])), leadBack: () => goTo(grid.at) })
  grid.rows ??= []
  takeColours(parentElement.host ?? parentElement)
  begin()
  hear(data)
  for (const key of window.labelGridHeld?.splice(0) ?? []) take(key, performance.now())
  return () => grid.end?.()
}
