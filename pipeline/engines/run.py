"""All sources, on one process or several, and the files of the run directory."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import IO, Any, Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel
from spacy.language import Language

from pipeline.engines.pool import read_in_pool
from pipeline.engines.source import Context, keep, read_sources
from pipeline.errors import GuanxiError, InputError
from pipeline.extract import load_model
from pipeline.files import open_output
from pipeline.graph import Store, bring_up_to_date
from pipeline.graph.excerpt import excerpt
from pipeline.records import ArticleRecord
from pipeline.report import ARTICLES, write_report
from pipeline.sources import Source, expand

Step = Callable[[str], None]
Read = Generator[tuple[Source, str | None], None, None]
"""Sources that were read, each with the reason where it could not be, or not all of it."""
TOGETHER = 5.0
"""Seconds whose sources are kept in one transaction."""


class Failure(BaseModel):
    """A source that could not be read, or not all of it, and one line that says why and what to do."""

    source: str
    reason: str


class Manifest(BaseModel):
    """What a run did. `inputs` are all sources in the run directory: the SHA-256 of their bytes, and their names."""

    version: str
    model: dict[str, str]
    told: dict[str, str | None]
    inputs: dict[str, str]
    counts: dict[str, int]
    seconds: float
    failures: list[Failure]


def run(
    inputs: Sequence[str],
    out: Path,
    context: Context,
    model: str,
    step: Step,
    jobs: int = 1,
    engine: Literal["local", "ray"] = "local",
) -> Manifest:
    """Read all inputs into `out` and write its files; `step` is called with each source's name when it is done.

    Sources that `out` holds already are passed over. The files are the same for every number of `jobs` (processes) and
    for either `engine`: processes of this machine, or workers of a Ray cluster.
    Raises InputError when `out` cannot be used, when the engine is not installed, or when the context's home or date
    says nothing.
    """
    started = time.monotonic()
    context.check()
    nlp = load_model(model)
    failures = []

    def done(source: Source, reason: str | None) -> None:
        if reason:
            failures.append(Failure(source=source.name, reason=reason))
        step(source.name)

    with _locked(out), database_errors(out), Store(out / "guanxi.db") as store:
        unread = _unread(store, expand(inputs), context, done)
        if engine == "ray":
            read = _cluster()(store, unread, context, model, jobs, out / ".parts")
        else:
            read = _read_here(store, unread, context, nlp, model, jobs)
        with closing(read):  # a run that is stopped lets go of the store before it is closed
            for source, reason in read:
                done(source, reason)
        manifest = Manifest(
            version=version("guanxi"), model={key: str(nlp.meta[key]) for key in ("lang", "name", "version")},
            told=asdict(context), inputs=store.sources(), counts=store.counts(),
            seconds=round(time.monotonic() - started, 2), failures=failures,
        )  # fmt: skip
        write_files(store, out, manifest)
    return manifest


def _read_here(store: Store, sources: Iterator[Source], context: Context, nlp: Language, model: str, jobs: int) -> Read:
    """Take all sources into the store; yields what came of each, in order.

    Transactions hold several sources, for each waits for the disk; a killed run reads those again, and the source in hand.
    """
    outcomes = read_in_pool(sources, context, model, jobs) if jobs > 1 else read_sources(nlp, sources, context)
    for first in outcomes:
        until = time.monotonic() + TOGETHER
        with store.transaction():
            for source, outcome in chain([first], outcomes):
                keep(store, source, context, outcome)
                yield source, outcome.reason
                if time.monotonic() > until:
                    break


def _cluster() -> Callable[..., Read]:
    try:
        from pipeline.engines.cluster import read_on_cluster
    except ImportError as error:
        raise InputError(f"--engine ray needs {error.name}; run: pip install 'guanxi[ray]'") from error
    return read_on_cluster


def _unread(
    store: Store, sources: Iterable[Source], context: Context, done: Callable[[Source, str | None], None]
) -> Iterator[Source]:
    """The sources that are still to be read; `done` is told of the others, with the reason if there is one."""
    for source in sources:
        try:
            before = store.told(source.digest)
        except GuanxiError as error:
            done(source, str(error))
            continue
        if before is None:
            yield source
        else:
            done(source, None if before == asdict(context) else _told_otherwise(source, before))


def _told_otherwise(source: Source, before: dict[str, Any]) -> str:
    words = ", ".join(f"{key} {value or 'not told'}" for key, value in before.items())
    return f"{source.name}: was read before with {words}; to read it anew, choose another --out folder"


def write_files(store: Store, out: Path, manifest: Manifest) -> None:
    """Write what people and programs read of a store; each file appears when it is whole, the manifest last."""
    bring_up_to_date(store, out)
    with open_output(out / "report.html") as file:
        _report(store, file)
    with open_output(out / "manifest.json") as file:
        file.write(manifest.model_dump_json(indent=2) + "\n")


def _report(store: Store, file: IO[str]) -> None:
    """The report of all articles, or of the latest and what they speak of."""
    records = [ArticleRecord.model_validate_json(line) for line in store.latest(ARTICLES)]
    counts = store.counts()
    if counts["articles"] <= ARTICLES:
        write_report(file, records, store.nodes(), store.edges())
    else:
        nodes, edges = excerpt(store, [record.id for record in records])
        more = {"articles": counts["articles"], "officials": store.tenures(), "acts": counts["acts"]}
        write_report(file, records, nodes, edges, more)


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    try:
        out.mkdir(parents=True, exist_ok=True)
        with FileLock(out / ".lock", timeout=0):
            yield
    except Timeout as error:
        raise InputError(f"{out}: another run is writing here; wait for it or choose another --out folder") from error
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror}); choose another --out folder") from error


@contextmanager
def database_errors(out: Path) -> Iterator[None]:
    """What SQLite complains of as one line. Raises InputError."""
    try:
        yield
    except sqlite3.Error as error:
        raise InputError(
            f"{out / 'guanxi.db'}: cannot be written ({error}); make room or choose another --out folder"
        ) from error
