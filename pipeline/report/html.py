"""`report.html`, one file without any request to a network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import IO, Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from pipeline.records import LABELS, ArticleRecord, Edge, Node
from pipeline.report.articles import view
from pipeline.report.picture import picture
from pipeline.report.tables import acts, officials
from pipeline.report.words import WORDS, in_words

ARTICLES, ROWS = 150, 400
"""Articles, and rows of a table, that the report shows at most; the database holds them all."""


def write_report(
    file: IO[str],
    articles: Iterable[ArticleRecord],
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    more: Mapping[str, int] | None = None,
) -> None:
    """Write the report of a run to `file`; `more` counts what there is where the rest is a part of it."""
    found = list(islice(articles, ARTICLES))
    table = {node.id: node for node in nodes}
    arcs = list(edges)
    views = [view(record, f"a{number}") for number, record in enumerate(found)]
    posts, done = officials(table, arcs), acts(table, arcs)
    context = {
        "views": views, "anchors": {v.record.id: v.anchor for v in views}, "officials": posts[:ROWS], "acts": done[:ROWS],
        "counts": {"articles": sum(n.labels == ["Article"] for n in table.values()), "officials": len(posts), "acts": len(done), **(more or {})},
        "labels": LABELS, "most": ROWS, "most_articles": ARTICLES, "css": Markup(_asset("report.css")), "js": Markup(_asset("report.js")),
        "policy": _policy(), "data": _embedded({"arcs": {v.anchor: v.arcs for v in views}, "graph": picture(table, arcs), "words": WORDS}),
    }  # fmt: skip
    for part in _environment().get_template("report.html.j2").generate(context):
        file.write(part)


def _embedded(value: Any) -> Markup:
    """JSON that no text in it can break out of."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(plain.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _policy() -> str:
    return f"default-src 'none'; script-src '{_hash('report.js')}'; style-src '{_hash('report.css')}'; base-uri 'none'; form-action 'none'"


def _hash(name: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.report", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["word"] = in_words
    return environment
