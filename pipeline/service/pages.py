"""Pages for people, from the templates."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader

from pipeline.graph.acts import CATEGORIES
from pipeline.records import LABELS, RELATIONS
from pipeline.report.words import in_words
from pipeline.service.failures import in_chinese

SHOWN = 100
"""Rows of a table on a page; its exports have more (`explore.EXPORTED`), those of a list that is turned over have all."""


def page(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A template with its values as an answer."""
    text = _environment().get_template(template).render(
        request=request, query=request.query_params, status=status, **values
    )  # fmt: skip
    return HTMLResponse(text, status)


def node_path(key: str) -> str:
    """The address of a node's page."""
    return f"/nodes/{quote(key, safe=':')}"


def article_path(key: str) -> str:
    """The address of an article's page."""
    return f"/articles/{quote(key, safe=':')}"


def quote_path(article: str, words: str | None) -> str:
    """The address of a quotation in its article, of the article where there are no words."""
    return article_path(article) + (passage(words) if words else "")


def passage(words: str) -> str:
    """The end of an address that makes the browser show a quotation within a page."""
    ends = (words,) if len(words) <= 60 else (words[:20], words[-20:])
    return f"#:~:text={','.join(quote(end, safe='').replace('-', '%2D') for end in ends)}"


def _with(request: Request, **values: object) -> str:
    """The address of the same view with some of its query changed; None takes a part away."""
    query = {k: v for k, v in {**request.query_params, **values}.items() if v not in (None, "")}
    return f"{quote(request.url.path, safe='/:')}?{urlencode(query)}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.service", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "node_path": node_path,
        "article_path": article_path,
        "quote_path": quote_path,
        "in_chinese": in_chinese,
        "word": in_words,
    }
    environment.globals |= {
        "LABELS": LABELS,
        "RELATIONS": list(RELATIONS),
        "CATEGORIES": CATEGORIES,
        "SHOWN": SHOWN,
        "address": _with,
    }
    return environment
