"""How well heading lines fit articles: words that both share, places on the page, the shape of the heading (`shapes`)."""

from __future__ import annotations

import math
import operator
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from pipeline.pages.cues import cue
from pipeline.pages.features import Features, add, weigh, weights
from pipeline.pages.furniture import furniture_score
from pipeline.pages.ngrams import ngrams, normal
from pipeline.pages.paragraphs import Paragraph
from pipeline.pages.shapes import Division, divide, division_features, scored

GATHERED = 4
"""So many heading lines together can be those of several articles."""
MANY = 80
"""Articles of a common page; on one with more, a heading is tried on those near it."""
LEAD = 150
"""Characters of an article's beginning."""


@dataclass(slots=True)
class Target:
    """What the search must know of an article that wants a heading."""

    first: int
    last: int
    """Indices of its first item on the page, a byline right above it included, and of its last."""
    text: str
    needs: float
    """How much is lost when it gets no headline."""
    block: int = -1
    """Number of the block in which its text begins."""
    shy: float = 0.0
    """How seldom such a text has a headline: captions and bulleted briefs 1."""


@dataclass(slots=True)
class Candidate:
    """A heading line with the index of its item and its place in the group."""

    paragraph: Paragraph
    item: int
    group: int
    column: bool = False


Run = tuple[int, tuple[int, ...]]
"""(target, candidate indices of the lines of its heading)."""
Extra = tuple[int, int]
"""(target, candidate index of a torn line)."""


class State(NamedTuple):
    """A reading in the making: its score, the headings and the torn lines so far."""

    score: float
    main: tuple[Run, ...]
    extra: tuple[Extra, ...]


_WORDS = re.compile(r"\w+")


