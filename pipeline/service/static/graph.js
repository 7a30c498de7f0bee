/* The graph: drawn by Cytoscape.js, laid out by d3-force, asked for piece by piece. */
import cytoscape from "./vendor/cytoscape.esm.min.js";
import { save } from "./app.js";

const LARGE = 800;
const LETTER = 12, MOST_NAMES = 250;
const COLOURS = { Person: "#fde2c4", Post: "#d8e6fb", Agency: "#e9dcf7", District: "#d6f0da", Organization: "#f6dcec", Venue: "#d9f0ee", Event: "#fbe9a8", Act: "#fbd5d2" };
const NAMES = { HOLDS: "任职", AT: "属于", PART_OF: "隶属", SERVES: "管辖", AGENT: "施事", OBJECT: "对象", PLACE: "地点" };
const STATUS = { current: "现任", acting: "代理", former: "曾任", proposed: "拟任" };
const KINDS = { Person: "人物", Post: "职位", Agency: "机构", District: "地区", Organization: "组织", Venue: "场所", Event: "活动", Act: "行为" };
const query = new URLSearchParams(location.search);
const state = document.getElementById("state"), told = document.getElementById("told"), found = document.getElementById("found");
const roots = query.getAll("node"), opened = new Set(query.getAll("open"));

let zoomed = 1;
const cy = cytoscape({
  container: document.getElementById("cy"),
  minZoom: 0.02, maxZoom: 4, hideEdgesOnViewport: false, textureOnViewport: false,
  style: [
    { selector: "node", style: { "background-color": "data(colour)", "border-width": 1.5, "border-color": "#77705f",
      width: "data(size)", height: "data(size)", "font-size": 12, "font-family": "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif", color: "#22252b",
      "text-valign": "bottom", "text-margin-y": 3, "text-outline-color": "#fff", "text-outline-width": 2 } },
    { selector: "node.named", style: { label: "data(text)", "font-size": () => LETTER / zoomed } },
    { selector: "node[label = 'Post'], node[label = 'Act']", style: { shape: "round-rectangle" } },
    { selector: "node[label = 'Agency'], node[label = 'Organization']", style: { shape: "hexagon" } },
    { selector: "edge", style: { width: 1.2, "line-color": "#a8a294", "curve-style": "haystack", "haystack-radius": 0, opacity: 0.75 } },
    { selector: "edge[label = 'HOLDS']", style: { "line-color": "#9b2c2c" } },
    { selector: "node:selected", style: { "border-width": 3, "border-color": "#9b2c2c" } },
    { selector: "edge.near", style: { width: 2, opacity: 1, "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.8, label: (edge) => NAMES[edge.data("label")],
      "font-size": 10, color: "#5f646c", "text-background-color": "#fff", "text-background-opacity": 0.85, "min-zoomed-font-size": 7 } },
    { selector: ".off", style: { display: "none" } },
  ],
});

/* ---- asking and adding ---- */

async function get(path, missing) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(answer.status === 404 ? missing : `服务器没有回答（${answer.status}）。`);
  return answer.json();
}
const ask = (parameters) => get(`/api/graph?${new URLSearchParams(parameters)}`, "图中没有这个结点。");

function narrowed(more = {}) {
  const kept = ["since", "until", "category", "sure"].filter((key) => query.get(key)).map((key) => [key, query.get(key)]);
  return { ...Object.fromEntries(kept), ...more };
}

/** A node with how it is drawn: better connected ones larger. */
const drawn = (node) => ({ ...node, colour: COLOURS[node.label], size: 16 + Math.min(24, 3 * Math.sqrt(node.degree)),
  text: node.short.length > 14 ? `${node.short.slice(0, 13)}…` : node.short });

/** Add a part of the graph; new nodes begin at `near`. Returns how many nodes were new. */
function add(part, near = { x: 0, y: 0 }) {
  const fresh = part.nodes.filter((node) => cy.getElementById(node.id).empty());
  const spread = 30 + 6 * Math.sqrt(fresh.length);
  cy.batch(() => {
    cy.add(fresh.map((node, number) => ({ data: drawn(node), position: { x: near.x + spread * Math.cos(number * 2.4) * Math.sqrt(number + 1) / 3, y: near.y + spread * Math.sin(number * 2.4) * Math.sqrt(number + 1) / 3 } })));
    cy.add(part.edges.filter((edge) => cy.getElementById(edge.id).empty() && cy.getElementById(edge.start).nonempty() && cy.getElementById(edge.end).nonempty())
      .map((edge) => ({ data: { ...edge, source: edge.start, target: edge.end } })));
  });
  hideKinds();
  const large = cy.nodes().length > LARGE, renderer = cy.renderer();
  renderer.hideEdgesOnViewport = large;
  renderer.textureOnViewport = large;
  return fresh.length;
}

