/* Several articles on one page with their arcs; of an upload also how far it is, and merging it. */
import { draw } from "./arcs.js";

const data = JSON.parse(document.getElementById("data").textContent), state = document.getElementById("state");
const WORDS = { waiting: "排队", reading: "正在阅读", merging: "正在并入" };

async function watch() {
  const answer = await fetch(`/api/pages/${data.job}`);
  if (!answer.ok) { state.textContent = "这个上传已经不在了。"; return; }
  const now = await answer.json();
  if (!(now.state in WORDS)) { location.reload(); return; }
  state.textContent = `${WORDS[now.state]}…… ${Math.round(now.seconds)} 秒`;
  setTimeout(watch, 700);
}
if (data.state in WORDS) watch();

document.getElementById("merge")?.addEventListener("click", async (event) => {
  event.target.disabled = true;
  await fetch(`/api/pages/${data.job}/merge`, { method: "POST" });
  watch();
});

for (const paper of document.querySelectorAll(".paper")) {
  const anchor = paper.dataset.anchor, arcs = data.arcs[anchor].filter(([type]) => type === "holds" || type === "at");
  const show = (focus = null) => draw(paper.querySelector(".arcs"), paper, focus ? data.arcs[anchor] : arcs, (id) => document.getElementById(`${anchor}-${id}`), focus);
  new ResizeObserver(() => show()).observe(paper);
  paper.addEventListener("mouseover", (event) => { if (event.target.closest(".m")) show(event.target.closest(".m").dataset.id); });
  paper.addEventListener("focusin", (event) => { if (event.target.closest(".m")) show(event.target.closest(".m").dataset.id); });
  paper.addEventListener("mouseout", () => show());
  const open = (mention) => { location.href = `${paper.dataset.path}#a-${mention.dataset.id}`; };
  if (!paper.dataset.path) continue;
  paper.addEventListener("click", (event) => { if (event.target.closest(".m")) open(event.target.closest(".m")); });
  paper.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches(".m")) open(event.target); });
}
