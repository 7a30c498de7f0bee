"""Hashes of a model's files: written when a model is exported, checked when it is loaded.

The list is a `SHA256SUMS` beside the files, which `sha256sum -c SHA256SUMS` reads too. A folder without one, such as a
pipeline that was saved with spaCy's `to_disk`, is loaded unchecked.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.errors import ModelError

NAME = "SHA256SUMS"
UNLISTED = frozenset({".py", ".pyc", ".md"})
"""Suffixes of what may be changed after the export: code and cards."""


def write_hashes(folder: Path) -> None:
    """List the SHA-256 of every file of the model in `folder`."""
    paths = sorted(path for path in folder.rglob("*") if _listed(path))
    lines = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / NAME).write_text("".join(lines), encoding="utf-8")


def check_hashes(folder: Path) -> None:
    """Raises ModelError that names the first listed file that is missing or was changed."""
    if not (folder / NAME).exists():
        return
    for line in (folder / NAME).read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            raise ModelError(
                f"{path}: missing, damaged or changed since the model was made; install the model again, or remove "
                f"{folder / NAME} if the change is yours"
            )


def _listed(path: Path) -> bool:
    return path.is_file() and path.suffix not in UNLISTED and path.name != NAME


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
