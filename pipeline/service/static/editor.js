/* The editor: mentions and arcs changed with mouse and keyboard, saved at once, never over somebody else's work. */
import { draw, NAMES } from "./arcs.js";
import * as annotation from "./annotation.js";

const data = JSON.parse(document.getElementById("data").textContent);
const part = (id) => document.getElementById(id);
const text = part("text"), paper = part("picture"), svg = paper.querySelector(".arcs"), told = part("told"), more = part("more");
const chars = Array.from(data.record.text), { labels, scheme } = data;
const WORDS = Object.fromEntries([...document.querySelectorAll("#palette [data-label]")].map((one) => [one.dataset.label, one.lastChild.textContent.trim()]));
const path = `/api/articles/${encodeURIComponent(data.record.id)}`;

let now = { entities: data.record.entities, relations: data.record.relations };
let base = now, version = data.version, past = [], future = [];
let chosen = null, linking = null, caret = 0, anchor = 0, choices = [];
const asked = new URLSearchParams(location.search), least = (key) => Math.max(0, Math.min(Number(asked.get(key)) || 0, chars.length));
const doubtful = [least("start"), least("end")];
let saving = false, waiting = false, conflict = null;

/* ---- small makers ---- */

function make(name, content = "", attributes = {}) {
  const made = Object.assign(document.createElement(name), { textContent: content });
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
function button(content, action, attributes = {}) {
  const made = make("button", content, { type: "button", ...attributes });
  made.addEventListener("click", action);
  return made;
}
const bdi = (content) => make("bdi", content);
const mention = (id) => now.entities.find((one) => one.id === id);
const find = (id) => text.querySelector(`[data-id="${CSS.escape(id)}"]`);
const range = () => [Math.min(caret, anchor), Math.max(caret, anchor)];
const say = (words) => { part("state").textContent = words; };

/* ---- the text ---- */

/** The text anew: lines of runs, each run knows its first character; a mention is a run of its own. */
function render() {
  const lines = [make("p", "", { class: "text", dir: "auto" })], [low, high] = range();
  const cuts = new Set([0, chars.length, low, high, caret, ...doubtful, ...now.entities.flatMap((m) => [m.start, m.end])]);
  chars.forEach((char, number) => { if (char === "\n") { cuts.add(number); cuts.add(number + 1); } });
  const order = [...cuts].filter((cut) => cut <= chars.length).sort((a, b) => a - b);
  let inside = null, index = 0;
  const entities = now.entities;
  for (let n = 0; n < order.length; n += 1) {
    const from = order[n], to = order[n + 1] ?? chars.length;
    if (from === caret) lines.at(-1).append(make("i", "", { class: "caret" }));
    if (from === to) continue;
    if (chars[from] === "\n") { lines.push(make("p", "", { class: "text", dir: "auto" })); inside = null; continue; }
    while (index < entities.length && entities[index].end <= from) { index += 1; inside = null; }
    const found = entities[index]?.start <= from ? entities[index] : null;
    const run = make("span", chars.slice(from, to).join(""), { "data-from": from });
    if (from >= low && from < high) run.classList.add("picked");
    if (from >= doubtful[0] && from < doubtful[1]) run.classList.add("asked");
    if (found && inside?.dataset.id !== found.id) {
      inside = make("span", "", { class: `m ${found.label}`, "data-id": found.id, title: found.score === null || found.score === undefined ? "人工" : `可信度 ${found.score.toFixed(2)}` });
      if (typeof found.score === "number" && found.score < 0.7) inside.classList.add("doubt");
      if (found.id === chosen) inside.classList.add("mine");
      if (found.id === linking) inside.classList.add("from");
      lines.at(-1).append(inside);
    }
    if (!found) inside = null;
    (inside ?? lines.at(-1)).append(run);
  }
  let start = 0;
  for (const line of lines) {
    if (start < data.body) line.classList.add("head-line");
    start += Array.from(line.textContent).length + 1;
  }
  text.replaceChildren(...lines);
  drawArcs(linking ?? chosen);
}

/** Arcs of the chosen mention, and all that are short enough not to hide the text. */
function drawArcs(focus) {
  const byId = new Map(now.entities.map((m) => [m.id, m]));
  const drawn = now.relations.filter(({ head, tail }) => head === focus || tail === focus || Math.abs(byId.get(head).start - byId.get(tail).start) < 40);
  draw(svg, paper, drawn.map((arc) => [arc.type, arc.head, arc.tail]), find, focus);
}

/** The character that a place in the page stands for. */
function offsetOf(node, within) {
  const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-from]");
  if (!run || !text.contains(run)) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.textContent.slice(0, within) : within ? run.textContent : "";
  return Number(run.dataset.from) + Array.from(before).length;
}

