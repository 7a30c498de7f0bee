"""The same run on one process, many processes or a cluster.

In: the inputs that a user names. Out: the files of a run directory (`graph.jsonl`, `articles.jsonl`, `report.html`,
`guanxi.db`, `manifest.json`). Every engine reads sources with `read_sources` and merges what each gives, whole, into one store,
in the order of the inputs, so that a run that was killed goes on where it stopped.

- `source.py`: sources to linked articles and their facts.
- `pool.py`: sources read by several processes.
- `cluster.py`: sources read by a Ray cluster (extra `[ray]`; docs/scale.md).
- `run.py`: all sources, and the files of the run directory. `merge.py`: runs merged.
"""