async function expand(id) {
  const node = cy.getElementById(id);
  try {
    const part = await ask(narrowed({ node: id, most: 200 }));
    const number = add(part, node.nonempty() ? { ...node.position() } : centre());
    opened.add(id);
    remember();
    tell(cy.getElementById(id));
    say(number ? `新增 ${number} 个结点${part.cut ? "（只取最可信的）" : ""}。` : "没有更多的邻居。");
    if (number) arrange(0.5, roots.includes(id));
  } catch (error) { say(error.message); }
}

function drop(node) {
  const leaves = node.neighborhood("node").filter((other) => other.degree() === 1);
  opened.delete(node.id());
  for (const other of leaves) opened.delete(other.id());
  cy.remove(node.union(leaves));
  remember();
  tell(null);
}

const centre = () => { const box = cy.extent(); return { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 }; };

/** The address of what is shown. */
function remember() {
  const address = new URLSearchParams([...query].filter(([key, value]) => key !== "open" && key !== "node" && value));
  for (const id of roots) if (cy.getElementById(id).nonempty()) address.append("node", id);
  for (const id of opened) if (!roots.includes(id)) address.append("open", id);
  history.replaceState(null, "", `?${address}`);
  state.dataset.nodes = cy.nodes().length;
}

function say(text) { state.textContent = `${text} 共 ${cy.nodes().length} 个结点、${cy.edges().length} 条边。`; }

/* ---- layout ---- */

let running = 0;
/** Lay out all nodes step by step, so that the page stays alive; `whole` keeps them all in view. */
function arrange(alpha = 1, whole = false) {
  const mine = ++running, shown = cy.nodes().not(".off");
  const points = shown.map((node) => ({ id: node.id(), ...node.position(), size: node.width() / 2 + 7 }));
  const links = cy.edges().map((edge) => ({ source: edge.data("source"), target: edge.data("target") }));
  const known = new Set(points.map((point) => point.id));
  const many = points.length > LARGE, force = globalThis.d3;
  const simulation = force.forceSimulation(points).stop().alpha(alpha).alphaDecay(many ? 0.05 : 0.03)
    .force("link", force.forceLink(links.filter((link) => known.has(link.source) && known.has(link.target))).id((point) => point.id).distance(many ? 40 : 85))
    .force("charge", force.forceManyBody().strength(many ? -140 : -380).theta(many ? 1.2 : 0.9).distanceMax(many ? 500 : 900))
    .force("x", force.forceX().strength(many ? 0.06 : 0.05)).force("y", force.forceY().strength(many ? 0.06 : 0.06));
  if (!many) simulation.force("collide", force.forceCollide((point) => point.size));
  const step = () => {
    if (mine !== running) return;
    const until = performance.now() + (many ? 40 : 10);
    do simulation.tick(); while (performance.now() < until && simulation.alpha() > 0.02);
    const done = simulation.alpha() <= 0.02;
    if (done || !many) {
      place(points);
      if (whole) fit();
    }
    if (done) state.dataset.settled = String(mine); else setTimeout(step, many ? 0 : 8);
  };
  step();
}

/** Show all nodes, but none of them huge. */
function fit() {
  cy.fit(cy.nodes().not(".off"), 45);
  if (cy.zoom() > 1.5) cy.zoom(1.5).center(cy.nodes().not(".off"));
}

function place(points) {
  cy.batch(() => {
    for (const point of points) {
      const node = cy.getElementById(point.id);
      if (node.grabbed()) Object.assign(point, node.position()); else node.position({ x: point.x, y: point.y });
    }
  });
}

/* ---- names ---- */

