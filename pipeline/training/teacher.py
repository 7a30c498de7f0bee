"""Distillation (Hinton et al. 2015, arXiv:1503.02531): a trained network's probabilities as targets for a smaller one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pipeline.entities.tags import decode
from pipeline.errors import DataError, ModelError
from pipeline.language.vocabulary import PAD, Vocabulary
from pipeline.records import LABELS
from pipeline.relations.pairs import candidate_pairs
from pipeline.training.batches import Batch
from pipeline.training.checkpoints import PARTS, load_network
from pipeline.training.losses import arc_logits, arc_loss
from pipeline.training.network import Network

TEMPERATURE = 2.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the teacher says of a batch: vectors (N, D) and tag logits (N, tags) of its N characters, its mentions, arc
    probabilities (P, 6).
    """

    vectors: Tensor
    tags: Tensor
    mentions: Batch
    arcs: Tensor


class Teacher:
    """A trained network that reads each batch beside the student, and once only when batches come again."""

    def __init__(self, network: Network, vocabulary: Vocabulary) -> None:
        self.network = network.eval()
        self.vocabulary = vocabulary
        self.readings: dict[tuple[int, int], Reading] = {}

    @classmethod
    def load(cls, folder: Path, vocabulary: Vocabulary) -> Teacher:
        """A network that training wrote.

        Raises DataError when there is none in `folder`, ModelError when its vocabulary is not the student's.
        """
        if not all((folder / name).exists() for name in PARTS):
            raise DataError(
                f"{folder}: no trained network here ({', '.join(PARTS)}); set --paths.teacher to a pipeline such as "
                "zh_guanxi_trf, or to the folder `best` of a training"
            )
        if Vocabulary.load(folder / "vocab.txt").entries != vocabulary.entries:
            raise ModelError(
                f"{folder}: the teacher's vocab.txt differs from the student's; train both from one encoder"
            )
        return cls(load_network(folder), vocabulary)

    def loss(
        self, network: Network, batch: Batch, hidden: Tensor, logits: Tensor, key: tuple[int, int] | None = None
    ) -> Tensor:
        """Divergence of the student's tags from the teacher's, arcs between the mentions that the teacher sees, and the
        distance of its vectors `hidden` where both have as many dimensions (Jiao et al. 2020, arXiv:1909.10351).

        A batch that comes with a `key` is read the first time only.
        """
        reading = self.readings.get(key) if key else None
        if reading is None:
            reading = self._read(batch)
            if key:
                self.readings[key] = reading
        wanted = functional.log_softmax(reading.tags.float() / TEMPERATURE, dim=-1)
        given = functional.log_softmax(logits[batch.ids != PAD] / TEMPERATURE, dim=-1)
        tags = functional.kl_div(given, wanted, log_target=True, reduction="batchmean") * TEMPERATURE**2
        loss = tags + arc_loss(network, hidden, reading.mentions, reading.arcs)
        if hidden.shape[-1] == reading.vectors.shape[-1]:
            loss = loss + functional.mse_loss(hidden[batch.ids != PAD].float(), reading.vectors.float())
        return loss

    @torch.no_grad()
    def _read(self, batch: Batch) -> Reading:
        hidden = self.network.encoder(batch.ids, batch.places)
        logits = self.network.tagger(hidden).float()
        mentions = self._with_mentions(batch, logits)
        arcs = torch.sigmoid(arc_logits(self.network, hidden, mentions)) if len(mentions.head) else mentions.targets
        read = batch.ids != PAD
        return Reading(hidden[read].half(), logits[read].half(), mentions, arcs)

    def _with_mentions(self, batch: Batch, logits: Tensor) -> Batch:
        """The batch with the mentions that the teacher reads in it."""
        table: list[tuple[int, int, int, int]] = []
        parts: list[tuple[np.ndarray, ...]] = []
        for row, ids in enumerate(batch.ids.tolist()):
            length = sum(i != PAD for i in ids) - 2
            text = self.vocabulary.text(ids[1 : 1 + length])
            spans = [(LABELS.index(x), s, e) for x, s, e, _ in decode(logits[row, 1 : 1 + length].numpy())]
            pairs = candidate_pairs(text, spans)
            parts.append((pairs.head + len(table), pairs.tail + len(table), pairs.features, pairs.allowed))
            table += [(row, label, start + 1, end) for label, start, end in spans]
        columns = torch.tensor(table, dtype=torch.long).reshape(-1, 4).unbind(1)
        head, tail, features, allowed = (
            torch.from_numpy(np.concatenate(column)) for column in zip(*parts, strict=True)
        )
        names = ("passage", "labels", "starts", "ends")
        return replace(
            batch, **dict(zip(names, columns, strict=True)), head=head, tail=tail, features=features, allowed=allowed
        )
