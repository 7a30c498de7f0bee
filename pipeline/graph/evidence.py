"""Where an article says something: a quote and its characters in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import TypedDict

from pipeline.records import Linked, Mention, Span


class Evidence(TypedDict):
    """`source[start:end]` begins and ends with the quote's first and last character; between them the page may hold
    line ends or other articles that the quote leaves out.
    """

    article: str
    source: str
    start: int
    end: int
    quote: str


class Quoter:
    """Quotes one linked article."""

    def __init__(self, linked: Linked) -> None:
        self.linked = linked
        self.text = linked.record.text
        self.mentions = {mention.id: mention for mention in (*linked.record.entities, *linked.unmarked)}
        self.starts = [start for start, _, _ in linked.text_spans]

    def quote(self, entities: Sequence[str]) -> Evidence | None:
        """From the first to the last of some mentions; the first alone where the page has them in another order.

        None where the first stands nowhere on the page.
        """
        mentions = sorted((self.mentions[key] for key in entities), key=attrgetter("start"))
        return self._range(mentions) or self._range(mentions[:1]) or self._at(mentions[0])

    def _range(self, mentions: Sequence[Mention]) -> Evidence | None:
        low, high = mentions[0].start, max(mention.end for mention in mentions)
        start, last = self.source(low), self.source(high - 1)
        if start is None or last is None or last < start:
            return None
        return self._evidence(start, last + 1, self.text[low:high])

    def _at(self, mention: Mention) -> Evidence | None:
        """The first character of a mention that stands on the page."""
        for index in range(mention.start, mention.end):
            if (at := self.source(index)) is not None:
                return self._evidence(at, at + 1, self.text[index])
        return None

    def source(self, index: int) -> int | None:
        """The character of the decoded source that a character of the record's text is, None for one put in between."""
        return locate(self.linked.text_spans, self.starts, index)

    def _evidence(self, start: int, end: int, quote: str) -> Evidence:
        article = self.linked.article
        return Evidence(article=article.id, source=article.source, start=start, end=end, quote=quote)


def locate(spans: Sequence[Span], starts: Sequence[int], index: int) -> int | None:
    """The source character of `index`; `starts` are the first members of `spans`, in order."""
    at = bisect_right(starts, index) - 1
    if at < 0 or index >= spans[at][1]:
        return None
    return spans[at][2] + index - spans[at][0]
