"""All articles of one issue linked together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.linking import districts, divisions, people, posts, pronouns, reading, times
from pipeline.linking.bodies import Body
from pipeline.linking.home import Home, infer_home, resolve_home
from pipeline.linking.places import Place, lineage
from pipeline.linking.posts import Post, Target
from pipeline.linking.scene import LEVEL_WORD, NOT_LEVEL, Scene
from pipeline.records import Article, Holding, Link, Linked, Mention, Node, Record, Span, Status, Structure

NUMBERED = re.compile(r"20\d\d|届|[“”\"《》]")
"""What makes an event's name its own: a year, the number of a term, a title in quotes."""
LEAST = 0.2
"""Holdings that are less likely than this are left out."""
SHORT = 5
"""Letters of an event's name (座谈会, 启动仪式) that say nothing outside its article."""
WIDE = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)
SESSION = re.compile("代表大会|委员会|全体会议")
GENERIC_THING = re.compile("(?:公司|集团|合作社|医院|卫生院|学校|中学|小学|协会|商会|企业)$")
THINGS = {"ORG": "Organization", "VENUE": "Venue", "EVENT": "Event"}


def link_issue(
    articles: Sequence[tuple[Article, Record, list[Span]]],
    *,
    home: Home | str | None = None,
    date: str | None = None,
    newspaper: str | None = None,
) -> list[Linked]:
    """Link the articles of one issue: what each mention stands for, who holds which post, how bodies are ordered.

    `home` is the paper's district, as a `Home` or in words (see `resolve_home`), `date` the issue's ISO date; what is not given is looked for in
    the paper's name and the text. Raises InputError when `home` names no district.
    """
    records = [record for _, record, _ in articles]
    place = resolve_home(home) if home and isinstance(home, str) else home or infer_home(records, newspaper)
    day = date or times.infer_date(records, newspaper)
    memory = districts.Memory(place.code if place else None)
    for record in records:
        districts.learn(record.entities, record.text, memory)
    drafts = [_Draft(record, memory, day) for record in records]
    cast = people.Cast(memory.home)
    for draft in drafts:
        draft.link_posts()
        cast.introduce(draft.record, draft.titles, draft.held())
    linked = []
    for (article, record, spans), draft in zip(articles, drafts, strict=True):
        draft.link_people(cast)
        linked.append(
            Linked(
                article=article,
                record=record,
                text_spans=spans,
                home=place.path if place else None,
                newspaper=newspaper,
                date=day,
                nodes=list(draft.nodes.values()),
                links=draft.links,
                holdings=draft.holdings,
                structure=draft.facts(),
                implied=pronouns.implied_agents(record),
                times=times.resolve(record, day),
            )
        )
    return linked


