"""Relations: which mentions belong together, as typed arcs.

In: a Doc with mentions (`doc.ents`) and one vector a character (`doc.tensor`). Out: `doc._.relations`, a list of
`Arc(type, head, tail, score)` whose head and tail are indices into `doc.ents`.

- `pairs.py`: the pairs of mentions that a relation may join, with the features of each pair.
- `coordination.py`: names of one list, which hold their title together.
- `arcs.py`: the spaCy component `guanxi_relations`.

Only pairs that the guidelines allow are ever scored (`pipeline.records.RELATIONS`).
"""
