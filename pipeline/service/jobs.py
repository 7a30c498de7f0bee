"""New pages, each read by `guanxi run` in a process of its own, so that a hostile file can neither stop nor fill the server."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Literal

from pipeline.records import ArticleRecord

LONGEST = 600
"""Seconds that reading one upload may take."""
MOST = 20
"""Uploads that are kept; the oldest go first."""
PROGRAM = (sys.executable, "-c", "from pipeline.cli import app; app()")

State = Literal["waiting", "reading", "read", "merging", "merged", "failed"]


@dataclass
class Job:
    """One uploaded file: the folder with the file and, once it is read, the results of its own run in `out`.

    `told` is what the user said of it, as options of `guanxi run`; `since` is when it came to its state. `reason` is why
    something failed on the way there, and `unread` why a part of the file could not be read, such as one file of an archive.
    """

    id: str
    name: str
    folder: Path
    state: State = "waiting"
    reason: str = ""
    unread: str = ""
    told: tuple[str, ...] = ()
    since: float = field(default_factory=time.monotonic)

    def become(self, state: State, reason: str = "") -> None:
        """Come to a state."""
        self.state, self.reason, self.since = state, reason, time.monotonic()

    @property
    def file(self) -> Path:
        """The uploaded file."""
        return self.folder / self.name

    @property
    def articles(self) -> list[ArticleRecord]:
        """The articles that were read, none before."""
        path = self.folder / "out" / "articles.jsonl"
        if not path.is_file():
            return []
        with path.open(encoding="utf-8") as lines:
            return [ArticleRecord.model_validate_json(line) for line in lines]


class NotReadError(Exception):
    """A file that cannot be merged, for it was not read yet, or is merged already; the words are its state."""


class Jobs:
    """The uploads of a server, one read at a time; those of a server before it are gone."""

    def __init__(self, folder: Path, run: Path, model: str) -> None:
        self.folder, self.run, self.model = folder, run, model
        self.jobs: dict[str, Job] = {}
        self.lock = Lock()
        shutil.rmtree(folder, ignore_errors=True)
        self.pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="uploads")

    def add(self, name: str, data: bytes, home: str = "", date: str = "") -> Job:
        """Take a file and read it as soon as the ones before it are done."""
        key = secrets.token_hex(8)
        told = tuple(f"--{option}={value}" for option, value in (("home", home), ("date", date)) if value)
        job = Job(key, plain_name(name), self.folder / key, told=told)
        job.folder.mkdir(parents=True)
        job.file.write_bytes(data)
        self.jobs[key] = job
        self._forget()
        self.pool.submit(self._read, job)
        return job

    @property
    def full(self) -> bool:
        """Whether as many files wait as are kept."""
        return sum(job.state in ("waiting", "reading") for job in self.jobs.values()) >= MOST

    def close(self) -> None:
        """Read no more files."""
        self.pool.shutdown(wait=False, cancel_futures=True)

    def merge(self, job: Job, after: Callable[[], None]) -> None:
        """Read the file into the run; `after` is called when the run may have changed.

        Raises NotReadError when the job is not one that was read.
        """
        with self.lock:
            if job.state != "read":
                raise NotReadError(job.state)
            job.become("merging")
        self.pool.submit(self._merge, job, after)

    def _read(self, job: Job) -> None:
        job.become("reading")
        job.unread = self._run(job, job.folder / "out")
        job.become("failed" if job.unread and not job.articles else "read", job.unread)

    def _merge(self, job: Job, after: Callable[[], None]) -> None:
        """Merge what was read. What could not be read then cannot be now; with any other reason the user may try again."""
        reason = self._run(job, self.run)
        try:
            after()
        finally:
            job.become("merged" if reason in ("", job.unread) else "read", reason)

    def _run(self, job: Job, out: Path) -> str:
        """Read the file into a folder; why that failed, or a part of it."""
        options = ("--out", str(out.resolve()), "--model", self.model, *job.told)
        return guanxi("run", job.name, *options, folder=job.folder)

    def _forget(self) -> None:
        for key in list(self.jobs)[:-MOST]:
            if self.jobs[key].state in ("read", "merged", "failed"):
                shutil.rmtree(self.jobs.pop(key).folder, ignore_errors=True)


def guanxi(*arguments: str, folder: Path) -> str:
    """Run a command of guanxi in a folder; why it failed, empty when it did not."""
    try:
        done = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"Reading took longer than {LONGEST} seconds; split the file into pages."
    except OSError as error:
        return f"{folder.name}: cannot be used ({error.strerror})"
    lines = [line for line in done.stderr.splitlines() if line.startswith("guanxi: ")]
    return "" if done.returncode == 0 else (lines[-1] if lines else "The file cannot be read.").removeprefix("guanxi: ")


def plain_name(name: str) -> str:
    """A name that is safe in any folder and on a command line, with the suffix of the one that was sent."""
    kept = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isalnum() or c in "._-")
    return f"upload-{kept[-80:].lstrip('.-') or 'page.txt'}"
