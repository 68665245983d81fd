// More than nine answers: the first letters of any of its words leave an answer in sight, and Enter
// gives the first that is left. Nothing here asks the server. keys.js leads in with "/".

const all = () => [...document.querySelectorAll(".st-key-answers button")]
const holder = (button) => button.closest('[data-testid="stElementContainer"]') ?? button

// Letters as they are typed: no capitals, no marks over them.
const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim()

function fits(name, typed) {
  const words = bare(name)
  if (words.startsWith(typed)) return true
  return words.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(typed))
}

function show(names, typed) {
  const left = []
  all().forEach((button, place) => {
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
    const left = show(data.names, bare(field.value))
    said.textContent = left.length ? "" : "No answer begins like that."
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
    if (first === undefined) window.labelDesk?.leadBack()
    else window.labelDesk?.answer(first, event.timeStamp)
  }
  window.labelFilter = () => field.focus() // keys.js may come later
  return () => {
    show([], "")
    window.labelFilter = undefined
  }
}
