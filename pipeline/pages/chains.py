"""Which pieces of bodies read on in which: a beam search over scored links.

A piece is a run of body paragraphs that certainly belong together. Each piece either starts an article or continues
one of those that are still open; the score of a reading is the sum of the features below, weighted by
data/weights.json. Only the last few open articles are tried, so the time is linear in the number of pieces.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from operator import itemgetter
from typing import Any

from pipeline.pages.bylines import tail_byline
from pipeline.pages.cues import closed, cue, weights
from pipeline.pages.joins import joins
from pipeline.pages.lines import Paragraph
from pipeline.pages.ngrams import ngrams, normal
from pipeline.pages.titles import is_couplet

BEAM = 40
WINDOW = 10
KEPT = 8
"""So many readings of the bodies are weighed with the headings that they leave."""
NEAR = 4.0
"""How much worse than the best such a reading may score."""
Features = dict[str, float]
"""What speaks for a decision or against it, by the name of its weight."""
LARGE = 400
"""Pages with more pieces than this are read with a narrow beam."""


@dataclass(slots=True)
class Piece:
    """A run of body paragraphs with the heading lines printed directly above it."""

    paragraphs: list[Paragraph]
    heads: list[Paragraph] = field(default_factory=list)
    same_block: bool = False
    """Whether body text of the same block stands right above `heads`."""
    byline: bool = False
    below_section: bool = False
    after_jump: bool = False
    jump_out: bool = False
    above_captions: bool = False
    forced: bool = False
    style: dict[str, float] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    ended: bool = False
    terminal: bool = False

    @property
    def first(self) -> str:
        return self.paragraphs[0].text.strip()

    @property
    def last(self) -> str:
        return self.paragraphs[-1].text.strip()

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A piece in its article: the link before it, and whether the heading above it is a sub-heading."""

    piece: int
    before: Link | None
    subhead: bool = False


