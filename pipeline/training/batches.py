"""Records as batches of tensors for the joint network."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from pipeline.entities.lexicon import character_features
from pipeline.entities.tags import encode
from pipeline.language.vocabulary import CLS, PAD, SEP, Vocabulary
from pipeline.language.windows import windows
from pipeline.records import LABELS, Record
from pipeline.relations.pairs import RELATION_TYPES, candidate_pairs

IGNORE = -100
LIMIT, CONTEXT = 400, 80
"""Characters of a window and of its repeated context in training; running reads shorter ones, which cost less."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that fits the encoder: ids, place features and tags (L,), mentions (label, start, end), arc targets."""

    ids: list[int]
    places: list[int]
    tags: list[int]
    spans: list[tuple[int, int, int]]
    pairs: tuple[np.ndarray, ...]
    targets: np.ndarray


@dataclass(slots=True)
class Batch:
    """A padded batch; mention and pair indices run over the whole batch, positions count the leading border token."""

    ids: Tensor
    places: Tensor
    tags: Tensor
    passage: Tensor
    starts: Tensor
    ends: Tensor
    labels: Tensor
    head: Tensor
    tail: Tensor
    features: Tensor
    allowed: Tensor
    targets: Tensor


def split(record: Record, limit: int = LIMIT) -> Iterator[Record]:
    """The record, or its windows where it is longer than `limit`; spans and arcs that cross a cut are left out."""
    if len(record.text) <= limit:
        yield record
        return
    for start, _, end in windows(record.text, limit, CONTEXT):
        entities = [
            e.model_copy(update={"start": e.start - start, "end": e.end - start})
            for e in record.entities
            if start <= e.start and e.end <= end
        ]
        kept = {e.id for e in entities}
        relations = [r for r in record.relations if r.head in kept and r.tail in kept]
        yield Record(id=f"{record.id}@{start}", text=record.text[start:end], entities=entities, relations=relations)


def example(record: Record, vocabulary: Vocabulary) -> Example:
    """One record (at most `LIMIT` characters) as numbers."""
    entities = sorted(record.entities, key=lambda e: e.start)
    spans = [(LABELS.index(e.label), e.start, e.end) for e in entities]
    index = {e.id: i for i, e in enumerate(entities)}
    gold = {(index[r.head], index[r.tail], RELATION_TYPES.index(r.type)) for r in record.relations}
    pairs = candidate_pairs(record.text, spans)
    targets = np.zeros((len(pairs.head), len(RELATION_TYPES)), np.float32)
    for row, (head, tail) in enumerate(zip(pairs.head.tolist(), pairs.tail.tolist(), strict=True)):
        for relation in range(len(RELATION_TYPES)):
            targets[row, relation] = (head, tail, relation) in gold
    tags = encode([(e.label, e.start, e.end) for e in entities], len(record.text))
    ids = [CLS, *vocabulary.ids(record.text).tolist(), SEP]
    places = [0, *character_features(record.text).tolist(), 0]
    return Example(ids, places, [IGNORE, *tags.tolist(), IGNORE], spans, tuple(pairs), targets)


def batches(examples: Sequence[Example], size: int, chance: random.Random) -> list[list[Example]]:
    """Groups of examples of like length, each about `size` characters with padding, in random order."""
    ordered = sorted(examples, key=lambda e: len(e.ids) * (0.9 + 0.2 * chance.random()))
    groups: list[list[Example]] = [[]]
    widest = 0
    for one in ordered:
        widest = max(widest, len(one.ids))
        if groups[-1] and (len(groups[-1]) + 1) * widest > size:
            groups.append([])
            widest = len(one.ids)
        groups[-1].append(one)
    chance.shuffle(groups)
    return [group for group in groups if group]


def collate(group: Sequence[Example]) -> Batch:
    """Pad a group into one batch."""
    counts = np.cumsum([0, *(len(e.spans) for e in group)])
    spans = [(row, label, start + 1, end) for row, e in enumerate(group) for label, start, end in e.spans]
    table = torch.tensor(spans, dtype=torch.long).reshape(-1, 4)
    head = np.concatenate([e.pairs[0] + shift for e, shift in zip(group, counts, strict=False)])
    tail = np.concatenate([e.pairs[1] + shift for e, shift in zip(group, counts, strict=False)])
    return Batch(
        ids=_pad([e.ids for e in group], PAD),
        places=_pad([e.places for e in group], 0),
        tags=_pad([e.tags for e in group], IGNORE),
        passage=table[:, 0],
        labels=table[:, 1],
        starts=table[:, 2],
        ends=table[:, 3],
        head=torch.from_numpy(head),
        tail=torch.from_numpy(tail),
        features=torch.from_numpy(np.concatenate([e.pairs[2] for e in group])),
        allowed=torch.from_numpy(np.concatenate([e.pairs[3] for e in group])),
        targets=torch.from_numpy(np.concatenate([e.targets for e in group])),
    )


def _pad(rows: list[list[int]], fill: int) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])
