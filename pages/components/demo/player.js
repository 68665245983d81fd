// Steps through two learners on the same points (drawing.js) from frames that are all here: no step waits for the server.
const PAUSE = 330; // milliseconds an answer while playing
const players = new WeakMap();

export default function ({ data, parentElement }) {
  const player = players.get(parentElement) ?? makePlayer(parentElement);
  players.set(parentElement, player);
  player.show(data);
  return () => player.leave();
}

function makePlayer(parent) {
  const find = (id) => parent.querySelector("#" + id);
  const root = find("root"), range = find("answers");
  let data = null, run = null, at = 0, timer = null, touched = false;

  function draw() {
    if (!data) return;
    for (const side of ["random", "chosen"]) {
      drawPicture(find(side), data, side, at);
      const right = Math.round(data[side].scores[at - data.first] * 100);
      find("score-" + side).textContent = `right ${right} in 100`;
      find(side).setAttribute("aria-label", `${at} answers, right ${right} in 100`);
    }
    range.value = at;
    find("count").textContent = `${at} answers`;
    find("verdict").textContent = data.verdicts[at - data.first];
  }
  function go(n) {
    at = Math.min(Math.max(n, data.first), data.last);
    touched = true;
    draw();
  }
  function pause() {
    clearInterval(timer);
    timer = null;
    find("play").textContent = "Play";
  }
  function play() {
    if (timer) return pause();
    if (!touched || at >= data.last) go(data.first);
    find("play").textContent = "Pause";
    timer = setInterval(() => (at < data.last ? go(at + 1) : pause()), PAUSE);
  }
  function step(by) {
    pause();
    go(at + by);
  }
  function present() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.().then(() => root.focus());
  }
  function onKey(event) {
    const focused = event.composedPath()[0];
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName ?? "") || focused.isContentEditable;
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !root.isConnected) return;
    const act = { ArrowLeft: () => step(-1), ArrowRight: () => step(1), p: play, f: present }[
      event.key.length === 1 ? event.key.toLowerCase() : event.key
    ];
    if (!act || (event.repeat && event.key.length === 1)) return;
    event.preventDefault();
    act();
  }

  find("play").onclick = play;
  find("back").onclick = () => step(-1);
  find("forth").onclick = () => step(1);
  find("present").onclick = present;
  range.oninput = () => { pause(); go(Number(range.value)); };
  document.addEventListener("keydown", onKey);
  const watcher = new ResizeObserver(draw);
  watcher.observe(find("pictures"));

  return {
    show(next) {
      if (next.run !== run) {
        pause();
        data = unpack(next);
        run = next.run;
        range.min = data.first;
        range.max = data.last;
        at = Math.min(Math.max(at || data.start, data.first), data.last);
        touched = false;
      }
      draw();
    },
    leave() {
      pause();
      watcher.disconnect();
      document.removeEventListener("keydown", onKey);
      players.delete(parent);
    },
  };
}