class Scorer:
    """Scores of starts, joins and ends for the pieces of one page: features times weights."""

    def __init__(self, pieces: list[Piece], *, indented: bool, context: str) -> None:
        self.pieces = pieces
        self.indented = indented
        self.w: Mapping[str, float] = weights()
        self.local = {context[i : i + n] for n in (2, 3) for i in range(len(context) - n + 1)}
        self.texts = [normal(p.text) for p in pieces]
        for piece, text in zip(pieces, self.texts, strict=True):
            piece.words = frozenset(text[i : i + 2] for i in range(min(len(text), 4000) - 1))
            piece.ended = tail_byline(piece.last) is not None or piece.jump_out
            piece.terminal = closed(piece.last) or piece.ended or piece.paragraphs[-1].whole
        net = joins()
        self.lefts = [net.left(p.last) for p in pieces]
        self.rights = [net.right(p.first) for p in pieces]
        self.nothing = net.left("")
        spread = Counter(word for piece in pieces for word in piece.words)
        self.rarity = {word: _rarity(word, n, len(pieces)) for word, n in spread.items() if n > 1}
        self._starts: dict[int, Features] = {}
        self._pairs: dict[tuple[int, int], Features] = {}
        self._scores: dict[tuple[int, int], float] = {}
        self._subheads: dict[tuple[int, bool, bool, bool], float] = {}
        self._overlaps: dict[tuple[int, int], float] = {}

    def reweigh(self, w: Mapping[str, float]) -> None:
        """Takes other weights."""
        self.w = w
        self._scores.clear()
        self._subheads.clear()

    def total(self, features: Features) -> float:
        """Features times weights."""
        w = self.w
        return sum([w[name] * value for name, value in features.items() if value])

    def start(self, i: int) -> float:
        """Score of piece `i` beginning an article."""
        return self.total(self.start_features(i))

    def start_features(self, i: int) -> Features:
        """What speaks for piece `i` beginning an article, or against it."""
        if i not in self._starts:
            self._starts[i] = self._start_features(i)
        return self._starts[i]

    def _start_features(self, i: int) -> Features:
        piece = self.pieces[i]
        text = piece.first
        if piece.forced:
            return {"start_cue": 1.0}
        return {
            "start": 1.0,
            "start_cue": self.cued(i),
            "start_byline": piece.byline,
            "start_headed": (bool(piece.heads) and not piece.same_block) or piece.below_section,
            "start_after_jump": piece.after_jump,
            "start_opening": bool(cue("opening").search(text)),
            "start_follow": bool(cue("follow").search(text)),
            "start_photo": piece.above_captions,
            "start_beside": piece.paragraphs[0].beside,
            "start_caption": piece.ended and len(piece.paragraphs) == 1 and "摄" in text[-12:],
            "start_indent": (1 if piece.paragraphs[0].indent else -1) if self.indented else 0,
            "start_net": _bounded(joins().score(self.nothing, self.rights[i])),
        }

    def cued(self, i: int) -> bool:
        """Whether a formula such as 本报讯 opens the piece."""
        text = self.pieces[i].first
        return bool(
            self.pieces[i].paragraphs[0].jump_in or any(cue(n).search(text) for n in ("lead", "bullet", "photo"))
        )

    def join(self, link: Link, i: int) -> float:
        """Score of piece `i` continuing the article that ends in `link` for now."""
        key = (link.piece, i)
        if key not in self._scores:
            self._scores[key] = self.total(self._pair(*key))
        suffix = self._suffix(link)
        return (
            self._scores[key]
            + self.w[f"join_overlap{suffix}"] * self._chain_overlap(link, i)
            + self.w[f"join_distance{suffix}"] * min(i - link.piece - 1, 6)
        )

    def join_features(self, link: Link, i: int) -> Features:
        """What speaks for the join, or against it."""
        suffix = self._suffix(link)
        return self._pair(link.piece, i) | {
            f"join_overlap{suffix}": self._chain_overlap(link, i),
            f"join_distance{suffix}": min(i - link.piece - 1, 6),
        }

    def _suffix(self, link: Link) -> str:
        """Torn sentences and new sentences are weighed apart."""
        return "_closed" if self.pieces[link.piece].terminal else ""

    def subhead(self, link: Link, i: int, *, subhead: bool) -> float:
        """Score of the heading lines above piece `i` being a sub-heading of the article, or belonging elsewhere."""
        key = (i, self.pieces[link.piece].terminal, _has_subhead(link), subhead)
        if key not in self._subheads:
            self._subheads[key] = self.total(subhead_features(self, link, i, subhead))
        return self._subheads[key]

    def end(self, i: int) -> float:
        """Score of an article ending with piece `i`."""
        return self.total(self.end_features(i))

    def end_features(self, i: int) -> Features:
        """What speaks against an article ending with piece `i`."""
        piece = self.pieces[i]
        return {"end_open": not (piece.terminal or piece.forced)}

    def _chain_overlap(self, link: Link, i: int) -> float:
        total, at = 0.0, link
        for _ in range(4):
            overlap = self._overlap(at.piece, i)
            total = max(total, overlap) + 0.2 * min(total, overlap)
            if at.before is None:
                break
            at = at.before
        return min(total, 4.0) - 1.0

    def _overlap(self, j: int, i: int) -> float:
        key = (j, i)
        if key not in self._overlaps:
            a, b = self.pieces[j].words, self.pieces[i].words
            shared = sum(self.rarity[word] for word in (a & b))
            self._overlaps[key] = shared / math.sqrt(1 + min(len(a), len(b))) * 2
        return self._overlaps[key]

    def _pair(self, j: int, i: int) -> Features:
        if (j, i) not in self._pairs:
            self._pairs[j, i] = self._pair_features(j, i)
        return self._pairs[j, i]

    def _pair_features(self, j: int, i: int) -> Features:
        left, right = self.pieces[j], self.pieces[i]
        net = _bounded(joins().score(self.lefts[j], self.rights[i]))
        features: Features = {
            "join_cue": self.cued(i) or right.forced,
            "join_after_end": left.ended,
        }
        if left.terminal:
            return features | {
                "join_style_closed": _style(left, right),
                "join_closed": 1.0,
                "join_closed_torn": not _starts_sentence(self.texts[i]),
                "join_closed_net": net,
                "join_closed_indent": self.indented and right.paragraphs[0].indent and left.paragraphs[-1].indent,
            }
        return features | {
            "join_style": _style(left, right),
            "join_indent": self.indented and right.paragraphs[0].indent,
            "join_open": 1.0,
            "join_ngram": ngrams().continuation(self.texts[j][-3:], self.texts[i][:3]),
            "join_net": net,
            "join_local": self._local(self.texts[j], self.texts[i]),
            "join_quote": _quotes(left.last, right.first),
        }

    def _local(self, left: str, right: str) -> float:
        """How much of the run of characters across the join is printed elsewhere on the page; names count most."""
        runs = (left[-1:] + right[:1], left[-2:] + right[:1], left[-1:] + right[:2])
        return sum(_rare(run) for run in runs if run in self.local)


def _bounded(score: float) -> float:
    return max(-8.0, min(8.0, score))


def _rarity(word: str, pieces: int, total: int) -> float:
    return _rare(word) * math.log(1 + total / pieces)


def _rare(run: str) -> float:
    """1 for a run of characters that the news corpus never saw, 0 for a very common one or one with punctuation."""
    return 0.0 if re.search(r"[\W\d]", run) else max(0.0, 1 - (ngrams().log_count(run) or 0.0) / 8)


@lru_cache(maxsize=512)
def _starts_sentence(text: str) -> bool:
    return ngrams().continuation("。\n", text[:3]) > -4.5


def _style(left: Piece, right: Piece) -> float:
    """How alike two pieces are set: 1 for each trait they share, -2 for each that differs, at most 1."""
    traits = left.style.keys() & right.style.keys()
    differ = sum(abs(left.style[t] - right.style[t]) for t in traits)
    return min(1.0, 0.3 * len(traits)) - 2 * differ


