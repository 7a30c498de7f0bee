"""Which heading lines belong to which article, and which of them is kicker, headline and subtitle.

A beam search over the heading lines in printed order: each begins the heading of an article, goes on with the line
above it, is a torn kicker or subtitle, or is left over. Scores: words shared with the article, place on the page, shape of
the heading (`shapes`), all weighted by data/weights.json.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple

from pipeline.pages.cues import cue, weights
from pipeline.pages.lines import Paragraph
from pipeline.pages.ngrams import ngrams, normal
from pipeline.pages.parts import furniture_score
from pipeline.pages.shapes import Division, Features, divide, division_features, is_column, scored

BEAM = 60
CANDIDATES = 6
LONGEST_RUN = 5
GATHERED = 4
FEW = 3
MANY = 80
"""Articles of a common page; on one with more, a heading is tried on those near it."""
"""So many heading lines together can be those of several articles."""


@dataclass(slots=True)
class Target:
    """What the search must know of an article that wants a heading."""

    first: int
    last: int
    """Indices of its first and last item on the page."""
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


@dataclass(frozen=True, slots=True)
class Heading:
    """Heading lines of one article by their roles, in printed order."""

    kicker: tuple[Paragraph, ...] = ()
    headline: tuple[Paragraph, ...] = ()
    subtitle: tuple[Paragraph, ...] = ()
    words: int = 0
    """How many words of a headline alone on its line belong to it, the others are its subtitle; 0 for all."""


Run = tuple[int, tuple[int, ...]]
"""(target, candidate indices of the lines of its heading)."""
Extra = tuple[int, int]
"""(target, candidate index of a torn line)."""


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
        self.own = False
        self.line_words = [bigrams(line.paragraph.text) for line in lines]
        self.groups = Counter(line.group for line in lines)
        self.furniture = [furniture_score(line.paragraph.text) for line in lines]
        self.words = [bigrams(t.text) for t in targets]
        self.leads = [bigrams(t.text[:150]) for t in targets]
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
        self.w, self.own = w, True
        self._runs.clear()
        self._extras.clear()
        self._alone.clear()

    def total(self, features: Features) -> float:
        """Features times weights."""
        w = self.w
        return sum([w[name] * value for name, value in features.items() if value])

    def run(self, target: int, run: tuple[int, ...]) -> float:
        """Score of lines being the heading of a target."""
        key = (target, run)
        if key not in self._runs:
            self._runs[key] = self.total(self._fit(target, run)) + self.alone(run)
        return self._runs[key]

    def extra(self, target: int, line: int) -> float:
        """Score of a line being torn from the heading of a target."""
        key = (target, line)
        if key not in self._extras:
            self._extras[key] = self.total(self.extra_features(target, line))
        return self._extras[key]

    def alone(self, run: tuple[int, ...]) -> float:
        """Score of lines being the heading of any target, in their best division into kicker, headline and subtitle."""
        if run not in self._alone:
            shape = max(score for score, _ in scored(self.texts(run), self.w if self.own else None))
            self._alone[run] = self.total(self._run_features(run)) + shape
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
        return divide(self.texts(run), self.w if self.own else None)

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
        return {
            "head_extra": 1.0,
            "head_extra_fit": shared + lead / 2,
            "head_extra_column": one.column,
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

    def state_features(self, state: State) -> Features:
        """All features of a whole reading."""
        total: Counter[str] = Counter()
        used = {k for _, run in state.main for k in run} | {k for _, k in state.extra}
        found = [self.run_features(t, run) for t, run in state.main]
        found += [self.extra_features(t, k) for t, k in state.extra]
        found += [self.unused(k) for k in range(len(self.lines)) if k not in used]
        for features in (*found, self.lost(state)):
            for name, value in features.items():
                total[name] += value  # type: ignore[assignment]
        return dict(total)

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


class State(NamedTuple):
    """A reading in the making: its score, the headings and the torn lines so far."""

    score: float
    main: tuple[Run, ...]
    extra: tuple[Extra, ...]


Step = tuple[float, State, Run | None, Extra | None]
"""A score, the state before, and the heading or torn line that is added."""


def assign(lines: list[Candidate], targets: list[Target]) -> dict[int, Heading]:
    """Headings by target; some lines may be left over."""
    return _read(search(Scores(lines, targets)), lines)


def search(scores: Scores, beam: int = BEAM) -> State:
    """The best reading that a beam search finds; its steps are whole headings, torn lines and lines left over."""
    number = len(scores.lines)
    steps: list[list[Step]] = [[] for _ in range(number + 1)]
    steps[0].append((0.0, State(0.0, (), ()), None, None))
    for i in range(number):
        _extend(_taken(steps[i], beam), steps, i, scores)
        steps[i] = []
    return max(_taken(steps[number]), key=lambda s: total_score(scores, s))


def _taken(steps: list[Step], beam: int | None = None) -> list[State]:
    """The states that the best steps lead to."""
    if beam is not None:
        steps = nlargest(beam, steps, key=itemgetter(0))
    return [
        State(score, (*state.main, run) if run else state.main, (*state.extra, extra) if extra else state.extra)
        for score, state, run, extra in steps
    ]


def total_score(scores: Scores, state: State) -> float:
    """Score of a whole reading."""
    return state.score + scores.total(scores.lost(state))


def _extend(states: Sequence[State], steps: list[list[Step]], i: int, scores: Scores) -> None:
    near = _near(scores.lines[i], scores.targets)
    left = scores.total(scores.unused(i))
    extras = nlargest(CANDIDATES, [(scores.extra(t, i), t) for t in near])
    runs = []
    for end in _ends(scores, i):
        run = tuple(range(i, end))
        runs += [(run, *one) for one in nlargest(CANDIDATES, [(scores.run(t, run), t) for t in near])]
    follows = scores.follows(i)
    for state in states:
        score = state.score
        headed = {t for t, _ in state.main[-MANY:]}
        # what is printed together is one run, not a heading and a torn line
        above = state.main[-1][0] if follows and state.main and state.main[-1][1][-1] == i - 1 else None
        if follows and state.extra and state.extra[-1][1] == i - 1:
            headed.add(state.extra[-1][0])
        steps[i + 1].append((score + left, state, None, None))
        steps[i + 1] += [(score + gain, state, None, (t, i)) for gain, t in extras if t != above]
        for run, gain, t in runs:
            if t not in headed:
                steps[run[-1] + 1].append((score + gain, state, (t, run), None))


def _ends(scores: Scores, start: int) -> Iterator[int]:
    """Where a heading that begins with a line can end."""
    for end in range(start + 1, min(start + LONGEST_RUN, len(scores.lines)) + 1):
        yield end
        if end < len(scores.lines) and not scores.follows(end):
            return


def _near(line: Candidate, targets: Sequence[Target]) -> list[int]:
    """Articles worth trying: all on a common page, the nearest on an endless one."""
    if len(targets) <= MANY:
        return list(range(len(targets)))
    low, high = 0, len(targets)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if targets[middle].first < line.item else (low, middle)
    return list(range(max(0, low - 8), min(len(targets), low + 8)))


def _left_beside(run: Sequence[int], lines: list[Candidate], block: list[int], used: set[int]) -> list[int]:
    """The lines of a headline's block that no heading has, where it begins with them or with the run and has few."""
    if len(block) > FEW or block[0] > run[0] or any(k in used and k not in run for k in block):
        return []
    return [
        k
        for k in block
        if k not in run and furniture_score(lines[k].paragraph.text) <= 0 and (not lines[k].column or k > run[-1])
    ]


