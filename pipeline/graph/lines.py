"""`graph.jsonl`: one node or relationship a line, nodes first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from pipeline.errors import InputError
from pipeline.records import Edge, Node

LINE: TypeAdapter[Node | Edge] = TypeAdapter(Annotated[Node | Edge, Field(discriminator="type")])


def read_graph(path: Path) -> Iterator[Node | Edge]:
    """The nodes and edges of a `graph.jsonl`. Raises InputError that names the file and line when one is neither."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                yield _parse(line, f"{path}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); give the graph.jsonl of a run") from error


def _parse(line: str, where: str) -> Node | Edge:
    try:
        return LINE.validate_json(line)
    except ValidationError as error:
        raise InputError(f"{where}: neither a node nor a relationship; give the graph.jsonl of a run") from error
