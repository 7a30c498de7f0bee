"""Annotated data in and out.

In: a file in one of the formats below. Out: `Record`s, checked against the scheme (docs/annotation.md), or the same
records in another format. Reading is strict: whatever breaks the scheme raises `DataError` with file, line and remedy;
nothing is repaired on the way, since a silently mended sample trains a silently wrong model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.errors import DataError
from pipeline.records import Record
from pipeline.training.formats.ann import read_ann, write_ann
from pipeline.training.formats.check import validate
from pipeline.training.formats.jsonl import read_records, write_records

__all__ = ["load_samples", "read_ann", "read_records", "validate", "write_ann", "write_records"]

READERS: dict[str, Callable[[Path], Iterable[Record]]] = {".ann": read_ann, ".jsonl": read_records}


def load_samples(paths: Iterable[Path]) -> list[Record]:
    """All records of `.ann` and `.jsonl` files, in order.

    Raises DataError when a file breaks the scheme, has another suffix, or repeats the id of an earlier record.
    """
    samples: list[Record] = []
    seen: dict[str, Path] = {}
    for path in map(Path, paths):
        if path.suffix not in READERS:
            raise DataError(f"{path}: samples are read from {' and '.join(READERS)} files; convert it first")
        for record in READERS[path.suffix](path):
            if record.id in seen:
                raise DataError(f"{path}: sample {record.id!r} is also in {seen[record.id]}; give it another id")
            seen[record.id] = path
            samples.append(record)
    return samples
