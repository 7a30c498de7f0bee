/* Reading an article: arcs over the text, and what a mention stands for. */
import { draw, NAMES } from "./arcs.js";

const data = JSON.parse(document.getElementById("data").textContent);
const paper = document.querySelector(".paper"), svg = paper.querySelector(".arcs"), side = document.getElementById("told");
const find = (id) => document.getElementById(`${paper.dataset.anchor}-${id}`);
const mentions = [...paper.querySelectorAll(".m")];
const kinds = new Set([...document.querySelectorAll("[data-arc][aria-pressed=true]")].map((button) => button.dataset.arc));
/** What a mention is to the one that an arc comes from. */
const PASSIVE = { holds: "担任", at: "的机构或地区", agent: "的施事", object: "的对象", place: "的地点", time: "的时间" };
const UNLINKED = new Set(["ACT", "TIME"]);
let chosen = null;

function element(name, text = "", attributes = {}) {
  const made = Object.assign(document.createElement(name), { textContent: text });
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function show(focus = chosen) {
  draw(svg, paper, data.arcs.filter(([type, head, tail]) => kinds.has(type) || head === focus || tail === focus), find, focus);
}

/** A list of links under a heading, nothing when it is empty. */
function list(title, rows) {
  if (!rows.length) return [];
  const items = element("ul");
  for (const { text, href, note, before } of rows) {
    const item = element("li"), link = href ? element("a", "", { href }) : element("span");
    link.append(element("bdi", text));
    item.append(before ? element("small", `${before} `) : "", link, note ? element("small", ` ${note}`) : "");
    items.append(item);
  }
  return [element("h3", title), items];
}

async function ask(path) {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : [];
}

async function tell(mention) {
  chosen = mention.dataset.id;
  const link = data.links[chosen], label = mention.classList[1];
  for (const other of mentions) {
    other.classList.toggle("mine", other.dataset.id === chosen);
    other.classList.toggle("same", Boolean(link?.node) && data.links[other.dataset.id]?.node === link.node);
  }
  show();
  const score = data.scores[chosen];
  const head = element("h2");
  head.append(element("bdi", mention.textContent));
  const facts = element("p", "", { class: "note" });
  facts.append(element("span", document.querySelector(`[data-label="${label}"]`).textContent, { class: `tag ${label}` }), score === null ? " 人工标注" : ` 可信度 ${score.toFixed(2)}`);
  const stands = element("p");
  if (link?.node) {
    const to = element("a", "", { href: link.path });
    to.append(element("bdi", link.name));
    stands.append("指 ", to, element("small", ` 链接可信度 ${link.confidence.toFixed(2)}`));
  } else {
    stands.append(link ? "指 " : UNLINKED.has(label) ? "" : "没有链接到图中的结点。", element("bdi", link ? `${link.name}（图中还没有）` : ""));
  }
  const around = data.arcs.filter(([, from, to]) => from === chosen || to === chosen).map(([type, from, to]) => {
    const other = find(from === chosen ? to : from);
    return { text: other?.textContent ?? "", href: other && `#${other.id}`, ...(from === chosen ? { before: `${NAMES[type]}：` } : { note: PASSIVE[type] }) };
  });
  const same = mentions.filter((other) => link?.node && other !== mention && data.links[other.dataset.id]?.node === link.node);
  side.replaceChildren(head, facts, stands, ...list("关系", around), ...list("本文其他出处", same.map((other) => ({ text: other.textContent, href: `#${other.id}` }))));
  if (!link?.node) return;
  const key = encodeURIComponent(link.node), mine = chosen;
  const [proofs, elsewhere] = await Promise.all([
    ask(`/api/nodes/${key}/evidence?article=${encodeURIComponent(data.id)}`), ask(`/api/nodes/${key}/articles`),
  ]);
  if (chosen !== mine) return;
  side.append(
    ...list("依据", proofs.map((row) => ({ text: `${row.name}：“${row.quote}”`, href: `/nodes/${encodeURIComponent(row.node)}`, note: row.confidence.toFixed(2) }))),
    ...list("其他文章", elsewhere.filter((row) => row.id !== data.id).map((row) => ({ text: row.headline, href: `/articles/${encodeURIComponent(row.id)}`, note: row.date ?? "" }))),
  );
}

paper.addEventListener("click", (event) => {
  const mention = event.target.closest(".m");
  if (mention) tell(mention);
});
paper.addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === " ") && event.target.matches(".m")) { event.preventDefault(); tell(event.target); }
});
paper.addEventListener("mouseover", (event) => { if (event.target.closest(".m")) show(event.target.closest(".m").dataset.id); });
paper.addEventListener("mouseout", () => show());
for (const button of document.querySelectorAll(".legend button")) {
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true", { arc, label } = button.dataset;
    button.setAttribute("aria-pressed", String(on));
    if (arc) { if (on) kinds.add(arc); else kinds.delete(arc); }
    if (label) for (const mention of paper.querySelectorAll(`.${label}`)) mention.classList.toggle("off", !on);
    show();
  });
}
new ResizeObserver(() => show()).observe(paper);
document.fonts.ready.then(() => show());
const asked = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (asked && asked.matches(".m")) tell(asked);