def _read(state: State, lines: list[Candidate]) -> dict[int, Heading]:
    used = {k for _, run in state.main for k in run} | {k for _, k in state.extra}
    extras: dict[int, list[Candidate]] = defaultdict(list)
    for t, k in state.extra:
        extras[t].append(lines[k])
    blocks: dict[int, list[int]] = defaultdict(list)
    for k, line in enumerate(lines):
        blocks[line.group].append(k)
    headings = {}
    for t, run in state.main:
        beside = _left_beside(run, lines, blocks[lines[run[-1]].group], used)
        used.update(beside)
        heading = split_roles([lines[k].paragraph for k in sorted({*run, *beside})])
        headings[t] = _with_extras(heading, extras.pop(t, []))
    for t, torn in extras.items():
        headings[t] = Heading(kicker=tuple(line.paragraph for line in torn))
    return headings


def _with_extras(heading: Heading, extras: list[Candidate]) -> Heading:
    """Adds torn lines: columns are kickers; of two torn headings the plainer one is the subtitle."""
    for extra in extras:
        line = extra.paragraph
        if extra.column or (heading.subtitle and not heading.kicker):
            heading = replace(heading, kicker=(*heading.kicker, line))
        elif subtitle_like(line.text) < subtitle_like(heading.headline[0].text) and not heading.subtitle:
            heading = Heading(heading.kicker, (line,), heading.headline)
        else:
            heading = replace(heading, subtitle=(*heading.subtitle, line), words=0)
    return heading


def subtitle_like(text: str) -> float:
    """How much a line reads like the explaining half of a heading rather than the striking one."""
    score = 1.5 * bool(cue("subtitle_end").search(text)) + 3.0 * bool(cue("dash").match(text))
    score -= 0.5 * bool(re.search("[“‘『]", text)) + 0.5 * bool(re.match("从.*到", text))
    return score + 0.5 * bool(cue("place_start").match(text)) + 0.02 * len(text)


def split_roles(run: list[Paragraph]) -> Heading:
    """The best division of a run of heading lines."""
    best = divide([p.text for p in run])
    low, high = best.kickers, best.kickers + best.heads
    return Heading(tuple(run[:low]), tuple(run[low:high]), tuple(run[high:]), best.words)


__all__ = [
    "Candidate",
    "Heading",
    "Scores",
    "State",
    "Target",
    "assign",
    "bigrams",
    "is_column",
    "search",
    "total_score",
]
