"""What a page shows as CSV or JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from tempfile import TemporaryFile
from typing import IO, Any

from fastapi import HTTPException, Request, Response
from fastapi.responses import StreamingResponse

from pipeline.graph.exports.plain import BYTE_ORDER_MARK, spreadsheet_cell

Rows = Iterable[Mapping[str, Any]]
Tables = Mapping[str, Rows]
PIECE = 2**16
"""Characters that are sent at a time."""


def exported(request: Request) -> bool:
    """Whether an address asks for the tables of a page."""
    return request.query_params.get("as") in ("csv", "json")


def export(request: Request, tables: Tables) -> Response | None:
    """The tables of a page where its address says `as=json` or `as=csv&table=NAME`, else None."""
    kind = request.query_params.get("as")
    if kind == "json":
        return _file(as_json(tables), "application/json", "guanxi.json")
    if kind == "csv":
        name = request.query_params.get("table", next(iter(tables), ""))
        if name not in tables:
            raise HTTPException(404, f"There is no table of that name here; choose one of {', '.join(tables)}.")
        return _file(as_csv(tables[name]), "text/csv; charset=utf-8", f"{name}.csv")
    return None


def as_csv(rows: Rows) -> Iterator[str]:
    """Lines of a file that spreadsheets open: a head line, then the rows; what they would take for a formula begins with an apostrophe."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    for number, row in enumerate(rows):
        if not number:
            yield writer.writerow(row)
        yield writer.writerow(map(spreadsheet_cell, row.values()))


def as_json(tables: Tables) -> Iterator[str]:
    """Pieces of an object of lists."""
    yield "{"
    for number, (name, rows) in enumerate(tables.items()):
        yield f"{',' if number else ''}{json.dumps(name)}:["
        yield from (f"{',' if later else ''}{json.dumps(row, ensure_ascii=False)}" for later, row in enumerate(rows))
        yield "]"
    yield "}"


class _Echo:
    """A file whose writer is given back each line."""

    def write(self, line: str) -> str:
        return line


def _file(text: Iterable[str], kind: str, name: str) -> Response:
    """Text as a file to keep. It is written whole before it is sent, so that no slow reader keeps the database from changing."""
    file = TemporaryFile("w+", encoding="utf-8", newline="")
    file.writelines(text)
    file.seek(0)
    return StreamingResponse(
        _pieces(file), media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def _pieces(file: IO[str]) -> Iterator[str]:
    with file:
        while piece := file.read(PIECE):
            yield piece
