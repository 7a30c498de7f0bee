/* Training on the corrections: started, watched, and its figures shown beside the old ones. */
const part = (id) => document.getElementById(id);
const GROUPS = { "four labels": "人名、职务、地区、机构", "nine labels": "九类标注", "holds + at": "任、属", acts: "行为的关系" };
const cell = (name, text) => Object.assign(document.createElement(name), { textContent: text });

function figures({ before, after }, samples) {
  const table = document.createElement("table"), head = table.createTHead().insertRow();
  for (const text of ["F1", "原模型", "新模型", "差"]) head.append(cell("th", text));
  const body = table.createTBody();
  for (const [key, name] of Object.entries(GROUPS)) {
    if (!(key in before)) continue;
    const row = body.insertRow(), change = after[key] - before[key];
    row.append(...[name, before[key].toFixed(3), after[key].toFixed(3), `${change > 0 ? "+" : ""}${change.toFixed(3)}`].map((text) => cell("td", text)));
    [...row.cells].forEach((one, number) => { one.dataset.title = head.cells[number].textContent; });
  }
  const note = samples < 10 ? "样本不足十篇：这是在训练样本上的成绩，不说明对新文章如何。" : "在留出的五分之一校对上量得。";
  part("figures").replaceChildren(table, Object.assign(cell("p", note), { className: "note" }));
}

function show(now) {
  const going = now.state === "training";
  part("stop").hidden = !going;
  if (going) part("train").disabled = true;
  part("log").hidden = !going && now.state !== "failed";
  part("log").textContent = now.log.join("\n");
  part("choose").hidden = now.state !== "trained";
  part("new").hidden = now.in_use;
  part("old").hidden = !now.in_use;
  if (now.state === "trained") { figures(now.figures, now.samples); part("train").disabled = false; }
  const words = { training: `正在用 ${now.samples} 篇训练…… ${Math.round(now.seconds)} 秒`, trained: `训练完成，${now.in_use ? "正在使用新模型" : "新模型在"} ${now.model}`, failed: `没有成功：${now.reason}` };
  if (words[now.state]) part("state").textContent = words[now.state];
  if (now.state === "failed") part("train").disabled = false;
  if (going) setTimeout(watch, 1000);
}

async function ask(method, path = "") {
  const answer = await fetch(`/api/training${path}`, { method });
  const found = await answer.json();
  if (answer.ok) show(found); else part("state").textContent = found.detail;
}
const watch = () => ask("GET");
part("train").addEventListener("click", () => ask("POST"));
part("stop").addEventListener("click", () => ask("DELETE"));
part("new").addEventListener("click", () => ask("POST", "/use?which=new"));
part("old").addEventListener("click", () => ask("POST", "/use?which=old"));
watch();
