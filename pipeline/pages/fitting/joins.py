"""Trains the network of joins.py: torn places of real texts against pieces that do not belong together (needs torch).

    python -m pipeline.pages.fitting.joins TEXT... --out joins.npz --held-out TEXT

Texts are JSON Lines with "text" (gz too) or annotated samples (.ann). Every step tears a few hundred sentences of neighbouring
texts and learns to tell, from both sides, which pieces belong together.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from pipeline.pages.joins import PAD, REACH, UNKNOWN
from pipeline.pages.ngrams import normal

WIDTH, HIDDEN, BLOCK, BLOCKS = 32, 160, 24, 16
"""Numbers for a character, hidden numbers, tears that are told apart at once, and such blocks in a step."""
LEAST = 15
"""Rarer characters are unknown."""
NO_START = re.compile(r"[,.。、;:!?”’)》\n]")


def texts(path: Path) -> Iterator[str]:
    """The normalised paragraphs of a file, at least two columns long."""
    raw = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with raw as file:
        if path.suffix == ".ann":
            plain = re.sub(
                r"\{([^{}|]*)\|[A-Z]\d+\}", r"\1", re.sub(r"\n---.*?(?=\n===|$)", "", file.read(), flags=re.DOTALL)
            )
            found = re.split(r"\n===|# id.*", plain)
        else:
            found = [json.loads(line)["text"] for line in file if line.strip()]
    for text in found:
        for paragraph in re.split(r"\n|</p>|<br>", text):
            line = normal(re.sub(r"<[^>]*>|\[[^]]*\]\([^)]*\)|^#+", "", paragraph))
            if len(line) >= 2 * REACH:
                yield line


class Network(nn.Module):
    """The network in torch."""

    def __init__(self, letters: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(letters, WIDTH)
        nn.init.normal_(self.embedding.weight, std=0.1)
        self.left = nn.Linear(REACH * WIDTH, HIDDEN, bias=False)
        self.right = nn.Linear(REACH * WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """Scores of all pairs within each block: (blocks, left, right)."""
        a = self.left(self.embedding(left).flatten(1)).view(-1, BLOCK, 1, HIDDEN)
        b = self.right(self.embedding(right).flatten(1)).view(-1, 1, BLOCK, HIDDEN)
        scores: Tensor = self.out(torch.relu(a + b)).squeeze(-1)
        return scores


def loss_of(scores: Tensor) -> Tensor:
    """Pieces told apart from the left and from the right, and how likely each pair is by itself."""
    blocks = scores.shape[0]
    right = torch.arange(BLOCK).expand(blocks, BLOCK)
    chosen = nn.functional.cross_entropy(scores.flatten(0, 1), right.flatten())
    chosen = chosen + nn.functional.cross_entropy(scores.transpose(1, 2).flatten(0, 1), right.flatten())
    true = torch.eye(BLOCK).expand_as(scores)
    alone = nn.functional.binary_cross_entropy_with_logits(scores - np.log(BLOCK - 1), true, reduction="sum")
    return chosen + alone / (blocks * BLOCK)


def tears(rows: list[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Both sides of torn places of random paragraphs of one neighbourhood, some of them before or between paragraphs."""
    while True:
        number = rng.randrange(len(rows))
        row, chance = rows[number], rng.random()
        if chance < 0.05:
            yield "", row[:REACH]
        elif chance < 0.1:
            yield rows[number - 1][-REACH:], row[:REACH]
        else:
            at = rng.randrange(2, len(row) - 2)
            cut_number = row[at].isdigit() and row[at - 1].isdigit()
            if not NO_START.match(row[at]) and row[at - 1] not in "(“《" and not cut_number:
                # pieces can be short, so now and then one side is
                reach = REACH if rng.random() < 0.9 else rng.randint(2, REACH)
                yield row[max(0, at - REACH) : at], row[at : at + reach]


def sides(pairs: list[tuple[str, str]], number: dict[str, int]) -> tuple[Tensor, Tensor]:
    """Both sides as character indices."""
    left = [[number.get(c, UNKNOWN if c != "\0" else PAD) for c in a.rjust(REACH, "\0")] for a, _ in pairs]
    right = [[number.get(c, UNKNOWN if c != "\0" else PAD) for c in b.ljust(REACH, "\0")] for _, b in pairs]
    return torch.tensor(left), torch.tensor(right)


def batch(rows: list[str], rng: random.Random, number: dict[str, int]) -> tuple[Tensor, Tensor]:
    """Blocks of tears; each block's come from neighbouring paragraphs, half the time from a few only."""
    pairs: list[tuple[str, str]] = []
    for _ in range(BLOCKS):
        size = rng.choice([20, 200])
        start = rng.randrange(max(1, len(rows) - size))
        source = tears(rows[start : start + size], rng)
        pairs += [next(source) for _ in range(BLOCK)]
    return sides(pairs, number)


@torch.no_grad()
def accuracy(model: Network, rows: list[str], number: dict[str, int], rng: random.Random) -> float:
    """How often the true right side is the best of a block's."""
    scores = torch.cat([model(*batch(rows, rng, number)) for _ in range(5)])
    return float((scores.argmax(2) == torch.arange(BLOCK)).float().mean())


def train(paths: list[Path], held_out: list[Path], steps: int) -> tuple[Network, dict[str, int]]:
    """The trained network and the indices of its characters."""
    torch.manual_seed(0)
    rng = random.Random(0)
    rows = [row for path in paths for row in texts(path)]
    test = [row for path in held_out for row in texts(path)]
    counts = Counter(c for row in rows for c in row)
    number = {c: i for i, (c, n) in enumerate(counts.most_common(), start=2) if n >= LEAST}
    model = Network(len(number) + 2)
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 8e-3, total_steps=steps)
    begun = time.time()
    for step in range(1, steps + 1):
        loss = loss_of(model(*batch(rows, rng, number)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 500 == 0:
            right = accuracy(model, test, number, random.Random(1)) if test else 0.0
            sys.stderr.write(f"{step} loss {loss.item():.3f} held out {right:.3f} {time.time() - begun:.0f} s\n")
    return model, number


def save(path: Path, model: Network, number: dict[str, int]) -> None:
    """Writes what `joins.Joins` loads, in half precision."""
    arrays: dict[str, Any] = {"letters": np.array("".join(number))}
    weights = {
        "embedding": model.embedding.weight,
        "left": model.left.weight.T,
        "right": model.right.weight.T,
        "hidden": model.right.bias,
        "out": model.out.weight[0],
        "bias": model.out.bias[0],
    }
    arrays |= {name: value.detach().numpy().astype(np.float16) for name, value in weights.items()}
    np.savez_compressed(path, **arrays)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--held-out", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=8000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    save(options.out, *train(options.texts, options.held_out, options.steps))


if __name__ == "__main__":
    main()