function offsetAt(x, y) {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(x, y);
    return place && offsetOf(place.offsetNode, place.offset);
  }
  const place = document.caretRangeFromPoint(x, y);
  return place && offsetOf(place.startContainer, place.startOffset);
}

/* ---- changes ---- */

function change(next) {
  past.push(now);
  future = [];
  now = next;
  show();
  save();
}
function step(from, to) {
  if (!from.length) return;
  to.push(now);
  now = from.pop();
  if (chosen && !mention(chosen)) chosen = null;
  show();
  save();
}
const undo = () => step(past, future), redo = () => step(future, past);

function label(kind) {
  if (touched && !chosen) [anchor, caret] = touched;
  const [start, end] = trimmed();
  if (start < end && !chosen) {
    const blocking = annotation.overlapped(now, start, end);
    if (blocking.length) { say(`与“${blocking[0].text}”重叠；先删去或缩短它。`); return; }
    if (chars.slice(start, end).includes("\n")) { say("标注不能跨行。"); return; }
    const next = annotation.addMention(now, kind, start, end, chars);
    chosen = next.entities.find((m) => m.start === start && m.end === end).id;
    anchor = caret = end;
    change(next);
  } else if (chosen && mention(chosen).label !== kind) {
    const next = annotation.setLabel(now, chosen, kind, scheme), gone = now.relations.length - next.relations.length;
    change(next);
    if (gone) say(`删去了 ${gone} 条不再合适的关系；可以撤销。`);
  }
}

function bounds(start, end) {
  if (!chosen) return;
  const blocking = annotation.overlapped(now, start, end, chosen);
  if (start < 0 || end > chars.length || start >= end || chars.slice(start, end).includes("\n")) { say("不能再移。"); return; }
  if (blocking.length) { say(`会与“${blocking[0].text}”重叠。`); return; }
  anchor = caret = end;
  change(annotation.setBounds(now, chosen, start, end, chars));
}
const nudge = (left, right) => chosen && bounds(mention(chosen).start + left, mention(chosen).end + right);

function remove() {
  if (!chosen) return;
  const next = annotation.removeMention(now, chosen);
  anchor = caret = mention(chosen).start;
  chosen = null;
  change(next);
}

/** Join the mention that arcs are drawn from with another; where several arcs are possible the user picks one. */
function join(id) {
  const from = linking ?? chosen;
  linking = null;
  if (!from || from === id) { show(); return; }
  choices = annotation.possible(now, mention(from), mention(id), scheme);
  if (choices.length === 1) { pick(choices[0]); return; }
  show();
  say(choices.length ? "选一种关系。" : "这两处之间没有可连的关系，或已经连好。");
}
function pick(arc) {
  choices = [];
  change(annotation.addArc(now, arc));
}

/** The selection without spaces at its ends. */
function trimmed() {
  let [start, end] = range();
  while (start < end && /\s/.test(chars[start])) start += 1;
  while (start < end && /\s/.test(chars[end - 1])) end -= 1;
  return [start, end];
}

/* ---- what is chosen ---- */

function choose(id) {
  chosen = id;
  choices = [];
  if (id) anchor = caret = mention(id).end;
  show();
  if (id) find(id)?.scrollIntoView({ block: "nearest" });
}

