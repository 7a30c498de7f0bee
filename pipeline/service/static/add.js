/* Adding a page: a file is dropped or chosen, or a text pasted, and sent with its progress shown. */
const form = document.getElementById("upload"), drop = document.getElementById("drop");
const state = document.getElementById("state"), sent = document.getElementById("sent");

function send(file) {
  const body = new FormData();
  body.append("file", file);
  for (const name of ["home", "date"]) body.append(name, form.elements[name].value);
  const request = new XMLHttpRequest();
  sent.hidden = false;
  state.textContent = `正在上传 ${file.name}……`;
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) sent.value = event.loaded / event.total; });
  request.addEventListener("load", () => {
    if (request.status === 202) location.href = `/add/${JSON.parse(request.responseText).job}`;
    else fail(reason(request));
  });
  request.addEventListener("error", () => fail("没有传完；文件可能太大，或服务器已停。"));
  request.open("POST", "/api/pages");
  request.send(body);
}

function reason(request) {
  try {
    const { detail } = JSON.parse(request.responseText);
    return typeof detail === "string" ? detail : detail.map((fault) => fault.what).join("；");
  } catch { return request.responseText || `服务器没有收下（${request.status}）。`; }
}

function fail(text) {
  sent.hidden = true;
  state.className = "warn";
  state.textContent = text;
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
