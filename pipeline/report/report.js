"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const word = (key) => data.words[key] || key;
const SVG = "http" + "://www.w3.org/2000/svg";
const colour = (label) => `var(--${label === "Person" ? "PERSON" : label === "Post" ? "TITLE" : label === "District" ? "DISTRICT" : label === "Agency" ? "AGENCY" : "ORG"})`;

function make(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

/* Arcs of the mention under the pointer or the focus. */
const tip = document.createElement("div");
tip.className = "tip";
function forget(article) {
  tip.remove();
  article.querySelector(".arcs").replaceChildren();
  for (const mention of article.querySelectorAll(".hit")) mention.classList.remove("hit");
}
function tell(article, mention) {
  forget(article);
  const svg = article.querySelector(".arcs"), frame = article.getBoundingClientRect();
  const find = (id) => document.getElementById(`${article.id}-${id}`);
  const words = [word(mention.classList[1])];
  for (const [type, head, tail] of data.arcs[article.id] || []) {
    if (head !== mention.dataset.id && tail !== mention.dataset.id) continue;
    const from = find(head), to = find(tail);
    if (!from || !to) continue;
    from.classList.add("hit");
    to.classList.add("hit");
    words.push(`${from.textContent} ${word(type)} ${to.textContent}`);
    const a = from.getClientRects()[0], b = to.getClientRects()[0];
    const x1 = a.left + a.width / 2 - frame.left, y1 = a.top - frame.top;
    const x2 = b.left + b.width / 2 - frame.left, y2 = b.top - frame.top;
    const top = Math.min(y1, y2) - 18 - Math.min(Math.abs(x1 - x2) / 12, 24);
    make("path", { d: `M${x1},${y1} C${x1},${top} ${x2},${top} ${x2},${y2}` }, svg);
    make("text", { x: (x1 + x2) / 2, y: (y1 + y2) / 8 + top * 0.75 }, svg).textContent = word(type);
  }
  tip.replaceChildren(...words.map((line) => Object.assign(document.createElement("div"), { textContent: line })));
  article.append(tip);
  const at = mention.getClientRects()[0];
  tip.style.left = `${Math.max(0, Math.min(at.left - frame.left, frame.width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${at.bottom - frame.top + 6}px`;
}
for (const article of document.querySelectorAll("article")) {
  const pick = (event) => event.target.closest(".m");
  for (const name of ["mouseover", "focusin", "click"]) {
    article.addEventListener(name, (event) => { if (pick(event)) tell(article, pick(event)); });
  }
  for (const name of ["mouseout", "focusout"]) article.addEventListener(name, () => forget(article));
}

/* The legend switches labels on and off. */
for (const button of document.querySelectorAll(".legend button")) {
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    for (const mention of document.querySelectorAll(`article .${button.dataset.label}`)) mention.classList.toggle("off", !on);
  });
}

/* Tables are searched and sorted. */
for (const input of document.querySelectorAll("input[type=search]")) {
  const rows = [...document.querySelectorAll(`#${input.dataset.for} tbody tr`)];
  input.addEventListener("input", () => {
    const words = input.value.trim().split(/\s+/);
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.includes(word));
  });
}
for (const head of document.querySelectorAll("th")) {
  head.addEventListener("click", () => {
    const body = head.closest("table").tBodies[0], column = head.cellIndex;
    const sign = head.dataset.sign === "1" ? -1 : 1;
    head.dataset.sign = String(sign);
    const rows = [...body.rows].sort((a, b) => sign * a.cells[column].textContent.localeCompare(b.cells[column].textContent, "zh"));
    body.append(...rows);
  });
}

/* The picture of the graph. */
const svg = document.getElementById("picture"), { nodes, edges, total } = data.graph;
const unit0 = 64, margin = 60;
for (const node of nodes) { node.x *= unit0; node.y *= unit0; }
const bounds = (pick) => [Math.min(0, ...nodes.map(pick)), Math.max(0, ...nodes.map(pick))];
const [left, right] = bounds((node) => node.x), [top0, bottom] = bounds((node) => node.y);
let frame = { x: left - margin, y: top0 - margin, w: right - left + 2 * margin, h: bottom - top0 + 2 * margin };
const show = () => svg.setAttribute("viewBox", `${frame.x} ${frame.y} ${frame.w} ${frame.h}`);
show();
if (total > nodes.length) document.getElementById("more").textContent = `图中是联系最多的 ${nodes.length} 个，共 ${total} 个。`;
const lines = edges.map(([a, b, label]) => {
  const line = make("line", {}, svg);
  make("title", {}, line).textContent = word(label);
  return { line, a: nodes[a], b: nodes[b] };
});
const place = () => {
  for (const { line, a, b } of lines) for (const [k, v] of [["x1", a.x], ["y1", a.y], ["x2", b.x], ["y2", b.y]]) line.setAttribute(k, v);
  for (const node of nodes) node.mark.setAttribute("transform", `translate(${node.x},${node.y})`);
};
for (const node of nodes) {
  const r = 6 + Math.min(Math.sqrt(node.degree) * 2.4, 14);
  node.mark = make("g", {}, svg);
  make("circle", { r, fill: colour(node.label) }, node.mark);
  make("title", {}, node.mark).textContent = `${word(node.label)} ${node.full}`;
  const short = node.name.length > 12 ? `${node.name.slice(0, 11)}…` : node.name;
  make("text", { y: r + 11, "font-size": node.label === "Person" ? 12 : 10 }, node.mark).textContent = short;
  node.mark.addEventListener("pointerenter", () => near(node));
  node.mark.addEventListener("pointerleave", () => near(null));
}
place();
function near(node) {
  const kept = new Set([node]);
  for (const { a, b } of lines) { if (a === node) kept.add(b); if (b === node) kept.add(a); }
  for (const other of nodes) other.mark.classList.toggle("dim", node !== null && !kept.has(other));
  for (const { line, a, b } of lines) line.classList.toggle("dim", node !== null && a !== node && b !== node);
}
let held = null, last = null;
const unit = () => Math.max(frame.w / svg.clientWidth, frame.h / svg.clientHeight);
svg.addEventListener("pointerdown", (event) => {
  held = nodes.find((node) => node.mark.contains(event.target)) || frame;
  last = event;
  svg.setPointerCapture(event.pointerId);
});
svg.addEventListener("pointermove", (event) => {
  if (!held) return;
  const dx = (event.clientX - last.clientX) * unit(), dy = (event.clientY - last.clientY) * unit();
  if (held === frame) { frame.x -= dx; frame.y -= dy; show(); } else { held.x += dx; held.y += dy; place(); }
  last = event;
});
svg.addEventListener("pointerup", () => { held = null; });
svg.addEventListener("wheel", (event) => {
  event.preventDefault();
  const by = event.deltaY > 0 ? 1.15 : 1 / 1.15, box = svg.getBoundingClientRect();
  const px = frame.x + frame.w * (event.clientX - box.left) / box.width, py = frame.y + frame.h * (event.clientY - box.top) / box.height;
  frame.x = px + (frame.x - px) * by; frame.y = py + (frame.y - py) * by; frame.w *= by; frame.h *= by;
  show();
}, { passive: false });
