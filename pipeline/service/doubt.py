"""The least confident sentence of each article, so that people correct first where it helps most."""

from __future__ import annotations

import sqlite3
from typing import Any

from pipeline.language.sentences import sentence_ends
from pipeline.records import ArticleRecord, Mention
from pipeline.service.corrections import Corrections


def refresh(db: sqlite3.Connection, corrections: Corrections) -> None:
    """Add the articles of a run that are not in the queue yet."""
    with corrections.open() as queue:
        known = {article for (article,) in queue.execute("SELECT article FROM doubt")}
        keys = [row["id"] for row in db.execute("SELECT id FROM articles") if row["id"] not in known]
        for key in keys:
            (line,) = db.execute("SELECT record FROM articles WHERE id = ?", (key,)).fetchone()
            found = weakest(ArticleRecord.model_validate_json(line))
            if found:
                queue.execute("INSERT INTO doubt VALUES (?, ?, ?, ?, ?)", (key, *found))


def queue(corrections: Corrections, most: int) -> list[dict[str, Any]]:
    """Articles that nobody corrected yet with their least confident sentence, the least confident first."""
    with corrections.open() as db:
        db.row_factory = sqlite3.Row
        query = (
            "SELECT * FROM doubt WHERE article NOT IN (SELECT article FROM versions) ORDER BY score, article LIMIT ?"
        )
        return [dict(row) for row in db.execute(query, (most,))]


def weakest(record: ArticleRecord) -> tuple[float, int, int, str] | None:
    """(mean score, start, end, text) of the sentence whose mentions are least sure on average, None without mentions."""
    best, start = None, 0
    for end in sentence_ends(record.text):
        scores = [_score(m) for m in record.entities if start <= m.start < end]
        if scores and (best is None or sum(scores) / len(scores) < best[0]):
            best = (round(sum(scores) / len(scores), 4), start, end, record.text[start:end].strip())
        start = end
    return best


def _score(mention: Mention) -> float:
    return 1.0 if mention.score is None else mention.score
