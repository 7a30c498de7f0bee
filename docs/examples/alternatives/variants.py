"""Heads and decoders that the shipped networks do without, each as a network that trains and reads like `Network`.

`Softmax` is what is shipped: a tag for each character by itself, and a pair scorer that adds what it sees of head and tail.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.entities.tags import FORBIDDEN, TAGS, decode, encode, transitions
from pipeline.records import LABELS
from pipeline.relations.pairs import FEATURE_SIZES, RELATION_TYPES
from pipeline.training.batches import Batch
from pipeline.training.network import ArcScorer, Encoder, Network

Spans = list[tuple[str, int, int, float]]
CERTAIN = 100.0
"""A logit that leaves no doubt: what another decoder has chosen is handed to `decode` as certain tags."""


class Softmax(Network):
    """Cross entropy of each character's tag; the best legal tags are read."""

    def mention_loss(self, hidden: Tensor, batch: Batch) -> Tensor:
        labelled = batch.tags >= 0
        return functional.cross_entropy(self.tagger(hidden).float()[labelled], batch.tags[labelled])

    def read(self, vectors: Tensor) -> Spans:
        """The mentions of one window, from its vectors (L, D)."""
        return decode(self.tagger(vectors).float().numpy())


class Crf(Softmax):
    """A linear-chain conditional random field over the tags (Lafferty et al. 2001, Lample et al. 2016)."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        legal, opening, closed = (torch.from_numpy(part.astype(np.float32)) for part in transitions(len(LABELS)))
        self.register_buffer("illegal", (1 - legal) * FORBIDDEN)
        self.register_buffer("illegal_first", (1 - opening) * FORBIDDEN)
        self.register_buffer("illegal_last", (1 - closed) * FORBIDDEN)
        self.follow = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))

    def mention_loss(self, hidden: Tensor, batch: Batch) -> Tensor:
        rows = (batch.tags >= 0).any(dim=1)
        logits, tags = self.tagger(hidden).float()[rows, 1:], batch.tags[rows, 1:]
        inside = tags >= 0
        return (self._all(logits, inside) - self._one(logits, tags, inside)).sum() / inside.sum()

    def _one(self, logits: Tensor, tags: Tensor, inside: Tensor) -> Tensor:
        """The score of the annotated tags (B,)."""
        tags = tags.clamp(min=0)
        single = logits.gather(2, tags[:, :, None])[:, :, 0] * inside
        follow = self.follow[tags[:, :-1], tags[:, 1:]] * inside[:, 1:]
        return single.sum(1) + follow.sum(1)

    def _all(self, logits: Tensor, inside: Tensor) -> Tensor:
        """The log of the sum over all legal readings (B,), by the forward algorithm."""
        steps = self.follow + self.illegal
        state = logits[:, 0] + self.illegal_first
        for at in range(1, logits.shape[1]):
            further = torch.logsumexp(state[:, :, None] + steps, dim=1) + logits[:, at]
            state = torch.where(inside[:, at, None], further, state)
        return torch.logsumexp(state + self.illegal_last, dim=1)

    def read(self, vectors: Tensor) -> Spans:
        logits = self.tagger(vectors).float()
        if not len(logits):
            return []
        steps = self.follow + self.illegal
        state, back = logits[0] + self.illegal_first, []
        for one in logits[1:]:
            best = (state[:, None] + steps).max(dim=0)
            state = best.values + one
            back.append(best.indices)
        path = [int((state + self.illegal_last).argmax())]
        for arrows in reversed(back):
            path.append(int(arrows[path[-1]]))
        return decode(np.eye(len(TAGS), dtype=np.float32)[path[::-1]] * CERTAIN)


class SpanScorer(nn.Module):
    """A score for each label of each stretch, by a biaffine product of its first and last vector (Yu et al. 2020)."""

    def __init__(self, width: int, hidden: int = 128) -> None:
        super().__init__()
        self.first, self.last = nn.Linear(width, hidden), nn.Linear(width, hidden)
        self.product = nn.Parameter(torch.zeros(len(LABELS) + 1, hidden + 1, hidden + 1))
        nn.init.normal_(self.product, std=0.02)

    def forward(self, vectors: Tensor) -> Tensor:
        """Scores (B, first, last, 1 + labels) from vectors (B, L, D)."""
        first, last = (functional.pad(torch.relu(side(vectors)), (0, 1), value=1.0) for side in (self.first, self.last))
        return torch.einsum("bih,khg,bjg->bijk", first, self.product, last)


class SpanDecoder(Softmax):
    """Every stretch of up to `LONGEST` characters is a mention or none; the surest that do not overlap are read."""

    LONGEST = 64

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self.tagger = SpanScorer(encoder.bert.config.hidden_size)

    def mention_loss(self, hidden: Tensor, batch: Batch) -> Tensor:
        rows = (batch.tags >= 0).any(dim=1)
        scores = self.tagger(hidden[rows]).float()
        wanted = torch.zeros((len(batch.ids), *scores.shape[1:3]), dtype=torch.long)
        wanted[batch.passage, batch.starts, batch.ends] = batch.labels + 1
        inside = batch.tags[rows] >= 0
        losses = functional.cross_entropy(scores.permute(0, 3, 1, 2), wanted[rows], reduction="none")
        return losses[self._stretches(inside)].sum() / inside.sum()

    def _stretches(self, inside: Tensor) -> Tensor:
        """Which (first, last) may be a mention, for characters that are `inside` (B, L)."""
        length = inside.shape[1]
        near = torch.ones(length, length).triu() - torch.ones(length, length).triu(self.LONGEST)
        return inside[:, :, None] & inside[:, None, :] & near.bool()

    def read(self, vectors: Tensor) -> Spans:
        scores = self.tagger(vectors[None]).float()[0].log_softmax(-1)
        allowed = self._stretches(torch.ones(1, len(vectors), dtype=torch.bool))[0]
        best = scores.max(dim=-1)
        found = torch.nonzero((best.indices > 0) & allowed).tolist()
        found.sort(key=lambda pair: -float(best.values[pair[0], pair[1]]))
        taken, chosen = np.zeros(len(vectors), bool), []
        for first, last in found:
            if not taken[first : last + 1].any():
                taken[first : last + 1] = True
                chosen.append((LABELS[int(best.indices[first, last]) - 1], first, last + 1))
        return decode(np.eye(len(TAGS), dtype=np.float32)[encode(chosen, len(vectors))] * CERTAIN)


class BiaffineScorer(nn.Module):
    """A logit for each relation of each pair by a biaffine product of head and tail (Dozat & Manning 2017), with the
    same labels and features as the shipped scorer.
    """

    def __init__(self, width: int, hidden: int = 128) -> None:
        super().__init__()
        kinds = len(RELATION_TYPES)
        self.head, self.tail = nn.Linear(2 * width, hidden), nn.Linear(2 * width, hidden)
        self.head_label, self.tail_label = nn.Embedding(len(LABELS), hidden), nn.Embedding(len(LABELS), hidden)
        self.product = nn.Parameter(torch.empty(kinds, hidden + 1, hidden + 1))
        nn.init.normal_(self.product, std=0.02)
        self.features = nn.ModuleList(nn.Embedding(size, kinds) for size in FEATURE_SIZES)
        self.dropout = nn.Dropout(0.1)

    def forward(self, borders: Tensor, labels: Tensor, head: Tensor, tail: Tensor, features: Tensor) -> Tensor:
        borders = self.dropout(borders)
        heads = self._side(self.head(borders) + self.head_label(labels))
        tails = self._side(self.tail(borders) + self.tail_label(labels))
        product = torch.einsum("mh,khg->mkg", heads, self.product)
        logits: Tensor = (product[head] * tails[tail][:, None]).sum(-1)
        for column, table in enumerate(self.features):
            logits = logits + table(features[:, column])
        return logits

    def _side(self, values: Tensor) -> Tensor:
        return functional.pad(self.dropout(torch.relu(values)), (0, 1), value=1.0)


class Biaffine(Softmax):
    """Tags as shipped, arcs by a biaffine product."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self.arcs = BiaffineScorer(encoder.bert.config.hidden_size)


