"""The words that all rooms share: mentions, relations, records, pages, articles, links, nodes and edges.

Offsets are characters (Unicode code points), end exclusive. Labels and relations are those of
docs/annotation.md; `RELATIONS` gives the labels that each relation may join.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Label = Literal["PERSON", "TITLE", "DISTRICT", "AGENCY", "ORG", "VENUE", "TIME", "EVENT", "ACT"]
RelationType = Literal["holds", "at", "agent", "object", "place", "time"]
Kind = Literal["article", "photo-story", "caption", "brief", "notice"]
Status = Literal["current", "acting", "former", "proposed"]

LABELS: tuple[str, ...] = get_args(Label)
LETTERS = dict(zip(LABELS, "PTDAOVMEX", strict=True))
"""The letter that the ids of a label's mentions begin with."""
BODIES = frozenset({"AGENCY", "DISTRICT", "ORG"})
RELATIONS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "holds": (frozenset({"PERSON"}), frozenset({"TITLE"})),
    "at": (frozenset({"TITLE"}), BODIES),
    "agent": (frozenset({"ACT"}), BODIES | {"PERSON"}),
    "object": (frozenset({"ACT"}), BODIES | {"EVENT", "PERSON", "VENUE"}),
    "place": (frozenset({"ACT"}), BODIES | {"VENUE"}),
    "time": (frozenset({"ACT"}), frozenset({"TIME"})),
}

Span = tuple[int, int, int]
"""A piece of restored text and where it came from: (start, end, source_start)."""


class Strict(BaseModel):
    """A model that refuses unknown fields, so that a misspelt key never passes silently."""

    model_config = ConfigDict(extra="forbid")


class Mention(Strict):
    """A labelled span of a text. `id` is unique in its record; `score` is set in predictions."""

    id: str
    label: Label
    start: int = Field(ge=0)
    end: int
    text: str
    score: float | None = None


class Relation(Strict):
    """A typed arc between two mentions of one record, by their ids."""

    type: RelationType
    head: str
    tail: str
    score: float | None = None


class Record(Strict):
    """A passage with its mentions and relations: the training sample and the prediction alike."""

    id: str
    text: str
    entities: list[Mention] = []
    relations: list[Relation] = []


@dataclass(frozen=True, slots=True)
class Piece:
    """`Page.text[start:end]` stands at `source_start` of the decoded source, unchanged in length.

    `box` is (page index, x0, y0, x1, y1) from the top left of the page, in points of a PDF or pixels of a picture. The
    decoded source of a PDF is its characters in the order of the file, of a picture the lines as they were recognised.
    Characters of the page in no piece (line ends, spaces that only positions tell) are not in the source.
    """

    start: int
    end: int
    source_start: int
    box: tuple[int, float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of page text whose part in the layout the source itself tells.

    `role` is headline, subtitle, kicker, section, byline, body, caption, masthead or other, or None where only
    the type size is known. Blocks with the same `article` number belong together.
    """

    start: int
    end: int
    role: str | None = None
    article: int | None = None
    size: float | None = None


@dataclass(slots=True)
class Page:
    """One page as text, in the order of the source, with the way back to the source for each character."""

    source: str
    text: str
    pieces: list[Piece]
    blocks: list[Block] = field(default_factory=list)
    number: str | None = None
    newspaper: str | None = None
    date: str | None = None
    home: str | None = None


class Credit(Strict):
    """A name in a byline with its role as printed (记者, 通讯员, 摄), None where none is printed."""

    role: str | None = None
    name: str


class Article(Strict):
    """An article restored from a page.

    `spans` maps the body, `head_spans` each heading line ("headline", "subtitle", "kicker", "section") and the names of
    the "byline", one a line, to characters of the decoded source.
    """

    id: str
    source: str
    page: str | None = None
    headline: str | None = None
    subtitle: str | None = None
    kicker: str | None = None
    section: str | None = None
    byline: list[Credit] = []
    body: str
    kind: Kind = "article"
    spans: list[Span] = []
    head_spans: dict[str, list[Span]] = {}


class Node(Strict):
    """A graph node in the form that Neo4j's APOC imports; `labels` holds exactly one label."""

    type: Literal["node"] = "node"
    id: str
    labels: list[str]
    properties: dict[str, Any] = {}


class End(Strict):
    """One end of an edge: a node's id and labels."""

    id: str
    labels: list[str]


class Edge(Strict):
    """A graph edge in APOC form. `properties` always holds `confidence` and `evidence`."""

    type: Literal["relationship"] = "relationship"
    id: str
    label: str
    start: End
    end: End
    properties: dict[str, Any] = {}


class Link(Strict):
    """What one mention stands for: a node, or nothing that is known (`node` None)."""

    entity: str
    node: str | None
    confidence: float = 1.0


class Holding(Strict):
    """A person in a post, as one article says it. `entities` are the mentions that say so."""

    person: str
    post: str
    status: Status = "current"
    entities: list[str]
    confidence: float = 1.0
    inferred: bool = False


class Structure(Strict):
    """A fact about the order of things that follows from names: AT, PART_OF or SERVES between two nodes."""

    type: Literal["AT", "PART_OF", "SERVES"]
    start: str
    end: str
    entities: list[str] = []
    confidence: float = 1.0
    inferred: bool = False


class Linked(Strict):
    """One article after linking: all that the graph needs.

    `text_spans` maps `record.text` to the decoded source. `times` maps TIME mentions to ISO dates or intervals
    (2024-02-29, 2024-02, 2024-01/2024-09). `nodes` holds every node that `links`, `holdings` and `structure` name.
    `unmarked` are mentions that the record does not have, districts told by a pronoun (我区, 该县), and `implied` are
    such arcs: to those, and agents told by 他 or 她.
    """

    article: Article
    record: Record
    text_spans: list[Span]
    home: str | None = None
    newspaper: str | None = None
    date: str | None = None
    nodes: list[Node] = []
    links: list[Link] = []
    holdings: list[Holding] = []
    structure: list[Structure] = []
    unmarked: list[Mention] = []
    implied: list[Relation] = []
    times: dict[str, str] = {}


class ArticleRecord(Article):
    """An article with what was found in it: a line of the `articles.jsonl` that a run writes.

    `text` is what the extraction read (kicker, headline and subtitle, body); `text_spans` maps it to the source.
    """

    text: str
    entities: list[Mention] = []
    relations: list[Relation] = []
    text_spans: list[Span] = []
    newspaper: str | None = None
    date: str | None = None
    home: str | None = None

    @classmethod
    def of(cls, linked: Linked) -> ArticleRecord:
        """The article, record and context of a linked article in one."""
        record = linked.record
        return cls(
            **dict(linked.article),
            text=record.text,
            entities=record.entities,
            relations=record.relations,
            text_spans=linked.text_spans,
            newspaper=linked.newspaper,
            date=linked.date,
            home=linked.home,
        )

    @property
    def article(self) -> Article:
        """The article alone."""
        return Article.model_validate(self.model_dump(include=set(Article.model_fields)))

    @property
    def record(self) -> Record:
        """What was found in it, as a record."""
        return Record(id=self.id, text=self.text, entities=self.entities, relations=self.relations)
