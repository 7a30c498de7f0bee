"""Which heading lines belong to which article, and which of them is kicker, headline and subtitle.

A beam search over the heading lines in printed order: each begins the heading of an article, goes on with the line
above it, is a torn kicker or subtitle, or is left over. Scores: shared words, place on the page, shape of the heading.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.pages.cues import cue, weights
from pipeline.pages.lines import Paragraph
from pipeline.pages.ngrams import ngrams, normal

BEAM = 60
CANDIDATES = 6
LONGEST_RUN = 5


@dataclass(slots=True)
class Target:
    """What the search must know of an article that wants a heading."""

    first: int
    last: int
    """Indices of its first and last item on the page."""
    text: str
    needs: float
    """How much is lost when it gets no headline."""
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


@dataclass(slots=True)
class _Run:
    lines: list[Candidate] = field(default_factory=list)


def bigrams(text: str) -> set[str]:
    """Pairs of neighbouring characters without those that hold punctuation."""
    plain = normal(text)
    return {plain[i : i + 2] for i in range(len(plain) - 1) if re.fullmatch(r"\w\w", plain[i : i + 2])}


class _Scores:
    def __init__(self, targets: list[Target]) -> None:
        self.targets = targets
        self.w = weights()
        self.words = [bigrams(t.text) for t in targets]
        self.leads = [bigrams(t.text[:150]) for t in targets]
        self.spread = Counter(word for words in self.words for word in words)

    def affinity(self, line: Candidate, target: int) -> float:
        """How well a line fits an article: shared words, weighted by how few articles have them, and place."""
        w, words = self.w, bigrams(line.paragraph.text)
        total = sum(self._weight(word) for word in words) or 1.0
        shared = sum(self._weight(word) for word in words & self.words[target]) / total
        lead = sum(self._weight(word) for word in words & self.leads[target]) / total
        at = self.targets[target]
        beside = line.item in (at.first - 1, at.last + 1)
        shy = w["head_shy"] * at.shy * (0.5 if beside else 1.0)
        return w["head_overlap"] * shared + w["head_lead"] * lead + self._place(line.item, at) + shy

    def _weight(self, word: str) -> float:
        seen = max(self.spread[word], 1)
        common = max(0.2, 1 - (ngrams().log_count(word) or 0.0) / 12)
        return common * math.log(1 + len(self.targets) / seen)

    def _place(self, item: int, target: Target) -> float:
        w = self.w
        if item < target.first:
            gap = target.first - item - 1
            return w["head_above"] if gap == 0 else w["head_above"] / 2 if gap == 1 else -w["head_far"] * min(gap, 12)
        if item > target.last:
            gap = item - target.last - 1
            return w["head_below"] if gap == 0 else -w["head_far"] * min(gap, 12)
        return w["head_inside"]


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    main: tuple[tuple[int, tuple[int, ...]], ...]
    """(target, candidate indices) of the runs so far."""
    extra: tuple[tuple[int, int], ...]


def assign(lines: list[Candidate], targets: list[Target]) -> tuple[dict[int, Heading], list[Candidate]]:
    """Headings by target, and the lines left over."""
    scores = _Scores(targets)
    states = [_State(0.0, (), ())]
    for i, line in enumerate(lines):
        fits = [(scores.affinity(line, t), t) for t in _near(line, targets)]
        fits = sorted(fits, reverse=True)[:CANDIDATES]
        extended = [new for state in states for new in _extend(state, i, lines, fits, scores.w)]
        states = sorted(extended, key=lambda s: -s.score)[:BEAM]
    best = max(states, key=lambda s: _final(s, lines, targets))
    return _read(best, lines, targets)


def _near(line: Candidate, targets: list[Target]) -> list[int]:
    """Articles worth trying: all on a common page, the nearest on an endless one."""
    if len(targets) <= 80:
        return list(range(len(targets)))
    low, high = 0, len(targets)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if targets[middle].first < line.item else (low, middle)
    return list(range(max(0, low - 8), min(len(targets), low + 8)))


def _extend(
    state: _State, i: int, lines: list[Candidate], fits: list[tuple[float, int]], w: dict[str, float]
) -> Iterator[_State]:
    line = lines[i]
    yield _State(state.score + w["head_unused"], state.main, state.extra)
    headed = {t for t, _ in state.main[-60:]}
    for fit, t in fits:
        if t not in headed:
            yield _State(state.score + fit - w["head_column"] * line.column, (*state.main, (t, (i,))), state.extra)
        extra = w["head_continue_fit"] * fit + w["head_extra"] + w["head_column"] * line.column
        yield _State(state.score + extra, state.main, (*state.extra, (t, i)))
    if state.main and state.main[-1][1][-1] == i - 1 and lines[i - 1].group == line.group:
        t, run = state.main[-1]
        again = {t: f for f, t in fits}.get(t, 0.0)
        if len(run) < LONGEST_RUN:
            gain = w["head_continue"] + w["head_continue_fit"] * again
            shape = shape_score([lines[k].paragraph.text for k in (*run, i)]) - shape_score(
                [lines[k].paragraph.text for k in run]
            )
            yield _State(state.score + gain + shape, (*state.main[:-1], (t, (*run, i))), state.extra)


def _final(state: _State, lines: list[Candidate], targets: list[Target]) -> float:
    headed = {t for t, _ in state.main}
    lost = sum(target.needs for t, target in enumerate(targets) if t not in headed)
    orphans = sum(t not in headed for t, _ in state.extra)
    return state.score - lost - 3.0 * orphans


def _read(state: _State, lines: list[Candidate], targets: list[Target]) -> tuple[dict[int, Heading], list[Candidate]]:
    runs = {t: [lines[k] for k in run] for t, run in state.main}
    used = {k for _, run in state.main for k in run} | {k for _, k in state.extra}
    headings = {}
    for t, run in runs.items():
        headings[t] = _with_extras(
            split_roles([c.paragraph for c in run]), [lines[k] for u, k in state.extra if u == t]
        )
    for t, k in state.extra:
        if t not in headings:
            headings[t] = Heading(kicker=(lines[k].paragraph,))
    return headings, [line for k, line in enumerate(lines) if k not in used]


def _with_extras(heading: Heading, extras: list[Candidate]) -> Heading:
    """Adds torn lines: columns are kickers; of two torn headings the plainer one is the subtitle."""
    for extra in extras:
        line = extra.paragraph
        if extra.column or (heading.subtitle and not heading.kicker):
            heading = Heading((*heading.kicker, line), heading.headline, heading.subtitle)
        elif subtitle_like(line.text) < subtitle_like(heading.headline[0].text) and not heading.subtitle:
            heading = Heading(heading.kicker, (line,), heading.headline)
        else:
            heading = Heading(heading.kicker, heading.headline, (*heading.subtitle, line))
    return heading


def subtitle_like(text: str) -> float:
    """How much a line reads like the explaining half of a heading rather than the striking one."""
    score = 1.5 * bool(cue("subtitle_end").search(text)) + 3.0 * bool(cue("dash").match(text))
    score -= 0.5 * bool(re.search("[“‘『]", text)) + 0.5 * bool(re.match("从.*到", text))
    return score + 0.5 * bool(cue("place_start").match(text)) + 0.02 * len(text)


def is_column(text: str) -> bool:
    """Whether a line is the standing name of a column."""
    bare = re.sub(r"\s", "", text)
    return len(bare) <= 16 and (bool(cue("column").search(bare)) or bool(cue("section").search(bare)))


def shape_score(texts: list[str]) -> float:
    """How good the best division of heading lines into kicker, headline and subtitle is."""
    return max(score for score, _, _ in _divisions(texts)) if texts else 0.0


def split_roles(run: list[Paragraph]) -> Heading:
    """The best division of a run of heading lines."""
    _, kickers, heads = max(_divisions([p.text for p in run]))
    return Heading(tuple(run[:kickers]), tuple(run[kickers : kickers + heads]), tuple(run[kickers + heads :]))


def _divisions(texts: list[str]) -> Iterator[tuple[float, int, int]]:
    for kickers in (0, 1) if len(texts) > 1 else (0,):
        for heads in (1, 2):
            if kickers + heads <= len(texts) <= kickers + heads + 2:
                yield _shape(texts, kickers, heads), kickers, heads


def _shape(texts: list[str], kickers: int, heads: int) -> float:
    w = weights()
    above, head, below = texts[:kickers], texts[kickers : kickers + heads], texts[kickers + heads :]
    score = sum(_kicker_shape(line, w) for line in above)
    if heads == 2:
        score += _joined_shape(head[0].strip(), head[1].strip(), w)
    elif cue("dash").match(head[0]) or head[0].rstrip().endswith(":"):
        score -= 4
    score += sum(w["shape_dash"] for line in below if cue("dash").match(line))
    return score - w["shape_second"] * max(0, len(below) - 1) - w["shape_column"] * any(map(is_column, head + below))


def _kicker_shape(line: str, w: dict[str, float]) -> float:
    score = w["shape_kicker"] + w["shape_column"] * (is_column(line) or bool(cue("column_start").match(line)))
    score += w["shape_presence"] * bool(cue("presence").search(line)) * (len(line) <= 20)
    return score + w["shape_question"] * bool(cue("question").search(line))


def _joined_shape(first: str, second: str, w: dict[str, float]) -> float:
    """Whether two lines are one headline broken in two."""
    if cue("dash").match(second):
        return -6.0
    score = w["shape_joined"] + w["shape_colon"] * first.endswith(":")
    score += w["shape_unfinished"] * bool(cue("unfinished").search(first)) * (" " not in first + second)
    score += 0.3 * ngrams().continuation(normal(first), normal(second)) * (not first.endswith(":"))
    return score - w["shape_uneven"] * abs(len(first) - len(second)) * (not first.endswith(":"))