function arcRow(arc) {
  const row = make("li"), one = mention(arc.head), other = mention(arc.tail);
  row.append(bdi(one.text), make("small", ` ${NAMES[arc.type]} `), bdi(other.text), " ", button("删", () => change(annotation.removeArc(now, arc)), { class: "link", "aria-label": `删去关系 ${one.text} ${NAMES[arc.type]} ${other.text}` }));
  return row;
}

function show() {
  render();
  part("undo").disabled = !past.length;
  part("redo").disabled = !future.length;
  more.replaceChildren();
  const [start, end] = trimmed(), picked = start < end ? chars.slice(start, end).join("") : "";
  if (!chosen) {
    told.replaceChildren(picked ? make("h2") : make("p", linking ? "" : "拖选几个字加标注，或点一处标注来改。", { class: "note" }));
    if (picked) told.firstChild.append(bdi(picked));
    return;
  }
  const me = mention(chosen), head = make("h2");
  head.append(bdi(me.text));
  const facts = make("p", "", { class: "note" });
  facts.append(make("span", WORDS[me.label], { class: `tag ${me.label}` }), typeof me.score === "number" ? ` 可信度 ${me.score.toFixed(2)}` : " 人工标注");
  told.replaceChildren(head, facts);
  const tools = make("p", "", { class: "tools" });
  tools.append("起点 ", button("◀", () => nudge(-1, 0), { "aria-label": "起点左移" }), button("▶", () => nudge(1, 0), { "aria-label": "起点右移" }), " 终点 ", button("◀", () => nudge(0, -1), { "aria-label": "终点左移" }), button("▶", () => nudge(0, 1), { "aria-label": "终点右移" }));
  const doings = make("p", "", { class: "tools" });
  if (picked && (start !== me.start || end !== me.end)) { const to = button("范围改为“", () => bounds(start, end)); to.append(bdi(picked), "”"); doings.append(to, " "); }
  doings.append(button(linking ? "放下连线" : "连线", () => { linking = linking ? null : chosen; show(); if (linking) say("点另一处标注。"); }), " ", button("删去标注", remove));
  const arcs = now.relations.filter((arc) => arc.head === chosen || arc.tail === chosen), list = make("ul");
  list.append(...arcs.map(arcRow));
  more.append(tools, doings);
  if (choices.length) {
    const offer = make("p", "", { class: "tools" });
    offer.append(...choices.map((arc) => { const one = button("", () => pick(arc)); one.append(bdi(mention(arc.head).text), ` ${NAMES[arc.type]} `, bdi(mention(arc.tail).text)); return one; }));
    more.append(make("h3", "选一种关系"), offer);
  }
  if (arcs.length) more.append(make("h3", "关系"), list);
}

/* ---- mouse ---- */

text.addEventListener("mouseup", (event) => {
  const selection = getSelection(), hit = event.target.closest(".m");
  const from = selection.anchorNode && offsetOf(selection.anchorNode, selection.anchorOffset);
  const to = selection.focusNode && offsetOf(selection.focusNode, selection.focusOffset);
  if (!selection.isCollapsed && from !== null && to !== null && from !== to) {
    [anchor, caret] = [from, to];
    const [start, end] = range();
    if (!chosen || !(mention(chosen).start < end && start < mention(chosen).end)) chosen = null;
    show();
  } else if (hit && (linking || (event.shiftKey && chosen))) join(hit.dataset.id);
  else if (hit) choose(hit.dataset.id);
  else {
    const place = offsetAt(event.clientX, event.clientY);
    chosen = linking = null;
    choices = [];
    if (place !== null) anchor = caret = place;
    show();
  }
  selection.removeAllRanges();
  touched = null;
  text.focus({ preventScroll: true });
});

