"""How well heading lines fit articles: words that both share, places on the page, the shape of the heading (`shapes`)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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


_PAIRS = re.compile(r"(?=(\w\w))")


@lru_cache(maxsize=512)
def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters without those that hold punctuation."""
    return frozenset(_PAIRS.findall(normal(text)))


class Scores:
    """Scores of the headings of one page: features times weights."""

    def __init__(self, lines: Sequence[Candidate], targets: Sequence[Target]) -> None:
        self.lines, self.targets = lines, targets
        self.w: Mapping[str, float] = weights()
        self.line_words = [bigrams(line.paragraph.text) for line in lines]
        self.groups = Counter(line.group for line in lines)
        self.furniture = [furniture_score(line.paragraph.text) for line in lines]
        self.words = [bigrams(t.text) for t in targets]
        self.leads = [bigrams(t.text[:LEAD]) for t in targets]
        printed = frozenset().union(*self.line_words)
        self.spread = Counter(word for words in self.words for word in words & printed)
        self._weights: dict[str, float] = {}
        self._line_weights = [sum(map(self._weight, words)) or 1.0 for words in self.line_words]
        self._shares: dict[tuple[int, int], tuple[float, float]] = {}
        self._torn: dict[Extra, Features] = {}
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
            "head_torn": before and not gathered,
            "head_torn_list": before and gathered,
            "head_cross": sum(self.lines[k].group != self.lines[k + 1].group for k in run[:-1]),
            "head_furniture": sum(self.furniture[k] for k in run),
        }

    def _fit(self, target: int, run: tuple[int, ...]) -> Features:
        """What lines and an article say of each other."""
        at = self.targets[target]
        shared, lead = self._run_shared(target, run)
        first, last = self.lines[run[0]], self.lines[run[-1]]
        beside = at.first - 1 in (first.item, last.item) or at.last + 1 in (first.item, last.item)
        return {
            "head_overlap": shared,
            "head_lead": lead,
            "head_shy": at.shy * (0.5 if beside else 1.0),
            "head_block": at.block == last.paragraph.block and at.first == last.item + 1,
            **_place(last.item, at),
        }

    def extra_features(self, target: int, line: int) -> Features:
        """What speaks for a line being torn from the heading of a target, or against it."""
        if (target, line) not in self._torn:
            self._torn[target, line] = self._extra_features(target, line)
        return self._torn[target, line]

    def _extra_features(self, target: int, line: int) -> Features:
        shared, lead = self._shared(line, target)
        one = self.lines[line]
        near = _place(one.item, self.targets[target])
        alone = self.groups[one.group] == 1 and not self.follows(line)
        return {
            "head_extra": 1.0,
            "head_extra_fit": shared + lead / 2,
            "head_extra_column": one.column,
            "head_extra_alone": alone and near.get("head_above") == 1.0,
            "head_extra_dash": bool(cue("dash").match(one.paragraph.text)),
            "head_furniture": self.furniture[line],
            "head_extra_near": near.get("head_above", 0.0) + near.get("head_below", 0.0),
        }

    def unused(self, line: int) -> Features:
        """What speaks against a line being left over."""
        return {"head_unused": 1.0, "head_unused_column": self.lines[line].column}

    def lost(self, state: State) -> Features:
        """What speaks against a whole reading: articles without a headline, torn lines without a heading."""
        headed = {t for t, _ in state.main[-MANY:]}
        lost = sum(target.needs for t, target in enumerate(self.targets) if t not in headed)
        return {"head_missing": lost, "head_orphan": sum(t not in headed for t, _ in state.extra)}

    def total(self, state: State) -> float:
        """Score of a whole reading."""
        return state.score + weigh(self.lost(state), self.w)

    def state_features(self, state: State) -> Features:
        """All features of a whole reading."""
        total: Features = {}
        used = {k for _, run in state.main for k in run} | {k for _, k in state.extra}
        found = [self.run_features(t, run) for t, run in state.main]
        found += [self.extra_features(t, k) for t, k in state.extra]
        found += [self.unused(k) for k in range(len(self.lines)) if k not in used]
        for features in (*found, self.lost(state)):
            add(total, features)
        return total

    def _run_shared(self, target: int, run: tuple[int, ...]) -> tuple[float, float]:
        """The shares of the line of a heading that shares most; figurative kickers and subtitles need not share any."""
        lines = [self._shared(k, target) for k in run]
        return max(shared for shared, _ in lines), max(lead for _, lead in lines)

    def _shared(self, line: int, target: int) -> tuple[float, float]:
        """The shares of words that stand in the article and in its beginning, weighted by how few articles have them."""
        if (line, target) not in self._shares:
            words = self.line_words[line]
            total = self._line_weights[line]
            shared = sum(self._weight(word) for word in words & self.words[target]) / total
            lead = sum(self._weight(word) for word in words & self.leads[target]) / total
            self._shares[line, target] = shared, lead
        return self._shares[line, target]

    def _weight(self, word: str) -> float:
        if word not in self._weights:
            self._weights[word] = self._weigh(word)
        return self._weights[word]

    def _weigh(self, word: str) -> float:
        seen = max(self.spread[word], 1)
        common = max(0.2, 1 - (ngrams().log_count(word) or 0.0) / 12)
        return common * math.log(1 + len(self.targets) / seen)


def _place(item: int, target: Target) -> Features:
    if item < target.first:
        gap = target.first - item - 1
        return {"head_above": 1.0} if gap == 0 else {"head_above": 0.5} if gap == 1 else {"head_far": min(gap, 12)}
    if item > target.last:
        gap = item - target.last - 1
        return {"head_below": 1.0} if gap == 0 else {"head_far": min(gap, 12)}
    return {"head_inside": 1.0}
