"""Pages torn on purpose: clean articles laid out in columns, wrapped, broken in mid-sentence and interleaved.

The texts are the annotated passages of seeds/annotated that have a headline; the answers are exact, so that a large
number of pages nobody tuned on can be measured.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_HALF = str.maketrans("，：；（）？！", ",:;()?!")
_FULL = str.maketrans(",:;()", "，：；（）")
_DIGITS = str.maketrans({str(d): chr(0xFF10 + d) for d in range(10)})


@dataclass
class Clean:
    """An article before tearing."""

    headline: str
    subtitle: str | None
    body: str


@dataclass
class Torn:
    """An article's printed pieces and its reading."""

    heading: str
    pieces: list[str]
    reading: dict[str, Any] = field(default_factory=dict)


def clean_articles(paths: list[Path]) -> list[Clean]:
    """Passages with a one- or two-line heading and a body of whole sentences."""
    out = []
    for path in paths:
        for sample in path.read_text(encoding="utf-8").split("===\n"):
            text = re.sub(r"\{([^{}|]*)\|[A-Z]\d+\}", r"\1", sample.split("\n---")[0])
            lines = [line for line in text.strip().split("\n") if not line.startswith("# id")]
            article = _article(lines)
            if article:
                out.append(article)
    return out


def _article(lines: list[str]) -> Clean | None:
    heads = [line for line in lines[:2] if len(line) <= 26 and "。" not in line]
    body = lines[len(heads) :]
    if not heads or not body or any(len(line) < 30 or line[-1] not in "。”）)" for line in body):
        return None
    if (len(heads) == 1 and " " in heads[0]) or not re.search(r"[。]", body[0]) or body[0][0] in "①—":
        return None
    return Clean(heads[0], heads[1] if len(heads) > 1 else None, "\n".join(body))


def tear(articles: list[Clean], rng: random.Random) -> tuple[str, dict[str, Any]]:
    """A torn page of these articles and its reading."""
    header = f"今日清溪 2022年{rng.randint(1, 12)}月{rng.randint(1, 28)}日 星期{rng.choice('一二三四五')} 第{rng.randint(1, 4)}版"
    indent, wide = rng.random() < 0.5, rng.random() < 0.5
    width = rng.choice([0, 0, 15, 17, 18, 20, 22])
    torn = [_set(a, rng, indent=indent, full=wide, width=width) for a in articles]
    blocks = [header]
    rest = torn[:]
    while rest:
        group, rest = rest[: (n := rng.choice([1, 1, 2, 2, 3]))], rest[n:]
        blocks += _interleave(group, rng, header)
    late = [t for t in torn if t.heading]
    rng.shuffle(late)
    blocks += [t.heading for t in late]
    if rng.random() < 0.5:
        blocks.append("责任编辑：周明　版式：李芳")
    order = sorted(torn, key=lambda t: _first(blocks, t))
    return "\n\n".join(blocks) + "\n", {"articles": [t.reading for t in order]}


def _first(blocks: list[str], torn: Torn) -> int:
    return next(i for i, block in enumerate(blocks) if torn.pieces[0] in block)


def _set(article: Clean, rng: random.Random, *, indent: bool, full: bool, width: int) -> Torn:
    """One article set in type: its punctuation, its column and where the column breaks."""
    if rng.random() < 0.3:
        full = not full
    body = article.body.translate(_FULL if full else _HALF)
    if full and rng.random() < 0.3:
        body = body.translate(_DIGITS)
    if rng.random() < 0.25:
        width = 0
    cuts = _cuts(body, rng)
    pieces = []
    for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True):
        middle = start > 0 and body[start - 1] != "\n"
        pieces.append(_column(body[start:end].strip("\n"), width, indent, middle))
    subtitle = article.subtitle
    glue = rng.choice(["\n", " ", "\n——"]) if subtitle else ""
    heading = article.headline + glue + (subtitle or "")
    return Torn(
        heading,
        pieces,
        {
            "headline": article.headline,
            "subtitle": subtitle,
            "kicker": None,
            "section": None,
            "byline": [],
            "body": body,
            "kind": "article",
        },
    )


def _cuts(body: str, rng: random.Random) -> list[int]:
    """Column breaks: mostly inside sentences, never within ten characters of an end."""
    wanted = rng.choice([0, 1, 1, 2, 2, 3]) if len(body) > 150 else rng.choice([0, 1])
    places = [
        i
        for i in range(25, len(body) - 10)
        if body[i] not in "，。、；：,;:！？”）)》\n"
        and body[i - 1] not in "（(“《\n"
        and not re.match(r"[0-9０-９.]", body[i])
    ]
    cuts = sorted(rng.sample(places, min(wanted, len(places))))
    return [c for k, c in enumerate(cuts) if k == 0 or c - cuts[k - 1] > 25]


def _column(text: str, width: int, indent: bool, middle: bool) -> str:
    lines = []
    for n, paragraph in enumerate(text.split("\n")):
        line = ("　　" if indent and not (n == 0 and middle) else "") + paragraph
        lines += [line[i : i + width] for i in range(0, len(line), width)] if width else [line]
    return "\n".join(lines)


def _interleave(group: list[Torn], rng: random.Random, header: str) -> list[str]:
    """The pieces of a few articles as a reader across the columns meets them."""
    queues = [list(t.pieces) for t in group]
    blocks: list[str] = []
    for torn, queue in zip(group, queues, strict=True):
        if rng.random() < 0.6:
            glue = rng.choice(["\n", "\n\n"])
            queue[0] = torn.heading + glue + queue[0]
            torn.pieces[0] = queue[0]
            torn.heading = ""
    while any(queues):
        for queue in queues:
            if queue:
                blocks.append(queue.pop(0))
                if queue and rng.random() < 0.1:
                    blocks.append(header)
    return blocks