/** What a finger selected: no mouse button tells when it is done. */
let touched = null;
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (selection.isCollapsed || !text.contains(selection.anchorNode)) { if (selection.isCollapsed && text.contains(selection.anchorNode)) touched = null; return; }
  const from = offsetOf(selection.anchorNode, selection.anchorOffset), to = offsetOf(selection.focusNode, selection.focusOffset);
  touched = from === null || to === null ? null : [from, to];
});

/* ---- keyboard ---- */

function move(to, extend) {
  caret = Math.max(0, Math.min(chars.length, to));
  if (!extend) { anchor = caret; chosen = linking ? chosen : (now.entities.find((m) => m.start <= caret && caret < m.end)?.id ?? null); }
  show();
  text.querySelector(".caret")?.scrollIntoView({ block: "nearest" });
}
function vertical(by) {
  const mark = text.querySelector(".caret").getBoundingClientRect(), line = 38;
  const place = offsetAt(mark.left, mark.top + mark.height / 2 + by * line) ?? offsetAt(mark.left, mark.top + mark.height / 2 + 2 * by * line);
  return place ?? caret + by * 20;
}
function neighbour(by) {
  const order = now.entities, here = order.findIndex((m) => m.id === chosen);
  const next = here >= 0 ? order[here + by] : by > 0 ? order.find((m) => m.start >= caret) : order.findLast((m) => m.end <= caret);
  if (!next) return;
  if (linking) { chosen = next.id; anchor = caret = next.end; show(); find(next.id).scrollIntoView({ block: "nearest" }); } else choose(next.id);
}

const keys = {
  ArrowLeft: (event) => move(caret - 1, event.shiftKey), ArrowRight: (event) => move(caret + 1, event.shiftKey),
  ArrowUp: (event) => move(vertical(-1), event.shiftKey), ArrowDown: (event) => move(vertical(1), event.shiftKey),
  n: () => neighbour(1), p: () => neighbour(-1), "[": () => nudge(-1, 0), "]": () => nudge(1, 0), "{": () => nudge(0, -1), "}": () => nudge(0, 1),
  b: () => { const [start, end] = trimmed(); if (chosen && start < end) bounds(start, end); },
  r: () => { if (chosen) { linking = chosen; show(); say("用 N、P 到另一处标注，按回车。"); } },
  Enter: () => { if (linking && chosen) { const to = chosen; chosen = linking; join(to); } },
  Delete: remove, Backspace: remove,
  Escape: () => { chosen = linking = null; choices = []; anchor = caret; show(); },
};
text.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const digit = Number(event.key);
  if (choices.length && digit >= 1 && digit <= choices.length) pick(choices[digit - 1]);
  else if (digit >= 1 && digit <= labels.length) label(labels[digit - 1]);
  else if (keys[event.key] ?? keys[event.key.toLowerCase()]) (keys[event.key] ?? keys[event.key.toLowerCase()])(event);
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.target.matches("input, textarea")) return;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) undo(); else if (key === "y" || (key === "z" && event.shiftKey)) redo(); else return;
  event.preventDefault();
});
for (const one of document.querySelectorAll("#palette [data-label]")) one.addEventListener("click", () => { label(one.dataset.label); text.focus({ preventScroll: true }); });
part("undo").addEventListener("click", undo);
part("redo").addEventListener("click", redo);
part("right").addEventListener("click", save);

/* ---- saving ---- */

async function save() {
  if (conflict) { tellConflict(); return; }
  if (saving) { waiting = true; return; }
  saving = true;
  waiting = false;
  const sent = now;
  say("正在保存……");
  try {
    const answer = await fetch(`${path}/record`, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify({ version, ...sent }) });
    const found = await answer.json();
    if (answer.ok) { version = found.version; base = sent; say(`已保存，第 ${version} 版。`); } 
    else if (answer.status === 409) { conflict = found; tellConflict(); } 
    else say(`没有保存：${typeof found.detail === "string" ? found.detail : "标注不合规则"}`);
  } catch {
    say("没有保存：连不上服务器，5 秒后再试。");
    setTimeout(save, 5000);
  }
  saving = false;
  if (waiting) save();
}
addEventListener("beforeunload", (event) => { if (conflict || now !== base) event.preventDefault(); });

