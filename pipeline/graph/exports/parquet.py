"""The graph as Parquet: a folder with one file for each table of `pipeline.graph.tables`, for DuckDB, polars and Spark."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow
import pyarrow.parquet

from pipeline.errors import InputError
from pipeline.graph.tables import COLUMNS, graph_rows

TYPES = {
    "string": pyarrow.string(),
    "double": pyarrow.float64(),
    "int64": pyarrow.int64(),
    "bool": pyarrow.bool_(),
    "list": pyarrow.list_(pyarrow.string()),
}


def parquet(graph: Path, target: Path) -> None:
    """nodes.parquet, edges.parquet, evidence.parquet, holdings.parquet and acts.parquet; each appears when it is whole."""
    rows = graph_rows(graph)
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target, prefix=".parquet.") as scratch:
            for name, columns in COLUMNS.items():
                schema = pyarrow.schema([(column, TYPES[kind]) for column, kind in columns.items()])
                file = Path(scratch) / f"{name}.parquet"
                pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows[name], schema=schema), file)
                file.replace(target / file.name)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}); choose another folder") from error
