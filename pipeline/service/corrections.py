"""Corrections: every version of an article's record that anybody saved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

from pipeline.records import Record

SCHEMA = """
CREATE TABLE IF NOT EXISTS versions (
  article TEXT NOT NULL, version INTEGER NOT NULL, saved TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (article, version)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS doubt (
  article TEXT PRIMARY KEY, score REAL NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS doubt_by_score ON doubt (score);
"""
LATEST = "SELECT version, record FROM versions WHERE article = ? ORDER BY version DESC LIMIT 1"


class VersionConflictError(Exception):
    """Somebody saved a newer version meanwhile: `version` and `record` are theirs."""

    def __init__(self, version: int, record: Record | None) -> None:
        super().__init__(version)
        self.version, self.record = version, record


class Corrections:
    """The `corrections.db` of a run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self.open() as db:
            db.executescript(SCHEMA)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are one transaction."""
        db = sqlite3.connect(self.path, timeout=10)
        try:
            with db:
                yield db
        finally:
            db.close()

    def latest(self, article: str) -> tuple[int, Record | None]:
        """The newest version and its record; 0 and None when nobody corrected the article."""
        with self.open() as db:
            return _version(db.execute(LATEST, (article,)).fetchone())

    def save(self, article: str, base: int, record: Record) -> int:
        """Save a record that was made from version `base`; returns its own. Raises VersionConflictError when `base` is not the newest."""
        with self.open() as db:
            db.execute("BEGIN IMMEDIATE")
            version, theirs = _version(db.execute(LATEST, (article,)).fetchone())
            if version != base:
                raise VersionConflictError(version, theirs)
            row = (
                article,
                version + 1,
                datetime.now(timezone.utc).isoformat(timespec="seconds"),
                record.model_dump_json(),
            )
            db.execute("INSERT INTO versions VALUES (?, ?, ?, ?)", row)
            return version + 1

    def history(self, article: str) -> list[tuple[int, str, Record]]:
        """(version, time, record) of all versions, the newest first."""
        with self.open() as db:
            rows = db.execute(
                "SELECT version, saved, record FROM versions WHERE article = ? ORDER BY version DESC", (article,)
            )
            return [(version, saved, Record.model_validate_json(record)) for version, saved, record in rows]

    def all(self) -> list[Record]:
        """The newest record of every corrected article."""
        with self.open() as db:
            rows = db.execute(
                "SELECT record FROM versions AS v WHERE version = (SELECT max(version) FROM versions WHERE article = v.article)"
                " ORDER BY article"
            )
            return [Record.model_validate_json(record) for (record,) in rows]

    def corrected(self) -> dict[str, int]:
        """The newest version of every corrected article."""
        with self.open() as db:
            return dict(db.execute("SELECT article, max(version) FROM versions GROUP BY article").fetchall())


def _version(row: tuple[int, str] | None) -> tuple[int, Record | None]:
    return (row[0], Record.model_validate_json(row[1])) if row else (0, None)
