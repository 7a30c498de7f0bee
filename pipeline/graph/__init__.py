"""The graph: who holds which office, and who did what, where, built of linked articles and merged over issues.

In: `Linked` articles. Out: nodes and edges in one SQLite store per run directory, and `graph.jsonl`, one node or
relationship a line in the layout of Neo4j's APOC (`graph.schema.json` describes a line).

- `build.py`: a linked article to nodes and facts; `acts.py` what kind of act a verb is; `dates.py` when it was done; `twins.py`
  acts that headline and body tell alike; `evidence.py` the words that say it.
- `store.py`: the store: merges facts of any number of sources, in any order, to the same graph; `schema.sql` its tables
  and the views that answer the usual questions.
- `identity.py`: people who are one; `parting.py`: one id that is two; `succession.py`: bodies that took the place of others; `merge.py`: a store into another.
- `files.py`: `graph.jsonl` and `articles.jsonl` kept up to date; `lines.py`: `graph.jsonl` read; `load.py`: the graph for networkx; `tables.py`: for pandas.
- `queries.py`: the usual questions; `exports/`: the graph in the formats of other tools.

A fact is one thing that one article says. Facts with the same ends and status are one edge, whose `evidence` lists them
and whose `confidence` is that of the surest. An edge's id follows from its label, ends and status alone, a node's id from
what it is (see `pipeline.linking`), an act's and an article's from the bytes of their source: the same on every machine.

`data/verbs.tsv` and `data/reported.tsv` were written for this project from the verbs of the annotated samples.
"""

from pipeline.graph.build import build
from pipeline.graph.files import bring_up_to_date, graph_lines
from pipeline.graph.lines import read_graph
from pipeline.graph.load import load_graph
from pipeline.graph.store import Entry, Store
from pipeline.graph.tables import load_tables

__all__ = ["Entry", "Store", "bring_up_to_date", "build", "graph_lines", "load_graph", "load_tables", "read_graph"]
