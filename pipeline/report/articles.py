"""An article as HTML: its text with a span for every mention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from pipeline.records import ArticleRecord, Mention


@dataclass(frozen=True, slots=True)
class View:
    """What the template shows of an article. `anchor` is its place in the report."""

    anchor: str
    record: ArticleRecord
    heads: list[tuple[str, Markup]]
    paragraphs: list[Markup]
    byline: str

    @property
    def title(self) -> str:
        """The headline, else the beginning of the body."""
        return self.record.headline or f"{self.record.body[:18]}…"

    @property
    def arcs(self) -> list[tuple[str, str, str]]:
        """Its relations as (type, head, tail), by the ids of the mentions."""
        return [(relation.type, relation.head, relation.tail) for relation in self.record.relations]


def view(record: ArticleRecord, anchor: str) -> View:
    """The article as the template shows it."""
    mentions = sorted(record.entities, key=lambda mention: mention.start)
    body = len(record.text) - len(record.body)
    heads, at = [], 0
    for role in ("kicker", "headline", "subtitle"):
        line = getattr(record, role)
        if line:
            start = record.text.index(line, at)
            at = start + len(line)
            heads.append((role, marked(record.text, start, at, mentions, anchor)))
    paragraphs, at = [], body
    for line in record.body.split("\n"):
        paragraphs.append(marked(record.text, at, at + len(line), mentions, anchor))
        at += len(line) + 1
    byline = "　".join(f"{credit.role or ''} {credit.name}".strip() for credit in record.byline)
    return View(anchor, record, heads, paragraphs, byline)


def marked(text: str, start: int, end: int, mentions: Sequence[Mention], anchor: str) -> Markup:
    """`text[start:end]` as HTML; a mention that reaches over an end is cut there."""
    out, at = [], start
    for mention in mentions:
        low, high = max(mention.start, at), min(mention.end, end)
        if low < high:
            out.append(escape(text[at:low]))
            out.append(
                Markup('<span class="m {0}" id="{1}-{2}" data-id="{2}" tabindex="0">{3}</span>').format(
                    mention.label, anchor, mention.id, text[low:high]
                )
            )
            at = high
    return Markup("").join([*out, escape(text[at:end])])
