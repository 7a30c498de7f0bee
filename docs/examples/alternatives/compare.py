"""What other decoders and ways of training bring, on the small network and half of the samples.

    python docs/examples/alternatives/compare.py zh_guanxi_trf build/alternatives softmax 1
    python docs/examples/alternatives/compare.py zh_guanxi_trf build/alternatives self-training 1 news.jsonl.gz

The first argument is the encoder to begin with, then come a folder, the variant and the seed. All heads begin anew. The variants:

- softmax (what is shipped), crf, spans, biaffine, product (pair scorer and biaffine): another head, all else alike;
- longer: softmax for half as many steps again, to be held against self-training, which takes as many;
- self-training: half as much raw news beside the samples, labelled by `softmax` of the same seed where it is sure;
- ensemble: `softmax` of seeds 1, 2 and 3 read together, nothing is trained;
- distilled: one network taught by that ensemble on the samples.

One line of strict F1 on the development files is printed; `dev.jsonl` beside the network is what was read there, for
`guanxi evaluate --compare`. What later variants begin with must have been trained before.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from spacy.language import Language
from spacy.tokens import Doc, Span
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from variants import VARIANTS, Ensemble, Softmax

from pipeline.entities.leaders import name_leaders
from pipeline.extract import extract
from pipeline.language.vocabulary import Vocabulary
from pipeline.records import Record
from pipeline.relations.arcs import Relations
from pipeline.training.batches import LIMIT, Batch, collate
from pipeline.training.corpora import read_raw
from pipeline.training.export import CONFIG
from pipeline.training.formats import load_samples
from pipeline.training.losses import arc_loss
from pipeline.training.scoring import group_f1
from pipeline.training.settings import Settings, read_settings
from pipeline.training.shipped import unpack_shipped
from pipeline.training.source import Source
from pipeline.training.teacher import Teacher
from pipeline.training.train import build_network, encoder_folder, parameter_groups, slope

EPOCHS = 2
SURE = 0.9
"""A passage of raw news is learnt when the least sure of its mentions has this score."""
TRAINED_AS = {"longer": "softmax", "self-training": "softmax", "distilled": "softmax"}
Loss = Callable[[Softmax, Tensor, Batch], Tensor]


def main(encoder: Path, out: Path, variant: str, seed: int, raw: list[Path]) -> None:
    name = f"{variant}-{seed}"
    epochs = EPOCHS * 3 // 2 if variant == "longer" else EPOCHS
    settings = unpack_shipped(settings_for(encoder, seed, epochs), out / name)
    vocabulary = Vocabulary.load(encoder_folder(settings) / "vocab.txt")
    if variant == "ensemble":
        network: nn.Module = Ensemble([trained(settings, out / f"softmax-{one}") for one in (1, 2, 3)])
    else:
        network = learn(settings, out, variant, seed, vocabulary, raw)
        torch.save(network.state_dict(), out / name / "network.pt")
    gold = load_samples(settings.paths.dev)
    found = list(extract(reader(network, vocabulary), ((r.id, r.text) for r in gold)))
    with (out / name / "dev.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(record.model_dump_json(exclude_none=True) + "\n" for record in found)
    figures = group_f1(gold, found)
    print(json.dumps({"variant": variant, "seed": seed, **figures}), flush=True)


def settings_for(encoder: Path, seed: int, epochs: int) -> Settings:
    changes: dict[str, Any] = {
        "paths.encoder": str(encoder),
        "paths.teacher": None,
        "training.seed": seed,
        "training.epochs": epochs,
        "training.batch": 1024,
        "training.generated_share": 0.0,
    }
    return read_settings(Path("configs/sm.cfg"), changes)


def build(settings: Settings, kind: type[Softmax]) -> Softmax:
    torch.manual_seed(settings.training.seed)
    return kind(build_network(settings).encoder)


def trained(settings: Settings, folder: Path) -> Softmax:
    network = build(settings, Softmax)
    network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
    return network.eval()


def learn(settings: Settings, out: Path, variant: str, seed: int, vocabulary: Vocabulary, raw: list[Path]) -> Softmax:
    samples = load_samples(settings.paths.train)
    random.Random(1).shuffle(samples)
    samples = samples[::2]
    loss: Loss = annotated
    if variant == "self-training":
        labeller = reader(trained(settings, out / f"softmax-{seed}"), vocabulary)
        samples = [*samples, *silver(labeller, raw, sum(len(r.text) for r in samples) // 2)]
    if variant == "distilled":
        loss = taught(Teacher(Ensemble([trained(settings, out / f"softmax-{one}") for one in (1, 2, 3)]), vocabulary))
    network = build(settings, VARIANTS[TRAINED_AS.get(variant, variant)])
    return fit(network, loss, Source(settings, samples, vocabulary), settings)


def annotated(network: Softmax, hidden: Tensor, batch: Batch) -> Tensor:
    return network.mention_loss(hidden, batch) + arc_loss(network, hidden, batch)


def taught(teacher: Teacher) -> Loss:
    def loss(network: Softmax, hidden: Tensor, batch: Batch) -> Tensor:
        return annotated(network, hidden, batch) + teacher.loss(network, batch, hidden, network.tagger(hidden).float())

    return loss


def fit(network: Softmax, loss: Loss, source: Source, settings: Settings) -> Softmax:
    """Train as `guanxi train` does; returns the averaged network."""
    options = settings.training
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(options.decay))
    groups = [source.groups(epoch) for epoch in range(options.epochs)]
    total = sum(map(len, groups))
    optimiser = torch.optim.AdamW(
        parameter_groups(network, network.encoder.bert, options.rate, options.head_rate), weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: slope(step, total, options.warmup))
    network.train()
    for batch in map(collate, (group for epoch in groups for group in epoch)):
        hidden = network.dropout(network.encoder(batch.ids, batch.places))
        loss(network, hidden, batch).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        average.update_parameters(network)
    return average.module.eval()


def silver(labeller: Language, raw: list[Path], characters: int) -> Iterator[Record]:
    """Raw news that the labeller is sure of, with what it reads there."""
    texts = [text for path in raw for text in read_raw(path, LIMIT // 2)]
    random.Random(1).shuffle(texts)
    for record in extract(labeller, ((f"silver-{number}", text) for number, text in enumerate(texts))):
        if record.entities and min(mention.score or 0.0 for mention in record.entities) >= SURE:
            yield record
            characters -= len(record.text)
            if characters <= 0:
                return


class ScoredBy(Relations):
    """The shipped arc component with the scores of any torch module."""

    arcs: Callable[..., Tensor]

    def _sides(self, tensor: np.ndarray, labels: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple[Any, Any]:
        return np.concatenate([tensor[starts], tensor[ends - 1]], axis=1), labels

    def _logits(self, heads: Any, tails: Any, head: Any, tail: Any, features: Any) -> np.ndarray:
        with torch.no_grad():
            return self.arcs(*map(torch.from_numpy, (heads, tails, head, tail, features))).numpy()


def reader(network: Any, vocabulary: Vocabulary) -> Language:
    """The network as the pipeline that users run, with its own way to find mentions and to score arcs."""
    network.eval()
    nlp = spacy.blank("zh", config=CONFIG)

    def run(ids: np.ndarray, places: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return network.encoder(torch.from_numpy(ids), torch.from_numpy(places)).numpy()

    def mentions(doc: Doc) -> Doc:
        with torch.no_grad():
            spans = name_leaders(doc.text, network.read(torch.from_numpy(doc.tensor))) if len(doc) else []
        doc.set_ents([Span(doc, start, end, label=label) for label, start, end, _ in spans])
        doc._.scores = [score for *_, score in spans]
        return doc

    arcs = ScoredBy()
    arcs.arcs = network.arcs
    encoder: Any = nlp.add_pipe("guanxi_encoder")
    encoder.run, encoder.vocabulary = run, vocabulary
    for name, component in (("mentions", mentions), ("arcs", arcs)):
        Language.component(f"{name}_{id(network)}", func=component)
        nlp.add_pipe(f"{name}_{id(network)}")
    return nlp


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), [Path(one) for one in sys.argv[5:]])
