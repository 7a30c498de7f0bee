"""Sources, pages or issues, to linked articles and their facts."""

from __future__ import annotations

import datetime
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import NamedTuple

from spacy.language import Language

from pipeline.errors import GuanxiError, InputError
from pipeline.extract import extract
from pipeline.graph import Entry, Store, build
from pipeline.graph.facts import Facts
from pipeline.linking import link_issue
from pipeline.linking.home import resolve_home
from pipeline.pages import article_text, read_articles
from pipeline.records import Article, ArticleRecord, Record, Span
from pipeline.sources import LeftOutError, Source, read_pages

DIED = "{name}: the process that read it died, perhaps for want of memory; split the file"


@dataclass(frozen=True, slots=True)
class Context:
    """What the user says of the inputs: the paper's home (省/市/县) and the issue's date (ISO), None to find out."""

    home: str | None = None
    date: str | None = None

    def check(self) -> None:
        """Raises InputError when the home names no district, or the date is none."""
        if self.home:
            resolve_home(self.home)
        if self.date and not _is_iso(self.date):
            raise InputError(f"--date {self.date}: not a date such as 2024-03-07; write year, month and day so")


def _is_iso(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class Outcome(NamedTuple):
    """What reading a source gave: its articles with their facts, or one line that says why it failed; and the seconds it took.

    Articles with a reason are those of the pages that could be read; it says which could not.
    """

    articles: list[tuple[ArticleRecord, Facts]]
    reason: str | None = None
    seconds: float = 0.0


class _Draft(NamedTuple):
    """A source whose pages are read: its articles, what the model reads of each with the way back, what its mastheads say."""

    source: Source
    articles: list[Article]
    texts: list[tuple[str, list[Span]]]
    said: dict[str, str | None]
    reason: str | None = None


def read_sources(nlp: Language, sources: Iterable[Source], context: Context) -> Iterator[tuple[Source, Outcome]]:
    """Each source with what reading it gave, in order; a fault of one is its outcome's reason, and the others are read.

    While the model runs over some articles, pages that follow are read and articles before are linked.
    """
    started = time.monotonic()
    for draft, records in _extracted(nlp, sources, context):
        outcome = _linked(draft, records)
        now = time.monotonic()
        yield draft.source, outcome._replace(seconds=round(now - started, 3))
        started = now


def try_source(nlp: Language, source: Source, context: Context) -> Outcome:
    """What reading one source gave."""
    return next(read_sources(nlp, [source], context))[1]


def _extracted(nlp: Language, sources: Iterable[Source], context: Context) -> Iterator[tuple[_Draft, list[Record]]]:
    """Each source with the records of its articles."""
    waiting: deque[_Draft] = deque()

    def texts() -> Iterator[tuple[str, str]]:
        for source in sources:
            draft = _draft(source, context)
            waiting.append(draft)
            yield from ((article.id, text) for article, (text, _) in zip(draft.articles, draft.texts, strict=True))

    records = extract(nlp, texts())
    for record in records:
        while not waiting[0].texts:
            yield waiting.popleft(), []
        draft = waiting.popleft()
        yield draft, [record, *islice(records, len(draft.texts) - 1)]
    yield from ((draft, []) for draft in waiting)


def _draft(source: Source, context: Context) -> _Draft:
    try:
        return _read(source, context)
    except GuanxiError as error:
        return _Draft(source, [], [], {}, str(error))
    except Exception as error:  # whatever is wrong with one source, the others are read
        return _Draft(source, [], [], {}, _unknown(source, error))


def _read(source: Source, context: Context) -> _Draft:
    """A source's articles; their ids follow from its bytes."""
    readings, reason = [], None
    try:
        for page in read_pages(source):
            readings.append(read_articles(page))
    except LeftOutError as error:
        reason = f"{error}; mend this and choose another --out folder to read it whole"
    found = [article for reading in readings for article in reading.articles]
    articles = [a.model_copy(update={"id": f"article:{source.digest[:16]}:{n}"}) for n, a in enumerate(found, 1)]
    said = {
        "newspaper": _first([reading.newspaper for reading in readings]),
        "home": context.home or _first([reading.home for reading in readings]),
        "date": context.date or _first([reading.date for reading in readings]),
    }
    return _Draft(source, articles, [article_text(article) for article in articles], said, reason)


def _linked(draft: _Draft, records: list[Record]) -> Outcome:
    if draft.reason and not draft.articles:
        return Outcome([], draft.reason)
    ways = [spans for _, spans in draft.texts]
    try:
        linked = link_issue(list(zip(draft.articles, records, ways, strict=True)), **draft.said)
        return Outcome([(ArticleRecord.of(article), build(article)) for article in linked], draft.reason)
    except GuanxiError as error:
        return Outcome([], str(error))
    except Exception as error:
        return Outcome([], _unknown(draft.source, error))


def _unknown(source: Source, error: Exception) -> str:
    fault = f"{type(error).__name__}: {error}"
    return f"{source.name}: cannot be read ({fault}); leave it out and report it with the file"


def keep(store: Store, source: Source, context: Context, outcome: Outcome) -> None:
    """Put what a source gave into the store, unless it failed or the same bytes came under another name meanwhile.

    A source that was read without some of its pages counts as read: the run that left them out tells of them, later ones
    pass the source over.
    """
    if outcome.reason and not outcome.articles:
        return
    if store.told(source.digest) is None:
        store.add(Entry(source.digest, source.name, asdict(context), outcome.seconds), outcome.articles)


def _first(values: Sequence[str | None]) -> str | None:
    return next((value for value in values if value), None)
