"""Annotated data in and out.

In: a file or folder in one of `convert.FORMATS`: our `.ann` mark-up, records as JSON Lines, spaCy's DocBin, brat standoff,
doccano, Label Studio, CoNLL columns. Out: `Record`s, checked against the scheme (docs/annotation.md), or the same records in
another format. Reading is strict: whatever breaks the scheme is told with file, line and remedy, all faults of a file at
once; nothing is repaired on the way, since a silently mended sample trains a silently wrong model. What a format cannot
hold is counted and told.

- `text.py`: lines of a file. `check.py`: what makes a record valid. `notes.py`: faults and losses.
- `ann.py`, `jsonl.py`, `docbin.py`, `brat.py`, `doccano.py`, `label_studio.py`, `conll.py`: a format each, after the
  documentation of its tool. `guess.py`: which one a file has. `convert.py`: from any to any.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import DataError
from pipeline.records import Record
from pipeline.training.formats.check import validate
from pipeline.training.formats.convert import FORMATS, convert, read_samples
from pipeline.training.formats.notes import Notes

__all__ = ["FORMATS", "convert", "load_samples", "read_samples", "validate"]

logger = logging.getLogger(__name__)


def load_samples(paths: Iterable[Path]) -> list[Record]:
    """All records of files in any format, in order; what could not be read from them is logged.

    Raises DataError with every fault of every file; an id that an earlier file has is one.
    """
    samples: list[Record] = []
    seen: dict[str, Path] = {}
    all_notes = Notes()
    for path in map(Path, paths):
        notes = Notes()
        try:
            records = read_samples(path, notes)
        except DataError as error:
            all_notes.faults += error.faults
            continue
        for record in records:
            if record.id in seen:
                all_notes.fault(str(path), f"sample {record.id!r} is also in {seen[record.id]}; give it another id")
            seen[record.id] = path
        samples += records
        for loss in notes.losses():
            logger.warning("%s: %s", path, loss)
    all_notes.settle()
    return samples
