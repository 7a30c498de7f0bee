"""The joint network: a character encoder with a head for mentions and a head for arcs.

Shapes: B passages, L characters with the two border tokens, D the encoder's width, P candidate pairs.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertModel

from pipeline.entities.lexicon import FEATURES
from pipeline.entities.tags import TAGS
from pipeline.language.vocabulary import PAD
from pipeline.records import LABELS
from pipeline.relations.pairs import FEATURE_SIZES, RELATION_TYPES

ATTENTION_DROPOUT = 0.0
"""On a CPU torch has no fused attention with dropout: it would take half of the time."""


class Encoder(nn.Module):
    """A BERT encoder over characters whose input also carries place-name features."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        self.places = nn.Embedding(FEATURES, bert.config.hidden_size)
        nn.init.zeros_(self.places.weight)

    def forward(self, ids: Tensor, places: Tensor) -> Tensor:
        """Vectors (B, L, D) for `ids` and `places`, both (B, L)."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.places(places)
        mask = (ids != PAD).long()
        hidden: Tensor = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden


class ArcScorer(nn.Module):
    """One logit a relation for each pair of mentions: the torch twin of `pipeline.relations.arcs.Relations`."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.head = nn.Linear(2 * width, hidden, bias=False)
        self.tail = nn.Linear(2 * width, hidden, bias=False)
        self.head_label = nn.Embedding(len(LABELS), hidden)
        self.tail_label = nn.Embedding(len(LABELS), hidden)
        self.features = nn.ModuleList(nn.Embedding(size, hidden) for size in FEATURE_SIZES)
        self.bias = nn.Parameter(torch.zeros(hidden))
        self.out = nn.Linear(hidden, len(RELATION_TYPES))
        self.dropout = nn.Dropout(0.1)

    def forward(self, borders: Tensor, labels: Tensor, head: Tensor, tail: Tensor, features: Tensor) -> Tensor:
        """Logits (P, 6) from mention borders (M, 2 D), labels (M,), pair indices (P,) and pair features (P, 5)."""
        borders = self.dropout(borders)
        heads = self.head(borders) + self.head_label(labels)
        tails = self.tail(borders) + self.tail_label(labels)
        mixed = heads[head] + tails[tail] + self.bias
        for column, table in enumerate(self.features):
            mixed = mixed + table(features[:, column])
        logits: Tensor = self.out(self.dropout(torch.relu(mixed)))
        return logits


class Network(nn.Module):
    """Encoder, mention head and arc head, trained together."""

    def __init__(self, encoder: Encoder, arc_width: int = 256) -> None:
        super().__init__()
        width = encoder.bert.config.hidden_size
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.tagger = nn.Linear(width, len(TAGS))
        self.arcs = ArcScorer(width, arc_width)
