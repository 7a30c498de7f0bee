"""What a user named, as sources in a fixed order."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath

from pipeline.errors import InputError

SUFFIXES = (
    ".txt",
    ".text",
    ".htm",
    ".html",
    ".xhtml",
    ".shtml",
    ".pdf",
    ".docx",
    ".jsonl",
    ".png",
    ".jpg",
    ".jpeg",
    ".zip",
    ".tar",
    ".tgz",
    ".gz",
)
"""What can be read."""
TOLD = (".doc", ".wps", ".rtf", ".odt", ".ofd", ".caj", ".epub", ".mht", ".mhtml", ".tif", ".tiff", ".rar", ".7z")
"""What often holds pages and mostly cannot be read, so that it is told and not passed over."""
TAKEN = frozenset((*SUFFIXES, *TOLD))
"""What is taken from a folder or an archive; a file that is named itself is read whatever its suffix."""
LIMIT = 256 * 2**20
"""Bytes of the largest file that is read; an archive's members count together once they are unpacked."""
LISTED = 10
"""Numbers of parts that a message names at most."""


class LeftOutError(InputError):
    """Parts of a source that cannot be read; it is raised after those that can."""

    @classmethod
    def of(cls, name: str, unit: str, faults: Mapping[str, Sequence[int]]) -> LeftOutError:
        """The parts that were left out, by what is wrong with them: read without page 2, 7 (damaged)."""
        told = ", ".join(f"{unit} {_listed(parts)} ({fault})" for fault, parts in faults.items())
        return cls(f"{name}: read without {told}")


def _listed(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - LISTED} more" if len(numbers) > LISTED else ""
    return ", ".join(map(str, numbers[:LISTED])) + more


@dataclass(frozen=True)
class Source:
    """One input: a file, standard input, a member of an archive (whose bytes are given), or a failure to find any."""

    name: str
    path: Path | None = None
    content: bytes | None = None
    failure: str | None = None

    @cached_property
    def data(self) -> bytes:
        """The bytes. Raises InputError when the file is missing, unreadable, empty or larger than `LIMIT`."""
        if self.failure is not None:
            raise InputError(f"{self.name}: {self.failure}")
        data = self.content if self.content is not None else self._load()
        if not data:
            raise InputError(f"{self.name}: the file is empty; leave it out or export the page again")
        if len(data) > LIMIT:
            raise InputError(f"{self.name}: larger than {LIMIT >> 20} MB; split it into pages")
        return data

    @property
    def suffix(self) -> str:
        """The suffix of the name in lower case, with its dot."""
        return Path(self.name).suffix.lower()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def _load(self) -> bytes:
        try:
            if self.path is None:
                return sys.stdin.buffer.read(LIMIT + 1)
            with self.path.open("rb") as file:
                before = os.fstat(file.fileno())
                data = file.read(LIMIT + 1)
                after = os.fstat(file.fileno())
        except FileNotFoundError as error:
            raise InputError(f"{self.name}: no such file or folder; check the path") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise InputError(f"{self.name}: cannot be read ({reason}); check its name and permissions") from error
        if stat.S_ISREG(after.st_mode) and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise InputError(f"{self.name}: changed while it was read; run again when it is complete")
        return data


def named(inputs: Sequence[str]) -> Iterator[Source]:
    """The files that `inputs` name: folders with all that is in them, globs, `-`; each file once.

    Something that does not exist is a source too, and says so when it is read.
    """
    seen: set[Path] = set()
    for name in inputs:
        if name == "-":
            yield Source("standard input")
            continue
        for path in _files(name):
            if (real := path.resolve()) not in seen:
                seen.add(real)
                yield Source(str(path), path)


def _files(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        found = sorted(
            p for p in path.rglob("*") if p.suffix.lower() in TAKEN and p.is_file() and not hidden(p.relative_to(path))
        )
        yield from found or [path / "*"]
    elif not path.exists() and glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))
        for match in matches:
            yield from _files(match)
        if not matches:
            yield path
    else:
        yield path


def hidden(path: PurePath) -> bool:
    """Whether a file of a folder or an archive is hidden, of macOS alone, or the mark of an open Word file (~$issue.docx)."""
    return any(part.startswith((".", "~$", "__MACOSX")) and part not in (".", "..") for part in path.parts)