class ProductScorer(ArcScorer):
    """The shipped scorer with a biaffine product of its head and tail sides added."""

    def __init__(self, width: int, hidden: int = 256) -> None:
        super().__init__(width, hidden)
        self.product = nn.Parameter(torch.zeros(len(RELATION_TYPES), hidden, hidden))

    def forward(self, borders: Tensor, labels: Tensor, head: Tensor, tail: Tensor, features: Tensor) -> Tensor:
        sums = super().forward(borders, labels, head, tail, features)
        heads = torch.relu(self.head(borders) + self.head_label(labels))
        tails = torch.relu(self.tail(borders) + self.tail_label(labels))
        return sums + (torch.einsum("mh,khg->mkg", heads, self.product)[head] * tails[tail][:, None]).sum(-1)


class Product(Softmax):
    """Tags as shipped, arcs by the shipped scorer and a biaffine product together."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self.arcs = ProductScorer(encoder.bert.config.hidden_size)


class Ensemble(nn.Module):
    """Networks that read together: each one's vectors side by side, and the mean of their logits."""

    def __init__(self, networks: Sequence[Softmax]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def encoder(self, ids: Tensor, places: Tensor) -> Tensor:
        return torch.cat([one.encoder(ids, places) for one in self.networks], dim=-1)

    def tagger(self, vectors: Tensor) -> Tensor:
        parts = vectors.chunk(len(self.networks), dim=-1)
        return torch.stack([one.tagger(part) for one, part in zip(self.networks, parts, strict=True)]).mean(0)

    def arcs(self, borders: Tensor, *rest: Tensor) -> Tensor:
        first, last = (side.chunk(len(self.networks), dim=-1) for side in borders.chunk(2, dim=-1))
        parts = (torch.cat(pair, dim=-1) for pair in zip(first, last, strict=True))
        return torch.stack([one.arcs(part, *rest) for one, part in zip(self.networks, parts, strict=True)]).mean(0)

    def read(self, vectors: Tensor) -> Spans:
        """The mentions of one window, from its vectors (L, networks × D)."""
        return decode(self.tagger(vectors).float().numpy())


VARIANTS: dict[str, type[Softmax]] = {
    "softmax": Softmax,
    "crf": Crf,
    "spans": SpanDecoder,
    "biaffine": Biaffine,
    "product": Product,
}
