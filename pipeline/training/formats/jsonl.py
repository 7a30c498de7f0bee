"""Records as JSON Lines: `{"id", "text", "entities", "relations"}`, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import DataError
from pipeline.files import open_output
from pipeline.records import Record
from pipeline.training.formats.check import validate
from pipeline.training.formats.text import read_lines


def read_records(path: Path) -> Iterator[Record]:
    """Valid records, one a line; empty lines are passed over.

    Raises DataError with file and line for a line that is no record, breaks the scheme or repeats an id.
    """
    seen: dict[str, int] = {}
    for number, line in read_lines(path):
        if line.strip():
            record = validate(_record(line, f"{path}:{number}"), f"{path}:{number}")
            if record.id in seen:
                raise DataError(f"{path}:{number}: id {record.id!r} was used in line {seen[record.id]}; give another")
            seen[record.id] = number
            yield record


def write_records(records: Iterable[Record], path: Path) -> None:
    """Write records as JSON Lines; `-` is standard output."""
    with open_output(path) as file:
        file.writelines(record.model_dump_json(exclude_none=True) + "\n" for record in records)


def _record(line: str, where: str) -> Record:
    try:
        return Record.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise DataError(f"{where}: not JSON at column {error.colno} ({error.msg}); mend or remove this line") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the line"
        raise DataError(f"{where}: {place}: {first['msg']}; mend or remove this line") from error
