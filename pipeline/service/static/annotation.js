/* An article's mentions and arcs as values: every change gives a new one. Offsets count code points, as in the records. */

export const at = (mention) => `${mention.label}:${mention.start}:${mention.end}`;
const spans = ({ entities }) => new Map(entities.map((mention) => [mention.id, mention]));
const arcKey = (arc, byId) => `${arc.type}|${at(byId.get(arc.head))}|${at(byId.get(arc.tail))}`;
const sorted = (entities) => [...entities].sort((a, b) => a.start - b.start);

/** The mentions that a span would overlap, other than `but`. */
export const overlapped = ({ entities }, start, end, but = null) => entities.filter((m) => m.id !== but && m.start < end && start < m.end);

function freshId({ entities }) {
  const used = new Set(entities.map((mention) => mention.id));
  let number = 1;
  while (used.has(`N${number}`)) number += 1;
  return `N${number}`;
}

export function addMention(state, label, start, end, chars) {
  const mention = { id: freshId(state), label, start, end, text: chars.slice(start, end).join(""), score: null };
  return { ...state, entities: sorted([...state.entities, mention]) };
}

export function removeMention(state, id) {
  return { entities: state.entities.filter((m) => m.id !== id), relations: state.relations.filter((arc) => arc.head !== id && arc.tail !== id) };
}

export function setBounds(state, id, start, end, chars) {
  const change = (m) => (m.id === id ? { ...m, start, end, text: chars.slice(start, end).join(""), score: null } : m);
  return { ...state, entities: sorted(state.entities.map(change)) };
}

/** Another label; arcs that it cannot have are gone. */
export function setLabel(state, id, label, scheme) {
  const entities = state.entities.map((m) => (m.id === id ? { ...m, label, score: null } : m)), byId = spans({ entities });
  const fits = ({ type, head, tail }) => scheme[type][0].includes(byId.get(head).label) && scheme[type][1].includes(byId.get(tail).label);
  return { entities, relations: state.relations.filter(fits) };
}

/** The arcs that could join two mentions and do not yet. */
export function possible(state, one, other, scheme) {
  const found = [];
  for (const [head, tail] of [[one, other], [other, one]]) {
    for (const [type, [heads, tails]] of Object.entries(scheme)) {
      const there = state.relations.some((arc) => arc.type === type && arc.head === head.id && arc.tail === tail.id);
      if (heads.includes(head.label) && tails.includes(tail.label) && !there) found.push({ type, head: head.id, tail: tail.id, score: null });
    }
  }
  return found;
}

export const addArc = (state, arc) => ({ ...state, relations: [...state.relations, arc] });
export const removeArc = (state, gone) => ({ ...state, relations: state.relations.filter((arc) => arc.type !== gone.type || arc.head !== gone.head || arc.tail !== gone.tail) });

/** What came and went from one state to another: mentions, and arcs with their ends. */
export function difference(from, to) {
  const a = spans(from), b = spans(to);
  const keys = (state, byId) => new Map(state.relations.map((arc) => [arcKey(arc, byId), { type: arc.type, head: byId.get(arc.head), tail: byId.get(arc.tail) }]));
  const mentions = [new Map(from.entities.map((m) => [at(m), m])), new Map(to.entities.map((m) => [at(m), m]))];
  const arcs = [keys(from, a), keys(to, b)];
  const minus = ([one, other]) => [...one].filter(([key]) => !other.has(key)).map(([, value]) => value);
  return { added: minus([mentions[1], mentions[0]]), removed: minus(mentions), addedArcs: minus([arcs[1], arcs[0]]), removedArcs: minus(arcs) };
}

/** `theirs` with what changed from `base` to `mine`. Returns the state, and what of mine could not be kept. */
export function merge(base, mine, theirs) {
  const change = difference(base, mine), lost = [];
  const gone = new Set(change.removed.map(at));
  let state = { entities: theirs.entities.filter((m) => !gone.has(at(m))), relations: theirs.relations };
  const left = spans(state);
  state.relations = state.relations.filter((arc) => left.has(arc.head) && left.has(arc.tail));
  for (const mention of change.added) {
    if (state.entities.some((m) => at(m) === at(mention))) continue;
    if (overlapped(state, mention.start, mention.end).length) { lost.push(mention.text); continue; }
    state = { ...state, entities: sorted([...state.entities, { ...mention, id: freshId(state) }]) };
  }
  const byKey = new Map(state.entities.map((m) => [at(m), m.id]));
  const end = (mention) => byKey.get(at(mention));
  for (const { type, head, tail } of change.removedArcs) state = removeArc(state, { type, head: end(head), tail: end(tail) });
  for (const { type, head, tail } of change.addedArcs) {
    const arc = { type, head: end(head), tail: end(tail), score: null };
    if (!arc.head || !arc.tail) { lost.push(`${head.text}—${tail.text}`); continue; }
    state = addArc(removeArc(state, arc), arc);
  }
  return { state, lost };
}
