"""A linked article to nodes and facts."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from pipeline.graph.acts import category
from pipeline.graph.dates import Days, exact
from pipeline.graph.evidence import Evidence, Quoter
from pipeline.graph.facts import Fact, Facts, digest
from pipeline.graph.twins import Told, twins
from pipeline.linking import resolve_home
from pipeline.linking.holdings import sure
from pipeline.linking.people import press
from pipeline.records import Linked, Mention, Node, Structure

UNRESOLVED = {"AGENCY": "Agency", "DISTRICT": "District"}
PHOTOGRAPHER = re.compile("摄|图片|供图|文/图|图/文|文图|图文")
WRITER = re.compile("^(?!.*(?:摄影?$|供图|图片))|文|报道")


def build(linked: Linked) -> Facts:
    """Nodes and facts of one article."""
    return _Builder(linked).build()


class _Builder:
    def __init__(self, linked: Linked) -> None:
        self.linked, self.quoter, self.out = linked, Quoter(linked), Facts()
        self.mentions = self.quoter.mentions
        self.links = {link.entity: link for link in linked.links}
        self.arcs: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
        self.implied = {(relation.head, relation.tail) for relation in linked.implied}
        for relation in (*linked.record.relations, *linked.implied):
            if self._known(relation.tail):
                self.arcs[relation.head].append((relation.type, relation.tail, sure(relation.score)))

    def _known(self, entity: str) -> bool:
        """Is this anything but a person of whom nobody can tell who it is (a bare surname)?"""
        link = self.links.get(entity)
        return self.mentions[entity].label != "PERSON" or link is None or link.node is not None

    def build(self) -> Facts:
        self._article()
        for node in self.linked.nodes:
            self.out.add_node(node)
        self._holdings()
        self._structure()
        self._acts()
        self._credits()
        return self.out

    def _article(self) -> None:
        article, linked = self.linked.article, self.linked
        properties = {
            "headline": article.headline,
            "section": article.section,
            "source": article.source,
            "page": article.page,
            "kind": article.kind,
            "newspaper": linked.newspaper,
            "date": linked.date,
            "home": linked.home,
        }
        self.out.add_node(_node(article.id, "Article", {"name": article.headline or article.body[:20], **properties}))

    def _fact(
        self, label: str, start: str, end: str, confidence: float, evidence: Evidence | None, **more: object
    ) -> None:
        """Add a fact; what no words on the page say is none."""
        if evidence is None:
            return
        fact = Fact(label, start, end, round(min(confidence, 1.0), 4), evidence, self.linked.date, **more)  # type: ignore[arg-type]
        self.out.facts.append(fact)

    def _holdings(self) -> None:
        article = self.linked.article.id
        for holding in self.linked.holdings:
            evidence = self.quoter.quote(holding.entities)
            self._fact(
                "HOLDS",
                holding.person,
                holding.post,
                holding.confidence,
                evidence,
                inferred=holding.inferred,
                properties={"status": holding.status},
            )
            self._fact("REPORTED_IN", holding.post, article, holding.confidence, evidence)

    def _structure(self) -> None:
        seen = self._named()
        for fact in self.linked.structure:
            entities = fact.entities or seen.get(fact.start) or seen.get(fact.end)
            if entities:
                self._fact(
                    fact.type,
                    fact.start,
                    fact.end,
                    fact.confidence,
                    self.quoter.quote(entities),
                    inferred=fact.inferred,
                )

    def _named(self) -> dict[str, list[str]]:
        """The mentions that bring each node into the article: those that are linked to it, else to what lies in it."""
        order = sorted(self.linked.links, key=lambda link: self.mentions[link.entity].start)
        seen: dict[str, list[str]] = {}
        for link in order:
            if link.node is not None:
                seen.setdefault(link.node, [link.entity])
        upward: dict[str, list[Structure]] = defaultdict(list)
        for fact in self.linked.structure:
            upward[fact.start].append(fact)
        todo = list(seen)
        for node in todo:
            for fact in upward[node]:
                if fact.end not in seen:
                    seen[fact.end] = fact.entities or seen[node]
                    todo.append(fact.end)
        return seen

    def _acts(self) -> None:
        """Nodes and facts of the acts; one of the headline that the body tells too is the body's."""
        acts = [self._told(mention) for mention in self.linked.record.entities if mention.label == "ACT"]
        same = twins(acts, len(self.linked.record.text) - len(self.linked.article.body))
        for act in acts:
            self._act(act, same.get(act.verb.id, act))

    def _told(self, verb: Mention) -> Told:
        arcs = self.arcs[verb.id]
        when = [self.mentions[tail] for kind, tail, _ in arcs if kind == "time"]
        dates = sorted(date for mention in when if (date := self.linked.times.get(mention.id)))
        ends = [(kind, self._target(self.mentions[tail]), tail, score) for kind, tail, score in arcs if kind != "time"]
        return Told(verb, when, dates, ends)

    def _act(self, act: Told, as_told: Told) -> None:
        """The facts of an act under the node of the act that it is told as."""
        known = sorted({f"{kind} {node}" for kind, node, _, _ in as_told.ends}) or [str(as_told.verb.start)]
        node = digest("act", self.linked.article.id, as_told.verb.text, *known, *as_told.dates)
        self.out.add_node(_node(node, "Act", self._act_properties(as_told)))
        verb, certain = act.verb.id, sure(act.verb.score)
        evidence = self.quoter.quote([verb, *(tail for _, _, tail, _ in act.ends)])
        self._fact("REPORTED_IN", node, self.linked.article.id, certain, evidence)
        for kind, target, tail, score in act.ends:
            evidence = self.quoter.quote([verb, tail])
            self._fact(kind.upper(), node, target, certain * score, evidence, inferred=(verb, tail) in self.implied)

    def _act_properties(self, act: Told) -> dict[str, object]:
        named: dict[str, list[str]] = defaultdict(list)
        for kind, _, tail, _ in act.ends:
            named[kind].append(self.mentions[tail].text)
        verb = act.verb.text
        told = None if act.when else self._days.around(act.verb)
        return {
            "name": f"{'、'.join(named['agent'][:3])}{verb}{''.join(named['object'][:1])}",
            "verb": verb,
            "category": category(verb),
            "date": exact(act.dates) or told,
            "date_inferred": True if told else None,
            "time": "、".join(mention.text for mention in act.when) or None,
            "reported": self.linked.date,
        }

    @cached_property
    def _days(self) -> Days:
        return Days(self.linked, self.arcs)

    def _target(self, mention: Mention) -> str:
        """The node of a mention; what linking does not know stands under its printed name."""
        link = self.links.get(mention.id)
        if link and link.node:
            return link.node
        label = UNRESOLVED.get(mention.label, "Organization")
        name = re.sub(r"\s+", "", mention.text)
        node = digest(label.lower(), self.linked.home or "", name)
        return self.out.add_node(_node(node, label, {"name": name, "resolved": False}))

    def _credits(self) -> None:
        article = self.linked.article
        home = resolve_home(self.linked.home).code if self.linked.home else None
        spans = article.head_spans.get("byline", [])
        at = 0
        for credit in article.byline:
            mine = [span for span in spans if at <= span[0] < at + len(credit.name)]
            if mine:
                start, (low, high, last) = mine[0][2], mine[-1]
                evidence = Evidence(
                    article=article.id, source=article.source, start=start, end=last + high - low, quote=credit.name
                )
                person = self.out.add_node(press(home, credit.name))
                for label in _credited(credit.role or ""):
                    self._fact(label, person, article.id, 0.95, evidence, properties={"role": credit.role or ""})
            at += len(credit.name) + 1


def _credited(role: str) -> list[str]:
    """摄 is a photographer, 文/图 both, everything else a writer."""
    labels = ["PHOTOGRAPHED"] if PHOTOGRAPHER.search(role) else []
    return (["WROTE"] if WRITER.search(role) else []) + labels


def _node(name: str, label: str, properties: dict[str, object]) -> Node:
    return Node(id=name, labels=[label], properties={k: v for k, v in properties.items() if v is not None})