/** Name the nodes whose names have room, in letters that can be read at any zoom: the chosen one and the best connected first. */
function name() {
  const taken = [], named = [], { x1, x2, y1, y2 } = cy.extent();
  zoomed = cy.zoom();
  const order = cy.nodes().not(".off").sort((a, b) => b.selected() - a.selected() || b.data("degree") - a.data("degree"));
  for (const node of order) {
    const { x, y } = node.position(), top = y + node.height() / 2, high = 1.6 * LETTER / zoomed, wide = node.data("text").length * LETTER / zoomed / 2;
    if (x < x1 || x > x2 || y < y1 || y > y2) continue;
    const mine = { x1: x - wide, x2: x + wide, y1: top, y2: top + high };
    if (taken.some((one) => one.x1 < mine.x2 && mine.x1 < one.x2 && one.y1 < mine.y2 && mine.y1 < one.y2)) continue;
    taken.push(mine);
    named.push(node);
    if (named.length === MOST_NAMES) break;
  }
  cy.batch(() => {
    cy.nodes(".named").removeClass("named");
    cy.collection(named).addClass("named");
  });
  state.dataset.named = named.length;
}
let soon = 0;
cy.on("viewport position add remove select unselect", () => {
  if (soon && cy.nodes().length <= LARGE) return;  // the names of a large graph wait until it rests
  clearTimeout(soon);
  soon = setTimeout(() => { soon = 0; name(); }, 150);
});

/* ---- what is known of a node, and of an edge ---- */

function button(text, action) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.addEventListener("click", action);
  return made;
}

function bdi(text) { return Object.assign(document.createElement("bdi"), { textContent: text }); }

function small(text) { return Object.assign(document.createElement("small"), { textContent: text }); }

/** A name that leads to its node. */
function leading(node) {
  const made = button("", () => { tell(node); cy.animate({ center: { eles: node } }, { duration: 200 }); });
  made.className = "link node";
  made.append(bdi(node.data("name")));
  return made;
}

let telling = 0;
function tell(node) {
  telling += 1;
  cy.edges(".near").removeClass("near");
  told.replaceChildren();
  if (!node || node.empty()) return;
  cy.nodes(":selected").not(node).unselect();
  node.select();
  node.connectedEdges().slice(0, 150).addClass("near");
  const head = document.createElement("h2"), kind = document.createElement("span");
  Object.assign(kind, { className: `tag k-${node.data("label")}`, textContent: KINDS[node.data("label")] });
  head.append(bdi(node.data("name")));
  const tools = Object.assign(document.createElement("p"), { className: "actions" });
  const page = Object.assign(document.createElement("a"), { className: "button", href: `/nodes/${encodeURIComponent(node.id())}`, textContent: "详情页" });
  tools.append(button("展开", () => expand(node.id())), " ", page, " ", button("移除", () => drop(node)));
  const list = document.createElement("ul");
  for (const edge of node.connectedEdges().slice(0, 200)) {
    const other = edge.connectedNodes().not(node);
    if (other.empty()) continue;
    const item = document.createElement("li"), proof = button(edge.data("confidence").toFixed(2), () => prove(edge));
    Object.assign(proof, { className: "link", title: "依据" });
    item.append(small(`${NAMES[edge.data("label")]} `), leading(other), " ", proof);
    list.append(item);
  }
  const more = node.data("degree") - node.degree();
  told.append(kind, head, small(more > 0 ? `还有 ${more} 条边没有画出` : ""), tools, list);
}

/** Show the words that say an edge. */
async function prove(edge) {
  tell(null);
  cy.elements(":selected").unselect();
  edge.addClass("near");
  const mine = telling;
  try {
    const known = await get(`/api/edges/${encodeURIComponent(edge.id())}`, "图中没有这条边。");
    if (mine === telling) told.replaceChildren(...proven(edge, known));
  } catch (error) { say(error.message); }
}

function proven(edge, known) {
  const head = document.createElement("h2"), ends = document.createElement("p"), list = document.createElement("ul");
  head.textContent = [NAMES[known.label] ?? known.label, STATUS[known.status]].filter(Boolean).join("：");
  ends.append(leading(edge.source()), " → ", leading(edge.target()));
  const seen = [...new Set([known.first_seen, known.last_seen])].filter(Boolean).join(" – ");
  const facts = small([seen, `可信度 ${known.confidence.toFixed(2)}`, known.inferred && "由上下文推知"].filter(Boolean).join(" · "));
  for (const proof of known.evidence) {
    const item = document.createElement("li"), link = Object.assign(document.createElement("a"), { className: "quote", href: proof.path });
    const from = small(` ${[proof.date, proof.confidence.toFixed(2)].filter(Boolean).join(" · ")}`);
    link.append(bdi(proof.quote || "原文"));
    from.prepend(" ", bdi(proof.headline ?? proof.source));
    item.append(link, from);
    list.append(item);
  }
  const title = Object.assign(document.createElement("h3"), { textContent: `依据（${known.times}）` });
  const more = known.times - known.evidence.length;
  return [head, ends, facts, title, list, small(more > 0 ? `另有 ${more} 处。` : "")];
}

/* ---- what the user does ---- */