/** What two people did to one article: both are shown, and the user says what to keep. */
function tellConflict() {
  const theirs = { entities: conflict.record.entities, relations: conflict.record.relations };
  const box = part("conflict"), merged = annotation.merge(base, now, theirs);
  const settle = (next) => {
    past.push(now);
    now = next;
    base = theirs;
    version = conflict.version;
    conflict = null;
    box.hidden = true;
    chosen = null;
    show();
    if (next !== theirs) save(); else say(`现在是对方的第 ${version} 版；撤销可以回到您的。`);
  };
  const tools = make("p", "", { class: "tools" });
  tools.append(button("两边的都要", () => settle(merged.state), { class: "main" }), " ", button("用对方的", () => settle(theirs)), " ", button("用我的", () => settle(now)));
  say("没有保存：请先选择。");
  box.hidden = false;
  box.replaceChildren(make("b", `别人刚刚保存了这篇文章（第 ${conflict.version} 版），您的改动还没有保存。`),
    ...told3("您的改动", annotation.difference(base, now)), ...told3("对方的改动", annotation.difference(base, theirs)),
    merged.lost.length ? make("p", `“两边的都要”会以对方的为准放弃：${merged.lost.join("、")}`) : "", tools);
  box.scrollIntoView({ block: "nearest" });
}

/** Differences as a list under a heading. */
function told3(title, { added, removed, addedArcs, removedArcs }) {
  const rows = [...added.map((m) => ["+", `${m.text}（${WORDS[m.label]}）`]), ...removed.map((m) => ["−", `${m.text}（${WORDS[m.label]}）`]),
    ...addedArcs.map((arc) => ["+", `${arc.head.text} ${NAMES[arc.type]} ${arc.tail.text}`]), ...removedArcs.map((arc) => ["−", `${arc.head.text} ${NAMES[arc.type]} ${arc.tail.text}`])];
  const list = make("ul", "", { class: "plain" });
  for (const [sign, words] of rows) { const item = make("li", `${sign} `); item.append(bdi(words)); list.append(item); }
  return [make("h3", rows.length ? title : `${title}：没有`), list];
}

/* ---- history, and what the model says ---- */

document.querySelector("#history").parentElement.addEventListener("toggle", async (event) => {
  if (!event.target.open) return;
  const rows = await (await fetch(`${path}/history`)).json();
  const restore = async (number) => {
    const found = await (await fetch(`${path}/versions/${number}`)).json();
    chosen = null;
    change({ entities: found.record.entities, relations: found.record.relations });
  };
  const items = [...rows, { version: 0, saved: "模型读出的" }].map((row) => {
    const item = make("li", `第 ${row.version} 版 `);
    item.append(make("small", row.version ? new Date(row.saved).toLocaleString("zh-CN") : row.saved), " ", button("恢复", () => restore(row.version), { class: "link" }));
    return item;
  });
  part("history").replaceChildren(...items);
});

part("reread").addEventListener("click", async () => {
  say("模型正在读……");
  const answer = await fetch("/api/extract", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ passages: [{ id: "1", text: data.record.text }] }) });
  if (!answer.ok) { say("模型没有读成。"); return; }
  const [{ entities, relations }] = (await answer.json()).records, model = { entities, relations };
  chosen = null;
  show();
  const take = button("全部照模型的改", () => change(model));
  more.replaceChildren(...told3("模型读出的与现在的不同", annotation.difference(now, model)), take);
  say("");
});

/* ---- begin ---- */

[anchor, caret] = [doubtful[0], doubtful[0]];
new ResizeObserver(() => show()).observe(paper);
show();
if (asked.has("start")) text.querySelector(".caret")?.scrollIntoView({ block: "center" });
say(version ? `第 ${version} 版` : "还没有人校对过。");
