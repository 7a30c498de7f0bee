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
from typing import Literal

LONGEST = 600
"""Seconds that reading one upload may take."""
MOST = 20
"""Uploads that are kept; the oldest go first."""
PROGRAM = (sys.executable, "-c", "from pipeline.cli import app; app()")

State = Literal["waiting", "reading", "read", "merging", "merged", "failed"]


@dataclass
class Job:
    """One uploaded file: the folder with the file and, once it is read, the results of its own run in `out`.

    `told` is what the user said of it, as options of `guanxi run`; `since` is when it came to its state.
    """

    id: str
    name: str
    folder: Path
    state: State = "waiting"
    reason: str = ""
    told: tuple[str, ...] = ()
    since: float = field(default_factory=time.monotonic)

    def become(self, state: State, reason: str = "") -> None:
        """Come to a state."""
        self.state, self.reason, self.since = state, reason, time.monotonic()

    @property
    def file(self) -> Path:
        """The uploaded file."""
        return self.folder / self.name


class Jobs:
    """The uploads of a server, one read at a time."""

    def __init__(self, folder: Path, run: Path, model: str) -> None:
        self.folder, self.run, self.model = folder, run, model
        self.jobs: dict[str, Job] = {}
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
        self.pool.submit(self._work, job, "reading", "read", job.folder / "out")
        return job

    @property
    def full(self) -> bool:
        """Whether as many files wait as are kept."""
        return sum(job.state in ("waiting", "reading") for job in self.jobs.values()) >= MOST

    def close(self) -> None:
        """Read no more files."""
        self.pool.shutdown(wait=False, cancel_futures=True)

    def merge(self, job: Job, after: Callable[[], None]) -> None:
        """Read the file into the run; `after` is called when it is there."""
        job.become("waiting")
        self.pool.submit(self._work, job, "merging", "merged", self.run, after)

    def _work(self, job: Job, doing: State, done: State, out: Path, after: Callable[[], None] | None = None) -> None:
        job.become(doing)
        options = ("--out", str(out.resolve()), "--model", self.model, *job.told)
        reason = guanxi("run", job.name, *options, folder=job.folder)
        if after and not reason:
            after()
        job.become("failed" if reason else done, reason)

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
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"Reading took longer than {LONGEST} seconds; split the file into pages."
    lines = [line for line in done.stderr.splitlines() if line.startswith("guanxi: ")]
    return "" if done.returncode == 0 else (lines[-1] if lines else "The file cannot be read.").removeprefix("guanxi: ")


def plain_name(name: str) -> str:
    """A name that is safe in any folder and on a command line, with the suffix of the one that was sent."""
    kept = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isalnum() or c in "._-")
    return f"upload-{kept[-80:].lstrip('.-') or 'page.txt'}"