let touched = 0, last = null;
cy.on("tap", "node", (event) => {
  const now = performance.now();
  tell(event.target);
  if (last === event.target.id() && now - touched < 350) expand(last);
  [touched, last] = [now, event.target.id()];
});
cy.on("tap", "edge", (event) => prove(event.target));
cy.on("tap", (event) => { if (event.target === cy) tell(null); });

document.getElementById("cy").addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
  const chosen = cy.nodes(":selected").first();
  if (step) cy.panBy({ x: step[0], y: step[1] });
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "Enter" && chosen.nonempty()) expand(chosen.id());
  else if (event.key === "Delete" && chosen.nonempty()) drop(chosen);
  else return;
  event.preventDefault();
});
const zoom = (by) => cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });

function hideKinds() {
  for (const one of document.querySelectorAll("[data-kind]")) cy.nodes(`[label = '${one.dataset.kind}']`).toggleClass("off", one.getAttribute("aria-pressed") !== "true");
}
for (const one of document.querySelectorAll("[data-kind]")) {
  one.addEventListener("click", () => { one.setAttribute("aria-pressed", String(one.getAttribute("aria-pressed") !== "true")); hideKinds(); });
}

const input = document.querySelector("#add input");
document.getElementById("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!input.value.trim()) return;
  const answer = await fetch(`/api/search?${new URLSearchParams({ q: input.value })}`), rows = answer.ok ? await answer.json() : [];
  found.replaceChildren(...rows.slice(0, 12).map((row) => {
    const item = document.createElement("li");
    const pick = button("", async () => { found.replaceChildren(); input.value = ""; roots.push(row.id); await expand(row.id); });
    pick.append(`${KINDS[row.label] ?? ""} `, bdi(row.name), Object.assign(document.createElement("small"), { textContent: ` ${row.about ?? ""}` }));
    item.append(pick);
    return item;
  }));
  if (!rows.length) say("没有找到。");
});

const doings = { fit, layout: () => arrange(1, true), clear: () => { running += 1; cy.elements().remove(); roots.length = 0; opened.clear(); remember(); tell(null); say("已清空。"); } };
for (const one of document.querySelectorAll("[data-do]")) one.addEventListener("click", doings[one.dataset.do]);

/** A cell of a CSV file; what a spreadsheet would take for a formula begins with an apostrophe. */
const cell = (value) => `"${String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
const saves = {
  png: async () => save(await cy.png({ full: true, scale: 2, bg: "#ffffff", maxWidth: 8000, maxHeight: 8000, output: "blob-promise" }), "guanxi-graph.png"),
  json: async () => save(new Blob([JSON.stringify({ nodes: shown(cy.nodes()), edges: shown(cy.edges()) }, null, 1)], { type: "application/json" }), "guanxi-graph.json"),
  csv: async () => {
    const head = ["start", "start_name", "label", "end", "end_name", "confidence", "first_seen", "last_seen"];
    const rows = cy.edges().filter(":visible").map((edge) => [edge.data("start"), edge.source().data("name"), edge.data("label"), edge.data("end"), edge.target().data("name"), edge.data("confidence"), edge.data("first_seen"), edge.data("last_seen")]);
    save(new Blob(["\ufeff", [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")], { type: "text/csv" }), "guanxi-graph.csv");
  },
};
const shown = (elements) => elements.filter(":visible").map((one) => {
  const { colour, size, text, source, target, ...data } = one.data();
  return data;
});
for (const one of document.querySelectorAll("[data-save]")) one.addEventListener("click", saves[one.dataset.save]);

/** What was opened since the page came stays when it is narrowed. */
document.getElementById("narrow").addEventListener("formdata", ({ formData }) => {
  const shown = new URLSearchParams(location.search);
  for (const key of ["node", "open"]) { formData.delete(key); for (const id of shown.getAll(key)) formData.append(key, id); }
});

async function begin() {
  say("正在读取……");
  try {
    if (!roots.length) add(await ask(narrowed({ most: query.get("most") || 300 })));
    for (const id of new Set([...roots, ...opened])) {
      const depth = roots.length === 1 && roots[0] === id ? 2 : 1;
      add(await ask(narrowed({ node: id, depth, most: query.get("most") || 150 })), cy.getElementById(id).nonempty() ? { ...cy.getElementById(id).position() } : undefined);
      opened.add(id);
    }
    remember();
    say(roots.length ? "双击或按回车展开结点。" : "联系最多的结点；双击或按回车展开。");
    arrange(1, true);
    if (roots.length) tell(cy.getElementById(roots[0]));
  } catch (error) { say(error.message); }
}
begin();