@dataclass
class _Draft:
    """One article while it is being linked."""

    record: Record
    memory: districts.Memory
    date: str | None = None
    nodes: dict[str, Node] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    targets: dict[str, Target] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    titles: dict[str, list[str]] = field(default_factory=dict)
    structure: dict[tuple[str, str, str], Structure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mentions = {mention.id: mention for mention in self.record.entities}
        self.order = sorted(self.record.entities, key=lambda mention: mention.start)
        found = districts.resolve(self.record.entities, self.record.text, self.memory)
        places = sorted(
            ((self.mentions[key].start, place) for key, (place, _) in found.items()), key=lambda pair: pair[0]
        )
        ends = {self.mentions[key].end: place for key, (place, _) in found.items()}
        self.scene = Scene(self.memory.home, places, districts.anchors(self.record.entities), ends=ends)
        self._name_places(places)
        for mention in self.order:
            if mention.label == "DISTRICT":
                self._link_place(mention, found.get(mention.id))
            elif mention.label == "AGENCY":
                self._link_body(mention)
            elif mention.label in THINGS:
                self._link_thing(mention)

    def _name_places(self, places: list[tuple[int, Place]]) -> None:
        """Add the places that names of bodies begin with (大悟县 of 大悟县委, 高坝镇 of 高坝镇第二十届人民代表大会), so that
        县委 and 镇长 elsewhere are read by them.
        """
        named = [
            (m.start, reading.place_of(m.text, m.start, self.scene))
            for m in self.order
            if m.label == "AGENCY" or (m.label == "EVENT" and SESSION.search(m.text))
        ]
        places.extend((start, place) for start, place in named if place)
        places.sort(key=lambda pair: pair[0])

    def _link_place(self, mention: Mention, found: districts.Resolved | None) -> None:
        if found:
            self._add_place(found[0])
            self.targets[mention.id] = found[0]
        self.links.append(
            Link(entity=mention.id, node=found[0].id if found else None, confidence=found[1] if found else 0.0)
        )

    def _link_body(self, mention: Mention) -> None:
        body = reading.resolve(mention.text, mention.start, self.scene)
        if body:
            self._add_body(body)
            self.targets[mention.id] = body
            self.scene.bodies.append((mention.start, body))
            self.scene.ended = (mention.end, body)
        self.links.append(
            Link(entity=mention.id, node=body.id if body else None, confidence=body.confidence if body else 0.0)
        )

    def _link_thing(self, mention: Mention) -> None:
        name, area = _scoped(mention, self.scene)
        name = self._event(name) if mention.label == "EVENT" else name
        kind = THINGS[mention.label]
        key = {"ORG": "org"}.get(mention.label, mention.label.lower())
        when = f":{self._occasion(name)}" if mention.label == "EVENT" and not NUMBERED.search(name) else ""
        if mention.label == "ORG" and GENERIC_THING.fullmatch(name):
            if known := self._named_thing(name, mention.start):
                self.targets[mention.id] = known
                self.links.append(Link(entity=mention.id, node=known.id, confidence=0.7))
                return
            when = f":{self.record.id}"
        node = Node(id=f"{key}:{area or '-'}:{name}{when}", labels=[kind], properties={"name": name})
        self.nodes[node.id] = node
        self.targets[mention.id] = node
        self.links.append(Link(entity=mention.id, node=node.id, confidence=0.8))

    def _event(self, name: str) -> str:
        """An event's name without 全县 or the paper's district before it; the longer name that the article gives it."""
        home = divisions.name(self.memory.home) if self.memory.home else ""
        others = {_scoped(m, self.scene)[0] for m in self.order if m.label == "EVENT"}
        longer = [other for other in others if other != name and other.endswith(name)]
        full = longer[0] if len(longer) == 1 else name
        return re.sub(f"^(?:[全我本][省市县区州旗盟]|{home or '$'})(?=.{{3}})", "", full)

    def _occasion(self, name: str) -> str:
        """What tells an event without number or title from others of its name: the issue, for short names the article."""
        return self.date if self.date and len(name) > SHORT else self.record.id

    def _add_place(self, place: Place) -> None:
        if place.id in self.nodes:
            return
        nodes, facts = lineage(place)
        for node in nodes:
            self.nodes.setdefault(node.id, node)
        for fact in facts:
            self._add_fact(fact)

    def _add_body(self, body: Body) -> None:
        if body.id in self.nodes:
            return
        self.nodes[body.id] = body.node()
        if body.place and body.place.area != divisions.NATION:
            self._add_place(body.place)
            self._add_fact(Structure(type="SERVES", start=body.id, end=body.place.id, confidence=body.confidence))
        if body.parent:
            self._add_body(body.parent)
            self._add_fact(Structure(type="PART_OF", start=body.id, end=body.parent.id, confidence=body.confidence))

    def _add_fact(self, fact: Structure) -> None:
        self.structure.setdefault((fact.type, fact.start, fact.end), fact)

    def link_posts(self) -> None:
        """Find the post of every title."""
        at = {rel.head: rel.tail for rel in self.record.relations if rel.type == "at"}
        before: Mention | None = None
        for mention in self.order:
            if mention.label == "TITLE":
                post = self._post(mention, at.get(mention.id), before)
                self.posts[mention.id] = post
                self._add_post(post, [mention.id, *([at[mention.id]] if mention.id in at else [])])
                self.links.append(Link(entity=mention.id, node=post.id, confidence=post.confidence))
                before = mention
        for relation in self.record.relations:
            if relation.type == "holds":
                self.titles.setdefault(relation.head, []).append(self.mentions[relation.tail].text)

    def _post(self, mention: Mention, body: str | None, before: Mention | None) -> Post:
        home = self.memory.home
        if body in self.targets:
            sure = next(link.confidence for link in self.links if link.entity == body)
            return posts.make(mention.text, self.targets[body], home, confidence=min(0.95, sure))
        text = self.record.text
        guess = posts.implied(mention.text, text[max(0, mention.start - 2) : mention.start], mention.start, self.scene)
        guess = guess or self._of_thing(mention)
        if guess:
            return posts.make(guess[1], guess[0], home, True, guess[2])
        earlier = self.posts.get(before.id) if before else None
        if before and earlier and earlier.target and self._continues(before, mention):
            return posts.make(mention.text, earlier.target, home, True, 0.7)
        return posts.make(mention.text, None, home, True, 0.5)

    def _named_thing(self, noun: str, at: int) -> Target | None:
        """The organisation that 公司 or 合作社 alone means: the last one named before whose name ends so."""
        named = [m for m in self.order if m.label == "ORG" and m.end < at and m.id in self.targets]
        fitting = [m for m in named if m.text.endswith(noun) and m.text != noun]
        return self.targets[fitting[-1].id] if fitting else None

    def _of_thing(self, mention: Mention) -> tuple[Target, str, float] | None:
        """What a title belongs to that stands after 公司 or 合作社 alone."""
        noun = GENERIC_THING.search(self.record.text[max(0, mention.start - 4) : mention.start])
        named = self._named_thing(noun[0], mention.start - len(noun[0])) if noun else None
        return (named, mention.text, 0.7) if named else None

    def _continues(self, before: Mention, mention: Mention) -> bool:
        """Does a title go on a list of posts at one body (党组书记、局长; 主任甲, 副主任乙)?"""
        between = self.record.text[before.end : mention.start]
        return bool(posts.LIST.match(between)) or (
            mention.text == f"副{before.text}" and len(between) < 30 and not re.search("[。；;\n]", between)
        )

    def _add_post(self, post: Post, entities: list[str]) -> None:
        self.nodes.setdefault(post.id, post.node())
        if isinstance(post.target, Place):
            self._add_place(post.target)
        elif isinstance(post.target, Body):
            self._add_body(post.target)
        if government := post.government():
            self._add_body(government)
        for fact in post.facts(entities):
            self._add_fact(fact)

    def held(self) -> dict[str, list[str]]:
        """The ids of the posts that each PERSON mention holds."""
        held: dict[str, list[str]] = {}
        for relation in self.record.relations:
            if relation.type == "holds" and relation.tail in self.posts:
                held.setdefault(relation.head, []).append(self.posts[relation.tail].id)
        return held

    def link_people(self, cast: people.Cast) -> None:
        """Give every person an identity and the posts that the article says."""
        ids = cast.identify(self.record, self.titles, self.held())
        for mention in self.order:
            if mention.id in ids:
                self.nodes.setdefault(ids[mention.id], people.node(ids[mention.id]))
                self.links.append(Link(entity=mention.id, node=ids[mention.id], confidence=0.9))
            elif mention.label == "PERSON":
                self.links.append(Link(entity=mention.id, node=None, confidence=0.0))
        for relation in self.record.relations:
            known = relation.type == "holds" and relation.tail in self.posts and relation.head in ids
            if known and self.posts[relation.tail].confidence * (relation.score or 1.0) >= LEAST:
                self._hold(relation.head, relation.tail, ids[relation.head], relation.score or 1.0)

    def _hold(self, person: str, title: str, node: str, score: float) -> None:
        post, mention = self.posts[title], self.mentions[title]
        body = next((rel.tail for rel in self.record.relations if rel.type == "at" and rel.head == title), None)
        self.holdings.append(
            Holding(
                person=node,
                post=post.id,
                entities=[person, title, *([body] if body else [])],
                status=self._status(person, mention, self.mentions[body] if body else None),
                confidence=round(post.confidence * score, 3),
                inferred=post.inferred,
            )
        )

    def _status(self, person: str, title: Mention, body: Mention | None) -> Status:
        """Whether a person holds a post, by the words and acts around it."""
        text = self.record.text
        row = self._row(title)
        if posts.LEFT.search(text[max(0, row - 8) : row]):
            return "former"
        start = self._front(min(title.start, body.start) if body else title.start)
        clause = self._clause(start, person)
        before = "".join("＊" if self._named(at) else text[at] for at in range(clause, start))
        act = self._act_on(person, start) or self._listed(person, title)
        return posts.status(title.text, before, text[title.end : title.end + 10], act)

    def _row(self, title: Mention) -> int:
        """Where a row of titles begins that a title stands in: 原|党委委员、局长."""
        start = title.start
        for mention in reversed(self.order):
            if mention.label == "TITLE" and mention.end == start - 1 and self.record.text[mention.end] == "、":
                start = mention.start
        return start

    def _front(self, start: int) -> int:
        """Where the places and bodies begin that stand directly before a position."""
        for mention in reversed(self.order):
            if mention.label in {"DISTRICT", "AGENCY"} and mention.end == start:
                start = mention.start
        return start

    def _named(self, at: int) -> bool:
        """Is a character part of a person's name?"""
        return any(m.start <= at < m.end for m in self.order if m.label == "PERSON")

    def _clause(self, at: int, person: str) -> int:
        """Where the words begin that may say how a post is held: after the last stop and the last other person."""
        ends = [m.end for m in self.order if m.label == "PERSON" and m.end <= at and m.id != person]
        stops = [self.record.text.rfind(stop, 0, at) + 1 for stop in "。；;\n"]
        return max([*ends, *stops])

    def _act_on(self, person: str, at: int) -> str:
        """The verb that says how a post came or went: of the acts by or on a person the last before it in its clause,
        else the first after it in its sentence that takes posts from them.
        """
        joined = [rel for rel in self.record.relations if rel.tail == person and rel.type in {"object", "agent"}]
        acts = sorted(((self.mentions[rel.head], rel.type) for rel in joined), key=lambda pair: pair[0].start)
        before = [act.text for act, _ in acts if self._clause(at, person) <= act.start < at]
        stop = at + len(re.split("[。\n]", self.record.text[at:], maxsplit=1)[0])
        onto = [act.text for act, kind in acts if kind == "object" and at <= act.start < stop]
        onto = [verb for verb in onto if posts.REMOVED.search(verb)]
        return before[-1] if before else onto[0] if onto else ""

    def _listed(self, person: str, title: Mention) -> str:
        """The verb of a list whose items do not repeat it: 免去:|张三的县教育局局长职务;|李四的县水利局局长职务."""
        holder, text = self.mentions[person], self.record.text
        between = text[holder.end : title.start]
        item = posts.ITEM.match(between) and text[title.end :].lstrip().startswith("职务") and "。" not in between
        heads = list(posts.LIST_HEAD.finditer(text, 0, holder.start)) if item else []
        return heads[-1][0] if heads else ""

    def facts(self) -> list[Structure]:
        """All structural facts of the article."""
        return list(self.structure.values())


def _scoped(mention: Mention, scene: Scene) -> tuple[str, str | None]:
    """The name of an organisation, venue or event and the code of the place that it is told apart by.

    A level word in front is replaced by its place (县人民医院 → 双峰县人民医院); a place in front gives the code.
    """
    name = re.sub(r"\s+", "", mention.text).translate(WIDE)
    word = LEVEL_WORD.match(name)
    if mention.label == "ORG" and word and not NOT_LEVEL.match(name) and (known := scene.level(word[0], mention.start)):
        return known[0].title + name[word.end() :], known[0].area
    if mention.label == "ORG":
        for length in range(min(len(name) - 1, 8), 1, -1):
            front = districts.locate(name[:length], None, scene.home)
            if front and front[0].kind == "division" and divisions.level(front[0].area or "") != "township":
                return name, front[0].area
    return name, scene.home
