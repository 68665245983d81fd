// The label desk in the browser; keys.py says what it is for and puts its three files together.
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
  fill(".st-key-guess_said", question.guess, question.row)
  fill(".st-key-enter_takes", question.takes, question.row)
  showReady(question)
  desk.painted = question
  keepAsIs(".st-key-answers")
  unfoldAsBefore()
  if (desk.token === question.token) return
  desk.token = question.token
  readFromTop(document.querySelector(".st-key-reading"))
}

// Streamlit fills the button of the answer that stands ready; for a row that it has not drawn yet the
// colours come from here.
function showReady({ token, enter }) {
  for (const [index, button] of [...document.querySelectorAll(".st-key-answers button")].entries()) {
    const isDrawn = button.closest(`[class*="_${token.slice(0, 12)}_"]`)
    const wanted = isDrawn ? undefined : index === enter ? "yes" : "no"
    if (wanted) button.dataset.ready = wanted
    else delete button.dataset.ready
  }
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
