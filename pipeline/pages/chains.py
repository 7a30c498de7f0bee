"""Which pieces of bodies read on in which: a beam search over scored links.

A piece is a run of body paragraphs that certainly belong together. Each piece either starts an article or continues
one of those that are still open; the score of a reading is the sum of the features below, weighted by
data/weights.json. Only the last few open articles are tried, so the time is linear in the number of pieces.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipeline.pages.bylines import tail_byline
from pipeline.pages.cues import closed, cue, weights
from pipeline.pages.lines import Paragraph
from pipeline.pages.ngrams import ngrams, normal
from pipeline.pages.titles import is_couplet

BEAM = 40
WINDOW = 10
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


@dataclass(frozen=True, slots=True)
class Link:
    """A piece in its article: the link before it, and whether the heading above it is a sub-heading."""

    piece: int
    before: Link | None
    subhead: bool = False
    length: int = 1


@dataclass(slots=True)
class _State:
    score: float
    open: tuple[Link, ...]
    done: tuple[tuple[Link, ...], ...] | None = None
    trail: object = None


class Scorer:
    """Scores of starts, joins and ends for the pieces of one page."""

    def __init__(self, pieces: list[Piece], *, indented: bool, context: str) -> None:
        self.pieces = pieces
        self.indented = indented
        self.w = weights()
        self.local = {context[i : i + n] for n in (2, 3) for i in range(len(context) - n + 1)}
        self.texts = [normal(p.text) for p in pieces]
        for piece, text in zip(pieces, self.texts, strict=True):
            piece.words = frozenset(text[i : i + 2] for i in range(min(len(text), 4000) - 1))
            piece.ended = tail_byline(piece.last) is not None or piece.jump_out
            piece.terminal = closed(piece.last) or piece.ended
        spread = Counter(word for piece in pieces for word in piece.words)
        self.rarity = {word: _rarity(word, n, len(pieces)) for word, n in spread.items() if n > 1}
        self._joins: dict[tuple[int, int], float] = {}
        self._overlaps: dict[tuple[int, int], float] = {}

    def start(self, i: int) -> float:
        """Score of piece `i` beginning an article."""
        piece, w = self.pieces[i], self.w
        text = piece.first
        if piece.forced:
            return w["start_cue"]
        score = w["start"] + w["start_cue"] * self.cued(i) + w["start_byline"] * piece.byline
        score += (
            w["start_headed"] * bool(piece.heads) * (not piece.same_block) + w["start_after_jump"] * piece.after_jump
        )
        score += w["start_opening"] * bool(cue("opening").search(text)) + w["start_follow"] * bool(
            cue("follow").search(text)
        )
        score += w["start_photo"] * piece.above_captions
        score += w["start_caption"] * (piece.ended and len(piece.paragraphs) == 1 and "摄" in text[-12:])
        if self.indented:
            score += w["start_indent"] * (1 if piece.paragraphs[0].indent else -1)
        return score

    def cued(self, i: int) -> bool:
        """Whether a formula such as 本报讯 opens the piece."""
        text = self.pieces[i].first
        return bool(
            self.pieces[i].paragraphs[0].jump_in or any(cue(n).search(text) for n in ("lead", "bullet", "photo"))
        )

    def join(self, link: Link, i: int) -> float:
        """Score of piece `i` continuing the article that ends in `link` for now."""
        score = self._pair(link.piece, i) + self.w["join_overlap"] * self._chain_overlap(link, i)
        between = i - link.piece - 1
        return score + self.w["join_distance"] * min(between, 6)

    def end(self, i: int) -> float:
        """Score of an article ending with piece `i`."""
        piece = self.pieces[i]
        return 0.0 if piece.terminal or piece.forced else self.w["end_open"]

    def _chain_overlap(self, link: Link, i: int) -> float:
        total, at = 0.0, link
        for _ in range(4):
            total = max(total, self._overlap(at.piece, i)) + 0.2 * min(total, self._overlap(at.piece, i))
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

    def _pair(self, j: int, i: int) -> float:
        if (j, i) not in self._joins:
            self._joins[j, i] = self._score_pair(j, i)
        return self._joins[j, i]

    def _score_pair(self, j: int, i: int) -> float:
        left, right, w = self.pieces[j], self.pieces[i], self.w
        score = w["join_cue"] * (self.cued(i) or right.forced) + w["join_after_end"] * left.ended
        score += w["join_style"] * _style(left, right)
        if left.terminal:
            score += w["join_closed"] + (0.0 if _starts_sentence(self.texts[i]) else 2 * w["join_closed"])
            if self.indented and right.paragraphs[0].indent and left.paragraphs[-1].indent:
                score += 1.0
            return score
        if self.indented and right.paragraphs[0].indent:
            score += w["join_indent"]
        score += w["join_open"] + w["join_ngram"] * ngrams().continuation(self.texts[j][-3:], self.texts[i][:3])
        score += w["join_local"] * self._local(self.texts[j], self.texts[i])
        return score + w["join_quote"] * _quotes(left.last, right.first)

    def _local(self, left: str, right: str) -> float:
        """How much of the run of characters across the join is printed elsewhere on the page; names count most."""
        runs = (left[-1:] + right[:1], left[-2:] + right[:1], left[-1:] + right[:2])
        return sum(_rare(run) for run in runs if run in self.local)


def _rarity(word: str, pieces: int, total: int) -> float:
    return _rare(word) * math.log(1 + total / pieces)


def _rare(run: str) -> float:
    """1 for a run of characters that the news corpus never saw, 0 for a very common one or one with punctuation."""
    return 0.0 if re.search(r"[\W\d]", run) else max(0.0, 1 - (ngrams().log_count(run) or 0.0) / 8)


@lru_cache(maxsize=4096)
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


def link_pieces(pieces: list[Piece], *, indented: bool, context: str) -> list[list[tuple[int, bool]]]:
    """Articles as lists of (piece, its heading is a sub-heading), in the order of their first pieces."""
    scorer = Scorer(pieces, indented=indented, context=context)
    wide = len(pieces) <= LARGE
    beam, window = (BEAM, WINDOW) if wide else (4, 4)
    states: list[State] = [(0.0, (), None)]
    for i in range(len(pieces)):
        states = sorted(_extend(states, i, scorer, window), key=lambda s: -s[0])[:beam]
    best = max(states, key=lambda s: s[0] + sum(scorer.end(link.piece) for link in s[1]))
    chains = list(best[1])
    node = best[2]
    while node is not None:
        chains.append(node[0])
        node = node[1]
    return sorted(_unroll(chain) for chain in chains)


def _extend(states: Sequence[State], i: int, scorer: Scorer, window: int) -> Iterator[State]:
    for score, links, done in states:
        yield from _started(score + scorer.start(i), links, done, i, scorer, window)
        for k, link in enumerate(links):
            gain = scorer.join(link, i)
            new = links[:k] + links[k + 1 :]
            piece = scorer.pieces[i]
            if not piece.heads:
                yield score + gain, (*new, Link(i, link, False, link.length + 1)), done
                continue
            for subhead in (True, False):
                bonus = subhead_score(scorer, link, i, subhead)
                yield score + gain + bonus, (*new, Link(i, link, subhead, link.length + 1)), done


def subhead_score(scorer: Scorer, link: Link, i: int, subhead: bool) -> float:
    """Score of the heading lines above piece `i` being a sub-heading, or belonging elsewhere."""
    piece, left, w = scorer.pieces[i], scorer.pieces[link.piece], scorer.w
    if not subhead:
        return w["head_between"] if left.terminal else 0.0
    if not left.terminal:
        return w["subhead_open"]
    lines = [line.text.strip() for line in piece.heads]
    score = w["subhead"] + w["subhead_block"] * piece.same_block + w["subhead_more"] * (len(lines) > 2)
    score += w["subhead_again"] * _has_subhead(link)
    return score + w["subhead_long"] * sum(len(line) > 13 and not is_couplet(line.split()) for line in lines)


def _has_subhead(link: Link | None) -> bool:
    while link is not None:
        if link.subhead:
            return True
        link = link.before
    return False


def _started(score: float, links: tuple[Link, ...], done: Done, i: int, scorer: Scorer, window: int) -> Iterator[State]:
    kept = (*links, Link(i, None))
    while len(kept) > window:
        score += scorer.end(kept[0].piece)
        done, kept = (kept[0], done), kept[1:]
    yield score, kept, done


def _unroll(link: Link) -> list[tuple[int, bool]]:
    out: list[tuple[int, bool]] = []
    at: Link | None = link
    while at is not None:
        out.append((at.piece, at.subhead))
        at = at.before
    return out[::-1]
