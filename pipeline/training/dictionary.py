"""Build `pipeline/language/data/dictionary.txt.gz`: words and how rare they are, for the borders that the encoder reads.

    python -m pipeline.training.dictionary NEWS.jsonl.gz...

Words are those of jieba's dictionary (MIT licence) that are common or stand in the news given; a word's cost is
-10 ln p, p the mean of its share in jieba's counts and of its share in the news, cut by jieba.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.language.dictionary import PATH
from pipeline.training.corpora import read_raw

HAN = re.compile(r"[一-鿿]{1,6}")
COMMON, SEEN, SEEN_NAME = 20, 2, 20
"""How often a word stands in jieba's counts, or in the news, to be kept; names of people stay out unless they are words."""


def build(news: Iterable[Path], out: Path = PATH) -> int:
    """Write the dictionary, one `word⇥cost` a line; returns the number of words."""
    import jieba

    seen = Counter(word for path in news for text in read_raw(path) for word in jieba.cut(text, HMM=False))
    with jieba.get_dict_file() as file:
        entries = [line.decode("utf-8").split() for line in file]
    known = {word: (int(count), tag) for word, count, tag in entries if HAN.fullmatch(word)}
    shares = dict(_shares(known, seen))
    lines = (f"{word}\t{round(-10 * math.log(share))}" for word, share in sorted(shares.items()))
    out.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))
    return len(shares)


def _shares(known: dict[str, tuple[int, str]], seen: Counter[str]) -> Iterable[tuple[str, float]]:
    everything, everything_seen = sum(count for count, _ in known.values()), max(sum(seen[w] for w in known), 1)
    for word, (count, tag) in known.items():
        wanted = SEEN_NAME if tag.startswith("nr") else SEEN
        if len(word) == 1 or seen[word] >= wanted or (count >= COMMON and wanted == SEEN):
            yield word, (max(count, 1) / everything + seen[word] / everything_seen) / 2


if __name__ == "__main__":
    sys.stdout.write(f"{build(map(Path, sys.argv[1:]))} words\n")
