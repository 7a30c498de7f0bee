"""A reading measured against the reading of a careful person."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline.records import Article

ROLES = ("headline", "subtitle", "kicker", "section")
SHARES = ("bodies", "headlines", "subtitles", "kickers", "sections", "bylines", "kinds")
RUN = 6
"""Characters of the shortest run that shows that a stretch was taken from another article."""


def score(gold: dict[str, Any], found: Sequence[Article]) -> Counter[str]:
    """Counts that add up over pages.

    `articles` (gold), `found`, exact `bodies`, right `headlines`, `subtitles`, `kickers`, `sections`, `bylines` and
    `kinds` among articles paired by their bodies (an article without a headline is right when none was found);
    `characters_right`, `characters_gold`, `characters_found`: assignment of body characters to articles; `foreign`:
    characters of one article inside another.
    """
    counts: Counter[str] = Counter(articles=len(gold["articles"]), found=len(found))
    for want, got in pair(gold["articles"], found):
        counts.update(_article(want, got, gold["articles"]))
    counts["characters_gold"] = sum(len(a["body"]) for a in gold["articles"])
    counts["characters_found"] = sum(len(a.body) for a in found)
    return counts


def summary(counts: Counter[str]) -> dict[str, float]:
    """Shares of right answers and the character F1 of article assignment."""
    total = counts["articles"] or 1
    characters = counts["characters_gold"] + counts["characters_found"]
    shares = {name: counts[name] / total for name in SHARES}
    return shares | {"characters_f1": 2 * counts["characters_right"] / (characters or 1)}


def pair(gold: Sequence[dict[str, Any]], found: Sequence[Article]) -> list[tuple[dict[str, Any], Article]]:
    """Gold and found articles one to one, the most alike bodies first."""
    alike = sorted(
        ((_common(want["body"], got.body), i, j) for i, want in enumerate(gold) for j, got in enumerate(found)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    pairs: dict[int, int] = {}
    for size, i, j in alike:
        if size > 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(gold[i], found[j]) for i, j in sorted(pairs.items())]


def _common(a: str, b: str) -> int:
    """How many three-character runs two bodies share; all of them if they are the same."""
    first, second = (Counter(t[i : i + 3] for i in range(max(1, len(t) - 2))) for t in (a, b))
    return sum((first & second).values()) + (10**6 if a == b else 0)


def _article(want: dict[str, Any], got: Article, gold: Sequence[dict[str, Any]]) -> Counter[str]:
    names = {(c["role"], c["name"]) for c in want["byline"]}
    same = want["body"] == got.body
    blocks = [] if same else _matching(want["body"], got.body)
    others = [other["body"] for other in gold if other is not want]
    return Counter(
        bodies=same,
        bylines=names == {(c.role, c.name) for c in got.byline},
        kinds=want["kind"] == got.kind,
        characters_right=len(got.body) if same else sum(size for _, size in blocks),
        foreign=0 if same else sum(_taken(stretch, others) for stretch in _between(got.body, blocks)),
        **{f"{role}s": want[role] == getattr(got, role) for role in ROLES},
    )


def _matching(want: str, got: str) -> list[tuple[int, int]]:
    """Stretches of `got` that stand in the same order in `want`: (start, size)."""
    matcher = difflib.SequenceMatcher(None, want, got, autojunk=False)
    return [(block.b, block.size) for block in matcher.get_matching_blocks()]


def _between(text: str, blocks: list[tuple[int, int]]) -> list[str]:
    """What stands between the matching stretches; matches shorter than a run do not part it."""
    out, at = [], 0
    for start, size in blocks:
        if size >= RUN or start == len(text):
            out.append(text[at:start])
            at = start + size
    return [stretch for stretch in out if stretch]


def _taken(stretch: str, others: Sequence[str]) -> int:
    """How many characters of a stretch stand in runs of other articles."""
    runs = [i for i in range(len(stretch) - RUN + 1) if any(stretch[i : i + RUN] in other for other in others)]
    return len({i + k for i in runs for k in range(RUN)})
