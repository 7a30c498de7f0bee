"""A run's graph in the formats of other tools: one module a family of formats, the same facts in all.

- `plain.py`: `apoc-jsonl` (Neo4j's APOC), `csv` and `neo4j-csv` (folders of nodes.csv and edges.csv).
- `xml.py`: `gexf` (Gephi) and `graphml`. `parquet.py`: `parquet`, a folder of tables (needs pyarrow).
- `ftm.py`: `ftm`, FollowTheMoney entities. `rdf.py`: `rdf`, N-Triples for a target `.nt`, else Turtle (needs rdflib).

docs/graph.md says how nodes and edges stand in each.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from pipeline.errors import InputError

FORMATS = {
    "apoc-jsonl": "plain:apoc",
    "csv": "plain:table",
    "neo4j-csv": "plain:neo4j",
    "gexf": "xml:gexf",
    "graphml": "xml:graphml",
    "parquet": "parquet:parquet",
    "ftm": "ftm:ftm",
    "rdf": "rdf:rdf",
}
"""The module and function of each format."""


def export(run: Path, target: Path, kind: str) -> None:
    """Write the graph of a run as `kind`, one of `FORMATS`; csv, neo4j-csv and parquet write files into a folder.

    Raises InputError for an unknown kind, when the run has no graph, or when the library of a format is missing.
    """
    if kind not in FORMATS:
        raise InputError(f"{kind}: unknown format; choose one of {', '.join(FORMATS)}")
    module, _, name = FORMATS[kind].partition(":")
    try:
        write = getattr(import_module(f"{__name__}.{module}"), name)
    except ModuleNotFoundError as error:
        raise InputError(
            f"{kind}: {error.name} is not installed; run pip install 'guanxi[analysis]' or choose another format"
        ) from error
    write(run / "graph.jsonl" if run.is_dir() else run, target)
