// Draws a learner: its points, its answers and where it would change its mind; player and film share it.
const COLOURS = ["#d55e00", "#009e73"];
const SHADES = [[213, 94, 0, 46], [0, 158, 115, 46]], EDGE = [128, 128, 128, 255];
const PLAIN = 360; // the decision grid is drawn as a picture of this many points a side

function unpack(data) {
  const bytes = (text) => Int8Array.from(atob(text), (c) => (c.charCodeAt(0) << 24) >> 24);
  const side = (s) => ({ ...s, fields: bytes(s.fields) });
  return { ...data, random: side(data.random), chosen: side(data.chosen) };
}

function drawPicture(canvas, data, side, at) {
  const width = canvas.clientWidth, height = canvas.clientHeight, sharp = window.devicePixelRatio || 1;
  if (!width || !height) return;
  canvas.width = Math.round(width * sharp);
  canvas.height = Math.round(height * sharp);
  const pen = canvas.getContext("2d");
  drawField(pen, canvas, data, data[side].fields, at - data.first);
  pen.scale(sharp, sharp);
  const place = (i) => [
    ((data.points[i][0] - data.low[0]) / (data.high[0] - data.low[0])) * width,
    (1 - (data.points[i][1] - data.low[1]) / (data.high[1] - data.low[1])) * height,
  ];
  const answered = data[side].rows.slice(0, at), known = new Set(answered);
  const small = Math.max(2, width / 190), large = Math.max(4.5, width / 85);
  data.points.forEach((_, i) => known.has(i) || sign(pen, place(i), data.answers[i], small, 0.42));
  answered.forEach((i) => sign(pen, place(i), data.answers[i], large, 1, true));
  ring(pen, place(answered[answered.length - 1]), large * 2);
}

function drawField(pen, canvas, data, fields, frame) {
  const image = new ImageData(PLAIN, PLAIN), grid = data.grid, start = frame * grid * grid;
  const scale = (grid - 1) / (PLAIN - 1);
  const value = (row, column) => {
    const y = (PLAIN - 1 - row) * scale, x = column * scale;
    const y0 = Math.min(Math.floor(y), grid - 2), x0 = Math.min(Math.floor(x), grid - 2);
    const dy = y - y0, dx = x - x0, i = start + y0 * grid + x0;
    return (fields[i] * (1 - dx) + fields[i + 1] * dx) * (1 - dy)
      + (fields[i + grid] * (1 - dx) + fields[i + grid + 1] * dx) * dy;
  };
  const above = new Uint8Array(PLAIN * PLAIN);
  for (let i = 0; i < above.length; i++) above[i] = value(Math.floor(i / PLAIN), i % PLAIN) > 0 ? 1 : 0;
  for (let i = 0; i < above.length; i++) {
    const next = i % PLAIN === PLAIN - 1 ? above[i] : above[i + 1], below = above[i + PLAIN] ?? above[i];
    const edge = above[i] !== next || above[i] !== below;
    const shade = edge ? EDGE : SHADES[above[i]];
    for (let part = 0; part < 4; part++) image.data[4 * i + part] = shade[part];
  }
  const flat = document.createElement("canvas");
  flat.width = flat.height = PLAIN;
  flat.getContext("2d").putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(flat, 0, 0, canvas.width, canvas.height);
}

function sign(pen, [x, y], answer, size, opacity, outlined = false) {
  pen.globalAlpha = opacity;
  pen.fillStyle = COLOURS[answer];
  pen.beginPath();
  if (answer === 0) pen.arc(x, y, size, 0, 2 * Math.PI);
  else pen.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
  pen.fill();
  pen.globalAlpha = 1;
  if (!outlined) return;
  pen.strokeStyle = "#ffffff";
  pen.lineWidth = 3;
  pen.stroke();
  pen.strokeStyle = "#1a1a1a";
  pen.lineWidth = 1.5;
  pen.stroke();
}

function ring(pen, [x, y], size) {
  for (const [colour, width] of [["#ffffff", 4], ["#1a1a1a", 2]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    pen.arc(x, y, size, 0, 2 * Math.PI);
    pen.stroke();
  }
}
