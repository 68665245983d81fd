// The two pictures as a silent film beside the drop zone: it plays once, can be paused, and stands
// still at its end where a person wants no motion. The drawing is that of drawing.js.
const STEP = 620; // milliseconds an answer: the whole takes about twenty seconds
const films = new WeakMap();

export default function ({ parentElement }) {
  const film = films.get(parentElement) ?? makeFilm(parentElement);
  films.set(parentElement, film);
  film.draw();
  return () => {
    film.leave();
    films.delete(parentElement);
  };
}

function makeFilm(parent) {
  const find = (id) => parent.querySelector("#" + id);
  const data = unpack(FRAMES), button = find("pause");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let at = still.matches ? data.last : data.first, timer = null;

  function draw() {
    for (const side of ["random", "chosen"]) {
      drawPicture(find(side), data, side, at);
      const right = Math.round(data[side].scores[at - data.first] * 100);
      find("score-" + side).textContent = `right ${right} in 100`;
      find(side).setAttribute("aria-label", `${at} answers, right ${right} in 100`);
    }
    find("count").textContent = `${at} answers`;
    button.textContent = timer ? "Pause" : at < data.last ? "Play" : "Play again";
  }
  function stop() {
    clearInterval(timer);
    timer = null;
    draw();
  }
  function play() {
    if (at >= data.last) at = data.first;
    timer = setInterval(() => (at < data.last ? (at++, draw()) : stop()), STEP);
    draw();
  }
  button.onclick = () => (timer ? stop() : play());
  const watcher = new ResizeObserver(draw);
  watcher.observe(find("film"));
  if (!still.matches) play();
  return { draw, leave: () => (clearInterval(timer), watcher.disconnect()) };
}
