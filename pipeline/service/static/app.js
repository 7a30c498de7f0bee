/* What all pages share: sorted tables, views saved as pictures. */

/** Offer a file that was made here. */
export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** An element as a PNG picture, drawn by the browser as an SVG image that holds a copy of it. */
export async function picture(element) {
  const { width, height } = element.getBoundingClientRect();
  const style = await (await fetch("/static/style.css")).text();
  const page = document.createElement("div");
  page.setAttribute("xmlns", "http://www.w3.org/1999/xhtml");
  page.append(Object.assign(document.createElement("style"), { textContent: style }), element.cloneNode(true));
  const body = new XMLSerializer().serializeToString(page);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${body}</foreignObject></svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, 16_000 / Math.max(width, height));
  const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#faf9f6";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

for (const button of document.querySelectorAll("[data-png]")) {
  button.addEventListener("click", async () => save(await picture(document.querySelector(button.dataset.png)), "guanxi.png"));
}

for (const button of document.querySelectorAll("th button")) {
  button.addEventListener("click", () => {
    const head = button.closest("th"), body = head.closest("table").tBodies[0];
    const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of head.parentNode.cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    const words = (row) => row.cells[head.cellIndex].textContent.trim();
    body.append(...[...body.rows].sort((a, b) => sign * words(a).localeCompare(words(b), "zh")));
  });
}
