// More than nine answers: the first letters of any of its words leave an answer in sight, and Enter
// gives the first that is left. Nothing here asks the server. The desk and the grid lead in with "/".

const DESK = ".st-key-answers button"
const GRID = ".st-key-desk_in_hand [role=radio]"
const all = (grid) => [...document.querySelectorAll(grid ? GRID : DESK)]
const holder = (button) => button.closest('[data-testid="stElementContainer"], [role=radio]')

// Letters as they are typed: no capitals, no marks over them.
const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim()

function fits(name, typed) {
  const words = bare(name)
  if (words.startsWith(typed)) return true
  return words.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(typed))
}

function show({ names, grid }, typed) {
  const left = []
  all(grid).forEach((button, place) => {
    const stays = !typed || fits(names[place] ?? "", typed)
    holder(button).hidden = !stays
    if (stays) left.push(place)
  })
  return left
}

export default function ({ data, parentElement }) {
  const field = parentElement.querySelector("input")
  const said = parentElement.querySelector("span")
  const look = () => {
    const left = show(data, bare(field.value))
    said.textContent = left.length || !field.value ? "" : "No answer begins like that."
    return left
  }
  if (field.dataset.row !== data.row) {
    field.dataset.row = data.row
    field.value = ""
  }
  look()
  field.oninput = look
  field.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return
    const [first] = field.value && event.key === "Enter" ? look() : []
    field.value = ""
    look()
    field.blur()
    const desk = data.grid ? window.labelGrid : window.labelDesk
    if (first === undefined) desk?.leadBack()
    else desk?.answer(first, event.timeStamp)
  }
  window.labelFilter = () => field.focus() // keys.js may come later
  return () => {
    show({ names: [], grid: data.grid }, "")
    window.labelFilter = undefined
  }
}
