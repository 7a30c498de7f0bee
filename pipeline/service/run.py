"""The folder of a run, as the routes use it."""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request

from pipeline.errors import InputError
from pipeline.extract import extract, load_model
from pipeline.graph import Store
from pipeline.records import ArticleRecord, Record
from pipeline.service import questions
from pipeline.service.corrections import Corrections
from pipeline.service.doubt import refresh
from pipeline.service.jobs import Job, Jobs
from pipeline.service.neighbours import best_edges
from pipeline.service.retrain import RAW, Training

Row = dict[str, Any]
ALL = {"most": -1, "from": 0}
"""The window of queries that are turned over, when all rows are asked for."""
MOST_LETTERS = 30
"""Of a name for short: more cannot be one, and each costs time."""


class Run:
    """One run: its database, its corrections, its jobs and its model. Raises InputError when the folder holds no run."""

    def __init__(self, folder: Path, model: str) -> None:
        self.folder = folder = folder.resolve()  # uploads are read in folders of their own
        self.first_model = self.model = str(Path(model).resolve()) if Path(model).is_dir() else model
        self.database = folder / "guanxi.db"
        if not self.database.is_file():
            raise InputError(f"{folder}: holds no guanxi.db; give the folder that `guanxi run … --out` wrote")
        with Store(self.database):  # brings a run of an earlier version up to date
            pass
        self.corrections = Corrections(folder / "corrections.db")
        self.jobs = Jobs(folder / ".incoming", folder, self.model)
        self.training = Training(folder / ".training")
        self.lock = Lock()
        self.refresh()

    def refresh(self) -> None:
        """Take in what came since: articles to correct, and the best connected nodes (id, label) and edges."""
        with self.open() as db:
            refresh(db, self.corrections)
            self.hubs = [(row["id"], row["label"]) for row in db.execute(questions.HUBS)]
            self.best_edges = best_edges(db, [key for key, _ in self.hubs])

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """The database to read."""
        with closing(sqlite3.connect(f"{self.database.resolve().as_uri()}?mode=ro", uri=True)) as db:
            db.row_factory = sqlite3.Row
            yield db

    def ask(self, query: str, **values: object) -> list[Row]:
        """The rows that a query gives, as mappings."""
        with self.open() as db:
            return [dict(row) for row in db.execute(query, values)]

    def each(self, query: str, **values: object) -> Iterator[Row]:
        """The rows that a query gives, one at a time; it is asked when the first is wanted."""
        with self.open() as db:
            yield from map(dict, db.execute(query, values))

    def ask_in_turn(self, *queries: str, **values: object) -> list[list[Row]]:
        """The rows of queries of which later ones build on temporary tables of those before."""
        with self.open() as db:
            return [[dict(row) for row in db.execute(query, values)] for query in queries]

    def best(self, label: str = "", most: int = 200) -> list[Row]:
        """The best connected nodes of a label, or of all labels."""
        keys = [key for key, kind in self.hubs if label in ("", kind)][:most]
        return self.ask(questions.NAMED, nodes=json.dumps(keys))

    def search(self, words: str, label: str = "", most: int = 200) -> list[Row]:
        """Nodes by a part of their name; posts and bodies also as they are called for short, 区政府 for 沙市区人民政府."""
        letters = [re.sub(r"([%_\\])", r"\\\1", letter) for letter in words if not letter.isspace()]
        short = f"%{'%'.join(letters)}%" if 3 <= len(letters) <= MOST_LETTERS else ""
        return self.ask(questions.NAMES, words=words, short=short, label=label, most=most)

    def standing_for(self, keys: Iterable[str]) -> dict[str, str]:
        """The nodes of the run that ids stand for: themselves, or the person that one turned out to be."""
        query = """
            SELECT value AS id, coalesce(person, nodes.id) AS node FROM json_each(:keys)
            LEFT JOIN same_people ON same_people.id = value LEFT JOIN nodes ON nodes.id = value
        """
        rows = self.ask(query, keys=json.dumps(sorted(set(keys))))
        return {row["id"]: row["node"] for row in rows if row["node"]}

    def job(self, key: str) -> Job:
        """An upload. Raises HTTPException 404 when there is none."""
        if key not in self.jobs.jobs:
            raise HTTPException(404, "There is no such upload; it may have been too long ago.")
        return self.jobs.jobs[key]

    def article(self, key: str) -> ArticleRecord:
        """An article as the run wrote it. Raises HTTPException 404 when there is none."""
        rows = self.ask("SELECT record FROM articles WHERE id = :key", key=key)
        if not rows:
            raise HTTPException(404, f"There is no article {key}.")
        return ArticleRecord.model_validate_json(rows[0]["record"])

    def current(self, key: str) -> tuple[ArticleRecord, int]:
        """An article with its corrections, and the number of its version: 0 is the run's own."""
        article = self.article(key)
        version, record = self.corrections.latest(key)
        if record is None:
            return article, version
        return article.model_copy(update={"entities": record.entities, "relations": record.relations}), version

    def titles(self, keys: Iterable[str]) -> dict[str, str]:
        """Headlines of articles with the dates that tell those of one headline apart."""
        query = """
            SELECT id, name || coalesce(' · ' || json_extract(properties, '$.date'), '') AS title FROM nodes
            WHERE id IN (SELECT value FROM json_each(:keys))
        """
        return {row["id"]: row["title"] for row in self.ask(query, keys=json.dumps(list(keys)))}

    def uncorrected(self, most: int) -> list[Row]:
        """Id and text of articles that nobody corrected."""
        query = """
            SELECT id, json_extract(record, '$.text') AS text FROM articles
            WHERE id NOT IN (SELECT value FROM json_each(:known)) ORDER BY id LIMIT :most
        """
        return self.ask(query, known=json.dumps(list(self.corrections.corrected())), most=most)

    def retrain(self) -> None:
        """Train the first model on with all corrections. Raises HTTPException 409 when there are none or one is under way."""
        records = self.corrections.all()
        with self.lock:
            if self.training.state == "training" or not records:
                raise HTTPException(409, "训练正在进行。" if records else "还没有校对过的文章。")
            self.training = Training(self.folder / ".training" / secrets.token_hex(4), "training")
        self.training.start(self.first_model, records, self.uncorrected(RAW))

    def use(self, model: str) -> None:
        """Read with another model from now on."""
        with self.lock:
            self.model = self.jobs.model = model
            self.__dict__.pop("nlp", None)

    @cached_property
    def nlp(self) -> Any:
        """The model, loaded when it is first needed."""
        return load_model(self.model)

    def extract(self, passages: list[tuple[str, str]]) -> list[Record]:
        """Records of passages; one request at a time, since the model is not made for more."""
        with self.lock:
            return list(extract(self.nlp, passages))


def the_run(request: Request) -> Run:
    """The run that the application serves."""
    run: Run = request.app.state.run
    return run


TheRun = Annotated[Run, Depends(the_run)]