def _quotes(left: str, right: str) -> float:
    """1 if a quotation or bracket left open is closed by the right piece, -1 if it is not, or closed from nowhere."""
    score = 0.0
    for opening, closing in ("“”", "()", "《》"):
        pending = left.count(opening) > left.count(closing)
        first, second = right.find(closing), right.find(opening)
        closes = first >= 0 and (second < 0 or first < second)
        score += (1.0 if closes else -1.0) if pending else (-1.0 if closes else 0.0)
    return score


Done = Any
"""Chains that are closed, as a linked list: (chain, the rest) or None."""
State = tuple[float, "tuple[Link, ...]", Done]
"""A reading in the making: its score, the ends of its open chains, and the closed ones."""
Step = tuple[float, State, int, bool]
"""A score, the reading before, the open chain that the next piece joins (-1: none), whether its heading is a sub-heading."""


Chains = list[list[tuple[int, bool]]]
"""Articles as lists of (piece, its heading is a sub-heading), in the order of their first pieces."""


def link_pieces(pieces: list[Piece], *, indented: bool, context: str) -> list[tuple[float, Chains]]:
    """The best readings, each with its score, the best first; only those that are nearly as good as the best."""
    return candidates(Scorer(pieces, indented=indented, context=context))[:KEPT]


def search(scorer: Scorer, beam: int = BEAM) -> Chains:
    """The best chains that a beam search finds."""
    return candidates(scorer, beam)[0][1]


def candidates(scorer: Scorer, beam: int = BEAM) -> list[tuple[float, Chains]]:
    """The readings that a beam search finds, not much worse than the best, the best first."""
    wide = len(scorer.pieces) <= LARGE
    beam, window = (beam, WINDOW) if wide else (4, 4)
    states: list[State] = [(0.0, (), None)]
    for i in range(len(scorer.pieces)):
        best = nlargest(beam, _steps(states, i, scorer, window), key=itemgetter(0))
        states = [_taken(step, i, window) for step in best]
    ended = [(s[0] + sum(scorer.end(link.piece) for link in s[1]), s) for s in states]
    ended.sort(key=lambda pair: -pair[0])
    return [(score, _chains(state)) for score, state in ended if score > ended[0][0] - NEAR]


def _chains(state: State) -> Chains:
    found = list(state[1])
    node = state[2]
    while node is not None:
        found.append(node[0])
        node = node[1]
    return sorted(_unroll(link) for link in found)


def _steps(states: Sequence[State], i: int, scorer: Scorer, window: int) -> Iterator[Step]:
    """All ways to go on with piece `i`; what a join gains is the same in all readings that share the chain."""
    start = scorer.start(i)
    gains: dict[Link, list[tuple[float, bool]]] = {}
    for state in states:
        score, links, _ = state
        ended = scorer.end(links[0].piece) if len(links) == window else 0.0
        yield score + start + ended, state, -1, False
        for k, link in enumerate(links):
            if link not in gains:
                gains[link] = _gains(link, i, scorer)
            for gain, subhead in gains[link]:
                yield score + gain, state, k, subhead


def _gains(link: Link, i: int, scorer: Scorer) -> list[tuple[float, bool]]:
    gain = scorer.join(link, i)
    if not scorer.pieces[i].heads:
        return [(gain, False)]
    return [(gain + scorer.subhead(link, i, subhead=subhead), subhead) for subhead in (True, False)]


def _taken(step: Step, i: int, window: int) -> State:
    """The reading that a step leads to."""
    score, (_, links, done), k, subhead = step
    if k >= 0:
        return score, (*links[:k], *links[k + 1 :], Link(i, links[k], subhead)), done
    if len(links) == window:
        links, done = links[1:], (links[0], done)
    return score, (*links, Link(i, None)), done


def subhead_features(scorer: Scorer, link: Link, i: int, subhead: bool) -> Features:
    """What speaks for the heading lines above piece `i` being a sub-heading, or belonging elsewhere."""
    piece, left = scorer.pieces[i], scorer.pieces[link.piece]
    if not subhead:
        return {"head_between": left.terminal}
    if not left.terminal:
        return {"subhead_open": 1.0}
    lines = [line.text.strip() for line in piece.heads]
    return {
        "subhead": 1.0,
        "subhead_block": piece.same_block,
        "subhead_more": len(lines) > 2,
        "subhead_again": _has_subhead(link),
        "subhead_long": sum(len(line) > 13 and not is_couplet(line.split()) for line in lines),
    }


def _has_subhead(link: Link | None) -> bool:
    while link is not None:
        if link.subhead:
            return True
        link = link.before
    return False


def _unroll(link: Link) -> list[tuple[int, bool]]:
    out: list[tuple[int, bool]] = []
    at: Link | None = link
    while at is not None:
        out.append((at.piece, at.subhead))
        at = at.before
    return out[::-1]
