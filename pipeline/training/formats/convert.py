"""Reading and writing in any of the formats, with every fault of a file told at once and every loss counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import DataError
from pipeline.records import Record
from pipeline.training.formats.ann import parse_ann, write_ann
from pipeline.training.formats.brat import parse_brat, write_brat
from pipeline.training.formats.check import Raw, checked
from pipeline.training.formats.conll import parse_conll, write_bio, write_bioes
from pipeline.training.formats.docbin import parse_docbin, write_docbin
from pipeline.training.formats.doccano import parse_doccano, write_doccano
from pipeline.training.formats.guess import source_format, target_format
from pipeline.training.formats.jsonl import parse_jsonl, write_jsonl
from pipeline.training.formats.label_studio import parse_label_studio, write_label_studio
from pipeline.training.formats.notes import Notes


class Format(NamedTuple):
    """How a format is read and written."""

    parse: Callable[[Path, Notes], Iterator[Raw]]
    write: Callable[[Sequence[Record], Path, Notes], None]


FORMATS = {
    "ann": Format(parse_ann, write_ann),
    "jsonl": Format(parse_jsonl, write_jsonl),
    "docbin": Format(parse_docbin, write_docbin),
    "brat": Format(parse_brat, write_brat),
    "doccano": Format(parse_doccano, write_doccano),
    "label-studio": Format(parse_label_studio, write_label_studio),
    "bio": Format(parse_conll, write_bio),
    "bioes": Format(parse_conll, write_bioes),
}


def convert(source: Path, target: Path, kind: str | None = None, target_kind: str | None = None) -> list[str]:
    """Write the records of `source` to `target`; kinds are names of `FORMATS`, None to guess from name and content.

    Returns what could not be kept, a line each. Raises DataError with every fault of the source; then nothing is written.
    """
    writer = _format(target_kind or target_format(target))
    notes = Notes()
    records = read_samples(source, notes, kind)
    writer.write(records, target, notes)
    return notes.losses()


def read_samples(path: Path, notes: Notes, kind: str | None = None) -> list[Record]:
    """All records of a file or folder; what they cannot hold of it is counted in `notes`.

    Raises DataError with every fault.
    """
    reader = _format(kind or source_format(path))
    records: list[Record] = []
    seen: dict[str, str] = {}
    try:
        for raw in reader.parse(path, notes):
            record = checked(raw, notes)
            name = raw.data.get("id") if isinstance(raw.data, dict) else None
            if isinstance(name, str) and name in seen:
                notes.fault(raw.where(), f"id {name!r} was used at {seen[name]}; give another")
            elif isinstance(name, str):
                seen[name] = raw.where()
            if record:
                records.append(record)
    except DataError as error:
        notes.faults += error.faults
    notes.settle()
    return records


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise DataError(f"format {name!r} is unknown; use one of {', '.join(FORMATS)}")
    return FORMATS[name]
