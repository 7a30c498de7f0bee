"""What the mentions of an article stand for. A run keeps no links, since linking its records anew gives the same; of issues
with more than `NEAR` articles only those around it are linked anew, which may know less.
"""

from __future__ import annotations

from typing import Any

from pipeline.linking import link_issue
from pipeline.records import ArticleRecord, Linked, Node
from pipeline.service.pages import node_path
from pipeline.service.run import Run

NEAR = 200
ISSUE = """
WITH issue AS (
    SELECT id, record, row_number() OVER (ORDER BY length(id), id) AS place FROM articles
    WHERE source = (SELECT source FROM articles WHERE id = :key)
)
SELECT record FROM (
    SELECT * FROM issue ORDER BY abs(place - (SELECT place FROM issue WHERE id = :key)) LIMIT :near
) ORDER BY place
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
    rows = run.ask(ISSUE, key=article.id, near=NEAR)
    kept = [ArticleRecord.model_validate_json(row["record"]) for row in rows]
    issue = [article if one.id == article.id else one for one in kept]
    parts = [(one.article, one.record, one.text_spans) for one in issue]
    found = link_issue(parts, home=article.home, date=article.date, newspaper=article.newspaper)
    return found[issue.index(article)]


def _link(node: Node, stands_for: str | None, confidence: float) -> dict[str, Any]:
    name = str(node.properties.get("name") or node.properties.get("title") or node.id)
    known = {"node": stands_for, "path": node_path(stands_for)} if stands_for else {}
    return {"name": name, "label": node.labels[0], "confidence": round(confidence, 2), **known}
