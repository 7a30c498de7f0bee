"""Records as JSON Lines: `{"id", "text", "entities", "relations"}`, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.files import open_output
from pipeline.records import Record
from pipeline.training.formats.check import Raw
from pipeline.training.formats.notes import Notes
from pipeline.training.formats.text import read_lines


def parse_jsonl(path: Path, notes: Notes) -> Iterator[Raw]:
    """The records of a file, not yet checked."""
    for number, value in json_lines(path, notes):
        yield Raw(value, path, number)


def write_jsonl(records: Iterable[Record], path: Path, notes: Notes) -> None:
    """Write records as JSON Lines; `-` is standard output. Nothing is lost."""
    with open_output(path) as file:
        file.writelines(record.model_dump_json(exclude_none=True) + "\n" for record in records)


def json_lines(path: Path, notes: Notes) -> Iterator[tuple[int, Any]]:
    """(number, value) of each line; empty lines are passed over, lines that are no JSON noted."""
    for number, line in read_lines(path, notes):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                notes.fault(f"{path}:{number}", f"not JSON ({error}); mend or remove this line")
