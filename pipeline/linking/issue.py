"""All articles of one issue linked together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.linking import districts, divisions, holders, names, people, posts, pronouns, reading, standing, times
from pipeline.linking.bodies import Body
from pipeline.linking.home import Home, infer_home
from pipeline.linking.places import TOWNS, Place, lineage
from pipeline.linking.posts import Post, Target
from pipeline.linking.rows import rows
from pipeline.linking.scene import Scene, is_called
from pipeline.linking.standing import Office
from pipeline.linking.tenure import Tenure
from pipeline.linking.wording import in_order
from pipeline.records import Article, Holding, Link, Linked, Mention, Node, Record, Relation, Span, Status, Structure

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
WITH_COMMITTEE = TOWNS | {"zone"}
"""Places with a 党委 or 党工委 whose secretary is called so."""
OWNED = re.compile("[一-鿿](?<![由与和对向任了])")
"""The end of a word right before a post, which says whose it is (农场|党委书记)."""
COUNTY_ORGANS = {
    "party committee",
    "government",
    "joint",
    "standing committee",
    "congress standing committee",
    "cppcc committee",
    "discipline commission",
    "supervision commission",
    "party department",
}
"""Bodies of a county that have no 党委 of their own."""
FIRM = re.compile("(?:公司|集团|厂)$")
NUMERALS = re.compile(r"[\d〇零一二三四五六七八九十百]+")
TAIL = 3
"""Letters at the end of an event's name (推进会) that no short form of it leaves out."""
NESTED = 3
"""So many names of an event in one article, each the end of the next, are looked at."""
GENERIC_THING = re.compile("(?:公司|集团|合作社|医院|卫生院|学校|中学|小学|协会|商会|企业|[农林牧]场)$")
GROUP = re.compile("集团(?=.*公司$)")
"""What a firm is called short that has it in its name: 集团 for 某某集团有限公司."""
OWNERS = {"ORG", "VENUE", "DISTRICT"}
THINGS = {"ORG": "Organization", "VENUE": "Venue", "EVENT": "Event"}


def link_issue(
    articles: Sequence[tuple[Article, Record, list[Span]]],
    *,
    home: Home | str | None = None,
    date: str | None = None,
    newspaper: str | None = None,
) -> list[Linked]:
    """Link the articles of one issue: what each mention stands for, who holds which post, how bodies are ordered.

    `home` is the paper's district, as a `Home` or in words that a masthead may print, `date` the issue's ISO date; what is
    not given, and words that name no district or several, leave it to the paper's name and the text (see `infer_home`).
    """
    records = [record for _, record, _ in articles]
    place = home if isinstance(home, Home) else infer_home(records, newspaper, home)
    day = date or times.infer_date(records, newspaper)
    memory = districts.Memory(place.code if place else None)
    for record in records:
        districts.learn(record.entities, record.text, memory)
    drafts = [_Draft(record, memory, day, len(record.text) - len(article.body)) for article, record, _ in articles]
    for draft in drafts:
        draft.link_posts()
    cast = people.Cast(memory.home, [draft.said() for draft in drafts])
    linked = []
    for (article, record, spans), draft in zip(articles, drafts, strict=True):
        draft.link_people(cast)
        told = draft.told_districts()
        linked.append(
            Linked(
                article=article,
                record=record,
                text_spans=spans,
                home=place.path if place else None,
                newspaper=newspaper,
                date=day,
                nodes=list(draft.nodes.values()),
                links=list(draft.links.values()),
                holdings=draft.holdings,
                structure=draft.facts(),
                unmarked=[district for district, _ in told],
                implied=[*pronouns.implied_agents(record), *(arc for _, arc in told)],
                times=times.resolve(record, day),
            )
        )
    return linked


