"""Sources read by several processes, each with a model of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from spacy.language import Language

from pipeline.engines.source import DIED, Context, Outcome, try_source
from pipeline.extract import load_model
from pipeline.language.encoder import THREADS
from pipeline.sources import Source

AHEAD = 2
"""Sources in flight for each process, which bounds memory."""
_nlp: Language


def read_in_pool(
    sources: Iterable[Source], context: Context, model: str, jobs: int
) -> Iterator[tuple[Source, Outcome]]:
    """Each source with what reading it gave, in the order of `sources`, read by `jobs` processes.

    A source whose process died is read once more, alone; when that dies too, the outcome says so.
    """
    waiting: deque[tuple[Source, Future[Outcome]]] = deque()
    pool = _pool(model, jobs)
    try:
        for source in sources:
            try:
                future = pool.submit(_read, source, context)
            except BrokenProcessPool:
                pool = _pool(model, jobs)
                future = pool.submit(_read, source, context)
            waiting.append((source, future))
            if len(waiting) > AHEAD * jobs:
                yield _outcome(*waiting.popleft(), context, model)
        while waiting:
            yield _outcome(*waiting.popleft(), context, model)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(model: str, jobs: int) -> ProcessPoolExecutor:
    threads = max((os.cpu_count() or 1) // jobs, 1)
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(model, threads))


def _start(model: str, threads: int) -> None:
    global _nlp  # noqa: PLW0603 - one model a process
    # Ctrl-C reaches all processes of a terminal; the first one ends the others
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ[THREADS] = str(threads)
    _nlp = load_model(model)


def _read(source: Source, context: Context) -> Outcome:
    return try_source(_nlp, source, context)


def _outcome(source: Source, future: Future[Outcome], context: Context, model: str) -> tuple[Source, Outcome]:
    try:
        return source, future.result()
    except BrokenProcessPool:
        return source, _alone(source, context, model)


def _alone(source: Source, context: Context, model: str) -> Outcome:
    with _pool(model, 1) as pool:
        try:
            return pool.submit(_read, source, context).result()
        except BrokenProcessPool:
            return Outcome([], DIED.format(name=source.name))
