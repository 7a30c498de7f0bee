"""One source, a page or an issue, to linked articles."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from spacy.language import Language

from pipeline.errors import GuanxiError
from pipeline.extract import extract
from pipeline.graph import Entry, Store, build
from pipeline.linking import link_issue
from pipeline.pages import article_text, read_articles
from pipeline.records import ArticleRecord, Linked
from pipeline.sources import Source, read_pages

DIED = "{name}: the process that read it died, perhaps for want of memory; split the file"


@dataclass(frozen=True, slots=True)
class Context:
    """What the user says of the inputs: the paper's home (省/市/县) and the issue's date (ISO), None to find out."""

    home: str | None = None
    date: str | None = None


class Outcome(NamedTuple):
    """What reading a source gave: its articles and the seconds it took, or one line that says why it failed."""

    articles: list[Linked]
    seconds: float
    reason: str | None = None


def try_source(nlp: Language, source: Source, context: Context) -> Outcome:
    """`read_source`, with every fault of the source as a reason, so that the other sources are read."""
    started = time.monotonic()
    try:
        articles = read_source(nlp, source, context)
    except GuanxiError as error:
        return Outcome([], 0.0, str(error))
    except Exception as error:  # whatever is wrong with one source, the others are read
        fault = f"{type(error).__name__}: {error}"
        return Outcome([], 0.0, f"{source.name}: cannot be read ({fault}); leave it out and report it with the file")
    return Outcome(articles, round(time.monotonic() - started, 3))


def read_source(nlp: Language, source: Source, context: Context) -> list[Linked]:
    """All articles of a source, read, extracted and linked; their ids follow from the source's bytes.

    Raises InputError when the source cannot be read.
    """
    readings = [read_articles(page) for page in read_pages(source)]
    found = [article for reading in readings for article in reading.articles]
    articles = [a.model_copy(update={"id": f"article:{source.digest[:16]}:{n}"}) for n, a in enumerate(found, 1)]
    newspaper = _first([reading.newspaper for reading in readings])
    texts = [article_text(article) for article in articles]
    records = list(extract(nlp, ((article.id, text) for article, (text, _) in zip(articles, texts, strict=True))))
    date = context.date or _first([reading.date for reading in readings])
    home = context.home or _first([reading.home for reading in readings])
    triples = [(article, record, spans) for article, record, (_, spans) in zip(articles, records, texts, strict=True)]
    return link_issue(triples, home=home, date=date, newspaper=newspaper)


def keep(store: Store, source: Source, context: Context, outcome: Outcome) -> None:
    """Put what a source gave into the store, unless the same bytes came under another name meanwhile."""
    if store.told(source.digest) is None:
        entry = Entry(source.digest, source.name, asdict(context), outcome.seconds)
        store.add(entry, ((ArticleRecord.of(article), build(article)) for article in outcome.articles))


def _first(values: Sequence[str | None]) -> str | None:
    return next((value for value in values if value), None)
