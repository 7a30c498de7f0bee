"""What a page shows as CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.responses import JSONResponse

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def exported(request: Request) -> bool:
    """Whether an address asks for the tables of a page."""
    return request.query_params.get("as") in ("csv", "json")


def export(request: Request, tables: Tables) -> Response | None:
    """The tables of a page where its address says `as=json` or `as=csv&table=NAME`, else None."""
    kind = request.query_params.get("as")
    if kind == "json":
        return JSONResponse(dict(tables), headers=_attachment("guanxi.json"))
    if kind == "csv":
        name = request.query_params.get("table", next(iter(tables), ""))
        if name not in tables:
            raise HTTPException(404, f"There is no table of that name here; choose one of {', '.join(tables)}.")
        return Response(
            "\ufeff" + as_csv(tables[name]), media_type="text/csv; charset=utf-8", headers=_attachment(f"{name}.csv")
        )
    return None


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows with a head line; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _attachment(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}
