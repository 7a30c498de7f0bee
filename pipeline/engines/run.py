"""All sources on one process, and the files of the run directory."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import BaseModel
from spacy.language import Language

from pipeline.engines.source import Context, read_source
from pipeline.errors import GuanxiError, InputError
from pipeline.extract import load_model
from pipeline.files import open_output
from pipeline.graph import Entry, Store, build, graph_lines
from pipeline.records import ArticleRecord
from pipeline.report import write_report
from pipeline.sources import Source, expand

Step = Callable[[str], None]


class Failure(BaseModel):
    """A source that could not be read, and one line that says why and what to do."""

    source: str
    reason: str


class Manifest(BaseModel):
    """What a run did. `inputs` are all sources in the run directory, by name, with the SHA-256 of their bytes."""

    version: str
    model: dict[str, str]
    told: dict[str, str | None]
    inputs: dict[str, str]
    counts: dict[str, int]
    seconds: float
    failures: list[Failure]


def run(inputs: Sequence[str], out: Path, context: Context, model: str, step: Step) -> Manifest:
    """Read all inputs into `out` and write its files; `step` is called with each source's name when it is done.

    Sources that `out` holds already are passed over. Raises InputError when `out` cannot be used, or when none of the
    inputs could be read and there is nothing to write.
    """
    started = time.monotonic()
    nlp = load_model(model)
    failures = []
    with _locked(out), _database_errors(out), Store(out / "guanxi.db") as store:
        for source in expand(inputs):
            reason = _add(store, nlp, source, context)
            if reason:
                failures.append(Failure(source=source.name, reason=reason))
            step(source.name)
        manifest = Manifest(
            version=version("guanxi"), model={key: str(nlp.meta[key]) for key in ("lang", "name", "version")},
            told=asdict(context), inputs=store.sources(), counts=store.counts(),
            seconds=round(time.monotonic() - started, 2), failures=failures,
        )  # fmt: skip
        write_files(store, out, manifest)
    return manifest


def _add(store: Store, nlp: Language, source: Source, context: Context) -> str | None:
    """Read a source into the store; why it failed, None if it did not."""
    started = time.monotonic()
    told = asdict(context)
    try:
        before = store.told(source.digest)
        if before is not None:
            return None if before == told else _told_otherwise(source, before)
        linked = read_source(nlp, source, context)
    except GuanxiError as error:
        return str(error)
    except (ValueError, LookupError, TypeError, RecursionError, MemoryError) as error:
        return (
            f"{source.name}: cannot be read ({type(error).__name__}: {error}); leave it out and report it with the file"
        )
    entry = Entry(source.digest, source.name, told, round(time.monotonic() - started, 3))
    store.add(entry, ((ArticleRecord.of(article), build(article)) for article in linked))
    return None


def _told_otherwise(source: Source, before: dict[str, Any]) -> str:
    words = ", ".join(f"{key} {value or 'not told'}" for key, value in before.items())
    return f"{source.name}: was read before with {words}; to read it anew, choose another --out folder"


def write_files(store: Store, out: Path, manifest: Manifest) -> None:
    """Write what people and programs read of a store; each file appears when it is whole, the manifest last."""
    with open_output(out / "graph.jsonl") as file:
        file.writelines(graph_lines(store))
    with open_output(out / "articles.jsonl") as file:
        file.writelines(line + "\n" for line in store.records())
    with open_output(out / "report.html") as file:
        records = (ArticleRecord.model_validate_json(line) for line in store.records())
        write_report(file, records, store.nodes(), store.edges())
    with open_output(out / "manifest.json") as file:
        file.write(manifest.model_dump_json(indent=2) + "\n")


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
def _database_errors(out: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise InputError(
            f"{out / 'guanxi.db'}: cannot be written ({error}); make room or choose another --out folder"
        ) from error