@lru_cache(maxsize=512)
def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters without those that hold punctuation."""
    words = _WORDS.findall(normal(text))
    return frozenset(chain.from_iterable(map(operator.add, word, word[1:]) for word in words))


class Scores:
    """Scores of the headings of one page: features times weights."""

    def __init__(self, lines: Sequence[Candidate], targets: Sequence[Target]) -> None:
        self.lines, self.targets = lines, targets
        self.w: Mapping[str, float] = weights()
        self.groups = Counter(line.group for line in lines)
        self.dashed = [bool(cue("dash").match(line.paragraph.text)) for line in lines]
        self.furniture = [furniture_score(line.paragraph.text) for line in lines]
        headed = {line.item + 1 for line in lines if self.groups[line.group] < GATHERED}
        self.bare = sum(target.needs > 0 and target.first not in headed for target in targets)
        """Articles without a heading above them: gathered headings that are no more have a line for each."""
        self.needed = sum(target.needs for target in targets)
        self._shares, self._leads = _shares([bigrams(line.paragraph.text) for line in lines], targets)
        self._runs: dict[Run, float] = {}
        self._extras: dict[Extra, float] = {}
        self._alone: dict[tuple[int, ...], float] = {}

    def reweigh(self, w: Mapping[str, float]) -> None:
        """Takes other weights."""
        self.w = w
        self._runs.clear()
        self._extras.clear()
        self._alone.clear()

    def run(self, target: int, run: tuple[int, ...]) -> float:
        """Score of lines being the heading of a target."""
        key = (target, run)
        if key not in self._runs:
            self._runs[key] = weigh(self._fit(target, run), self.w) + self.alone(run)
        return self._runs[key]

    def extra(self, target: int, line: int) -> float:
        """Score of a line being torn from the heading of a target."""
        key = (target, line)
        if key not in self._extras:
            self._extras[key] = weigh(self.extra_features(target, line), self.w)
        return self._extras[key]

    def alone(self, run: tuple[int, ...]) -> float:
        """Score of lines being the heading of any target, in their best division into kicker, headline and subtitle."""
        if run not in self._alone:
            shape = max(score for score, _ in scored(self.texts(run), self.w))
            self._alone[run] = weigh(self._run_features(run), self.w) + shape
        return self._alone[run]

    def run_features(self, target: int, run: tuple[int, ...]) -> Features:
        """What speaks for lines being the heading of a target, or against it."""
        parts = division_features(self.texts(run), self.division(run))
        return self._fit(target, run) | self._run_features(run) | parts

    def follows(self, line: int) -> bool:
        """Whether nothing but space stands between a line and the heading line above it."""
        return line > 0 and self.lines[line].item - self.lines[line - 1].item <= 1

    def texts(self, run: tuple[int, ...]) -> tuple[str, ...]:
        """The words of lines."""
        return tuple(self.lines[k].paragraph.text for k in run)

    def division(self, run: tuple[int, ...]) -> Division:
        """The best division of lines into kicker, headline and subtitle."""
        return divide(self.texts(run), self.w)

    def _run_features(self, run: tuple[int, ...]) -> Features:
        """What lines say of themselves."""
        first = self.lines[run[0]]
        before = run[0] > 0 and self.lines[run[0] - 1].group == first.group
        gathered = self.groups[first.group] >= GATHERED
        return {
            "head_column": all(self.lines[k].column for k in run),
            "head_continue": len(run) - 1,
            "head_gathered": (len(run) - 1) * (gathered and self.groups[first.group] <= self.bare),
            "head_torn": before and not gathered,
            "head_torn_list": before and gathered,
            "head_cross": sum(self.lines[k].group != self.lines[k + 1].group for k in run[:-1]),
            "head_furniture": sum(self.furniture[k] for k in run),
        }

    def _fit(self, target: int, run: tuple[int, ...]) -> Features:
        """What lines and an article say of each other."""
        at = self.targets[target]
        # figurative kickers and subtitles need not share any
        shared = max([self._shares[k].get(target, 0.0) for k in run])
        lead = max([self._leads[k].get(target, 0.0) for k in run])
        first, last = self.lines[run[0]], self.lines[run[-1]]
        beside = at.shy and not {at.first - 1, at.last + 1}.isdisjoint((first.item, last.item))
        return {
            "head_overlap": shared,
            "head_lead": lead,
            "head_shy": at.shy * (0.5 if beside else 1.0),
            "head_block": at.block == last.paragraph.block and at.first == last.item + 1,
            **_place(last.item, at),
        }

    def extra_features(self, target: int, line: int) -> Features:
        """What speaks for a line being torn from the heading of a target, or against it."""
        shared, lead = self._shares[line].get(target, 0.0), self._leads[line].get(target, 0.0)
        one = self.lines[line]
        near = _place(one.item, self.targets[target])
        above = near.get("head_above", 0.0)
        alone = above == 1.0 and self.groups[one.group] == 1 and not self.follows(line)
        return {
            "head_extra": 1.0,
            "head_extra_fit": shared + lead / 2,
            "head_extra_column": one.column,
            "head_extra_alone": alone,
            "head_extra_dash": self.dashed[line],
            "head_furniture": self.furniture[line],
            "head_extra_near": above + near.get("head_below", 0.0),
        }

    def unused(self, line: int) -> Features:
        """What speaks against a line being left over."""
        return {"head_unused": 1.0, "head_unused_column": self.lines[line].column}

    def lost(self, main: Sequence[Run], extra: Sequence[Extra]) -> Features:
        """What speaks against a whole reading: articles without a headline, torn lines without a heading."""
        headed = {t for t, _ in main[-MANY:]}
        lost = self.needed - sum([self.targets[t].needs for t in headed])
        return {"head_missing": lost, "head_orphan": len([t for t, _ in extra if t not in headed])}

    def most_lost(self) -> float:
        """The most that a whole reading can be better than its parts, whatever it leaves without a headline or heading."""
        return max(0.0, self.w["head_missing"]) * self.needed + max(0.0, self.w["head_orphan"]) * len(self.lines)

    def total(self, score: float, main: Sequence[Run], extra: Sequence[Extra]) -> float:
        """Score of a whole reading."""
        return score + weigh(self.lost(main, extra), self.w)

    def state_features(self, state: State) -> Features:
        """All features of a whole reading."""
        total: Features = {}
        used = {k for _, run in state.main for k in run} | {k for _, k in state.extra}
        found = [self.run_features(t, run) for t, run in state.main]
        found += [self.extra_features(t, k) for t, k in state.extra]
        found += [self.unused(k) for k in range(len(self.lines)) if k not in used]
        for features in (*found, self.lost(state.main, state.extra)):
            add(total, features)
        return total


Shares = list[dict[int, float]]
"""For each heading line, the shares of its words that articles have, by the articles that have any."""


def _shares(lines: Sequence[frozenset[str]], targets: Sequence[Target]) -> tuple[Shares, Shares]:
    """The shares of words that stand in the articles and in their beginnings, weighted by how few articles have them."""
    printed = frozenset().union(*lines)
    whole = _holders([bigrams(target.text) & printed for target in targets])
    leads = _holders([bigrams(target.text[:LEAD]) & printed for target in targets])
    weight = {word: _weight(word, len(targets), len(whole.get(word, ()))) for word in printed}
    return [_shared(words, whole, weight) for words in lines], [_shared(words, leads, weight) for words in lines]


def _holders(found: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """The articles that have a word."""
    holders: dict[str, list[int]] = defaultdict(list)
    for target, words in enumerate(found):
        for word in words:
            holders[word].append(target)
    return holders


def _shared(
    words: frozenset[str], holders: Mapping[str, Sequence[int]], weight: Mapping[str, float]
) -> dict[int, float]:
    """The share of a line's words that each article has."""
    shared: dict[int, float] = defaultdict(float)
    ordered = sorted(words)  # the order of a set differs from process to process, and with it the last digit of a sum
    for word in ordered:
        for target in holders.get(word, ()):
            shared[target] += weight[word]
    total = sum([weight[word] for word in ordered]) or 1.0
    return {target: share / total for target, share in shared.items()}


def _weight(word: str, targets: int, seen: int) -> float:
    common = max(0.2, 1 - (ngrams().log_count(word) or 0.0) / 12)
    return common * math.log(1 + targets / max(seen, 1))


def _place(item: int, target: Target) -> Features:
    if item < target.first:
        gap = target.first - item - 1
        return {"head_above": 1.0} if gap == 0 else {"head_above": 0.5} if gap == 1 else {"head_far": min(gap, 12)}
    if item > target.last:
        gap = item - target.last - 1
        return {"head_below": 1.0} if gap == 0 else {"head_far": min(gap, 12)}
    return {"head_inside": 1.0}
