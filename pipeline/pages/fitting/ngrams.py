"""Counts runs of characters in Chinese news for `data/ngrams.npz`.

    python -m pipeline.pages.fitting.ngrams TEXT ... --out ngrams.npz

Each text is a file in UTF-8. What comes out is what `pipeline.pages.ngrams.Ngrams` loads.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.pages.ngrams import BITS, SCALE, key, normal

LEAST = (5, 3, 5)
"""Runs of one, two and three characters that are seen less often are dropped."""


def count(texts: Iterable[str], size: int) -> Counter[str]:
    """Counts of all runs of `size` characters in paragraphs of normalised texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        for paragraph in normal(text).split("\n"):
            line = f"\n{paragraph}\n"
            counts.update(line[i : i + size] for i in range(len(line) - size + 1))
    return counts


def save(path: Path, counts: Sequence[Counter[str]]) -> None:
    """Writes counts of 1, 2, 3 characters."""
    letters = "".join(c for c, n in counts[0].most_common((1 << BITS) - 1) if n >= LEAST[0])
    number = {c: i for i, c in enumerate(letters, start=1)}
    arrays: dict[str, Any] = {"letters": np.array(letters)}
    for size, table in enumerate(counts, start=1):
        kept = {k: n for k, n in table.items() if n >= LEAST[size - 1] and all(c in number for c in k)}
        keys = np.array([key(k, number) for k in kept], dtype=np.int64)
        order = np.argsort(keys)
        logs = np.array([round(math.log(n) * SCALE) for n in kept.values()], dtype=np.uint8)
        arrays[f"keys{size}"] = np.diff(keys[order], prepend=0)
        arrays[f"logs{size}"] = logs[order]
    np.savez_compressed(path, **arrays)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in options.texts]
    save(options.out, [count(texts, size) for size in (1, 2, 3)])


if __name__ == "__main__":
    main()
