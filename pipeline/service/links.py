"""What the mentions of an article stand for. A run keeps no links, since linking its records anew gives the same."""

from __future__ import annotations

from typing import Any

from pipeline.linking import link_issue
from pipeline.records import Article, ArticleRecord, Linked, Node, Record
from pipeline.service.pages import node_path
from pipeline.service.run import Run

ISSUE = """
SELECT record FROM articles WHERE source = (SELECT source FROM articles WHERE id = :key) ORDER BY id <> :key, id LIMIT 60
"""


def links(run: Run, article: ArticleRecord) -> dict[str, dict[str, Any]]:
    """Mention → the node that it stands for: id, name, label, address where the run has it, and how sure that is."""
    found = linked(run, article)
    nodes = {node.id: node for node in found.nodes}
    same = run.standing_for(link.node for link in found.links if link.node)
    return {link.entity: _link(nodes[link.node], same.get(link.node), link.confidence)
            for link in found.links if link.node in nodes}  # fmt: skip


def linked(run: Run, article: ArticleRecord) -> Linked:
    """The article linked within its issue: as it is given, the others of its source as the run has them."""
    others = [ArticleRecord.model_validate_json(line["record"]) for line in run.ask(ISSUE, key=article.id)]
    issue = [article, *(other for other in others if other.id != article.id)]
    parts = [
        (_article(a), Record(id=a.id, text=a.text, entities=a.entities, relations=a.relations), a.text_spans)
        for a in issue
    ]
    return link_issue(parts, home=article.home, date=article.date, newspaper=article.newspaper)[0]


def _link(node: Node, stands_for: str | None, confidence: float) -> dict[str, Any]:
    name = str(node.properties.get("name") or node.properties.get("title") or node.id)
    known = {"node": stands_for, "path": node_path(stands_for)} if stands_for else {}
    return {"name": name, "label": node.labels[0], "confidence": round(confidence, 2), **known}


def _article(record: ArticleRecord) -> Article:
    return Article.model_validate(record.model_dump(include=set(Article.model_fields)))
