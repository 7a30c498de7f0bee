"""Sources read by the workers of a Ray cluster, or of one that is started on this machine.

The sources go out in parts. A worker loads the model once, reads a part after the other, and leaves each as a database of its
own in a folder that all machines share; the driver takes these into the run's store one at a time, so that its memory does
not grow with the number of sources. Parts that a stopped run left are taken in first when it is begun again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import ray
from ray.exceptions import RayError

from pipeline.engines.source import DIED, Context, keep, try_source
from pipeline.errors import InputError
from pipeline.extract import load_model
from pipeline.graph import Store
from pipeline.graph.merge import absorb
from pipeline.language.encoder import THREADS
from pipeline.sources import Source

PART = 50
"""Sources in a part: what is read again when a machine is lost, and what the driver holds at once."""
AHEAD = 2
"""Parts in flight for each worker."""
TRIES = 2
"""Workers that may die over a source before it is left out."""
Read = list[tuple[Source, str | None]]
"""Sources, each with the reason why it could not be read, None if it was."""


def read_on_cluster(
    store: Store, sources: Iterable[Source], context: Context, model: str, jobs: int, folder: Path
) -> Generator[tuple[Source, str | None], None, None]:
    """Take all `sources` into `store`, read by `jobs` workers through `folder`; yields what came of each, in order.

    Uses the cluster that the environment variable RAY_ADDRESS tells; without it, one is started here.
    Raises InputError when the cluster fails.
    """
    folder.mkdir(exist_ok=True)
    for left in sorted(folder.glob("*.db")):
        _take(store, left)
    for torn in (*folder.glob("*.part"), *folder.glob("*.reading")):
        torn.unlink()
    model = str(Path(model).absolute()) if Path(model).is_dir() else model
    try:
        _connect(jobs)
        for path, read in _parts(_new(store, sources), context, model, jobs, folder):
            _take(store, path)
            yield from read
    except (RayError, ConnectionError) as error:
        raise InputError(
            f"{folder.parent}: the cluster failed ({str(error).splitlines()[0]}); run again to go on"
        ) from error
    finally:
        ray.shutdown()
    shutil.rmtree(folder)


def _connect(jobs: int) -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    if address := os.environ.get("RAY_ADDRESS"):
        ray.init(address=address, **quiet)
    else:
        ray.init(address="local", num_cpus=jobs, include_dashboard=False, **quiet)


def _take(store: Store, path: Path) -> None:
    absorb(store, path)
    path.unlink()


def _new(store: Store, sources: Iterable[Source]) -> Iterator[Source]:
    """The sources without those whose bytes another one has; light ones, whose bytes the worker reads from disk."""
    store.db.execute("CREATE TEMP TABLE IF NOT EXISTS queued (digest TEXT PRIMARY KEY)")
    for source in sources:
        if store.db.execute("INSERT OR IGNORE INTO queued VALUES (?)", (source.digest,)).rowcount:
            path = source.path and source.path.absolute()  # workers stand in a folder of their own
            yield replace(source, path=path, content=None if path else source.data)


def _parts(
    sources: Iterator[Source], context: Context, model: str, jobs: int, folder: Path
) -> Iterator[tuple[Path, Read]]:
    """Each part's database with what came of its sources, in order."""
    workers = cycle([Reader.remote(model) for _ in range(jobs)])  # type: ignore[attr-defined]
    waiting: deque[tuple[Path, ray.ObjectRef[Read]]] = deque()
    number = 0
    while part := list(islice(sources, PART)):
        path = folder.absolute() / f"{number:08}.db"
        waiting.append((path, next(workers).read.remote(part, context, path)))
        number += 1
        if len(waiting) >= AHEAD * jobs:
            path, read = waiting.popleft()
            yield path, ray.get(read)
    for path, read in waiting:
        yield path, ray.get(read)


@ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=20, scheduling_strategy="SPREAD")
class Reader:
    """A worker with a model; when its process dies, Ray starts it anew and the part in hand is read again."""

    def __init__(self, model: str) -> None:
        os.environ[THREADS] = "1"
        self.nlp = load_model(model)

    def read(self, sources: list[Source], context: Context, target: Path) -> Read:
        """Leave what the sources give as a database at `target`, which appears when it is whole."""
        trail = target.with_suffix(".reading")
        deaths = trail.read_text(encoding="utf-8").splitlines() if trail.exists() else []
        with tempfile.TemporaryDirectory() as scratch:
            whole = Path(scratch) / "guanxi.db"
            with Store(whole) as store:
                read = [(source, self._read(store, source, context, trail, deaths)) for source in sources]
            shutil.copyfile(whole, target.with_suffix(".part"))
        target.with_suffix(".part").replace(target)
        trail.unlink(missing_ok=True)
        return [(replace(source, content=None), reason) for source, reason in read]

    def _read(self, store: Store, source: Source, context: Context, trail: Path, deaths: list[str]) -> str | None:
        if deaths.count(source.name) >= TRIES:
            return DIED.format(name=source.name)
        trail.write_text("".join(f"{name}\n" for name in [*deaths, source.name]), encoding="utf-8")
        outcome = try_source(self.nlp, source, context)
        keep(store, source, context, outcome)
        return outcome.reason
