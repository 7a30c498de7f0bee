"""What speaks for a piece of a body beginning an article, going on another piece, or ending an article, or against it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import add

from pipeline.pages.cues import cue
from pipeline.pages.features import Features, weigh, weights
from pipeline.pages.joins import joins
from pipeline.pages.ngrams import ngrams, normal
from pipeline.pages.pieces import Piece
from pipeline.pages.titles import is_couplet

NEAR = 4
"""Pieces below a heading that it can be torn from."""
_MARK = re.compile(r"[\W\d]")


@dataclass(slots=True, eq=False)
class Link:
    """A piece in its article: the link before it, and whether the heading above it is a sub-heading."""

    piece: int
    before: Link | None = None
    subhead: bool = False
    divided: bool = field(init=False)
    """Whether a sub-heading stands above it or above a piece before it in its article."""

    def __post_init__(self) -> None:
        self.divided = self.subhead or (self.before is not None and self.before.divided)


class Scorer:
    """Scores of starts, joins and ends for the pieces of one page: features times weights."""

    def __init__(self, pieces: list[Piece], *, indented: bool, context: str) -> None:
        self.pieces = pieces
        self.indented = indented
        self.w: Mapping[str, float] = weights()
        pairs = list(map(add, context, context[1:]))
        self.local = {*pairs, *map(add, pairs, context[2:])}
        net = joins()
        self.lefts = [net.left(p.last) for p in pieces]
        self.rights = [net.right(p.first) for p in pieces]
        self.nothing = net.left("")
        spread = Counter(chain.from_iterable(piece.words for piece in pieces))
        rarity = {word: _rarity(word, n, len(pieces)) for word, n in spread.items() if n > 1}
        self.rarity = {word: rare for word, rare in rarity.items() if rare}
        self.rare = [piece.words & self.rarity.keys() for piece in pieces]
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

    def start(self, i: int) -> float:
        """Score of piece `i` beginning an article."""
        return weigh(self.start_features(i), self.w)

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
            "start_opening": bool(cue("opening").search(text)) and not cue("follow").search(text),
            "start_follow": bool(cue("follow").search(text)),
            "start_photo": piece.above_captions,
            "start_beside": piece.paragraphs[0].beside,
            "start_caption": piece.ended and len(piece.paragraphs) == 1 and "摄" in text[-12:],
            "start_indent": (1 if piece.paragraphs[0].indent else -1) if self.indented else 0,
            "start_net": _bounded(joins().score(self.nothing, self.rights[i])),
        }

    def _elsewhere(self, i: int) -> float:
        """How much more the heading above piece `i` says of an article without a heading that begins below than of the piece."""
        piece, below = self.pieces[i], range(i + 1, min(len(self.pieces), i + 1 + NEAR))
        if not piece.heads or piece.same_block:
            return 0.0
        heading = normal("".join(line.text for line in piece.heads))
        words = sorted(set(map(add, heading, heading[1:])))
        bare = [j for j in below if not self.pieces[j].heads and self._begins(j)]
        shares = [_share(words, self.pieces[j].words) for j in bare]
        return max(0.0, max(shares, default=0.0) - _share(words, piece.words))

    def _begins(self, i: int) -> bool:
        """Whether a piece looks like the beginning of an article."""
        return self.cued(i) or self.pieces[i].byline or bool(cue("opening").search(self.pieces[i].first))

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
            self._scores[key] = weigh(self._pair(*key), self.w)
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
        key = (i, self.pieces[link.piece].terminal, link.divided, subhead)
        if key not in self._subheads:
            self._subheads[key] = weigh(self.subhead_features(link, i, subhead=subhead), self.w)
        return self._subheads[key]

    def subhead_features(self, link: Link, i: int, *, subhead: bool) -> Features:
        """What speaks for the heading lines above piece `i` being a sub-heading, or belonging elsewhere."""
        piece, left = self.pieces[i], self.pieces[link.piece]
        if not subhead:
            return {"head_between": left.terminal}
        if not left.terminal:
            return {"subhead_open": 1.0}
        lines = [line.text.strip() for line in piece.heads]
        return {
            "subhead": 1.0,
            "subhead_block": piece.same_block,
            "subhead_more": len(lines) > 2,
            "subhead_again": link.divided,
            "subhead_elsewhere": self._elsewhere(i),
            "subhead_long": sum(len(line) > 13 and not is_couplet(line.split()) for line in lines),
        }

    def end(self, i: int) -> float:
        """Score of an article ending with piece `i`."""
        return weigh(self.end_features(i), self.w)

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
            shared = math.fsum([self.rarity[word] for word in self.rare[j] & self.rare[i]])
            least = min(len(self.pieces[j].words), len(self.pieces[i].words))
            self._overlaps[key] = shared / math.sqrt(1 + least) * 2
        return self._overlaps[key]

    def _pair(self, j: int, i: int) -> Features:
        if (j, i) not in self._pairs:
            self._pairs[j, i] = self._pair_features(j, i)
        return self._pairs[j, i]

    def _pair_features(self, j: int, i: int) -> Features:
        left, right = self.pieces[j], self.pieces[i]
        net = _bounded(joins().score(self.lefts[j], self.rights[i]))
        features: Features = {
            "join_cue": self.start_features(i)["start_cue"],
            "join_after_end": left.ended,
        }
        if left.terminal:
            return features | {
                "join_style_closed": _style(left, right),
                "join_closed": 1.0,
                "join_closed_torn": not _starts_sentence(right.plain[:3]),
                "join_closed_net": net,
                "join_closed_indent": self.indented and right.paragraphs[0].indent and left.paragraphs[-1].indent,
                "join_closed_flush": self._flush(left, right),
            }
        return features | {
            "join_style": _style(left, right),
            "join_indent": self.indented and right.paragraphs[0].indent,
            "join_open": 1.0,
            "join_ngram": ngrams().continuation(left.plain[-3:], right.plain[:3]),
            "join_net": net,
            "join_local": self._local(left.plain, right.plain),
            "join_quote": _quotes(left.last, right.first),
        }

    def _flush(self, left: Piece, right: Piece) -> int:
        """1 where a paragraph that is not set in would begin anew, 2 where it would after a verse or an entry of a list."""
        if not self.indented or right.paragraphs[0].indent or right.paragraphs[0].whole:
            return 0
        return 2 if left.paragraphs[-1].whole else 1

    def _local(self, left: str, right: str) -> float:
        """How much of the run of characters across the join is printed elsewhere on the page; names count most."""
        runs = (left[-1:] + right[:1], left[-2:] + right[:1], left[-1:] + right[:2])
        return sum(_rare(run) for run in runs if run in self.local)


def _share(words: Sequence[str], text: frozenset[str]) -> float:
    """The share of words that a text has, rare ones counting most."""
    weight = [_rare(word) for word in words]
    return math.fsum(rare for rare, word in zip(weight, words, strict=True) if word in text) / (
        math.fsum(weight) or 1.0
    )


def _bounded(score: float) -> float:
    return max(-8.0, min(8.0, score))


def _rarity(word: str, pieces: int, total: int) -> float:
    return _rare(word) * math.log(1 + total / pieces)


def _rare(run: str) -> float:
    """1 for a run of characters that the news corpus never saw, 0 for a very common one or one with punctuation."""
    return 0.0 if _MARK.search(run) else max(0.0, 1 - (ngrams().log_count(run) or 0.0) / 8)


@lru_cache(maxsize=512)
def _starts_sentence(text: str) -> bool:
    return ngrams().continuation("。\n", text) > -4.5


def _style(left: Piece, right: Piece) -> float:
    """How alike two pieces are set: 1 for each trait they share, -2 for each that differs, at most 1."""
    traits = left.style.keys() & right.style.keys()
    differ = math.fsum([abs(left.style[t] - right.style[t]) for t in traits])
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
