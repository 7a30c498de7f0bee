"""What the joint network is trained to minimise."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from pipeline.training.batches import Batch
from pipeline.training.network import Network


def annotated_loss(network: Network, batch: Batch, hidden: Tensor, logits: Tensor, arc_weight: float) -> Tensor:
    """Tags and arcs of the annotated passages of a batch against their annotation."""
    labelled = batch.tags >= 0
    if not labelled.any():
        return logits.new_zeros(())
    return functional.cross_entropy(logits[labelled], batch.tags[labelled]) + arc_weight * arc_loss(
        network, hidden, batch
    )


def arc_logits(network: Network, hidden: Tensor, batch: Batch) -> Tensor:
    """Logits (P, 6) of the batch's candidate pairs."""
    borders = torch.cat([hidden[batch.passage, batch.starts], hidden[batch.passage, batch.ends]], dim=-1)
    logits: Tensor = network.arcs(borders, batch.labels, batch.head, batch.tail, batch.features)
    return logits.float()


def arc_loss(network: Network, hidden: Tensor, batch: Batch, targets: Tensor | None = None) -> Tensor:
    """Binary cross entropy over the allowed relations of each pair, summed and divided by the mentions."""
    if not len(batch.head):
        return hidden.new_zeros(())
    wanted = batch.targets if targets is None else targets
    losses = functional.binary_cross_entropy_with_logits(arc_logits(network, hidden, batch), wanted, reduction="none")
    return losses[batch.allowed].sum() / max(len(batch.labels), 1)
