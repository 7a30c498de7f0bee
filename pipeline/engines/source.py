"""One source, a page or an issue, to linked articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language

from pipeline.extract import extract
from pipeline.linking import infer_date, infer_home, link_issue
from pipeline.pages import article_text, read_articles
from pipeline.records import Article, Linked
from pipeline.sources import Source, read_pages


@dataclass(frozen=True, slots=True)
class Context:
    """What the user says of the inputs: the paper's home (省/市/县) and the issue's date (ISO), None to find out."""

    home: str | None = None
    date: str | None = None


def read_source(nlp: Language, source: Source, context: Context) -> list[Linked]:
    """All articles of a source, read, extracted and linked. Raises InputError when the source cannot be read."""
    readings = [read_articles(page) for page in read_pages(source)]
    articles = [article for reading in readings for article in reading.articles]
    newspaper = _first([reading.newspaper for reading in readings])
    texts = [article_text(article) for article in articles]
    records = list(extract(nlp, ((article.id, text) for article, (text, _) in zip(articles, texts, strict=True))))
    date = context.date or _first([reading.date for reading in readings]) or infer_date(records)
    home = context.home or _first([reading.home for reading in readings]) or infer_home(records, newspaper)
    triples = [(article, record, spans) for article, record, (_, spans) in zip(articles, records, texts, strict=True)]
    return link_issue(triples, home=home, date=date, newspaper=newspaper)


def read_page_articles(source: Source) -> list[Article]:
    """The articles of a source, without extraction."""
    return [article for page in read_pages(source) for article in read_articles(page).articles]


def _first(values: Sequence[str | None]) -> str | None:
    return next((value for value in values if value), None)
