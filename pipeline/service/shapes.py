"""What the API takes and gives."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from pipeline.records import Mention, Record, Relation

Text = Annotated[str, Field(max_length=200_000)]


class Passage(BaseModel):
    """A text to read."""

    model_config = ConfigDict(extra="ignore")
    id: Annotated[str, Field(max_length=200)] = "1"
    text: Text


class Passages(BaseModel):
    """Texts to read."""

    passages: Annotated[list[Passage], Field(min_length=1, max_length=200)]


class Records(BaseModel):
    """What was found, in the order of the passages."""

    records: list[Record]


class Correction(BaseModel):
    """An article's mentions and relations as they should be, made from version `version`."""

    version: Annotated[int, Field(ge=0)]
    entities: Annotated[list[Mention], Field(max_length=20_000)]
    relations: Annotated[list[Relation], Field(max_length=50_000)] = []


class Versioned(BaseModel):
    """A record and the number of its version; 0 is the run's own."""

    version: int
    record: Record


class Saved(BaseModel):
    """One version that somebody saved."""

    version: int
    saved: str
    entities: int
    relations: int


class Part(BaseModel):
    """A part of the graph. `cut` is true when the run has more, or may have, than what is told."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    cut: bool


class End(BaseModel):
    """A node at an end of an edge."""

    id: str
    label: str
    name: str


class Proof(BaseModel):
    """Words that say an edge: characters `start` to `end` of the decoded source. `path` leads to them in the article."""

    article: str
    headline: str | None
    date: str | None
    source: str
    start: int
    end: int
    quote: str
    confidence: float
    inferred: bool
    path: str


class Statement(BaseModel):
    """An edge with the surest of its proofs; `times` counts all of them. `status` is that of a post's holder."""

    id: str
    label: str
    start: End
    end: End
    status: str | None
    confidence: float
    inferred: bool
    first_seen: str | None
    last_seen: str | None
    times: int
    evidence: list[Proof]


class Problem(BaseModel):
    """Why a request was not done."""

    detail: Any
