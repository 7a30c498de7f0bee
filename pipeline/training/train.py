"""Joint training of mentions and arcs, with or without a teacher.

Every epoch's data follow from the seed and the epoch's number alone, so that a run resumed from `last/` goes on as the
unbroken run would have. Weights are averaged exponentially (Polyak averaging); the average is what is evaluated and kept.
"""

from __future__ import annotations

import json
import logging
import time
from functools import cache
from pathlib import Path

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import BertModel

from pipeline.errors import DataError
from pipeline.language.vocabulary import Vocabulary
from pipeline.training.batches import Example, collate
from pipeline.training.checkpoints import (
    check_same,
    load_encoder,
    load_heads,
    resume,
    save_checkpoint,
    save_network,
    training_digest,
)
from pipeline.training.evaluate import evaluate_network
from pipeline.training.formats import load_samples
from pipeline.training.losses import annotated_loss
from pipeline.training.network import Network
from pipeline.training.precision import mixed_precision
from pipeline.training.settings import Settings
from pipeline.training.shipped import unpack_shipped
from pipeline.training.source import Source
from pipeline.training.teacher import Teacher

logger = logging.getLogger(__name__)


def train(settings: Settings, out: Path) -> dict[str, float]:
    """Train as `settings` say; write `out/best` and `out/last`; return the best development figures.

    Resumes from `out/last` when it is there. Raises DataError for faults in the files, or when another training is there.
    """
    samples, dev = load_samples(settings.paths.train), load_samples(settings.paths.dev)
    digest = training_digest(settings)
    check_same(out, digest)
    settings = unpack_shipped(settings, out)
    options = settings.training
    torch.manual_seed(options.seed)
    if options.threads:
        torch.set_num_threads(options.threads)
    vocabulary = Vocabulary.load(encoder_folder(settings) / "vocab.txt")
    network = build_network(settings)
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(options.decay))
    source = Source(settings, samples, vocabulary)
    teacher = Teacher.load(settings.paths.teacher, vocabulary) if settings.paths.teacher else None
    groups = cache(source.groups) if options.cycle else source.groups
    total = options.epochs * len(groups(0))
    optimiser = torch.optim.AdamW(
        parameter_groups(network, network.encoder.bert, options.rate, options.head_rate), weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: slope(step, total, options.warmup))
    state = {"network": network, "average": average, "optimiser": optimiser, "schedule": schedule}
    first, best = resume(out, state)
    for epoch in range(first, options.epochs):
        started = time.monotonic()
        data = epoch % options.cycle if options.cycle else epoch
        loss = run_epoch(network, average, optimiser, schedule, groups(data), teacher, settings, data)
        logger.info("epoch %d/%d loss %.4f, %.0f s", epoch + 1, options.epochs, loss, time.monotonic() - started)
        if (epoch + 1) % options.eval_every == 0 or epoch + 1 == options.epochs:
            averaged = average.module
            assert isinstance(averaged, Network)
            figures = evaluate_network(averaged, vocabulary, dev)
            logger.info("dev %s", json.dumps(figures))
            if figures["mean"] >= best.get("mean", 0.0):
                best = figures
                save_network(out / "best", averaged, vocabulary, settings, figures)
        save_checkpoint(out, state, epoch + 1, best, digest)
    return best


def encoder_folder(settings: Settings) -> Path:
    """The config's encoder. Raises DataError when it is no folder with an encoder and its characters."""
    folder = settings.paths.encoder
    if not (folder / "vocab.txt").exists() or not (folder / "config.json").exists():
        raise DataError(
            f"{folder}: no encoder here (config.json, model.safetensors, vocab.txt); set --paths.encoder, "
            "or start from a trained model with `guanxi train --from zh_guanxi_sm SAMPLES`"
        )
    return folder


def build_network(settings: Settings) -> Network:
    """A network with the config's encoder, only the layers it names, and its heads where the folder holds trained ones."""
    encoder = load_encoder(settings.paths.encoder)
    bert = encoder.bert
    if settings.model.layers is not None:
        bert.encoder.layer = nn.ModuleList(bert.encoder.layer[i] for i in settings.model.layers)
        bert.config.num_hidden_layers = len(settings.model.layers)
    if settings.model.feed_forward is not None:
        narrow(bert, settings.model.feed_forward)
    network = Network(encoder, settings.model.arc_width)
    load_heads(settings.paths.encoder, network)
    return network


def narrow(bert: BertModel, width: int) -> None:
    """Keep the `width` neurons of each feed-forward part whose weights in and out are largest; changes `bert` in place."""
    for layer in bert.encoder.layer:
        inner, outer = layer.intermediate.dense, layer.output.dense
        sizes = inner.weight.norm(dim=1) * outer.weight.norm(dim=0)
        kept = sizes.topk(width).indices.sort().values
        inner.weight, inner.bias = nn.Parameter(inner.weight[kept]), nn.Parameter(inner.bias[kept])
        outer.weight = nn.Parameter(outer.weight[:, kept])
        inner.out_features = outer.in_features = width
    bert.config.intermediate_size = width


def parameter_groups(network: nn.Module, bert: BertModel, rate: float, head_rate: float) -> list[dict[str, object]]:
    """The encoder `bert` at `rate`, everything else of `network` at `head_rate`."""
    slow = list(bert.parameters())
    known = {id(p) for p in slow}
    return [
        {"params": slow, "lr": rate},
        {"params": [p for p in network.parameters() if id(p) not in known], "lr": head_rate},
    ]


def slope(step: int, total: int, warmup: float) -> float:
    """Linear warm-up over a share of all steps, then linear decay to zero."""
    rise = max(int(total * warmup), 1)
    return (step + 1) / rise if step < rise else max((total - step) / (total - rise), 0.0)


def run_epoch(
    network: Network,
    average: AveragedModel,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    groups: list[list[Example]],
    teacher: Teacher | None,
    settings: Settings,
    data: int,
) -> float:
    """One pass over `groups`, which are the data of epoch `data`; returns the mean loss."""
    options = settings.training
    network.train()
    total = 0.0
    for step, group in enumerate(groups, 1):
        with mixed_precision():
            batch = collate(group)
            hidden = network.dropout(network.encoder(batch.ids, batch.places))
            logits = network.tagger(hidden).float()
            value = annotated_loss(network, batch, hidden, logits, options.arc_weight)
            if teacher is not None and (options.teacher_on_samples or not (batch.tags >= 0).any()):
                key = (data, step) if options.cycle else None
                value = value + options.teacher_weight * teacher.loss(network, batch, hidden, logits, key)
        value.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        average.update_parameters(network)
        total += float(value.detach())
        if step % 20 == 0:
            logger.info("step %d/%d loss %.4f", step, len(groups), total / step)
    return total / max(len(groups), 1)