@dataclass
class _Draft:
    """One article while it is being linked; `body` is where its body begins."""

    record: Record
    memory: districts.Memory
    date: str | None = None
    body: int = 0
    nodes: dict[str, Node] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    holdings: list[Holding] = field(default_factory=list)
    targets: dict[str, Target] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    titles: dict[str, list[str]] = field(default_factory=dict)
    statuses: dict[tuple[str, str], Status] = field(default_factory=dict)
    structure: dict[tuple[str, str, str], Structure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mentions = {mention.id: mention for mention in self.record.entities}
        self.order = sorted(self.record.entities, key=lambda mention: mention.start)
        self.at = _bodies(self.record.relations)
        self.holds = holders.possible(self.record)
        found = districts.resolve(self.record.entities, self.record.text, self.memory)
        places = _in_order((self.mentions[key].start, place) for key, (place, _) in found.items())
        ends = {self.mentions[key].end: place for key, (place, _) in found.items()}
        marks = districts.anchors(self.record.entities)
        self.scene = Scene(self.memory.home, places, marks, ends=ends, text=self.record.text)
        places = _in_order([*places, *self._fronts()])
        self.scene = replace(self.scene, places=places, rows=self._rows(places))
        for mention in self.order:
            if mention.label == "DISTRICT":
                self._link_place(mention, found.get(mention.id))
            elif mention.label == "AGENCY":
                self._link_body(mention)
            elif mention.label in THINGS:
                self._link_thing(mention)

    def _fronts(self) -> Iterator[tuple[int, Place]]:
        """The places that names of bodies begin with (大悟县 of 大悟县委, 高坝镇 of 高坝镇第二十届人民代表大会), and the townships
        of other names (珠玑镇 of 珠玑镇卫生院), so that 县委 and 镇长 elsewhere are read by them.
        """
        for mention in self.order:
            body = mention.label == "AGENCY" or (mention.label == "EVENT" and SESSION.search(mention.text))
            named = body or mention.label in {"ORG", "VENUE"}
            place = reading.place_of(mention.text, mention.start, self.scene) if named else None
            if place and (body or (place.level == "township" and mention.text.startswith(place.name))):
                yield mention.start, place

    def _rows(self, places: Sequence[tuple[int, Place]]) -> dict[int, int]:
        """The rows of posts of the article, by the starts of their mentions."""
        named = {start for start, _ in places}
        home = divisions.chain(self.memory.home)[:-1] if self.memory.home else []
        above = {start for start, place in places if not place.site and place.area in home}
        return rows(self.order, self.record.text, named, above)

    def _link(self, mention: Mention, node: str | None = None, confidence: float = 0.0) -> None:
        self.links[mention.id] = Link(entity=mention.id, node=node, confidence=confidence)

    def _link_place(self, mention: Mention, found: districts.Resolved | None) -> None:
        if found:
            self._add_place(found[0])
            self.targets[mention.id] = found[0]
        self._link(mention, *((found[0].id, found[1]) if found else ()))

    def _link_body(self, mention: Mention) -> None:
        body = reading.resolve(mention.text, mention.start, self.scene)
        if body:
            self._add_body(body)
            self.targets[mention.id] = body
            self.scene.bodies.append((mention.start, body))
            self.scene.ended = (mention.end, body)
        self._link(mention, *((body.id, body.confidence) if body else ()))

    def _link_thing(self, mention: Mention) -> None:
        name, area = _scoped(self._in_full(mention), self.scene)
        name = self._event(self._told_longer(mention, name)) if mention.label == "EVENT" else name
        kind = THINGS[mention.label]
        key = {"ORG": "org"}.get(mention.label, mention.label.lower())
        when = f":{self._occasion(name)}" if mention.label == "EVENT" and not NUMBERED.search(name) else ""
        if mention.label == "ORG" and GENERIC_THING.fullmatch(name):
            if known := self._named_thing(name, mention.start):
                self.targets[mention.id] = known
                self._link(mention, known.id, 0.7)
                return
            when = f":{self.record.id}"
        node = Node(id=f"{key}:{area or '-'}:{name}{when}", labels=[kind], properties={"name": name})
        self.nodes[node.id] = node
        self.targets[mention.id] = node
        self._link(mention, node.id, 0.8)

    def _in_full(self, mention: Mention) -> Mention:
        """The mention that prints a firm's name in full where this one prints it short (康奕公司)."""
        core = FIRM.sub("", mention.text) if mention.label == "ORG" else mention.text
        if len(core) < 2 or core == mention.text or divisions.candidates(core):
            return mention
        longer = {name: m for name, m in self._firms.items() if core in name and len(name) > len(mention.text)}
        whole = [m for name, m in longer.items() if name.endswith("限公司")] or list(longer.values())
        return whole[0] if len(whole) == 1 else mention

    @cached_property
    def _firms(self) -> dict[str, Mention]:
        """The firms of the article by their names as printed."""
        return {mention.text: mention for mention in self.order if mention.label == "ORG" and FIRM.search(mention.text)}

    def _event(self, name: str) -> str:
        """An event's name without 全县 or the paper's district before it; the longer name that the article gives it."""
        home = divisions.name(self.memory.home) if self.memory.home else ""
        after = bisect_right(self._events, name[::-1])
        longer = [other for other in self._events[after : after + NESTED] if other.startswith(name[::-1])]
        nested = longer and all(longer[-1].startswith(other) for other in longer)
        full = longer[-1][::-1] if nested else name
        return re.sub(f"^(?:[全我本][省市县区州旗盟]|{home or '$'})(?=.{{3}})", "", full)

    def _told_longer(self, mention: Mention, name: str) -> str:
        """The one event of the body that an event of the headline shortens (执行推进会 for 执行工作推进会)."""
        if mention.start >= self.body or name in self._body_events:
            return name
        longer = [other for other in self._body_events if _shortens(name, other)]
        return longer[0] if len(longer) == 1 else name

    @cached_property
    def _body_events(self) -> set[str]:
        return {_scoped(m, self.scene)[0] for m in self.order if m.label == "EVENT" and m.start >= self.body}

    @cached_property
    def _events(self) -> list[str]:
        """The names of the article's events, read backwards, in order: those that end alike stand together."""
        return sorted({_scoped(m, self.scene)[0][::-1] for m in self.order if m.label == "EVENT"})

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
        before: Mention | None = None
        for mention in self.order:
            if mention.label == "TITLE":
                body = self.at.get(mention.id)
                post = self._post(mention, body, before)
                self.posts[mention.id] = post
                self._add_post(post, [mention.id, *([body] if body else [])])
                self._link(mention, post.id, post.confidence)
                before = mention
        for relation in self.holds:
            self.titles.setdefault(relation.head, []).append(self.mentions[relation.tail].text)

    def _post(self, mention: Mention, body: str | None, before: Mention | None) -> Post:
        home = self.memory.home
        if rank := posts.ranked(mention.text, mention.start, self.scene):
            return posts.make(rank[1], rank[0], home, confidence=rank[2])
        adjoined = body in self.targets and self.mentions[body].end == mention.start
        if body in self.targets and not posts.strays(mention.text, self.targets[body], adjoined):
            target = posts.bench(mention.text, self.targets[body])
            return posts.make(mention.text, target, home, confidence=min(0.95, self.links[body].confidence))
        text = self.record.text
        earlier = self.posts.get(before.id) if before else None
        in_row = before and earlier and posts.LIST.match(text, before.end, mention.start)
        if in_row and earlier and (place := posts.headed(mention.text, earlier.target)):
            return posts.make(mention.text, place, home, True, 0.85)
        guess = posts.implied(mention.text, text[max(0, mention.start - 3) : mention.start], mention.start, self.scene)
        guess = guess or self._of_thing(mention)
        if guess:
            return posts.make(guess[1], guess[0], home, True, guess[2])
        if before and earlier and earlier.target and self._continues(before, mention):
            return posts.make(mention.text, earlier.target, home, True, 0.7)
        if not body and (headed := self._headed_by(mention) or self._of_committee(mention)):
            return posts.make(mention.text, headed, home, True, 0.6)
        printed = self.mentions[body].text if body else ""
        return posts.make(mention.text, None, home, True, 0.5, printed)

    def _named_thing(self, noun: str, at: int) -> Target | None:
        """The organisation that 公司 or 合作社 alone means: the last one named before whose name ends so."""
        named = self._things.get(noun, [])
        before = bisect_left(named, at, key=lambda mention: mention.end)
        last = named[before - 1] if before else None
        return self.targets.get(last.id) if last and last.label != "VENUE" else None

    @cached_property
    def _things(self) -> dict[str, list[Mention]]:
        """The organisations, and sites marked as such, with a name of their own, by the noun that it ends with."""
        things: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.order:
            noun = GENERIC_THING.search(mention.text) if mention.label in OWNERS else None
            if noun and noun[0] != mention.text:
                for word in {noun[0], *GROUP.findall(mention.text)}:
                    things[word].append(mention)
        return things

    def _of_thing(self, mention: Mention) -> tuple[Target, str, float] | None:
        """What a title belongs to that stands after 公司 or 合作社 alone."""
        noun = GENERIC_THING.search(self.record.text[max(0, mention.start - 4) : mention.start])
        named = self._named_thing(noun[0], mention.start - len(noun[0])) if noun else None
        return (named, mention.text, 0.7) if named else None

    def _headed_by(self, mention: Mention) -> Target | None:
        """The body or organisation that a bare 局长 or 校长 is the head of: the last one that this sentence, or the one
        before, calls so; a political officer (教导员) may be of others, so his is in this sentence.
        """
        name = posts.name_of_headed(mention.text)
        if not name:
            return None
        sentences = 1 if posts.is_officer(mention.text) else 2
        for other in reversed(self._named_before(mention, sentences)):
            if other.label != "DISTRICT" and name.search(other.text) and other.id in self.targets:
                return self.targets[other.id]
        return None

    def _of_committee(self, mention: Mention) -> Target | None:
        """The township or body that a bare 党委书记 is of: the only one that this sentence and the one before name which
        has a 党委.
        """
        post = posts.PARTY.fullmatch(mention.text)
        if not post or OWNED.match(self.record.text, max(mention.start - 1, 0), mention.start):
            return None
        owners: dict[str, Target | None] = {}
        for other in self._named_before(mention, 2):
            target = self.targets.get(other.id)
            place = posts.place_of(target)
            if place and place.level in WITH_COMMITTEE:
                owners[place.id] = place
            elif target and other.text.endswith(post["organ"]):
                owners[target.id] = target
            elif not (place and (other.label == "DISTRICT" or place.level == "village" or _is_countys(target))):
                owners[other.id] = None
        return next(iter(owners.values())) if len(owners) == 1 else None

    def _named_before(self, mention: Mention, sentences: int) -> list[Mention]:
        """The places, bodies and organisations that the last sentences name before a mention."""
        since = mention.start
        for _ in range(sentences):
            since = max(self.record.text.rfind("。", 0, since), 0)
        first, last = (bisect_left(self._named, at, key=lambda other: other.start) for at in (since, mention.start))
        return self._named[first:last]

    @cached_property
    def _named(self) -> list[Mention]:
        return [mention for mention in self.order if mention.label in {"AGENCY", "ORG", "DISTRICT"}]

    def _continues(self, before: Mention, mention: Mention) -> bool:
        """Does a title go on a list of posts at one body (党组书记、局长; 主任甲, 副主任乙)?"""
        between = self.record.text[before.end : mention.start]
        deputy = mention.text.startswith("副") and before.text.endswith(mention.text[1:])
        if posts.ELECTED_WITH.fullmatch(mention.text) and between.endswith("为") and self._given(before):
            return not re.search("。" if deputy else "[。；;\n]", between)
        beside = deputy or posts.beside_head(mention.text, before.text, between)
        return bool(posts.LIST.match(between)) or (beside and len(between) < 30 and not re.search("[。；;\n]", between))

    def _given(self, title: Mention) -> bool:
        """Does 为 stand before a post (选举甲为|县政协主席)?"""
        body = self.at.get(title.id)
        start = min(title.start, self.mentions[body].start) if body else title.start
        return self.record.text.endswith("为", 0, start)

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

    def said(self) -> people.Said:
        """What the article says of its people."""
        offices: dict[str, list[Office]] = {}
        for relation in self.holds:
            if relation.tail in self.posts:
                offices.setdefault(relation.head, []).append(self._office(relation))
        return people.Said(self.named, self.titles, offices, self._people_after_bodies())

    @cached_property
    def named(self) -> Record:
        """The article without the PERSON mentions that are places."""
        home = [Place.division(self.memory.home)] if self.memory.home else []
        places = {place.short for place in [*home, *(place for _, place in self.scene.places)]}
        entities = [m for m in self.order if m.label != "PERSON" or not names.is_place(names.name_of(m.text), places)]
        return self.record.model_copy(update={"entities": entities})

    def _office(self, relation: Relation) -> Office:
        post = self.posts[relation.tail]
        return standing.office(post.id, posts.rank_of(post), self._status(relation) in {"current", "acting"})

    def _status(self, relation: Relation) -> Status:
        """How the post of a `holds` arc is held."""
        arc = relation.head, relation.tail
        if arc not in self.statuses:
            self.statuses[arc] = self.tenure.status(*self._said(relation))
        return self.statuses[arc]

    def _said(self, relation: Relation) -> tuple[Mention, Mention, Mention | None]:
        """The person, title and body of a `holds` arc."""
        return self.mentions[relation.head], self.mentions[relation.tail], self._body(relation.tail)

    def _people_after_bodies(self) -> dict[str, Office]:
        """The bodies and places that stand directly before names, as posts without a title."""
        ends = {self.mentions[key].end: target for key, target in self.targets.items()}
        return {
            mention.id: Office(f"post:{ends[mention.start].id.partition(':')[2]}:")
            for mention in self.order
            if mention.label == "PERSON" and mention.start in ends
        }

    @cached_property
    def tenure(self) -> Tenure:
        """How the article's posts are held."""
        return Tenure(self.record, self.date)

    def link_people(self, cast: people.Cast) -> None:
        """Give every person an identity and the posts that the article says."""
        ids = cast.identify(self.named)
        for mention in self.order:
            if mention.id in ids:
                self.nodes.setdefault(ids[mention.id], people.node(ids[mention.id]))
                self._link(mention, ids[mention.id], 0.9)
            elif mention.label == "PERSON":
                self._link(mention)
        self._place_spoken(ids)
        now: set[tuple[str, str]] = set()
        elected: set[tuple[str, str]] = set()
        for relation in self.holds:
            known = relation.tail in self.posts and relation.head in ids
            if known and self.posts[relation.tail].confidence * sure(relation.score) >= LEAST:
                held = self._held(relation, ids[relation.head])
                self.holdings.append(held)
                if self.tenure.said_now(self.mentions[relation.tail], self._body(relation.tail)):
                    now.add((held.person, held.post))
                if held.status == "current" and self.tenure.elected(*self._said(relation)):
                    elected.add((held.person, held.post))
        dead = people.deceased(self.record, ids)
        self.holdings = [h.model_copy(update={"status": "former"}) if h.person in dead else h for h in self.holdings]
        # 原鹿泉市委书记、现鹿泉区委书记: one post under two names of its place, held still.
        self.holdings = [h for h in self.holdings if h.status != "former" or (h.person, h.post) not in now]
        held_now = {(h.person, h.post) for h in self.holdings if h.status == "current"}
        self.holdings = [h for h in self.holdings if not self._preceded(h, held_now, elected)]

    def _preceded(self, holding: Holding, held_now: set[tuple[str, str]], elected: set[tuple[str, str]]) -> bool:
        """Is a post held as somebody held it before the election to it, as acting head or candidate?"""
        post = holding.person, holding.post
        acted = holding.status == "former" and posts.ACTING.match(self.mentions[holding.entities[1]].text)
        return post in held_now if acted else holding.status in {"acting", "proposed"} and post in elected

    def _place_spoken(self, ids: Mapping[str, str]) -> None:
        """A title at nothing (李主任) is the post of that title which its one holder has in the article, else the deputy's."""
        bearers: dict[str, set[str]] = defaultdict(set)
        told: dict[tuple[str, str], dict[str, Post]] = defaultdict(dict)
        before: set[str] = set()
        for relation in self.holds:
            if relation.head in ids and (post := self.posts.get(relation.tail)):
                bearers[relation.tail].add(ids[relation.head])
                if post.target:
                    told[ids[relation.head], post.title][post.id] = post
        for title, those in bearers.items():
            post = self.posts[title]
            holder = next(iter(those)) if len(those) == 1 else ""
            known = told.get((holder, post.title)) or told.get((holder, f"副{post.title}"), {})
            if not post.target and not post.printed and len(known) == 1:
                before.add(post.id)
                self.posts[title] = replace(next(iter(known.values())), inferred=True)
                self._link(self.mentions[title], self.posts[title].id, self.posts[title].confidence)
        for gone in before - {post.id for post in self.posts.values()}:
            del self.nodes[gone]

    def told_districts(self) -> list[tuple[Mention, Relation]]:
        """The districts that pronouns tell where something was done, as far as it is known which they are, with the arcs."""
        told = []
        for mention, arc in pronouns.told_districts(self.record):
            meant = (self.scene.that if mention.text[0] == "该" else self.scene.level)(mention.text[1:], mention.start)
            if meant and isinstance(meant[0], Place):
                self._add_place(meant[0])
                self._link(mention, meant[0].id, meant[1])
                told.append((mention, arc))
        return told

    def _held(self, relation: Relation, person: str) -> Holding:
        post = self.posts[relation.tail]
        return Holding(
            person=person,
            post=post.id,
            entities=[mention.id for mention in self._said(relation) if mention],
            status=self._status(relation),
            confidence=round(post.confidence * sure(relation.score), 3),
            inferred=post.inferred,
        )

    def _body(self, title: str) -> Mention | None:
        """The mention of a title's body."""
        body = self.at.get(title)
        return self.mentions[body] if body else None

    def facts(self) -> list[Structure]:
        """All structural facts of the article."""
        return list(self.structure.values())


def _is_countys(target: Target | None) -> bool:
    """Is this a committee, government or assembly, which has no 党委 of its own?"""
    return isinstance(target, Body) and target.kind in COUNTY_ORGANS


def _in_order(places: Iterable[tuple[int, Place]]) -> list[tuple[int, Place]]:
    return sorted(places, key=lambda pair: pair[0])


def sure(score: float | None) -> float:
    """The score of a mention or relation; what people annotated has none and is certain."""
    return 1.0 if score is None else score


def _bodies(relations: Sequence[Relation]) -> dict[str, str]:
    """The body of each title that has one: the likeliest where a title has several."""
    arcs = sorted((rel for rel in relations if rel.type == "at"), key=lambda rel: sure(rel.score))
    return {rel.head: rel.tail for rel in arcs}


def _shortens(name: str, other: str) -> bool:
    """Is a name of an event another with letters left out, but none of its last and no other numbers?"""
    numbers, others = NUMERALS.findall(name), iter(NUMERALS.findall(other))
    same = name[-TAIL:] == other[-TAIL:] and all(number in others for number in numbers)
    return same and len(name) > TAIL and in_order(name, other)


def _scoped(mention: Mention, scene: Scene) -> tuple[str, str | None]:
    """The name of an organisation, venue or event and the code of the place that it is told apart by.

    A level word in front is replaced by its place (县人民医院 → 双峰县人民医院); a place in front gives the code.
    """
    name = re.sub(r"\s+", "", mention.text).translate(WIDE)
    word = reading.level_word(name, scene) if mention.label == "ORG" else None
    if word and (known := scene.level(word, mention.start)) and is_called(known[0].name, word):
        return known[0].title + name[len(word) :], known[0].area
    if mention.label == "ORG":
        for length in range(min(len(name) - 1, 8), 1, -1):
            front = districts.locate(name[:length], None, scene.home)
            if front and front[0].kind == "division" and divisions.level(front[0].area or "") != "township":
                return name, front[0].area
    return name, scene.home
