/* Adding a page: a file is dropped or chosen, or a text pasted, and sent with its progress shown. */
const form = document.getElementById("upload"), drop = document.getElementById("drop");
const REFUSED = { 408: "传得太久，服务器不再等了：请再传一次。", 413: "文件太大：请拆成一版一版再传。", 422: "服务器没有收下：文件是空的，或填写的内容不对。", 429: "等着读的文件太多了：请稍后再试。" };
const state = document.getElementById("state"), sent = document.getElementById("sent");

/** Why a file need not be sent at all, empty when it may be. */
function useless(file) {
  if (!file.size) return "文件是空的：请重新导出再传。";
  return file.size > form.dataset.largest * 2 ** 20 ? `文件太大，最多 ${form.dataset.largest} MB：请拆成一版一版再传。` : "";
}

function send(file) {
  if (useless(file)) { fail(useless(file)); return; }
  const body = new FormData();
  body.append("file", file);
  for (const name of ["home", "date"]) body.append(name, form.elements[name].value);
  const request = new XMLHttpRequest();
  sent.hidden = false;
  state.textContent = `正在上传 ${file.name}……`;
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) sent.value = event.loaded / event.total; });
  request.addEventListener("load", () => {
    if (request.status === 202) location.href = `/add/${JSON.parse(request.responseText).job}`;
    else fail(REFUSED[request.status] ?? `服务器没有收下（${request.status}）。`, reason(request));
  });
  request.addEventListener("error", () => fail("没有传完；文件可能太大，或服务器已停。"));
  request.open("POST", "/api/pages");
  request.send(body);
}

function reason(request) {
  try {
    const { detail } = JSON.parse(request.responseText);
    return typeof detail === "string" ? detail : detail.map((fault) => fault.what).join("；");
  } catch { return request.responseText; }
}

/** Say why it failed, and in small type what the server said. */
function fail(text, said = "") {
  sent.hidden = true;
  state.className = "warn";
  state.replaceChildren(text, document.createElement("br"), Object.assign(document.createElement("small"), { textContent: said, dir: "auto" }));
}

form.elements.file.addEventListener("change", () => { if (form.elements.file.files[0]) send(form.elements.file.files[0]); });
document.getElementById("paste").addEventListener("click", () => {
  const text = form.elements.text.value;
  if (text.trim()) send(new File([text], "粘贴.txt", { type: "text/plain" }));
});
form.addEventListener("submit", (event) => event.preventDefault());
for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
for (const name of ["dragleave", "drop"]) document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.remove("over"); });
document.addEventListener("drop", (event) => { if (event.dataTransfer.files[0]) send(event.dataTransfer.files[0]); });
