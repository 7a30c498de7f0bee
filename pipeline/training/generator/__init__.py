"""Passages of the genre composed from a grammar, with exact mentions and relations.

In: a number of passages and a seed. Out: `Record`s as a careful annotator would have marked them (docs/annotation.md):
dense news (meetings, inspections, lists of posts, contests, notices, captions) and sparse prose (speeches, measures,
slogans), in the typography of real pages. They are for training only, never for judging.

`data/*.txt` hold the grammar (`grammar.py` explains its notation), written for this project. Places come from the
division table of `pipeline.linking`, names of people from counts (`data/SOURCES.md`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count

from pipeline.records import Record
from pipeline.training.generator.compose import compose
from pipeline.training.generator.scene import Scene


def generate(seed: int | str) -> Iterator[Record]:
    """Passages without end, the same for the same seed."""
    for number in count():
        chance = random.Random(f"{seed}-{number}")
        yield compose("passage", Scene(chance), f"generated-{seed}-{number}")
