/* Arcs over a text, from mention to mention. */
const SVG = "http://www.w3.org/2000/svg";
export const NAMES = { holds: "任", at: "属", agent: "施事", object: "对象", place: "地点", time: "时间" };

function make(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

/**
 * Draw arcs into the `svg` that lies over `frame`. `arcs` are [type, head, tail]; `find` gives the element of a mention;
 * arcs of the mention `focus` stand out and all others step back.
 */
export function draw(svg, frame, arcs, find, focus = null) {
  svg.replaceChildren();
  const box = frame.getBoundingClientRect();
  for (const [type, head, tail] of arcs) {
    const from = find(head), to = find(tail);
    if (!from || !to) continue;
    const a = from.getClientRects()[0], b = to.getClientRects()[0];
    if (!a || !b) continue;
    const on = focus !== null && (head === focus || tail === focus);
    const group = make("g", { class: `${type} ${on ? "on" : focus === null ? "" : "dim"}` }, svg);
    const x1 = a.left + a.width / 2 - box.left, y1 = a.top + 2 - box.top;
    const x2 = b.left + b.width / 2 - box.left, y2 = b.top + 2 - box.top;
    const top = Math.min(y1, y2) - 12 - Math.min(Math.abs(x1 - x2) / 14, 16);
    make("path", { d: `M${x1},${y1} C${x1},${top} ${x2},${top} ${x2},${y2}` }, group);
    make("text", { x: (x1 + x2) / 2, y: (y1 + y2) / 8 + top * 0.75 + 3 }, group).textContent = NAMES[type];
  }
}
