"""A reading measured against the reading of a careful person."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import Any

from pipeline.pages.reading import Reading
from pipeline.records import Article

ROLES = ("headline", "subtitle", "kicker", "section")


def score(gold: dict[str, Any], reading: Reading) -> Counter[str]:
    """Counts that add up over pages.

    `articles` (gold), `found`, exact `bodies`, right `headlines`, `subtitles`, `kickers`, `sections`, `bylines` and
    `kinds` among articles paired by their bodies; `foreign`: articles with text of another one inside;
    `characters_right`, `characters_gold`, `characters_found`: assignment of body characters to articles.
    """
    counts: Counter[str] = Counter(articles=len(gold["articles"]), found=len(reading.articles))
    for want, got in pair(gold["articles"], reading.articles):
        counts.update(_article(want, got))
    counts["characters_gold"] = sum(len(a["body"]) for a in gold["articles"])
    counts["characters_found"] = sum(len(a.body) for a in reading.articles)
    counts["foreign"] = sum(
        _foreign(got, want, gold["articles"]) for want, got in pair(gold["articles"], reading.articles)
    )
    return counts


def summary(counts: Counter[str]) -> dict[str, float]:
    """Shares of right answers and the character F1 of article assignment."""
    total = counts["articles"] or 1
    shares = {
        name: counts[name] / total for name in ("bodies", "headlines", "subtitles", "kickers", "sections", "bylines")
    }
    characters = counts["characters_gold"] + counts["characters_found"]
    return shares | {
        "characters_f1": 2 * counts["characters_right"] / (characters or 1),
        "foreign": float(counts["foreign"]),
    }


def pair(gold: list[dict[str, Any]], found: list[Article]) -> list[tuple[dict[str, Any], Article]]:
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


def _article(want: dict[str, Any], got: Article) -> Counter[str]:
    names = {(c["role"], c["name"]) for c in want["byline"]}
    matcher = difflib.SequenceMatcher(None, want["body"], got.body, autojunk=False)
    return Counter(
        bodies=want["body"] == got.body,
        bylines=names == {(c.role, c.name) for c in got.byline},
        kinds=want["kind"] == got.kind,
        characters_right=len(got.body)
        if want["body"] == got.body
        else sum(m.size for m in matcher.get_matching_blocks()),
        **{f"{role}s": want[role] == getattr(got, role) for role in ROLES},
    )


def _foreign(got: Article, own: dict[str, Any], gold: list[dict[str, Any]]) -> bool:
    """Whether a run of fifteen characters of another article stands in the body."""
    runs = {got.body[i : i + 15] for i in range(len(got.body) - 14)} - {
        own["body"][i : i + 15] for i in range(len(own["body"]) - 14)
    }
    return any(run in other["body"] for other in gold if other is not own for run in runs)
